/** Small values shared by every rule: who, when, in which language. */

/** Entra object id of a person. It always comes from the verified activity, never from a card. */
export type PersonId = string
export type ProgrammeId = string

/** A moment in UTC, ISO 8601 with milliseconds, as `Date.prototype.toISOString` writes it; so moments sort as text. */
export type Instant = string

/** A day without a time zone, `YYYY-MM-DD`. */
export type CalendarDate = string

export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** The closest language we speak to a BCP 47 tag from outside, or undefined when it is neither English nor Chinese. */
export function languageOf(tag: string | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split('-')[0]
  if (primary === 'zh') return 'zh-CN'
  return primary === 'en' ? 'en' : undefined
}

/** Zones that Node calls by another name than we do. */
const renamed: Readonly<Record<string, string>> = { 'Asia/Calcutta': 'Asia/Kolkata', UTC: 'Etc/UTC' }

/** The names clients usually send; making a calendar to look at a name takes a quarter of a simple turn. */
const usual: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'))

/**
 * An IANA zone under its one name ("asia/SHANGHAI" is Asia/Shanghai), or undefined when it is none. Calendars keep what they
 * know of a zone by its name for ever, so that a client which spells it anew each time would fill the memory.
 */
export function zoneOf(name: string): string | undefined {
  if (usual.has(name)) return renamed[name] ?? name
  if (!/^[A-Za-z][\w/+-]{1,63}$/.test(name)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return renamed[timeZone] ?? timeZone
  } catch {
    return undefined
  }
}

/** A moment some seconds later. */
export function plusSeconds(now: Instant, seconds: number): Instant {
  return new Date(Date.parse(now) + seconds * 1000).toISOString()
}

/** Clocks of two processes that both go about right differ by less than this. */
const skewMs = 3_600_000

/** Whether a stored moment lies so far in the future that only a wrong clock can have written it. */
export function isAhead(moment: Instant, now: Instant): boolean {
  return Date.parse(moment) - Date.parse(now) > skewMs
}

/**
 * Whether a stored moment is less than so many seconds ago. False for a moment that a wrong clock wrote, so that it blocks
 * nothing, and where there is no moment.
 */
export function isWithin(seconds: number, moment: Instant | undefined, now: Instant): boolean {
  const ago = Date.parse(now) - Date.parse(moment ?? '')
  return ago >= -skewMs && ago < seconds * 1000
}

/** Makes the compiler prove that a tagged union was handled completely. */
export function never(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`)
}

/** A whole number from 1 to `most`. */
export function isFrom1To(most: number, value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}
