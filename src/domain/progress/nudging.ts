/** A nudge: one kind line to whoever has something left to do, seldom enough to stay kind. */
import { relationsOf } from '../access.ts'
import { currentRound, isReady, type Journey } from '../journey.ts'
import { invitation } from '../membership/inviting.ts'
import { noOf, type Promised, toPerson } from '../notices.ts'
import type { Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import { askedAt, awaitsConsent, belongs, saidNo } from '../standing.ts'
import { type Instant, isWithin, type PersonId, plusSeconds } from '../values.ts'

/** Whoever nudges: one person is not nudged again before. */
export const nudgeHours = 48

/**
 * By a coach, or by this participant's team leader where the programme lets leaders nudge. Who has not said yes gets the
 * invitation again instead: there is nothing else they have agreed to hear.
 */
export function nudge(
  journey: Journey,
  programme: Programme,
  by: PersonId,
  now: Instant,
): Decided<{ journey: Journey; notices: readonly Promised[] }> {
  const no = mayNotNudge(journey, programme, by) ?? notNudgeable(journey, programme, now)
  if (no) return no
  const next = { ...journey, nudgedAt: now, nudgedBy: by }
  const round = currentRound(journey).no
  const nudged = toPerson('nudge', journey.programme, journey.person, noOf(now), round)
  return { journey: next, notices: [awaitsConsent(journey) ? invitation(next) : nudged] }
}

/** Why this person may not nudge that participant, if so. */
export function mayNotNudge(journey: Journey, programme: Programme, by: PersonId): Refused | undefined {
  const relations = relationsOf(by, { journey, programme })
  if (relations.includes('coach') || relations.includes('newCoach')) return undefined
  if (!relations.includes('teamLeader')) return refuse('notYours')
  return programme.leadersMayNudge ? undefined : refuse('leadersDoNotNudge')
}

/** Why nobody should nudge this participant now, if so. For a list: those for whom it is undefined. */
export function notNudgeable(journey: Journey, programme: Programme, now: Instant): Refused | undefined {
  if (programme.closedAt) return refuse('programmeClosed')
  if (!belongs(journey)) return refuse('noLongerIn')
  const waiting = awaitsConsent(journey)
  if (saidNo(journey)) return refuse('notInvitable')
  if (!waiting && isReady(currentRound(journey))) return refuse('nothingToNudge')
  // Who was invited this morning is not to be asked again at noon.
  const last = waiting ? askedAt(journey) : journey.nudgedAt
  const lately = isWithin(nudgeHours * 3600, last, now)
  const again = last && plusSeconds(last, nudgeHours * 3600)
  return again && lately ? refuse('nudgedLately', { limit: hoursTo(again, now), until: again }) : undefined
}

function hoursTo(until: Instant, now: Instant): number {
  return Math.ceil((Date.parse(until) - Date.parse(now)) / 3_600_000)
}
