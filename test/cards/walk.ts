/** Looking into drawn cards: their nodes and strings, and every sample there is to draw. */
import type { Verb } from '../../src/cards/actions.ts'
import type { Reader } from '../../src/cards/reader.ts'
import type { RenderedCard } from '../../src/cards/render.ts'
import { registry } from '../../src/cards/samples/registry.ts'
import type { SampleWords } from '../../src/cards/samples/words.ts'
import { sampleWorld } from '../../src/cards/samples/world.ts'
import { languages } from '../../src/domain/values.ts'

export type Node = Readonly<Record<string, unknown>>

/** Every object in a card, the card itself first. */
export function nodes(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes)
  if (!isNode(value)) return []
  return [value, ...Object.values(value).flatMap(nodes)]
}

export type Text = { readonly owner: Node; readonly key: string; readonly text: string }

/** Every string in a card with the object and the property that hold it. */
export function texts(value: unknown): readonly Text[] {
  return nodes(value).flatMap(owner =>
    Object.entries(owner).flatMap(([key, held]) =>
      [held].flat().flatMap(text => (typeof text === 'string' ? [{ owner, key, text }] : [])),
    ),
  )
}

export type Press = { readonly verb: Verb; readonly data: Node }

/** Every button in either form, as it would arrive. */
export function presses(card: object): readonly Press[] {
  return nodes(card).flatMap(node => {
    const data = isNode(node.data) ? node.data : {}
    if (node.type === 'Action.Execute') return [{ verb: node.verb as Verb, data }]
    return node.type === 'Action.Submit' ? [{ verb: data.verb as Verb, data }] : []
  })
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function readerOf(more: Partial<Reader> = {}): Reader {
  return { language: 'en', zone: 'Asia/Shanghai', buttons: 'execute', rendering: 'r7', owner: 'o7', ...more }
}

export type Drawn = RenderedCard & { readonly title: string; readonly reader: Reader }

/** Every sample of every card with these words, in both languages and with both kinds of buttons, or with these. */
export function everyCard(
  words: SampleWords,
  kinds: readonly Reader['buttons'][] = ['execute', 'submit'],
): readonly Drawn[] {
  const world = sampleWorld(words)
  const readers = languages.flatMap(language => kinds.map(buttons => readerOf({ language, buttons })))
  return registry.flatMap(({ name, samples }) =>
    Object.entries(samples).flatMap(([sample, draw]) =>
      readers.map(reader => ({
        ...draw(reader, world),
        reader,
        title: `${name}.${sample} ${reader.language} ${reader.buttons}`,
      })),
    ),
  )
}

/** The same for sizes: with `Execute` a card is the larger one, since each button carries the other form as its fallback. */
export function everyLargestCard(words: SampleWords): readonly Drawn[] {
  return everyCard(words, ['execute'])
}

/** UTF-16 bytes of a card on the wire. */
export function bytes(card: object): number {
  return JSON.stringify(card).length * 2
}
