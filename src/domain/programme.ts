/** One programme: its people, its window of weeks, its language. */
import { DateTime } from 'luxon'
import type { CalendarDate, Instant, Language, PersonId, ProgrammeId } from './values.ts'

export type Named = { readonly person: PersonId; readonly name: string }

/** A master coach or co-coach, and since when: who leaves and comes back is a new reader, and has to be accepted again. */
export type Coach = Named & { readonly since: Instant }

export type TeamLeader = Named

/** What is behind a join code besides the programme's id, and for how many people it is. */
export type JoinCode = { readonly secret: string; readonly since: Instant; readonly places: number }

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
  /** Days the window was extended by for everybody; a person's own come on top. */
  readonly extraDays?: number
  readonly leadersMayNudge?: boolean
  /** For participants and for team leaders. Taken back by leaving it out. */
  readonly code?: JoinCode
  readonly leaderCode?: JoinCode
  /** How many changes have meant something for its people (`following.ts`). */
  readonly changeNo?: number
  readonly closedAt?: Instant
  /** Left out of lists; only a closed programme is. */
  readonly archivedAt?: Instant
}

export type Window = { readonly first: CalendarDate; readonly last: CalendarDate }

/** First and last day of the window, in the programme's zone; `extraDays` extends it further for one person. */
export function windowOf(programme: Programme, extraDays = 0): Window {
  const first = DateTime.fromISO(programme.startDate, { zone: programme.zone })
  const days = programme.weeks * 7 + (programme.extraDays ?? 0) + extraDays
  const last = first.plus({ days }).minus({ days: 1 })
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

export function plusDays(day: CalendarDate, days: number): CalendarDate {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate() ?? day
}

/** The first Monday after this day. */
export function nextMonday(day: CalendarDate): CalendarDate {
  return plusDays(day, 8 - DateTime.fromISO(day, { zone: 'utc' }).weekday)
}

/** From one day to another; negative when the other is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round(DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days').days)
}

/** Whoever was added by an id alone has no name until they come. */
export function hasName({ name }: Pick<Named, 'name'>): boolean {
  return name.trim() !== ''
}

/** Those a participant can be told of. Nobody says yes to a reader without a name: of such a one they are asked later. */
export function namedCoaches({ coaches }: Programme): readonly Coach[] {
  return coaches.filter(hasName)
}

export function isCoach(programme: Programme, person: PersonId): boolean {
  return programme.coaches.some(coach => coach.person === person)
}

export function isLeader(programme: Programme, person: PersonId): boolean {
  return programme.leaders.some(leader => leader.person === person)
}

/** Whether a participant's team leader reads their logs as well: said first, before anybody writes a word. */
export function leaderIsCoach(programme: Programme, leader: PersonId | undefined): boolean {
  return leader !== undefined && isCoach(programme, leader)
}
