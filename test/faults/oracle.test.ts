/** The oracle sees each promise that is broken, and nothing where none is. */
import assert from 'node:assert/strict'
import { type Evidence, type Figure, figures, judge, type Press, type Try } from './oracle.ts'

const journeyOf = (readyNo: number, submitted: readonly number[] = [1, 2]) =>
  JSON.stringify({
    rounds: [
      { readyNo, logs: Object.fromEntries([1, 2].map(no => [no, { snapshot: 1, ...when(submitted.includes(no)) }])) },
    ],
  })
const when = (submitted: boolean) => (submitted ? { submittedAt: 'then' } : {})
const logOf = (text: string) => JSON.stringify({ answers: { 3: { text } } })

const answered = (body: string, about: Partial<Try> = {}): Try => {
  return { status: 200, body, ms: 10, stored: logOf('mine'), ...about }
}
const answer = (about: Partial<Press> = {}): Press => {
  const tries = [answered('✓ Question 3 saved')]
  return { verb: 'answer', session: 2, question: 3, text: 'mine', tries, ...about }
}
const submit = (about: Partial<Press> = {}): Press => {
  return { verb: 'submit', session: 2, tries: [answered('Everything is in', { stored: journeyOf(1) })], ...about }
}
const told = 'Anna 1 is ready'
const repeated = `${told}. You may have had this message already.`

const fine: Evidence = {
  name: 'Anna 1',
  presses: [answer(), submit()],
  journey: journeyOf(1),
  logs: { 1: logOf('other'), 2: logOf('mine') },
  snapshots: { 1: logOf('other'), 2: logOf('mine') },
  toCoach: [told],
  notice: '',
}
const home = 'Your learning log: where you are and what comes next.'
const broken = answered('', { status: 0 })
const unsaved = answered('This isn’t saved yet.')

const cases: readonly (readonly [string, Partial<Evidence>, Partial<Record<Figure, number>>])[] = [
  ['nothing', {}, {}],
  ['a repeat that says so', { toCoach: [told, repeated] }, {}],
  ['a second entry that is told', { journey: journeyOf(2), toCoach: [told, `${told} again`] }, {}],
  [
    'a kill and a second try',
    { presses: [answer({ tries: [broken, answered('✓ Question 3 saved')], mayBreak: true })] },
    {},
  ],
  ['an honest refusal', { presses: [answer({ tries: [unsaved], mayFail: true }), answer(), submit()] }, {}],
  ['what nobody can deliver, as a task', { toCoach: [], notice: '{"state":"failed"}' }, {}],
  ['a log without the answer', { logs: { 1: '', 2: logOf('older') } }, { lost: 1 }],
  ['a snapshot without the answer', { snapshots: { 1: '', 2: '' } }, { lost: 1 }],
  ['a coach who was not told', { toCoach: [] }, { notTold: 1 }],
  ['a second entry that was not told', { journey: journeyOf(2), toCoach: [told] }, { notTold: 1 }],
  ['a promise that waits for ever', { toCoach: [], notice: '{"state":"promised"}' }, { notTold: 1 }],
  ['two copies', { toCoach: [told, told] }, { unlabelled: 1 }],
  ['a coach who was told too early', { journey: journeyOf(0, [1]), presses: [answer()] }, { unlabelled: 1 }],
  [
    'an answer called saved before it was',
    { presses: [answer({ tries: [answered('✓ Question 3 saved', { stored: '' })] })] },
    { falseSaved: 1 },
  ],
  [
    'a log called submitted before it was',
    { presses: [submit({ tries: [answered('Everything is in', { stored: journeyOf(0, [1]) })] })] },
    { falseSaved: 1 },
  ],
  ['a fault that was seen', { presses: [answer({ tries: [unsaved, answered('✓ Question 3 saved')] })] }, { errors: 1 }],
  [
    'a connection that broke for no reason',
    { presses: [answer({ tries: [broken, answered('✓ Question 3 saved')] })] },
    { errors: 1 },
  ],
  [
    'another card than the next',
    { presses: [answer({ tries: [answered('This answer was changed elsewhere')] })] },
    { errors: 2 },
  ],
  [
    'home in place of the next question, and nothing saved',
    { presses: [answer({ tries: [answered(home)] })], logs: { 1: '', 2: '' }, snapshots: { 1: '', 2: '' } },
    { lost: 1, errors: 2 },
  ],
  ['home in place of the next question', { presses: [answer({ tries: [answered(home)] })] }, { errors: 2 }],
  ['nobody who answers', { presses: [answer({ tries: [broken], mayBreak: true })] }, { errors: 1 }],
  [
    'an answer after three seconds',
    { presses: [answer({ tries: [answered('✓ Question 3 saved', { ms: 3_001 })], limitMs: 3_000 })] },
    { late: 1 },
  ],
]

describe('the oracle', () => {
  for (const [what, about, expected] of cases) {
    it(`sees ${what}`, () => {
      const none = Object.fromEntries(figures.map(figure => [figure, 0]))
      assert.deepEqual(judge({ ...fine, ...about }).broken, { ...none, ...expected })
    })
  }
})
