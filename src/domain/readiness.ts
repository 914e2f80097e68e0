/** Becoming ready: the instant all chosen logs are submitted, and what is promised in that instant. */
import { readersOf } from './access.ts'
import { isReady, type Journey, type Round, roundOf, withRound } from './journey.ts'
import type { Promised } from './notices.ts'
import type { Programme } from './programme.ts'
import type { Instant, PersonId } from './values.ts'

// Where the other rooms look for them.
export { type Promised, stillTrue } from './notices.ts'

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
  const next = { ...round, readyNo: round.readyNo + 1, readyAt: now }
  const notices = readersOf(programme, journey).map(coach => readyNotice(journey, next, coach.person))
  return { journey: withRound(journey, next), notices }
}

/** Tells this coach of the round's latest entry into ready. */
export function readyNotice(journey: Journey, round: Round, to: PersonId): Promised {
  return { kind: 'ready', programme: journey.programme, person: journey.person, round: round.no, no: round.readyNo, to }
}
