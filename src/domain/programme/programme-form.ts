/** What a coach fills in about a programme: which values there may be, and what two coaches changed at the same time. */
import { DateTime } from 'luxon'
import { isCalendarDate } from '../calendar.ts'
import type { Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import { type CalendarDate, type Instant, isFrom1To, type Language, zoneOf } from '../values.ts'

export const formLimits = { name: 80, weeks: 26, maxSessions: 5, yearsBack: 1, yearsAhead: 2 } as const

/** As it was filled in. The question set is not part of it: a log keeps the set it was started with. */
export type ProgrammeForm = {
  readonly name: string
  readonly startDate: CalendarDate
  readonly weeks: number
  readonly maxSessions: number
  readonly language: Language
  readonly zone: string
  readonly leadersMayNudge: boolean
}

export const formFields = [
  'name',
  'startDate',
  'weeks',
  'maxSessions',
  'language',
  'zone',
  'leadersMayNudge',
] as const satisfies readonly (keyof ProgrammeForm)[]

/** How a programme looks in its form. */
export function formOf(programme: Programme): ProgrammeForm {
  const { name, startDate, weeks, maxSessions, language, zone, leadersMayNudge = false } = programme
  return { name, startDate, weeks, maxSessions, language, zone, leadersMayNudge }
}

/** As it is kept: no blanks around the name, the zone under its one name. */
export function tidy(form: ProgrammeForm): ProgrammeForm {
  return { ...form, name: form.name.trim(), zone: zoneOf(form.zone) ?? form.zone }
}

/** Why these values cannot be taken: of a whole form, or of the fields that are there. */
export function badForm(form: Partial<ProgrammeForm>, now: Instant): Refused | undefined {
  return badName(form) ?? badZone(form) ?? badNumber(form) ?? badStart(form, now)
}

/**
 * What this coach changed: where `sent` differs from what the form had `shown`. What others have changed meanwhile in other
 * fields stays theirs; where both changed the same one to something else, it is named and nothing is taken.
 */
export function changesIn(
  current: ProgrammeForm,
  shown: ProgrammeForm,
  sent: ProgrammeForm,
): Decided<{ changes: Partial<ProgrammeForm> }> {
  const changed = formFields.filter(field => sent[field] !== shown[field] && sent[field] !== current[field])
  const conflict = changed.find(field => current[field] !== shown[field])
  if (conflict) return refuse('changedMeanwhile', { field: conflict })
  return { changes: Object.fromEntries(changed.map(field => [field, sent[field]])) }
}

/**
 * The form to go on with after a no: what this coach changed stays as they sent it, the rest is as it is by now. Shown with
 * the `current` values as what was before their eyes, so that saving again is meant.
 */
export function stillWanted(current: ProgrammeForm, shown: ProgrammeForm, sent: ProgrammeForm): ProgrammeForm {
  const touched = formFields.filter(field => sent[field] !== shown[field])
  return { ...current, ...Object.fromEntries(touched.map(field => [field, sent[field]])) }
}

function badName({ name }: Partial<ProgrammeForm>): Refused | undefined {
  if (name === undefined) return undefined
  if (!name.trim()) return refuse('fieldMissing', { field: 'name' })
  if (name.length > formLimits.name) return refuse('fieldTooLong', { field: 'name', limit: formLimits.name })
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? refuse('oneLine', { field: 'name' }) : undefined
}

function badZone({ zone }: Partial<ProgrammeForm>): Refused | undefined {
  return zone === undefined || zoneOf(zone) ? undefined : refuse('notAZone')
}

function badNumber(form: Partial<ProgrammeForm>): Refused | undefined {
  for (const field of ['weeks', 'maxSessions'] as const) {
    const value = form[field]
    if (value !== undefined && !isFrom1To(formLimits[field], value))
      return refuse('outOfRange', { field, limit: formLimits[field] })
  }
  return undefined
}

function badStart({ startDate }: Partial<ProgrammeForm>, now: Instant): Refused | undefined {
  if (startDate === undefined) return undefined
  if (!isCalendarDate(startDate)) return refuse('notADate', { field: 'startDate' })
  const here = DateTime.fromISO(now, { zone: 'utc' }).startOf('day')
  const start = DateTime.fromISO(startDate, { zone: 'utc' })
  const near =
    start >= here.minus({ years: formLimits.yearsBack }) && start <= here.plus({ years: formLimits.yearsAhead })
  return near ? undefined : refuse('startTooFar')
}
