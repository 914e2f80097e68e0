/** What could not be saved just now comes back in its fields, with the same button to press once more. */
import { isCalendarDate } from '../../domain/calendar.ts'
import { actions, inputId, inputsIn, type Verb, withPlainFields } from '../actions.ts'
import { fieldUnits } from '../paging.ts'
import { press } from '../press.ts'
import type { Reader } from '../reader.ts'
import { type RenderedCard, render } from '../render.ts'
import { say } from '../texts.ts'
import { fitting } from '../words.ts'
import { maybe } from './parts.ts'

/**
 * The card for a press that failed, drawn from the press alone, since the store cannot be asked. Undefined where nothing
 * was written, or where the press cannot be read: then the card that was pressed can stay as it is.
 */
export function unsavedCard(
  reader: Reader,
  verb: Verb,
  pressed: Readonly<Record<string, unknown>>,
): RenderedCard | undefined {
  const parsed = actions[verb].safeParse(withPlainFields(pressed))
  if (!parsed.success) return undefined
  const given: Readonly<Record<string, unknown>> = parsed.data
  const filledIn = (name: string) => String(given[name] ?? '').trim() !== ''
  const inputs = inputsIn(verb)
  if (!inputs.some(({ kind, name }) => kind !== 'choice' && filledIn(name))) return undefined
  const typed = inputs.flatMap(input => ('label' in input ? [input] : []))
  const fields = typed.map(({ name, kind, label }) => ({
    kind,
    id: inputId(name, reader.rendering),
    label: say(reader.language, label),
    value: fitting(String(given[name] ?? ''), fieldUnits),
    long: kind === 'text',
  }))
  // A client may not show a card whose calendar holds anything but a day.
  const isDay = (field: (typeof fields)[number]) =>
    field.kind === 'day' && (field.value === '' || isCalendarDate(field.value))
  const picked = inputs.flatMap(({ kind, name }) =>
    kind === 'picked' && filledIn(name) ? [String(given[name]).split(',').length] : [],
  )
  const { programme, question } = given
  return render('unsaved', reader, {
    question: maybe(
      typeof question === 'number',
      say(reader.language, 'unsaved.question', { question: Number(question) }),
    ),
    // The people who were picked travel on in the button; a picker could not be drawn with names.
    picked: picked.map(count => say(reader.language, 'unsaved.picked', { count })),
    fields: fields.filter(field => !isDay(field)),
    days: fields.filter(isDay),
    verb,
    data: Object.fromEntries(Object.entries(given).filter(([name]) => !typed.some(field => field.name === name))),
    home: press('home', typeof programme === 'string' ? { programme } : {}),
  })
}
