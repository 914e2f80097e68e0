/** People's words: exactly kept in fields, tidily shown elsewhere; long things in pages. */
import assert from 'node:assert/strict'
import { dayText, momentText } from '../../src/cards/dates.ts'
import { pageOf } from '../../src/cards/paging.ts'
import { press } from '../../src/cards/press.ts'
import { longestWords, plainWords } from '../../src/cards/samples/words.ts'
import { sampleWorld } from '../../src/cards/samples/world.ts'
import { answeredCard, pastedCard } from '../../src/cards/views/logs/answer-conflicts.ts'
import { questionCard, reviewCard, staleCard } from '../../src/cards/views/logs/reflecting.ts'
import { readingCard } from '../../src/cards/views/reading/coach.ts'
import { compareCard } from '../../src/cards/views/reading/compare.ts'
import { planCard } from '../../src/cards/views/sessions/sessions.ts'
import { dotted, fitting, lines, oneLine, sizeOf } from '../../src/cards/words.ts'
import { nodes, presses, readerOf, texts } from './walk.ts'

const reader = readerOf()
const world = sampleWorld(plainWords)
const about = {
  programme: 'p',
  pointer: 'best',
  round: 1,
  session: world.sessions.held,
  log: world.logs.empty,
  question: 3,
} as const

const traps = [
  '${t.heading} ${x} $ {x} $${y}}',
  '**bold** _it_ [a](http://b) # h\n1. one\n- two',
  'emoji 👩‍🏫🇨🇳 and 𝒳',
  `"double" 'single' \`tick\` \\ back\\\\slash`,
  '\n\n leading and trailing \n\n',
  'a\r\nb\rc\td',
  '你好，世界。\n第二行',
  '<b>&amp;</b> {n, plural, other {#}} {{DATE(2026-01-01, SHORT)}}',
  '\ue000 \ue0000 \ue0001 private use',
  'null undefined NaN',
  '\u202etxt.exe\u202c \u2067\u2066 שלום',
  `half \ud83d and NUL \u0000 and Z${'\u0301'.repeat(40)}`,
  `${'x'.repeat(200)} \u2028 \u200b\ufeff\u00ad`,
]

function fieldValues(card: object): readonly unknown[] {
  return nodes(card)
    .filter(node => node.type === 'Input.Text')
    .map(node => node.value)
}

describe('cards: people’s words', () => {
  it('come back into a field exactly as they were typed', () => {
    for (const typed of traps) {
      assert.deepEqual(fieldValues(questionCard(reader, { ...about, typed }).card), [typed])
      assert.deepEqual(fieldValues(staleCard(reader, { ...about, incoming: typed }).card), [typed])
      assert.deepEqual(fieldValues(answeredCard(reader, { ...about, incoming: typed }).card), [typed])
      const pasted = { ...about, pasted: typed, filled: [3], kept: [] }
      assert.deepEqual(fieldValues(pastedCard(reader, pasted).card), [typed])
      const answers = { 3: { text: typed, rev: 2, at: '2026-11-20T06:05:00.000Z' } }
      assert.deepEqual(fieldValues(questionCard(reader, { ...about, log: { ...about.log, answers } }).card), [typed])
      const plan = { coachee: typed, topic: typed, goal: typed, plannedFor: '' }
      const { programme, journeys } = world
      const form = planCard(reader, { programme, journey: journeys.empty, form: 'f', typed: plan })
      assert.deepEqual(fieldValues(form.card), [typed, typed, typed])
    }
  })

  it('are shown a line a block, with room for empty lines', () => {
    assert.deepEqual(lines('one\ntwo\n\n \nthree'), [
      { text: 'one', spacing: 'Small' },
      { text: 'two', spacing: 'None' },
      { text: 'three', spacing: 'Medium' },
    ])
    assert.deepEqual(lines('  \n '), [])
    assert.equal(lines('a\u0000b\ud800')[0]?.text, 'a\ufffdb\ufffd')
    const many = lines('x\n'.repeat(2000))
    assert.ok(many.length <= 60)
    assert.equal(many.map(line => line.text).join('\n'), 'x\n'.repeat(2000).trim())
  })

  it('are one line where one is wanted', () => {
    assert.equal(oneLine(' a\n b\t c '), 'a b c')
    assert.equal(dotted('a', '', undefined, ' ', 'b'), 'a · b')
  })

  it('that do not fit a card are cut between characters, and the writer is told', () => {
    assert.equal(fitting('short', 100), 'short')
    const cut = fitting('👩'.repeat(1000), 101)
    assert.ok(sizeOf(cut) <= 101 && cut.isWellFormed())
    const { card } = questionCard(reader, { ...about, typed: 'x'.repeat(100_000) })
    assert.ok(texts(card).some(({ text }) => text.startsWith('What you pasted is longer')))
  })
})

describe('cards: pages', () => {
  it('keep the order, split nothing and clamp the page asked for', () => {
    const items = [5, 5, 5, 20, 1]
    const page = (no: number) => pageOf(items, item => item, no, 10)
    assert.deepEqual(page(1), { items: [5, 5], page: 1, pages: 4 })
    assert.deepEqual(page(3), { items: [20], page: 3, pages: 4 })
    assert.deepEqual(page(99).page, 4)
    assert.deepEqual(
      pageOf([], () => 1, 3),
      { items: [], page: 1, pages: 1 },
    )
  })

  it('of a log show every answer once, reached by their buttons', () => {
    for (const mark of ['"', '\n', 'a\n', '\u0001', '长']) {
      const long = longestWords(mark)
      const big = sampleWorld({ ...long, answer: no => `<${no}>${mark.repeat(5000)}`.slice(0, 3990).concat('<end>') })
      const {
        programme,
        journeys,
        logs,
        snapshot,
        sessions: { held: session },
        otherSnapshot,
      } = big
      const at = { programme: programme.programme, round: 1, session, log: logs.full }
      const drawings = [
        (page: number) => reviewCard(reader, { ...at, journey: journeys.complete, page }),
        (page: number) =>
          readingCard(reader, { programme, journey: journeys.inReview, snapshot, session, pointer: 'best', page }),
        (page: number) => {
          const both = [
            { pointer: 'best', session, snapshot },
            { pointer: 'mostChallenging', session, snapshot: { ...otherSnapshot, answers: snapshot.answers } },
          ] as const
          return compareCard(reader, { programme, journey: journeys.inReview, round: 1, logs: both, page })
        },
      ]
      for (const [index, draw] of drawings.entries()) {
        const shown: string[] = []
        for (let page: number | undefined = 1; page !== undefined; ) {
          const { card } = draw(page)
          const all = texts(card).map(({ text }) => text)
          shown.push(...all.flatMap(text => [...text.matchAll(/<(\d+|end)>/g)].map(match => match[1] ?? '')))
          page = nextPage(card, page)
        }
        const expected = Array.from({ length: 16 }, (_, no) => {
          const one = [String(no + 1), 'end']
          return index === 2 ? [...one, ...one] : one
        }).flat()
        assert.deepEqual(shown, expected, JSON.stringify(mark))
      }
    }
  })
})

function nextPage(card: object, page: number): number | undefined {
  const turning = ['review', 'read', 'readBoth']
  const next = presses(card).find(({ verb, data }) => turning.includes(verb) && data.page === page + 1)
  return next ? page + 1 : undefined
}

describe('cards: days and buttons', () => {
  it('are written in the reader’s language and zone', () => {
    assert.equal(dayText('en', '2026-11-23'), 'Monday 23 November')
    assert.equal(dayText('zh-CN', '2026-11-23'), '11月23日 星期一')
    assert.equal(momentText(readerOf({ zone: 'Asia/Shanghai' }), '2026-11-23T17:05:00.000Z'), '24 November, 01:05')
    assert.equal(
      momentText(readerOf({ language: 'zh-CN', zone: 'Europe/Berlin' }), '2026-11-23T17:05:00.000Z'),
      '11月23日 18:05',
    )
  })

  it('carry only what a card may give', () => {
    assert.deepEqual(press('submit', { programme: 'p', round: 1, session: 2 }), {
      programme: 'p',
      round: 1,
      session: 2,
    })
  })
})
