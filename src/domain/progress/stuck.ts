/**
 * Who is stuck, and on what, as far as dates and counts tell. The reasons are a closed list, so that no word anybody wrote
 * can be among them. A coach's list asks this of everybody, so a time zone is asked about a moment only where a day and a moment
 * have the same letters.
 */
import { readersOf } from '../access.ts'
import { type DayOrMoment, daysBetween, laterDay, type Today } from '../calendar.ts'
import {
  chosenSessions,
  currentRound,
  heldSessions,
  type Journey,
  type LogFacts,
  liveSessions,
  logFacts,
  type Round,
  stageOf,
} from '../journey.ts'
import type { Programme } from '../programme.ts'
import { askedAt, awaitsConsent, belongs, saidNo } from '../standing.ts'
import { type CalendarDate, never } from '../values.ts'
import { daysLeft, windowOf } from '../window.ts'

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

/** What somebody is stuck on, and the day from which that counts, where the programme is. */
export type Stuck = { readonly on: StuckOn; readonly since: DayOrMoment }

/** Days before it is worth a word. `lastDays`: so near to the end of the window there should be a choice. */
export const patience = { answer: 3, move: 7, lastDays: 7 } as const

/**
 * Why this person does not get on, or undefined when they do, or when nothing is open to them.
 *
 * @param today where the programme is.
 */
export function stuck(journey: Journey, programme: Programme, today: Today): Stuck | undefined {
  if (programme.closedAt || !belongs(journey)) return undefined
  const ifFor = (days: number, on: StuckOn, since: DayOrMoment) =>
    today.isAgo(since, days) ? { on, since } : undefined
  if (awaitsConsent(journey)) {
    if (saidNo(journey)) return { on: 'saidNo', since: askedAt(journey) }
    return ifFor(patience.answer, 'notConsented', journey.invitedAgainAt ?? journey.invitedAt)
  }
  const joined = journey.consent?.at ?? today.day
  if (readersOf(programme, journey).length === 0) return { on: 'noReader', since: joined }

  const round = currentRound(journey)
  const stage = stageOf(round)
  const latest = (all: readonly (DayOrMoment | undefined)[]) =>
    all.reduce<DayOrMoment>((last, each) => (each ? laterDay(each, last, programme.zone) : last), '')
  switch (stage) {
    case 'planning': {
      const window = windowOf(programme, round)
      const begun = latest([window.first, joined])
      if (liveSessions(round).length === 0) return ifFor(patience.move, 'nothingPlanned', begun)
      const half = Math.ceil((daysBetween(window.first, window.last) + 1) / 2)
      return daysBetween(window.first, today.day) < half ? undefined : ifFor(patience.move, 'nothingHeld', begun)
    }
    case 'choosing':
      return daysLeft(programme, today.day, round) < patience.lastDays
        ? { on: 'notChosen', since: lastHeldOn(round) }
        : undefined
    case 'reflecting': {
      const logs = chosenLogs(round)
      const moments = logs.flatMap(({ savedAt, submittedAt, sentBack }) => [savedAt, submittedAt, sentBack?.at])
      const back = logs.some(({ sentBack }) => sentBack)
      const since = latest([...moments, journey.open?.since, lastHeldOn(round), joined])
      return ifFor(patience.move, back ? 'sentBack' : 'quiet', since)
    }
    case 'ready':
      return ifFor(patience.move, 'notOpened', round.readyAt ?? today.day)
    case 'inReview':
      return ifFor(patience.move, 'notReviewed', latest(chosenLogs(round).map(log => log.openedAt ?? today.day)))
    case 'reviewed':
      return undefined
    default:
      return never(stage)
  }
}

function chosenLogs(round: Round): readonly LogFacts[] {
  return (chosenSessions(round) ?? []).map(session => logFacts(round, session))
}

function lastHeldOn(round: Round): CalendarDate {
  return heldSessions(round).reduce((last, { heldOn = '' }) => (heldOn > last ? heldOn : last), '')
}
