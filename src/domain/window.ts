/**
 * The window of a round: its first and last day, how long it was extended, and who is late. Days are those of the
 * programme's zone. The window locks nothing; it says what to expect.
 */
import { daysBetween, plusDays } from './calendar.ts'
import { currentRound, isReady, type Journey, type Round } from './journey.ts'
import type { Programme } from './programme.ts'
import { takesPart } from './standing.ts'
import type { CalendarDate } from './values.ts'

/** First and last day, both included. */
export type Window = { readonly first: CalendarDate; readonly last: CalendarDate }

/** The fields of a round that set its dates. */
export type RoundTimes = Pick<Round, 'no' | 'firstDay' | 'extraDays'>

/** The first round of somebody who was given no days of their own. */
export const firstRound: RoundTimes = { no: 1, extraDays: 0 }

/**
 * A round begins on its own first day; the first one has none and begins with the programme, so that it follows when a coach
 * moves the start. It takes the programme's weeks, the days that round was extended by for everybody, and this person's own.
 */
export function windowOf(programme: Programme, round: RoundTimes = firstRound): Window {
  const first = round.firstDay ?? programme.startDate
  const days = programme.weeks * 7 + extraDaysOf(programme, round.no) + round.extraDays
  return { first, last: plusDays(first, days - 1) }
}

/** By how many days a round was extended for everybody. */
export function extraDaysOf({ extraDays }: Programme, round: number): number {
  return extraDays?.[round] ?? 0
}

/** Whole days from `day` to the last day: 0 on the last day, negative after it. */
export function daysLeft(programme: Programme, day: CalendarDate, round: RoundTimes = firstRound): number {
  return daysBetween(day, windowOf(programme, round).last)
}

/** Takes part, the window of the round under way is over, and its logs are not in. */
export function isLate(journey: Journey, programme: Programme, day: CalendarDate): boolean {
  const round = currentRound(journey)
  if (programme.closedAt || !takesPart(journey) || isReady(round)) return false
  return daysLeft(programme, day, round) < 0
}
