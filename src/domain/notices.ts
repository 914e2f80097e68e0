/** What the bot promises to tell somebody, and until when each of these is still worth telling. */
import { coachesToAccept, readersOf } from './access.ts'
import type { RosterNews } from './import-counts.ts'
import { isReady, type Journey, roundOf } from './journey.ts'
import { isCoach, isLeader, type Programme } from './programme.ts'
import { askedAt, awaitsAnswer, takesPart } from './standing.ts'
import { type Instant, never, type PersonId, type ProgrammeId } from './values.ts'

/**
 * `ready`: to a coach, all chosen logs are in. `invitation`: to somebody who has not said yes. `leaderInvitation`,
 * `coachInvitation`: to whoever was named as such. `coachJoined`: to a participant, who decides whether a new coach may
 * read. `nudge`: to a participant. `reviewed`: to a participant, the round is complete. `enrol`: to a coach, about the
 * import of a team.
 */
export const noticeKinds = [
  'ready',
  'invitation',
  'leaderInvitation',
  'coachInvitation',
  'coachJoined',
  'nudge',
  'reviewed',
  'enrol',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** A message that the bot promises in the same transaction as the state that caused it. */
export type Promised = {
  readonly kind: NoticeKind
  readonly programme: ProgrammeId
  /** Whom it is about. */
  readonly person: PersonId
  readonly round: number
  /** Which entry into ready, or which of its kind (`noOf`): with the rest it is the notice's identity. */
  readonly no: number
  readonly to: PersonId
  /** What the platform calls somebody who may never have come, from the list of their team: to open a chat with them. */
  readonly account?: string
  /** What there is to tell about an import: counts, and names of the coach's own programmes. */
  readonly roster?: RosterNews
}

/** A number for what happens at most once in a moment. */
export function noOf(at: Instant): number {
  return Date.parse(at)
}

/** One that a person gets about themselves. */
export function toPerson(
  kind: Exclude<NoticeKind, 'ready'>,
  programme: ProgrammeId,
  person: PersonId,
  no: number,
  round = 1,
): Promised {
  return { kind, programme, person, round, no, to: person }
}

/**
 * Whether a promised notice still says the truth; asked again before every late send. An invitation to lead or to coach,
 * and an import, are about nobody's journey.
 */
export function stillTrue(notice: Promised, journey: Journey | undefined, programme: Programme | undefined): boolean {
  const { kind, no, to } = notice
  // A programme is often closed right after its last review, and the participant is to hear of that all the same.
  if (!programme || (programme.closedAt && kind !== 'reviewed')) return false
  if (kind === 'leaderInvitation') return isLeader(programme, to)
  if (kind === 'coachInvitation' || kind === 'enrol') return isCoach(programme, to)
  if (!journey) return false
  if (kind === 'invitation') return awaitsAnswer(journey) && noOf(askedAt(journey)) === no
  const round = roundOf(journey, notice.round)
  if (!round || !takesPart(journey)) return false
  switch (kind) {
    case 'ready':
      return isReady(round) && round.readyNo === no && isReader(programme, journey, to)
    case 'coachJoined':
      return coachesToAccept(programme, journey).some(coach => noOf(coach.since) === no)
    case 'nudge':
      return !isReady(round) && noOf(journey.nudgedAt ?? '') === no
    case 'reviewed':
      return round.reviewedAt !== undefined
    default:
      return never(kind)
  }
}

function isReader(programme: Programme, journey: Journey, person: PersonId): boolean {
  return readersOf(programme, journey).some(coach => coach.person === person)
}
