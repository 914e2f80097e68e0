/** Days as people type them. */
import { DateTime } from 'luxon'
import type { CalendarDate } from './values.ts'

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

/** The day a person means, seen from `today`; without a year the closest one. Undefined when it is no day we know. */
export function readDay(typed: string, today: CalendarDate): CalendarDate | undefined {
  const text = typed.trim().replace(/\s+/g, ' ')
  const here = DateTime.fromISO(today, { zone: 'utc' })
  const offset = relative[text.toLowerCase()]
  if (offset !== undefined) return iso(here.plus({ days: offset }))
  for (const form of forms) {
    const day = DateTime.fromFormat(text, form, { zone: 'utc', locale: 'en' })
    if (day.isValid) return iso(day)
  }
  for (const form of formsWithoutYear) {
    const day = DateTime.fromFormat(text, form, { zone: 'utc', locale: 'en' })
    if (!day.isValid) continue
    const near = [-1, 0, 1].map(years => day.set({ year: here.year + years }))
    near.sort((a, b) => Math.abs(a.diff(here).milliseconds) - Math.abs(b.diff(here).milliseconds))
    return iso(near[0] ?? day)
  }
  return undefined
}

function iso(day: DateTime): CalendarDate | undefined {
  return day.toISODate() ?? undefined
}
