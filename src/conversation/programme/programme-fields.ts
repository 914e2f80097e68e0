/** The fields of a programme's form, as they come in and as they go back. */
import type { ActionData } from '../../cards/actions.ts'
import type { Reader } from '../../cards/reader.ts'
import type { ProgrammeFields } from '../../cards/views/programme/programme-form.ts'
import { isCalendarDate } from '../../domain/calendar.ts'
import type { ProgrammeForm } from '../../domain/programme/programme-form.ts'
import { zoneOf } from '../../domain/values.ts'
import { digest } from '../turn/turn-context.ts'

type Filled = Omit<ActionData<'create'>, 'form' | 'parent' | 'alsoLeads'>

/** What is meant by it. Whether that can be is the rules' to say. */
export function formIn(filled: Filled, otherwise: Pick<Reader, 'language'>): ProgrammeForm {
  const { programmeName, startDate, weeks, maxSessions, language = otherwise.language, zone } = filled
  return {
    name: programmeName,
    startDate,
    weeks: numberIn(weeks),
    maxSessions: numberIn(maxSessions),
    language,
    zone,
    leadersMayNudge: filled.leadersMayNudge === 'true',
  }
}

/** The fields again as they were filled in; what its field could not hold is left empty. */
export function fieldsOf(filled: Filled, otherwise: Pick<Reader, 'language' | 'zone'>): ProgrammeFields {
  return {
    programmeName: filled.programmeName,
    startDate: isCalendarDate(filled.startDate) ? filled.startDate : '',
    weeks: filled.weeks,
    maxSessions: filled.maxSessions,
    language: filled.language ?? otherwise.language,
    zone: zoneOf(filled.zone) ?? otherwise.zone,
    leadersMayNudge: filled.leadersMayNudge === 'true',
  }
}

/** A form in its fields. */
export function inFields(form: ProgrammeForm): ProgrammeFields {
  const { name, startDate, weeks, maxSessions, ...rest } = form
  return {
    ...rest,
    programmeName: name,
    startDate: isCalendarDate(startDate) ? startDate : '',
    weeks: written(weeks),
    maxSessions: written(maxSessions),
  }
}

/** A form as a button carries it: of the name, which is somebody's words, a digest. */
export function marked(form: ProgrammeForm): ProgrammeForm {
  return { ...form, name: digest(form.name) }
}

/** What a coach had before their eyes, by its mark. A name that is neither theirs nor today's is known no more. */
export function unmarked(mark: ProgrammeForm, ...known: readonly ProgrammeForm[]): ProgrammeForm {
  return { ...mark, name: known.find(({ name }) => digest(name) === mark.name)?.name ?? '' }
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

function written(number: number): string {
  return Number.isFinite(number) ? String(number) : ''
}
