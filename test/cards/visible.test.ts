/** People's words on a card are text and nothing else: no markup, no date, no link, nothing that turns a line round. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { withButton } from '../../src/cards/render.ts'
import { allTheSame } from '../../src/cards/samples/words.ts'
import { isSeen, visible } from '../../src/cards/visible.ts'
import { choiceTitle, lines, oneLine } from '../../src/cards/words.ts'
import { everyCard, isNode, readerOf } from './walk.ts'

/** As typed → as shown. `·` stands for a word joiner, `|` for a place to break. */
const shown: readonly (readonly [string, string])[] = [
  ['[x](http://evil.example)', '[x]·(http://evil.example)'],
  ['**bold** and *soft*', '∗∗bold∗∗ and ∗soft∗'],
  ['_soft_ and snake_case and __init__', 'ˍsoftˍ and snake_case and ˍˍinitˍˍ'],
  ['2 * 3 * 4, 5 - 2 - 1', '2 * 3 * 4, 5 - 2 - 1'],
  ['- one\n+ two\n* three', '·- one\n·+ two\n·∗ three'],
  ['---- x', '---·- x'],
  ['  - indented', '  ·- indented'],
  ['(a)- b [c]- d 5- e', '(a)·- b [c]·- d 5·- e'],
  ['{{DATE(2026-01-01)}} {{{TIME(x)}}}', '{·{DATE(2026-01-01)}} {·{·{TIME(x)}}}'],
  ['a\r\nb\rc\u0085d\u2028e\u2029f\vg\fh', 'a\nb\nc\nd\ne\nf\ng\nh'],
  ['a\u0000b\u001bc\u007fd\u009fe\ud800f', 'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf'],
  ['tab\there', 'tab\there'],
  ['\u202eevil\u202c \u2066a\u2069 \u2067b', 'evil a b'],
  ['hid\u{e0041}\u{e007f}den \ufeff\u206f', 'hidden '],
  [
    '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f} 👩‍🏫 e\u0301 क्‍ष',
    '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f} 👩‍🏫 e\u0301 क्‍ष',
  ],
  [`Z${'\u0301'.repeat(50)}algo`, `Z${'\u0301'.repeat(8)}algo`],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['x'.repeat(100), `${'x'.repeat(40)}|${'x'.repeat(40)}|${'x'.repeat(20)}`],
  ['学'.repeat(100), '学'.repeat(100)],
]

const written = (text: string) => text.replaceAll('\u2060', '·').replaceAll('\u200b', '|')

/** What a reader of markup needs, found by other means than the ones that take it away. */
function traps(text: string): readonly string[] {
  const found = new Map([
    ['link', text.includes('](')],
    ['date', text.includes('{{')],
    ['list', text.split('\n').some(line => ['- ', '+ ', '* '].some(mark => line.trimStart().startsWith(mark)))],
    ['list behind a bracket', ['-', '+', '*'].some(mark => [')', ']', '['].some(at => text.includes(`${at}${mark} `)))],
    ['emphasis', text.split(/[\s\u2068\u2069]/).some(word => word.includes('*') && word !== '*')],
    ['underscore', text.split(/[\s.,;:!?()]/).some(word => word.startsWith('_') || word.endsWith('_'))],
    ['turns round', /[\u202a-\u202e]/.test(text)],
    ['control', /\p{Cc}/u.test(text.replaceAll(/[\n\t]/g, ''))],
    ['half a character', !text.isWellFormed()],
    ['isolate left open', text.split('\u2068').length !== text.split('\u2069').length || /[\u2066\u2067]/.test(text)],
  ])
  return [...found].filter(([, there]) => there).map(([what]) => what)
}

const pieces = [
  '*',
  '**',
  '_',
  '__',
  '[',
  '](',
  '](http://e.example/)',
  ']',
  ')',
  '- ',
  '+ ',
  '* ',
  '\n',
  '\t',
  '\r',
  '\\',
]
const others = [
  '5',
  'a',
  'b c',
  ' ',
  '学',
  'é',
  '<at>',
  '&lt;',
  '{',
  '{{DATE(2026)}}',
  '\u202e',
  '\u2067',
  '\u2068',
  '\u2069',
]
const more = ['\ufeff', '\u200b', '\u2060', '\u0301', '\ud800', '\u0000', 'א', '👩‍🏫', '.', '!', '"', '1. ']
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces, ...others, ...more), { maxLength: 16 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

describe('cards: words that are shown', () => {
  it('are as typed, but for what a client would make of them', () => {
    for (const [typed, expected] of shown) assert.equal(written(visible(typed)), expected)
  })

  it('leave nothing to a reader of markup, whatever was typed, and are the same when done twice', () => {
    const seed = 20_261_123
    fc.assert(
      fc.property(text, typed => {
        const names = `${oneLine(typed)} and ${oneLine(typed)}`
        for (const drawn of [
          ...lines(typed).map(line => line.text),
          oneLine(typed),
          names,
          choiceTitle(oneLine(typed)),
        ]) {
          assert.deepEqual(traps(drawn), [], JSON.stringify(drawn))
        }
        assert.equal(visible(visible(typed)), visible(typed))
      }),
      { seed, numRuns: 5_000 },
    )
  })

  it('are the same whether they were found to be usual at once or looked through', () => {
    // A control character in a line of its own is never usual.
    const same = (typed: string) => assert.equal(`\ufffd\n${visible(typed)}`, visible(`\u0000\n${typed}`))
    for (let code = 0; code <= 0xffff; code++) {
      const sign = String.fromCharCode(code)
      for (const typed of [`a${sign}b`, `${sign}${sign}`, `- ${sign} ${sign}-`, sign.repeat(82)]) same(typed)
    }
    fc.assert(fc.property(text, same), { seed: 11, numRuns: 2_000 })
  })

  it('lose no letter that can be seen', () => {
    const bare = (typed: string) =>
      [...typed.toWellFormed().replaceAll('\u2217', '*').replaceAll('\u02cd', '_')]
        .filter(letter => isSeen(letter) && letter !== '\ufffd')
        .join('')
    fc.assert(
      fc.property(text, typed => assert.equal(bare(visible(typed)), bare(typed))),
      { seed: 7, numRuns: 2_000 },
    )
  })

  it('keep their direction to themselves', () => {
    assert.equal(oneLine('שלום (7)'), '\u2068שלום (7)\u2069')
    assert.equal(oneLine('Anna'), 'Anna')
    assert.deepEqual(
      lines('one\nمرحبا').map(line => line.text),
      ['one', '\u2068مرحبا\u2069'],
    )
  })

  it('that nobody can see are a dash in a name, and nothing is nothing', () => {
    for (const name of ['\u200b\u200d', '\u202e', '\u3164', '\ufeff \u2060']) assert.equal(oneLine(name), '–')
    assert.equal(oneLine('  '), '')
  })

  it('as a choice are no markup for a whole Markdown reader either', () => {
    for (const [typed, expected] of [
      ['1. one', '·1. one'],
      ['# head', '·# head'],
      ['> quote', '·> quote'],
      ['`code` ~~gone~~', 'ˋcodeˋ ~·~gone~·~'],
      ['<at>you</at> &lt; R&D', '<·at>you<·/at> &·lt; R&D'],
      ['https://e.example a@b.example', 'https:·//e.·example a@·b.·example'],
      ['M.L.', 'M.L.'],
    ] as const) {
      assert.equal(written(choiceTitle(oneLine(typed))), expected)
    }
  })

  it('takes no time over a text made to take long', () => {
    const began = performance.now()
    for (const mark of ['*', '-', '- ', '](', '{', '\u0301', 'x', '!', ' \n', '🏴\u{e0061}'])
      oneLine(`${mark.repeat(50_000)}x`)
    assert.ok(performance.now() - began < 3_000)
  })
})

const trap = 'QQ1\u202e\u2067\u0000\ud800\ufeff[x](http://e) **b** _s_ {{DATE(2026)}} <at>y</at>\r\n- l\n1. n שלום'

describe('cards: every field of the sample world', () => {
  const cards = [
    ...everyCard(allTheSame(trap)),
    ...everyCard(allTheSame(trap)).map(drawn => ({
      ...drawn,
      ...withButton(drawn, readerOf(), `Save “${oneLine(trap)}”`, 'answer', { answer: trap }),
    })),
  ]

  it('shows its words in TextRuns and in the titles of choices, and in nothing else', () => {
    const kinds = new Set<string>()
    for (const { card, summary, title } of cards) {
      assert.ok(!summary.includes('QQ1'), title)
      for (const { path, kind, text } of placesOf(card)) {
        kinds.add(kind)
        if (kind === 'value of an Input' || kind === 'data of a button') continue
        assert.deepEqual(traps(text), [], `${title} ${path}`)
      }
    }
    assert.deepEqual([...kinds].toSorted(), [
      'data of a button',
      'text of a TextRun',
      'title of a choice',
      'title of an Action',
      'value of an Input',
    ])
  })

  it('gives fields their words back exactly', () => {
    const values = cards.flatMap(({ card }) => placesOf(card)).filter(({ kind }) => kind === 'value of an Input')
    assert.ok(values.length > 100)
    // The shortest field of a sample holds 80 characters of it.
    for (const { text, path } of values) assert.ok(text.includes(trap.slice(0, 79)), path)
  })
})

type Place = { readonly path: string; readonly kind: string; readonly text: string }

/** Everywhere in a card where somebody's words are, by JSON path and by the kind of place. */
function placesOf(value: unknown, path = '$', owner: unknown = {}, key = '', within = ''): readonly Place[] {
  if (typeof value === 'string')
    return value.includes('QQ1') ? [{ path, kind: within || kindOf(owner, key), text: value }] : []
  if (Array.isArray(value))
    return value.flatMap((each, index) => placesOf(each, `${path}[${index}]`, owner, key, within))
  if (!isNode(value)) return []
  return Object.entries(value).flatMap(([name, held]) =>
    placesOf(held, `${path}.${name}`, value, name, within || (name === 'data' ? 'data of a button' : '')),
  )
}

function kindOf(owner: unknown, key: string): string {
  const type = isNode(owner) ? owner.type : undefined
  if (type === undefined && isNode(owner) && 'value' in owner) return `${key} of a choice`
  const name = String(type).replace(/\..*/, '')
  return `${key} of ${/^[AI]/.test(name) ? 'an' : 'a'} ${name}`
}
