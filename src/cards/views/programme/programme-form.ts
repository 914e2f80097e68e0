/** The form of a programme: to found one, and to change one. What was typed comes back as it was typed. */

import { formLimits, formOf, type ProgrammeForm } from '../../../domain/programme/programme-form.ts'
import type { Programme } from '../../../domain/programme.ts'
import { type CalendarDate, type Language, never, type ProgrammeId } from '../../../domain/values.ts'
import { inputId } from '../../actions.ts'
import { dayText } from '../../dates.ts'
import { button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { oneLine, shortField } from '../../words.ts'
import { languageChoices, languageNames, zoneChoices, zoneName } from '../choices.ts'
import { alerts, maybe } from '../parts.ts'

/** What stands in the fields. A day is a day or empty: a card with anything else in a date field may not be shown at all. */
export type ProgrammeFields = {
  readonly programmeName: string
  readonly startDate: CalendarDate | ''
  readonly weeks: string
  readonly maxSessions: string
  readonly language: Language
  readonly zone: string
  readonly leadersMayNudge: boolean
}

type FormInput = {
  readonly values: ProgrammeFields
  /** IANA zones to choose from. */
  readonly zones: readonly string[]
  readonly alert?: Alert
}

type NewInput = FormInput & {
  readonly form: string
  /** A Buddy programme's parent, and whether its coach is the team leader too. */
  readonly buddy?: { readonly parent: ProgrammeId; readonly alsoLeads: boolean }
  /** Where somebody goes who would rather not. */
  readonly from?: ProgrammeId
}

export function newProgrammeCard(reader: Reader, { form, buddy, from, ...input }: NewInput): RenderedCard {
  const { language } = reader
  return draw(reader, input, {
    heading: say(language, buddy ? 'programmeForm.headingBuddy' : 'programmeForm.headingNew'),
    intro: say(language, buddy ? 'programmeForm.introBuddy' : 'programmeForm.introNew'),
    conflict: [],
    leads: maybe(!!buddy, toggle(reader, 'alsoLeads', buddy?.alsoLeads ?? true)),
    save: button(
      'create',
      say(language, 'programmeForm.create'),
      press('create', buddy ? { form, parent: buddy.parent } : { form }),
    ),
    cancel: button('home', say(language, 'common.cancel'), from === undefined ? {} : { programme: from }),
  })
}

type EditInput = FormInput & {
  readonly programme: Programme
  /** What this coach has before their eyes, its name as a digest. */
  readonly shown: ProgrammeForm
  /** Another coach was quicker with this field: what they made of it, and what was sent. */
  readonly conflict?: { readonly field: keyof ProgrammeForm; readonly sent: ProgrammeForm }
}

export function editProgrammeCard(reader: Reader, { programme, shown, conflict, ...input }: EditInput): RenderedCard {
  const { language } = reader
  const id = programme.programme
  return draw(reader, input, {
    heading: say(language, 'programmeForm.headingEdit'),
    intro: say(language, 'programmeForm.introEdit'),
    conflict: conflict
      ? [
          { label: say(language, 'programmeForm.isNow'), value: valueText(reader, conflict.field, formOf(programme)) },
          { label: say(language, 'programmeForm.youSent'), value: valueText(reader, conflict.field, conflict.sent) },
        ]
      : [],
    leads: [],
    save: button('edit', say(language, 'programmeForm.save'), press('edit', { programme: id, shown })),
    cancel: button('manage', say(language, 'common.cancel'), { programme: id }),
  })
}

function draw(reader: Reader, { values, zones, alert }: FormInput, rest: object): RenderedCard {
  const at = (name: string) => inputId(name, reader.rendering)
  return render('programmeForm', reader, {
    alerts: alerts(alert),
    name: { id: at('programmeName'), value: shortField(values.programmeName), maxLength: formLimits.name },
    startDate: { id: at('startDate'), value: values.startDate },
    weeks: { id: at('weeks'), value: whole(values.weeks) },
    maxSessions: { id: at('maxSessions'), value: whole(values.maxSessions) },
    language: { id: at('language'), value: values.language, choices: languageChoices },
    zone: { id: at('zone'), value: values.zone, choices: zoneChoices(reader, zones, values.zone) },
    nudge: toggle(reader, 'leadersMayNudge', values.leadersMayNudge),
    ...rest,
  })
}

function toggle({ rendering }: Reader, name: string, on: boolean) {
  return { id: inputId(name, rendering), value: String(on) }
}

/** A number field holds a number or nothing. */
function whole(typed: string): number | null {
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : null
}

/** What a field says, for people to compare. */
function valueText(reader: Reader, field: keyof ProgrammeForm, form: ProgrammeForm): string {
  switch (field) {
    case 'name':
      return oneLine(form.name)
    case 'startDate':
      return dayText(reader.language, form.startDate)
    case 'weeks':
    case 'maxSessions':
      return String(form[field])
    case 'language':
      return languageNames[form.language]
    case 'zone':
      return zoneName(reader, form.zone)
    case 'leadersMayNudge':
      return say(reader.language, form.leadersMayNudge ? 'programmeForm.yes' : 'programmeForm.no')
    default:
      return never(field)
  }
}
