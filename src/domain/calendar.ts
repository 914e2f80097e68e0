/**
 * Calendar days, written `YYYY-MM-DD`, and the day a moment falls on in a zone. Days are counted in UTC, where every day has
 * 24 hours; only a moment needs a zone, and there luxon is asked.
 */
import { DateTime } from 'luxon'
import type { CalendarDate, Instant } from './values.ts'

const dayMs = 86_400_000

/** The calendar day at this moment in an IANA zone. */
export function today(now: Instant, zone: string): CalendarDate {
  return DateTime.fromISO(now, { zone }).toISODate() ?? now.slice(0, 10)
}

/** True for an existing day written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid
}

/** @param day an existing day; with negative `days` an earlier one is returned. */
export function plusDays(day: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

/** The first Monday after this day. */
export function nextMonday(day: CalendarDate): CalendarDate {
  return plusDays(day, 8 - DateTime.fromISO(day, { zone: 'utc' }).weekday)
}

/** From one day to another; negative when the other is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

/** A day, or a moment of which only the day in some zone counts. */
export type DayOrMoment = CalendarDate | Instant

/** The day itself, or the day of the moment in that zone. */
export function dayOf(at: DayOrMoment, zone: string): CalendarDate {
  return isDay(at) ? at : today(at, zone)
}

/** The later one, as days in that zone. */
export function laterDay(one: DayOrMoment, other: DayOrMoment, zone: string): DayOrMoment {
  const sameLetters = one.slice(0, 10) === other.slice(0, 10)
  // Moments are written in UTC, so near midnight their letters may name another day; only equal letters need the zone.
  if (sameLetters && isDay(one) !== isDay(other)) {
    const [day, moment] = isDay(one) ? [one, other] : [other, one]
    return today(moment, zone) >= day ? moment : day
  }
  return one > other ? one : other
}

function isDay(at: DayOrMoment): boolean {
  return at.length === 10
}

/** Today in a zone. Found once for a whole list, since asking a zone for each person's moments takes most of a list's time. */
export type Today = {
  readonly day: CalendarDate
  /** Whether a day, or the day of a moment in this zone, lies at least so many days back. */
  readonly isAgo: (at: DayOrMoment, days: number) => boolean
}

export function todayIn(zone: string, now: Instant): Today {
  const day = today(now, zone)
  const begins = new Map<number, Instant>()

  /** The first moment of the day that lies so many days back. */
  function beginOf(days: number): Instant {
    const known = begins.get(days)
    if (known !== undefined) return known
    const begin = DateTime.fromISO(plusDays(day, -days), { zone }).startOf('day').toUTC().toISO() ?? day
    begins.set(days, begin)
    return begin
  }

  return {
    day,
    isAgo: (at, days) => (isDay(at) ? at <= plusDays(day, -days) : at < beginOf(days - 1)),
  }
}
