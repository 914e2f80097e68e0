/** Templates mean what Microsoft's engine makes of them; ours, made ready beforehand, draw the same from the same data. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { type Draw, prepared } from '../../src/cards/prepared.ts'
import { plainWords, trickyWords } from '../../src/cards/samples/words.ts'
import { type CardName, cardNames, sentencesOf, templateSource, templates } from '../../src/cards/templates.ts'
import { type Language, languages } from '../../src/domain/values.ts'
import { everyCard } from './walk.ts'

type Engine = { readonly Template: new (template: object) => { expand(context: { readonly $root: object }): unknown } }
const require = createRequire(import.meta.url)
const { Template }: Engine = require('adaptivecards-templating')

/** As it goes over the wire, without what is nothing: the engine leaves null where a text of one path is null. */
function sent(drawn: unknown): string {
  return JSON.stringify(drawn, (_, value: unknown) =>
    Array.isArray(value) ? value.filter(each => each !== null) : (value ?? undefined),
  )
}

const asItIs: Parameters<Draw>[1] = element => element

type Heard = { readonly name: CardName; readonly language: Language; readonly data: object }

/** What every view gives its template while `draw` runs. */
function heard(draw: () => void): readonly Heard[] {
  const all: Heard[] = []
  const usual = languages.flatMap(language =>
    cardNames.map(name => ({ language, name, ours: oursFor(name, language) })),
  )
  for (const { language, name, ours } of usual) {
    listed(language).set(name, (data, finish) => {
      all.push({ name, language, data })
      return ours(data, finish)
    })
  }
  try {
    draw()
  } finally {
    for (const { language, name, ours } of usual) listed(language).set(name, ours)
  }
  return all
}

const listed = (language: Language) => templates[language] as Map<CardName, Draw>

const oursFor = (name: CardName, language: Language) => templates[language].get(name) ?? assert.fail()

const words = fc.constantFrom('', 'a', '${text}', '\ue000', '`', '\\', '学', '{{DATE(2026-01-01)}}')
const scope = (depth: number): fc.Arbitrary<object> =>
  fc.record({
    text: words,
    no: fc.integer({ min: -1, max: 3 }),
    yes: fc.boolean(),
    nothing: fc.constant(null),
    deep: fc.record({ text: words, nothing: fc.constant(null), names: fc.array(words, { maxLength: 2 }) }),
    names: fc.array(words, { maxLength: 3 }),
    few: depth > 0 ? fc.array(scope(depth - 1), { maxLength: 3 }) : fc.constant([]),
    one: depth > 0 ? scope(depth - 1) : fc.constant([]),
  })

const text = fc.constantFrom(
  'text',
  '${text}',
  '${no} · ${deep.text}',
  '${yes}',
  '${nothing}',
  '${deep}',
  '${names}',
  '${$root.no}',
  '${$root.deep.text}:',
  '${$data}',
  '${$data.yes}',
)
const word = fc.record({ $data: fc.constantFrom('${names}', '${$root.deep.names}'), text: fc.constant('${$data}!') })
const again = { $data: fc.constantFrom('${few}', '${one}', '${$root.few}', '${$root.one}') }
const fields = (depth: number): Record<string, fc.Arbitrary<unknown>> => ({
  b: text,
  wrap: fc.boolean(),
  a: text,
  size: fc.constantFrom(1, null),
  ...(depth > 0 && { of: fc.record(fields(depth - 1)), items: fc.array(element(depth - 1), { maxLength: 3 }) }),
})
const element = (depth: number): fc.Arbitrary<unknown> =>
  fc.oneof(text, word, fc.record(fields(depth)), fc.record({ ...fields(depth), ...again }))

describe('cards: templates made ready', () => {
  it('draw what the engine draws, for every sample in both languages and with both kinds of buttons', () => {
    const all = heard(() => [plainWords, trickyWords].map(each => everyCard(each)))
    assert.equal(new Set(all.map(({ name, language }) => name + language)).size, cardNames.length * languages.length)
    const engines = new Map(cardNames.map(name => [name, new Template(templateSource(name))]))
    for (const { name, language, data } of all) {
      const engine = engines.get(name)?.expand({ $root: { ...data, t: sentencesOf(name, language) } })
      assert.equal(sent(oursFor(name, language)(data, asItIs)), sent(engine), name)
    }
  })

  it('draw what the engine draws, whatever is bound where', () => {
    const from = { file: 'x', sentences: {} }
    fc.assert(
      fc.property(fc.array(element(2), { maxLength: 4 }), scope(4), (body, data) => {
        const template = { type: 'AdaptiveCard', body }
        assert.equal(sent(prepared(template, from)(data, asItIs)), sent(new Template(template).expand({ $root: data })))
      }),
      { seed: 20_261_127, numRuns: 500 },
    )
  })

  it('refuse what they do not know, when they are made ready', () => {
    const refused = (body: readonly unknown[]) => () => prepared({ body }, { file: 'x', sentences: { a: 'A' } })
    for (const body of [
      [{ $when: '${a}', text: 'b' }],
      [{ of: { $data: '${a}' } }],
      [{ $data: '${a} b' }],
      [{ $data: { a: 1 } }],
      ['${if(a, b, c)}'],
      ['${a[0]}'],
      ['${$index}'],
      ['${a'],
      ['`${a}'],
      ['${t.b}'],
    ]) {
      assert.throws(refused(body), /^Error: x: /, JSON.stringify(body))
    }
    assert.doesNotThrow(refused([{ $data: '${a}', text: '${$root.t.a} ${t.a}' }]))
  })

  it('want all data they bind', () => {
    const draw = prepared({ body: ['${a.b}'] }, { file: 'x', sentences: {} })
    for (const data of [{}, { a: null }, { a: 'text' }])
      assert.throws(() => draw(data, asItIs), /x: no data for \$\{a\.b\}/)
    assert.deepEqual(draw({ a: { b: null } }, asItIs), { body: [] })
  })

  it('copy what they are given', () => {
    const data = { a: { b: [{ c: 1, d: null }] } }
    const drawn = prepared({ of: '${a}' }, { file: 'x', sentences: {} })(data, asItIs)
    assert.deepEqual(drawn, { of: { b: [{ c: 1 }] } })
    assert.notEqual(drawn.of, data.a)
  })
})
