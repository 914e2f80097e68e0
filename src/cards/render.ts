/** Template + sentences + data → a card that can be sent, with every button in the form its reader's client needs. */
import type { Verb } from './actions.ts'
import type { Reader } from './reader.ts'
import { type CardName, templates } from './templates.ts'
import { say, type TextKey } from './texts.ts'

export type RenderedCard = {
  /** Adaptive Card, schema 1.5. */
  readonly card: object
  /** What a notification or a lock screen may show: fixed text of ours, never anybody's words. */
  readonly summary: string
}

/** The sentence for notifications, when it is not the card's usual one. */
type Options = { readonly summary?: TextKey }

export function render(name: CardName, reader: Reader, data: object, options: Options = {}): RenderedCard {
  const draw = templates[reader.language].get(name)
  if (!draw) throw new Error(`No template cards/${name}.json.`)
  const summary = say(reader.language, options.summary ?? `${name}.summary`)
  const drawn = draw(data, element => (element.type === 'Action.Execute' ? inForm(element, reader) : element))
  const lang = reader.language.slice(0, 2)
  const card = { ...drawn, version: '1.5', lang, fallbackText: summary, speak: summary }
  return { card, summary }
}

/**
 * `Action.Submit` carries its verb in the data; both forms arrive in one table of actions. Either says for whom the card
 * was drawn.
 */
function inForm({ verb, ...rest }: Record<string, unknown>, { buttons, owner }: Reader): Record<string, unknown> {
  const data = { ...record(rest.data), owner }
  const submit = { ...rest, type: 'Action.Submit', data: { ...data, verb } }
  if (buttons === 'submit') return { ...submit, msteams: { feedback: { hide: true } } }
  return { ...rest, verb, data, fallback: submit }
}

/**
 * The same card with one more button, in the form of all others. It stands in a row of its own below everything, so that
 * it cannot push another out of a narrow card, and takes nothing from the card's fields.
 */
export function withButton(
  { card, summary }: RenderedCard,
  reader: Reader,
  title: string,
  verb: Verb,
  data: object,
): RenderedCard {
  const { body, ...rest } = record(card)
  const action = inForm({ type: 'Action.Execute', title, verb, associatedInputs: 'none', data }, reader)
  const row = { type: 'ActionSet', spacing: 'Medium', actions: [action] }
  return { card: { ...rest, body: [...(Array.isArray(body) ? body : []), row] }, summary }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
