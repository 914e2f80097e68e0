/** Days and moments in the reader's language and zone. */
import { DateTime } from 'luxon'
import type { CalendarDate, Instant, Language } from '../domain/values.ts'
import type { Reader } from './reader.ts'
import { regions } from './texts.ts'

const formats = {
  en: { day: 'cccc d LLLL', short: 'd LLLL', moment: 'd LLLL, HH:mm' },
  'zh-CN': { day: 'L月d日 cccc', short: 'L月d日', moment: 'L月d日 HH:mm' },
} as const satisfies Record<Language, object>

type Form = keyof (typeof formats)['en']

/** "Monday 23 November" · "11月23日 星期一". A calendar date has no zone: it is the same day everywhere. */
export function dayText(language: Language, date: CalendarDate, form: Form = 'day'): string {
  return write(DateTime.fromISO(date, { zone: 'utc' }), language, form)
}

/** "23 November, 14:05" · "11月23日 14:05", where the reader is. */
export function momentText({ language, zone }: Reader, instant: Instant, form: Form = 'moment'): string {
  return write(DateTime.fromISO(instant, { zone }), language, form)
}

function write(time: DateTime, language: Language, form: Form): string {
  return time.setLocale(regions[language]).toFormat(formats[language][form])
}
