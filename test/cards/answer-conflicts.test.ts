/** Text that came in a message and cannot simply be saved, and the buttons that say what becomes of it. */
import assert from 'node:assert/strict'
import { type ActionData, actions, inputId, withPlainFields } from '../../src/cards/actions.ts'
import { withButton } from '../../src/cards/render.ts'
import { plainWords } from '../../src/cards/samples/words.ts'
import { sampleWorld } from '../../src/cards/samples/world.ts'
import { noteCard } from '../../src/cards/views/general.ts'
import { answeredCard, keepsakeCard, pastedCard } from '../../src/cards/views/logs/answer-conflicts.ts'
import { questionsCard } from '../../src/cards/views/logs/questions.ts'
import { questionCard } from '../../src/cards/views/logs/reflecting.ts'
import { bytes, isNode, nodes, presses, readerOf, texts } from './walk.ts'

const reader = readerOf()
const { logs, sessions } = sampleWorld(plainWords)
const about = { programme: 'p', pointer: 'best', round: 1, session: sessions.held, log: logs.some } as const
const shown = (card: object) => texts(card).map(({ text }) => text)

/** What arrives when a button is pressed after `text` was put into the card's one field. */
function pressed(card: object, verb: 'answer' | 'fill', text: string) {
  const field = nodes(card).find(node => node.type === 'Input.Text')
  const press = presses(card).find(each => each.verb === verb)
  assert.ok(field && press)
  return actions[verb].parse(withPlainFields({ ...press.data, [String(field.id)]: text }))
}

describe('cards: text that came in a message', () => {
  it('for an answered question may replace, add or be left, on top of what is saved now', () => {
    const { card } = answeredCard(reader, { ...about, question: 6, incoming: 'new' })
    const answers = presses(card).filter(({ verb }) => verb === 'answer')
    assert.deepEqual(
      answers.filter((_each, index) => index % 2 === 0).map(({ data }) => [data.how, data.rev, data.go]),
      [
        ['replace', 1, 'next'],
        ['add', 1, 'next'],
      ],
    )
    const kept = (question: number) =>
      presses(answeredCard(reader, { ...about, question, incoming: 'new' }).card).find(
        ({ verb }) => verb === 'question',
      )?.data.question
    assert.deepEqual([kept(6), kept(16)], [7, 16])
  })

  it('with several answers fills them or is one answer, each as corrected in the one field', () => {
    const { card } = pastedCard(reader, { ...about, pasted: '7. a\n8. b', filled: [7, 8], kept: [], question: 7 })
    assert.equal((pressed(card, 'fill', 'corrected') as ActionData<'fill'>).pasted, 'corrected')
    const whole = pressed(card, 'answer', 'corrected') as ActionData<'answer'>
    assert.deepEqual([whole.answer, whole.question, whole.rev, whole.how], ['corrected', 7, 0, 'replace'])
    assert.deepEqual(withPlainFields({ [inputId('pasted', 'r7')]: 'x' }), { pasted: 'x' })
  })

  it('with several answers says which are filled and which stay, and fills nothing when all stay', () => {
    const drawn = (filled: number[], kept: number[], question?: number) =>
      pastedCard(reader, { ...about, pasted: 'x', filled, kept, question }).card
    const some = drawn([7, 8, 10, 11, 12], [1, 2])
    assert.ok(shown(some).includes('Questions 7, 8 and 10–12 get their answers from this text.'))
    assert.ok(shown(some).includes('Questions 1 and 2 have an answer already and stay as they are.'))
    assert.ok(!presses(some).some(({ verb }) => verb === 'answer'))
    assert.ok(!presses(drawn([], [1])).some(({ verb }) => verb === 'fill'))
    assert.ok(shown(drawn([7], [1], 1)).includes('Replace answer 1 with it all'))
  })

  it('is not offered as one answer when no answer may be that long, and fits a card at 28,000 characters', () => {
    for (const mark of ['a', '长', '"', '\n']) {
      const pasted = mark.repeat(28_000)
      const { card } = pastedCard(reader, { ...about, pasted, filled: [7], kept: [1], question: 7 })
      assert.ok(bytes(card) <= 80_000)
      assert.ok(!presses(card).some(({ verb }) => verb === 'answer'))
    }
  })

  it('that is too late comes back whole, to be copied, with the reason', () => {
    const text = '  **mine**\n${x} {{DATE(2026-01-01)}} 👩‍🏫 '
    const { card } = keepsakeCard(reader, { alert: { tone: 'attention', text: 'Because.' }, text })
    assert.deepEqual(
      nodes(card).flatMap(node => (node.type === 'Input.Text' ? [node.value] : [])),
      [text],
    )
    assert.ok(shown(card).includes('Because.'))
    assert.deepEqual(new Set(presses(card).map(({ verb }) => verb)), new Set(['home']))
  })
})

describe('cards: all questions', () => {
  it('are a press away, and say in words whether they are answered', () => {
    const { card } = questionsCard(readerOf({ buttons: 'submit' }), about)
    const rows = nodes(card).flatMap(node => (isNode(node.selectAction) ? [node.selectAction] : []))
    assert.deepEqual(
      rows.map(row => isNode(row.data) && row.data.question),
      Array.from({ length: 16 }, (_, index) => index + 1),
    )
    assert.match(String(rows[0]?.title), /^1\.\sWhat did I do\? Answered\.$/)
    assert.match(String(rows[6]?.title), /Still open\.$/)
    assert.ok(presses(card).some(({ verb, data }) => verb === 'review' && data.page === 1))
  })

  it('are reached from every question, saving what is typed, and each shows its own hint', () => {
    for (const question of [1, 7, 16]) {
      const { card } = questionCard(reader, { ...about, question })
      assert.ok(presses(card).some(({ verb, data }) => verb === 'answer' && data.go === 'list'))
    }
    assert.ok(
      shown(questionCard(reader, { ...about, question: 7 }).card).includes(
        'One thing to stop, one to start, one to continue.',
      ),
    )
  })
})

describe('cards: whose they are', () => {
  it('is said by every button in either form, also by one that was added', () => {
    for (const buttons of ['execute', 'submit'] as const) {
      const to = readerOf({ buttons })
      const note = noteCard(to, { tone: 'good', text: 'x', buttons: [{ title: 'Home', verb: 'home', data: {} }] })
      const { card, summary } = withButton(note, to, 'Save “home” as my answer', 'answer', { answer: 'home', rev: 0 })
      assert.equal(summary, note.summary)
      const found = presses(card)
      assert.equal(found.length, buttons === 'execute' ? 4 : 2)
      assert.ok(found.every(({ data }) => data.owner === 'o7'))
      assert.ok(found.some(({ verb, data }) => verb === 'answer' && data.answer === 'home'))
    }
  })
})
