/** Days as people type them. */
import { DateTime } from 'luxon'
import type { CalendarDate } from '../values.ts'

const relative: Readonly<Record<string, number>> = {
  yesterday: -1,
  today: 0,
  tomorrow: 1,
  昨天: -1,
  今天: 0,
  明天: 1,
}

const forms = ['yyyy-M-d', 'd.M.yyyy', 'd/M/yyyy', 'd MMMM yyyy', 'yyyy年M月d日', 'yyyy/M/d'] as const
const formsWithoutYear = ['d.M.', 'd.M', 'd/M', 'd MMMM', 'M月d日'] as const

/** Without its year nobody means a day further away than half a year: 29 February of a year that has none is a slip. */
const halfAYear = 184

/**
 * The day a person means, seen from `today`, whatever the machine's own clock says; without a year the closest one.
 * Undefined when it is no day we know.
 */
export function readDay(typed: string, today: CalendarDate): CalendarDate | undefined {
  const text = typed.trim().replace(/\s+/g, ' ')
  const here = DateTime.fromISO(today, { zone: 'utc' })
  const offset = relative[text.toLowerCase()]
  if (offset !== undefined) return iso(here.plus({ days: offset }))
  for (const form of forms) {
    const day = inForm(text, form)
    if (day.isValid) return iso(day)
  }
  // A year is put behind it: Luxon would take the machine's.
  for (const form of formsWithoutYear) {
    const near = [-1, 0, 1]
      .map(years => inForm(`${text} ${here.year + years}`, `${form} yyyy`))
      .filter(day => day.isValid && away(day, here) <= halfAYear)
      .sort((a, b) => away(a, here) - away(b, here))
    if (near[0]) return iso(near[0])
  }
  return undefined
}

function inForm(text: string, form: string): DateTime {
  return DateTime.fromFormat(text, form, { zone: 'utc', locale: 'en' })
}

function away(day: DateTime, from: DateTime): number {
  return Math.abs(day.diff(from, 'days').days)
}

function iso(day: DateTime): CalendarDate | undefined {
  return day.toISODate() ?? undefined
}
