/**
 * Who is stuck, and on what, as far as dates and counts tell. The reasons are a closed list, so that no word anybody wrote
 * can be among them.
 */
import { readersOf } from './access.ts'
import {
  chosenSessions,
  currentRound,
  heldSessions,
  isReady,
  type Journey,
  type LogFacts,
  liveSessions,
  logFacts,
  type Round,
  stageOf,
} from './journey.ts'
import { askedAt, awaitsConsent, belongs, saidNo, takesPart } from './membership.ts'
import { daysBetween, daysLeft, type Programme, today, windowOf } from './programme.ts'
import { type CalendarDate, type Instant, never } from './values.ts'

/**
 * `saidNo`: no, twice. `notConsented`: no answer to the invitation. `noReader`: has accepted none of the coaches there are.
 * `nothingPlanned`, `nothingHeld`, `notChosen`: as it says. `sentBack`: a log went back and waits. `quiet`: is writing, and
 * nothing was saved lately. `notOpened`, `notReviewed`: it is the coach's turn.
 */
export const stuckOn = [
  'saidNo',
  'notConsented',
  'noReader',
  'nothingPlanned',
  'nothingHeld',
  'notChosen',
  'sentBack',
  'quiet',
  'notOpened',
  'notReviewed',
] as const
export type StuckOn = (typeof stuckOn)[number]

/** What somebody is stuck on, and the day from which that counts. */
export type Stuck = { readonly on: StuckOn; readonly since: CalendarDate }

/** Days before it is worth a word. `lastDays`: so near to the end of the window there should be a choice. */
export const patience = { answer: 3, move: 7, lastDays: 7 } as const

/** Why this person does not get on, or undefined when they do, or when nothing is open to them. */
export function stuck(journey: Journey, programme: Programme, now: Instant): Stuck | undefined {
  if (programme.closedAt || !belongs(journey)) return undefined
  const dayOf = (at: Instant) => today(at, programme.zone)
  const ifFor = (days: number, on: StuckOn, since: CalendarDate) =>
    daysBetween(since, dayOf(now)) >= days ? { on, since } : undefined
  if (awaitsConsent(journey)) {
    if (saidNo(journey)) return { on: 'saidNo', since: dayOf(askedAt(journey)) }
    return ifFor(patience.answer, 'notConsented', dayOf(journey.invitedAgainAt ?? journey.invitedAt))
  }
  const joined = dayOf(journey.consent?.at ?? now)
  if (readersOf(programme, journey).length === 0) return { on: 'noReader', since: joined }

  const round = currentRound(journey)
  const stage = stageOf(round)
  const window = windowOf(programme, journey.extraDays)
  switch (stage) {
    case 'planning': {
      const begun = latest([window.first, joined])
      if (liveSessions(round).length === 0) return ifFor(patience.move, 'nothingPlanned', begun)
      const half = Math.ceil((daysBetween(window.first, window.last) + 1) / 2)
      return daysBetween(window.first, dayOf(now)) < half ? undefined : ifFor(patience.move, 'nothingHeld', begun)
    }
    case 'choosing':
      return daysLeft(programme, now, journey.extraDays) < patience.lastDays
        ? { on: 'notChosen', since: lastHeldOn(round) }
        : undefined
    case 'reflecting': {
      const logs = chosenLogs(round)
      const moments = logs.flatMap(({ savedAt, submittedAt, sentBack }) => [savedAt, submittedAt, sentBack?.at])
      const signs = [...moments, journey.open?.since].flatMap(at => (at ? dayOf(at) : []))
      const back = logs.some(({ sentBack }) => sentBack)
      return ifFor(patience.move, back ? 'sentBack' : 'quiet', latest([...signs, lastHeldOn(round), joined]))
    }
    case 'ready':
      return ifFor(patience.move, 'notOpened', dayOf(round.readyAt ?? now))
    case 'inReview':
      return ifFor(patience.move, 'notReviewed', latest(chosenLogs(round).map(log => dayOf(log.openedAt ?? now))))
    case 'reviewed':
      return undefined
    default:
      return never(stage)
  }
}

/** Takes part, the window is over, and the logs are not in. */
export function isLate(journey: Journey, programme: Programme, now: Instant): boolean {
  if (programme.closedAt || !takesPart(journey) || isReady(currentRound(journey))) return false
  return daysLeft(programme, now, journey.extraDays) < 0
}

function chosenLogs(round: Round): readonly LogFacts[] {
  return (chosenSessions(round) ?? []).map(session => logFacts(round, session))
}

function lastHeldOn(round: Round): CalendarDate {
  return latest(heldSessions(round).map(session => session.heldOn ?? ''))
}

function latest(days: readonly CalendarDate[]): CalendarDate {
  return days.reduce((last, day) => (day > last ? day : last), '')
}
