/** Planning, recording and cancelling coaching sessions: up to five a round. */

import { daysBetween, isCalendarDate, today } from '../calendar.ts'
import {
  type CoachingSession,
  closedTo,
  currentRound,
  heldSessions,
  isReady,
  type Journey,
  liveSessions,
  logFacts,
  logState,
  pointerOf,
  type Round,
  withRound,
} from '../journey.ts'
import type { Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import type { CalendarDate, Instant } from '../values.ts'

/** Longest texts, in UTF-16 code units as text inputs count them. */
export const sessionLimits = { coachee: 60, topic: 120, goal: 500, line: 300 } as const

/** Numbers of cancelled sessions are not given again; so many keep a journey small enough to be stored, whatever is in it. */
const mostNumbers = 30

/** A programme lasts a year at most, extended as far as it goes, so a day further away than this is a slip in the year. */
const mostYearsAway = 2

export type Plan = {
  readonly coachee: string
  readonly topic: string
  readonly goal: string
  readonly plannedFor?: string
}

export type Held = { readonly heldOn: string; readonly line: string; readonly rating: number }

type Planned = Decided<{ journey: Journey; session: CoachingSession }>

/** Plans a further session. `form` names the form that was filled in; the same form planned twice is one session. */
export function plan(journey: Journey, programme: Programme, input: Plan, form: string, now: Instant): Planned {
  const round = currentRound(journey)
  const already = round.sessions.find(session => session.form === form)
  if (already) return { journey, session: already }
  const no = closedTo(journey, round) ?? badPlan(input, now)
  if (no) return no
  if (liveSessions(round).length >= programme.maxSessions || round.sessions.length >= mostNumbers)
    return refuse('tooManySessions', { limit: programme.maxSessions })
  const session = { no: round.sessions.length + 1, form, ...planned(input) }
  return { journey: withRound(journey, { ...round, sessions: [...round.sessions, session] }), session }
}

/** Changes what was planned. What was recorded stays. */
export function editPlan(journey: Journey, session: number, input: Plan, now: Instant): Planned {
  const round = currentRound(journey)
  const found = liveSession(round, session)
  if (found.refused) return found
  const no = closedTo(journey, round) ?? frozen(round, session) ?? badPlan(input, now, found.session.plannedFor)
  if (no) return no
  const { plannedFor: _before, ...kept } = found.session
  return withSession(journey, round, { ...kept, ...planned(input) })
}

/** Records that a session took place, on a day that is not in the future where the writer is (`zone`, IANA). */
export function record(journey: Journey, session: number, input: Held, now: Instant, zone: string): Planned {
  const round = currentRound(journey)
  const found = liveSession(round, session)
  if (found.refused) return found
  const no = closedTo(journey, round) ?? frozen(round, session)
  if (no) return no
  if (!isCalendarDate(input.heldOn)) return refuse('notADate', { field: 'heldOn' })
  if (input.heldOn > today(now, zone)) return refuse('heldInFuture')
  if (input.heldOn !== found.session.heldOn && isTooFar(input.heldOn, now)) return refuseDay()
  if (!Number.isInteger(input.rating) || input.rating < 1 || input.rating > 5) return refuse('notARating')
  if (input.line.length > sessionLimits.line)
    return refuse('fieldTooLong', { field: 'line', limit: sessionLimits.line })
  const held = { ...found.session, heldOn: input.heldOn, line: input.line, rating: input.rating }
  return withSession(journey, withoutOneLog(round, session), held)
}

/** Cancels a session that no pointer names. Its number is not given again, and a draft begun for it is kept. */
export function cancel(journey: Journey, session: number, now: Instant): Planned {
  const round = currentRound(journey)
  const found = round.sessions.find(each => each.no === session)
  if (!found) return refuse('noSuchSession')
  if (found.cancelledAt) return { journey, session: found }
  const no = closedTo(journey, round)
  if (no) return no
  if (pointerOf(round, session)) return refuse('sessionChosen')
  return withSession(journey, round, { ...found, cancelledAt: now })
}

/** What a submitted log looks back on is fixed with it. */
function frozen(round: Round, session: number): Refused | undefined {
  return logState(logFacts(round, session)) === 'draft' ? undefined : refuse('logNotDraft')
}

/** "One log" was said of one held session; a second one ends it, unless that log is in already. */
function withoutOneLog(round: Round, session: number): Round {
  const { oneLog, ...rest } = round
  const another = heldSessions(round).some(each => each.no !== session)
  return oneLog && another && !isReady(round) ? rest : round
}

function liveSession(round: Round, no: number): Decided<{ session: CoachingSession }> {
  const session = round.sessions.find(each => each.no === no)
  if (!session) return refuse('noSuchSession')
  return session.cancelledAt ? refuse('sessionCancelled') : { session }
}

/** @param before the day it was planned for until now, which may stay. */
function badPlan(input: Plan, now: Instant, before?: CalendarDate): Refused | undefined {
  for (const field of ['coachee', 'topic'] as const) if (!input[field].trim()) return refuse('fieldMissing', { field })
  for (const field of ['coachee', 'topic', 'goal'] as const) {
    if (input[field].length > sessionLimits[field])
      return refuse('fieldTooLong', { field, limit: sessionLimits[field] })
  }
  const { plannedFor } = input
  if (!plannedFor || plannedFor === before) return undefined
  if (!isCalendarDate(plannedFor)) return refuse('notADate', { field: 'plannedFor' })
  return isTooFar(plannedFor, now) ? refuseDay() : undefined
}

/** In which zone the day is today matters little here. */
function isTooFar(day: CalendarDate, now: Instant): boolean {
  return Math.abs(daysBetween(now.slice(0, 10), day)) > mostYearsAway * 366
}

function refuseDay(): Refused {
  return refuse('dayTooFar', { limit: mostYearsAway })
}

function planned(input: Plan): Plan & { plannedFor?: CalendarDate } {
  const { coachee, topic, goal, plannedFor } = input
  return { coachee, topic, goal, ...(plannedFor ? { plannedFor } : {}) }
}

function withSession(
  journey: Journey,
  round: Round,
  session: CoachingSession,
): { journey: Journey; session: CoachingSession } {
  const sessions = round.sessions.map(each => (each.no === session.no ? session : each))
  return { journey: withRound(journey, { ...round, sessions }), session }
}
