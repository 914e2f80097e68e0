/** Every field that people type into, on every card there is: what they typed comes back when it could not be saved. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { actions, inputsIn, type Verb, withPlainFields } from '../../src/cards/actions.ts'
import { inputOf } from '../../src/cards/inputs.ts'
import { plainWords } from '../../src/cards/samples/words.ts'
import { cardNames } from '../../src/cards/templates.ts'
import { say } from '../../src/cards/texts.ts'
import { type AnyCard, inputsOf } from '../../src/demo/card-reading.ts'
import { languages } from '../../src/domain/values.ts'
import { everyCard, type Node, nodes, presses } from '../cards/walk.ts'
import { type House, openHouse } from './house.ts'

/** Fields that hold a text to be copied: nobody writes into them, and no button reads them. */
const toCopy = ['text', 'install']

/** What may come out of a field of this kind, also from a client that has no calendar, and can be told from all else. */
const distinctive: Readonly<Record<string, readonly string[]>> = {
  'Input.Text': ['„Ein Gedanke“ 🙂 ${x} **7412**'],
  'Input.Date': ['2026-12-03', 'the 3rd of December'],
  'Input.Number': ['7412', 'about seven'],
}

type Input = { readonly type: string; readonly id: string; readonly label: string }
type Pair = {
  readonly title: string
  readonly verb: Verb
  readonly field: string
  readonly input: Input
  readonly data: Node
}

const isInput = (node: Node): node is Node & Input => String(node.type).startsWith('Input.')

/** Each field of each drawn card with each button that sends it. */
const drawn = everyCard(plainWords, ['execute']).flatMap(({ card, reader, title }) => {
  const inputs = nodes(card).flatMap(node => (isInput(node) ? [node] : []))
  const buttons = nodes(card).filter(node => node.type === 'Action.Execute' && node.associatedInputs !== 'none')
  const pressed = buttons.flatMap(button => presses(button).slice(0, 1))
  return inputs.map(input => ({
    title,
    input,
    language: reader.language,
    pairs: Object.keys(withPlainFields({ [input.id]: '' })).flatMap(field =>
      pressed
        .filter(({ verb }) => Object.hasOwn(actions[verb].shape, field))
        .map(({ verb, data }): Pair => ({ title, verb, field, input, data })),
    ),
  }))
})
const typedKinds = Object.keys(distinctive)
const named = (pairs: readonly { verb: Verb; field: string }[]) =>
  [...new Set(pairs.map(({ verb, field }) => `${verb}.${field}`))].toSorted()

describe('fields that are typed into', () => {
  it('are all drawn in some sample of their card, so that the rest of these tests sees them', async () => {
    for (const name of cardNames) {
      const template: unknown = JSON.parse(await readFile(new URL(`../../cards/${name}.json`, import.meta.url), 'utf8'))
      for (const [type, inputs] of Map.groupBy(nodes(template).filter(isInput), input => input.type)) {
        const here = drawn.filter(each => each.title.startsWith(`${name}.`) && each.input.type === type)
        assert.ok(new Set(here.map(({ input }) => input.id)).size >= inputs.length, `${name}: ${type}`)
      }
    }
  })

  it('are each read by a button of their card, unless they hold a text to be copied', () => {
    const unread = drawn.filter(({ pairs }) => pairs.length === 0).map(({ input }) => input.id.split('__')[0])
    assert.deepEqual([...new Set(unread)].toSorted(), toCopy.toSorted())
  })

  it('are those that the table of actions says are typed', () => {
    const typed = drawn.filter(({ input }) => typedKinds.includes(input.type)).flatMap(({ pairs }) => pairs)
    const declared = (Object.keys(actions) as Verb[]).flatMap(verb =>
      inputsIn(verb).flatMap(input => ('label' in input ? [{ verb, field: input.name }] : [])),
    )
    assert.deepEqual(named(declared), named(typed))
  })

  it('are declared in the table of actions wherever a client may send nothing', () => {
    const plain = Object.entries(actions).flatMap(([verb, { shape }]) =>
      Object.entries(shape).flatMap(([field, schema]) =>
        schema.safeParse(null).success && !inputOf(schema) ? [`${verb}.${field}`] : [],
      ),
    )
    assert.deepEqual(plain, [])
  })
})

for (const language of languages) {
  describe(`a store that does not answer (${language})`, () => {
    let house: House
    before(async () => {
      house = await openHouse({ language, engine: 'gateway' })
    })
    after(() => house.close())

    it('gives back every field of every press, with a button that sends the same again', async () => {
      const pairs = drawn
        .filter(each => each.language === language && typedKinds.includes(each.input.type))
        .flatMap(each => each.pairs)
      const typed = pairs.flatMap(pair => (distinctive[pair.input.type] ?? []).map(text => ({ pair, text })))
      const labels = (pair: Pair) =>
        pairs.flatMap(({ verb, field, input }) => (verb === pair.verb && field === pair.field ? [input.label] : []))
      const lost: string[] = []
      for (const { pair, text } of typed) {
        const { verb, field, input, title } = pair
        const { owner: _another, ...data } = pair.data
        const sent = { ...data, [input.id]: text }
        // Somebody of whom nothing is remembered, so that the store is asked first.
        const actor = house.stage.actor(randomUUID(), 'Some Body')
        house.gateway?.script({ on: 'read', when: 'before', answer: 403, times: 100 })
        const value = { action: { type: 'Action.Execute', verb, data: sent } }
        const { body } = await actor.post({
          ...{ ...actor.common(), locale: language },
          ...{ type: 'invoke', name: 'adaptiveCard/action', value },
        })
        house.gateway?.mend()
        const card = (body?.value ?? {}) as AnyCard
        const back = inputsOf(card).find(each => each.id.startsWith(`${field}__`))
        if (back?.value !== text || !labels(pair).includes(back.label)) {
          lost.push(`${title}: ${verb}.${field}`)
          continue
        }
        for (const { type, value: day = '' } of nodes(card)) {
          // A client may not show a card whose calendar holds anything but a day.
          if (type === 'Input.Date') assert.match(String(day), /^(\d{4}-\d{2}-\d{2})?$/, title)
        }
        const empty = inputsIn(verb).filter(({ kind, name }) => kind === 'day' && name !== field).length
        assert.ok(nodes(card).filter(({ type }) => type === 'Input.Date').length >= empty, `${title}: no calendar`)
        const [again] = presses(card)
        const fields = Object.fromEntries(inputsOf(card).map(({ id, value }) => [id, value]))
        assert.equal(again?.verb, verb)
        const parsed = (from: object) => actions[verb].parse(withPlainFields({ ...from }))
        assert.deepEqual(parsed({ ...again.data, ...fields }), parsed(sent), title)
        assert.ok(JSON.stringify(card).includes(say(language, 'unsaved.alert')), title)
      }
      assert.deepEqual(lost, [])
    })
  })
}
