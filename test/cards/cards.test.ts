/** What must hold for every card, in both languages, with both kinds of buttons, whatever people wrote. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { actions, isVerb, withPlainFields } from '../../src/cards/actions.ts'
import { registry } from '../../src/cards/samples/registry.ts'
import { allTheSame, chineseWords, longestWords, plainWords, trickyWords } from '../../src/cards/samples/words.ts'
import { cardNames } from '../../src/cards/templates.ts'
import { bytes, type Drawn, everyCard, everyLargestCard, isNode, nodes, presses, texts } from './walk.ts'

type Event = { readonly message: string }
type Library = {
  readonly AdaptiveCard: new () => {
    parse(card: object, context: object): void
    validateProperties(): { validationEvents: Event[] }
  }
  readonly SerializationContext: new () => { eventCount: number; getEventAt(index: number): Event }
}
const require = createRequire(import.meta.url)
const library: Library = require('adaptivecards/dist/adaptivecards.js')

const hasPicker = (card: object) => nodes(card).some(node => node.type === 'Input.ChoiceSet' && 'choices.data' in node)

const plain = everyCard(plainWords)

function forAll(cards: readonly Drawn[], check: (drawn: Drawn) => void) {
  for (const drawn of cards) {
    try {
      check(drawn)
    } catch (error) {
      throw new Error(`${drawn.title}: ${error instanceof Error ? error.message : error}`, { cause: error })
    }
  }
}

describe('cards: every one', () => {
  it('has a row in the registry, with samples', () => {
    assert.deepEqual(registry.map(row => row.name).toSorted(), [...cardNames].toSorted())
    assert.ok(registry.every(row => Object.keys(row.samples).length > 0))
  })

  it('is read by the Adaptive Cards library without a complaint', () => {
    forAll([...plain, ...everyCard(trickyWords)], ({ card }) => {
      const context = new library.SerializationContext()
      const parsed = new library.AdaptiveCard()
      parsed.parse(card, context)
      const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message).filter(
        // The library's pattern for `lang` has the flag `g`, so every second card fails on it.
        message =>
          !message.endsWith('for property "lang".') &&
          !message.startsWith('Unknown element type "ProgressBar". Fallback'),
      )
      const invalid = parsed.validateProperties().validationEvents.map(event => event.message)
      // Microsoft's own example of a people picker has no choices: they come from the directory.
      const fewer = invalid.filter(
        message => !(hasPicker(card) && message === 'An Input.ChoiceSet must have at least one choice defined.'),
      )
      assert.deepEqual([...events, ...fewer], [])
    })
  })

  it('has no hole in it', () => {
    forAll([...plain, ...everyCard(chineseWords)], drawn => {
      const { card, summary } = drawn
      assert.doesNotMatch(JSON.stringify(card), /\$\{|null|undefined|NaN|Invalid/)
      for (const { text, key } of texts(card)) {
        if (key === 'text' || key === 'title' || key === 'label') assert.ok(text.trim(), `empty ${key}`)
      }
      const { version, lang, speak, fallbackText } = card as Record<string, unknown>
      assert.deepEqual(
        { version, lang, speak, fallbackText },
        { version: '1.5', lang: drawn.reader.language.slice(0, 2), speak: summary, fallbackText: summary },
      )
    })
  })

  it('speaks one language: no Chinese on English cards, and no English words on Chinese ones', () => {
    const chinese = everyCard(allTheSame('7'))
    forAll(chinese, ({ card, reader }) => {
      const shown = texts(card).filter(({ key }) => ['text', 'title', 'label', 'placeholder'].includes(key))
      for (const { text } of shown) {
        if (['中文', 'English', 'Bogota'].includes(text)) continue
        if (reader.language === 'en') assert.doesNotMatch(text, /\p{Script=Han}/u)
        else assert.doesNotMatch(text.replaceAll('M.L.', ''), /[A-Za-z]{2,}/)
      }
    })
  })

  it('has inputs with labels and ids of this rendering, each once', () => {
    forAll(plain, ({ card }) => {
      const inputs = nodes(card).filter(node => String(node.type).startsWith('Input.'))
      const ids = inputs.map(node => String(node.id))
      assert.equal(new Set(ids).size, ids.length)
      for (const input of inputs) {
        assert.ok(input.label)
        assert.match(String(input.id), /^[a-zA-Z]+(__[a-zA-Z]+)?__r7$/)
        const choices = nodes(input.choices ?? []).map(choice => choice.value)
        assert.ok(
          choices.every(value => value !== ''),
          'a client may put the index in place of an empty value',
        )
        assert.equal(input.isRequired, undefined, 'a required field would block Back and Later')
      }
    })
  })

  it('has buttons that the table of actions accepts, in either form', () => {
    forAll(plain, ({ card, reader }) => {
      const fields = nodes(card).filter(node => String(node.type).startsWith('Input.'))
      const typed = Object.fromEntries(fields.map(node => [String(node.id), node.choices ? node.value : 'typed']))
      for (const { verb, data } of presses(card)) {
        assert.ok(isVerb(verb), `verb ${verb}`)
        actions[verb].parse(withPlainFields({ ...data, ...typed }))
      }
      const forms = nodes(card).filter(node => String(node.type).startsWith('Action.'))
      if (reader.buttons === 'submit') return assert.ok(forms.every(node => node.type === 'Action.Submit'))
      for (const node of forms.filter(each => each.type === 'Action.Execute')) {
        assert.ok(isNode(node.fallback) && isNode(node.data))
        assert.deepEqual(node.fallback.data, { ...node.data, verb: node.verb })
        assert.equal(node.data.owner, reader.owner)
      }
    })
  })

  it('has at most one primary button, and few enough to choose from', () => {
    forAll(plain, ({ card }) => {
      const own = (card as { actions?: readonly { mode?: string; style?: string }[] }).actions ?? []
      const primary = nodes(card).filter(node => node.style === 'positive' && node.fallback !== undefined)
      assert.ok(primary.length <= 1)
      assert.ok(own.filter(action => action.mode !== 'secondary').length <= 4)
    })
  })

  it('shows people’s words where no Markdown is read, and never in a summary', () => {
    const canary = 'QQCANARYQQ'
    forAll(everyCard(allTheSame(canary)), ({ card, summary }) => {
      assert.ok(!summary.includes(canary))
      for (const { owner, key, text } of texts(card)) {
        if (!text.includes(canary)) continue
        const run = owner.type === 'TextRun' && key === 'text'
        const field = String(owner.type).startsWith('Input.') && key === 'value'
        const choice = owner.type === undefined && key === 'title' && 'value' in owner
        assert.ok(run || field || choice, `${owner.type}.${key}: ${text.slice(0, 60)}`)
      }
    })
  })

  it('has no sentence of ours that Markdown would make a list, a heading or a link of', () => {
    forAll(plain, ({ card }) => {
      for (const { owner, key, text } of texts(card)) {
        if (owner.type === 'TextBlock' && key === 'text') assert.doesNotMatch(text, /^(\d+[.)]|[-+*#>]+) |\]\(|[*_`]/m)
      }
    })
  })

  it('is larger with Execute than with Submit, and so drawn with Execute where sizes are looked at', () => {
    for (const words of [plainWords, trickyWords, longestWords('"')]) {
      const submits = everyCard(words, ['submit'])
      for (const [index, { card, title }] of everyLargestCard(words).entries()) {
        const other = submits[index]
        assert.equal(title.replace('execute', 'submit'), other?.title)
        assert.ok(bytes(card) >= bytes(other?.card ?? {}), title)
      }
    }
  })

  it('stays below 80 KB as UTF-16 at every length limit', function () {
    this.timeout(60_000)
    for (const mark of ['"', '\n', '\\', '\u0001', '\ud800', '长', '👩', 'a\n', 'a\n\n', '${']) {
      forAll(everyLargestCard(longestWords(mark)), ({ card }) =>
        assert.ok(bytes(card) <= 80_000, `${bytes(card)} bytes with ${JSON.stringify(mark)}`),
      )
    }
  })

  it('has an accessible title', () => {
    const without = ['note', 'ready']
    forAll(plain, ({ card, title }) => {
      if (without.some(name => title.startsWith(`${name}.`))) return
      assert.ok(nodes(card).some(node => node.type === 'TextBlock' && node.style === 'heading'))
    })
  })

  it('gives the same card for the same data', () => {
    assert.deepEqual(
      everyCard(plainWords).map(drawn => drawn.card),
      plain.map(drawn => drawn.card),
    )
  })
})
