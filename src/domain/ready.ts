/** Becoming ready: the instant all chosen logs are submitted, and what is promised in that instant. */
import { readersOf } from './access.ts'
import { isReady, type Journey, roundOf, withRound } from './journey.ts'
import type { Programme } from './programme.ts'
import type { Instant, PersonId, ProgrammeId } from './values.ts'

/** A message that the bot promises in the same transaction as the state that caused it. */
export type Promised = {
  readonly kind: NoticeKind
  readonly programme: ProgrammeId
  /** Whom it is about. */
  readonly person: PersonId
  readonly round: number
  /** Which entry into ready, or which of its kind: with the rest it is the notice's identity. */
  readonly no: number
  readonly to: PersonId
}

export const noticeKinds = ['ready'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/**
 * Compares readiness with what was last said about it. Each entry into ready promises one notice to every coach who may
 * read; leaving it promises nothing, and a notice not yet sent is dropped when it is checked before sending.
 */
export function settle(
  journey: Journey,
  roundNo: number,
  programme: Programme,
  now: Instant,
): { journey: Journey; notices: readonly Promised[] } {
  const round = roundOf(journey, roundNo)
  if (!round || isReady(round) === !!round.readyAt) return { journey, notices: [] }
  if (round.readyAt) {
    const { readyAt: _left, ...rest } = round
    return { journey: withRound(journey, rest), notices: [] }
  }
  const readyNo = round.readyNo + 1
  const notices = readersOf(programme, journey).map(coach => ({
    kind: 'ready' as const,
    programme: journey.programme,
    person: journey.person,
    round: round.no,
    no: readyNo,
    to: coach.person,
  }))
  return { journey: withRound(journey, { ...round, readyNo, readyAt: now }), notices }
}

/** Whether a promised notice still says the truth; asked again before every late send. */
export function stillTrue(notice: Promised, journey: Journey | undefined, programme: Programme | undefined): boolean {
  if (!journey || !programme || programme.closedAt || journey.removedAt) return false
  const round = roundOf(journey, notice.round)
  if (!round || !isReady(round) || round.readyNo !== notice.no) return false
  return readersOf(programme, journey).some(coach => coach.person === notice.to)
}
