/**
 * Template + sentences + data → a card that can be sent. Data is masked before the template sees it and unmasked after,
 * so that people's words with `${x}` in them come through exactly, and any `${` that is left is a mistake of ours.
 */
import type { Verb } from './actions.ts'
import type { Reader } from './reader.ts'
import { type CardName, templates } from './templates.ts'
import { locales, say, type TextKey } from './texts.ts'

export type RenderedCard = {
  /** Adaptive Card, schema 1.5. */
  readonly card: object
  /** What a notification or a lock screen may show: fixed text of ours, never anybody's words. */
  readonly summary: string
}

/** The sentence for notifications, when it is not the card's usual one. */
type Options = { readonly summary?: TextKey }

export function render(name: CardName, reader: Reader, data: object, options: Options = {}): RenderedCard {
  const template = templates.get(name)
  if (!template) throw new Error(`No template cards/${name}.json.`)
  const { common, [name]: section } = locales[reader.language]
  const summary = say(reader.language, options.summary ?? `${name}.summary`)
  const expanded = template.expand({ $root: { ...record(masked(data)), t: { ...common, ...section } } })
  const drawn = record(finished(expanded, { name, reader }))
  const lang = reader.language.slice(0, 2)
  const card = { ...drawn, version: '1.5', lang, fallbackText: summary, speak: summary }
  return { card, summary }
}

type Finishing = { readonly name: CardName; readonly reader: Reader }

/** Unmasks strings, drops what came out null, and gives every button the form its reader's client needs. */
function finished(node: unknown, how: Finishing): unknown {
  if (typeof node === 'string') return unmasked(node, how.name)
  if (Array.isArray(node)) return node.filter(each => each !== null).map(each => finished(each, how))
  if (typeof node !== 'object' || node === null) return node
  const done = mapped(node, value => (value === null || value === undefined ? undefined : finished(value, how)))
  return done.type === 'Action.Execute' ? inForm(done, how.reader) : done
}

/**
 * `Action.Submit` carries its verb in the data; both forms arrive in one table of actions. Either says for whom the card
 * was drawn.
 */
function inForm({ verb, ...rest }: Record<string, unknown>, { buttons, owner }: Reader): object {
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

const mask = '\ue000'

function masked(node: unknown): unknown {
  if (typeof node === 'string') {
    if (!node.includes(mask) && !node.includes('${')) return node
    return node.replaceAll(mask, `${mask}0`).replaceAll('${', `${mask}1`)
  }
  if (Array.isArray(node)) return node.map(masked)
  return typeof node === 'object' && node !== null ? mapped(node, masked) : node
}

function unmasked(text: string, name: CardName): string {
  if (text.includes('${')) throw new Error(`Card ${name}: the view gives no data for ${text}`)
  return text.includes(mask) ? text.replaceAll(`${mask}1`, '${').replaceAll(`${mask}0`, mask) : text
}

/** An object of the same fields with other values, without those that came out undefined. Every card has hundreds. */
function mapped(node: object, of: (value: unknown) => unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(node)) {
    const value = of(node[key as keyof typeof node])
    if (value !== undefined) result[key] = value
  }
  return result
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
