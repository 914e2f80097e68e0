/** One programme: its people, its window of weeks, its language. */
import { DateTime } from 'luxon'
import type { CalendarDate, Instant, Language, PersonId, ProgrammeId } from './values.ts'

/** A master coach or co-coach, and since when. */
export type Coach = { readonly person: PersonId; readonly name: string; readonly since: Instant }

export type TeamLeader = { readonly person: PersonId; readonly name: string }

export type Programme = {
  readonly programme: ProgrammeId
  readonly name: string
  readonly language: Language
  /** IANA zone in which the window begins and ends. */
  readonly zone: string
  readonly startDate: CalendarDate
  readonly weeks: number
  readonly maxSessions: number
  readonly questionSet: string
  readonly coaches: readonly Coach[]
  readonly leaders: readonly TeamLeader[]
  /** The programme whose graduate runs this one as a Buddy programme. */
  readonly parent?: ProgrammeId
  readonly closedAt?: Instant
}

export type Window = { readonly first: CalendarDate; readonly last: CalendarDate }

/** First and last day of the window, in the programme's zone; `extraDays` extends it for one person. */
export function windowOf(programme: Programme, extraDays = 0): Window {
  const first = DateTime.fromISO(programme.startDate, { zone: programme.zone })
  const last = first.plus({ days: programme.weeks * 7 + extraDays }).minus({ days: 1 })
  return { first: first.toISODate() ?? programme.startDate, last: last.toISODate() ?? programme.startDate }
}

/** Whole days from today to the last day, today counted where the programme is: 0 on the last day, negative after it. */
export function daysLeft(programme: Programme, now: Instant, extraDays = 0): number {
  const today = DateTime.fromISO(now, { zone: programme.zone }).startOf('day')
  const last = DateTime.fromISO(windowOf(programme, extraDays).last, { zone: programme.zone }).startOf('day')
  return Math.round(last.diff(today, 'days').days)
}

/** The calendar day at this moment in an IANA zone. */
export function today(now: Instant, zone: string): CalendarDate {
  return DateTime.fromISO(now, { zone }).toISODate() ?? now.slice(0, 10)
}

/** True for an existing day written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid
}

export function isCoach(programme: Programme, person: PersonId): boolean {
  return programme.coaches.some(coach => coach.person === person)
}
