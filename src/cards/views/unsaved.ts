/** What could not be saved just now comes back in its fields, with the same button to press once more. */
import { actions, inputId, type Verb, withPlainFields } from '../actions.ts'
import { press } from '../press.ts'
import type { Reader } from '../reader.ts'
import { type RenderedCard, render } from '../render.ts'
import { say, type TextKey } from '../texts.ts'
import { fitting } from '../words.ts'
import { maybe } from './parts.ts'
import { fieldUnits } from './writing.ts'

/** The fields people write sentences into. Whatever else a button carried travels on in the button. */
const written = {
  answer: 'question.label',
  pasted: 'pasted.label',
  coachee: 'plan.coachee',
  topic: 'plan.topic',
  goal: 'plan.goal',
  line: 'record.line',
  programmeName: 'programmeForm.name',
  ids: 'picking.ids',
} as const satisfies Readonly<Record<string, TextKey>>

const several = ['answer', 'pasted', 'goal', 'ids']

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
  const fields = Object.entries(written).flatMap(([name, label]) => {
    const text = given[name]
    if (typeof text !== 'string') return []
    const value = fitting(text, fieldUnits)
    const id = inputId(name, reader.rendering)
    return [{ id, label: say(reader.language, label), value, long: several.includes(name) }]
  })
  const { programme, question, people } = given
  // Whoever was picked travels on in the button.
  if (fields.every(({ value }) => !value.trim()) && !(typeof people === 'string' && people.trim())) return undefined
  return render('unsaved', reader, {
    question: maybe(
      typeof question === 'number',
      say(reader.language, 'unsaved.question', { question: Number(question) }),
    ),
    fields,
    verb,
    data: Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(written, name))),
    home: press('home', typeof programme === 'string' ? { programme } : {}),
  })
}
