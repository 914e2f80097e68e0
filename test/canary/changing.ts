/** Anna changes what is in already, is refused, comes too late, and writes what nobody understands. */
import { pressing } from './others.ts'
import type { Town } from './town.ts'
import type { Writer } from './writing.ts'

const long = 'x'.repeat(4_000)

/** One log is taken back, and two of its answers become others: one by typing, one on a card that was old already. */
export async function changeBest({ actor, text, step }: Writer): Promise<void> {
  await actor.say('question 2')
  const old = actor.pressing('Save and next', { 'Your answer': text('Stale', 'givenBack') })
  await step('question.saveNext', { 'question.label': text('Between', 'givenBack') })
  actor.look(await actor.post(old))
  await step('stale.replace', { 'stale.incoming': text('LaterB') })
  await actor.say('question 1')
  await actor.say(text('LaterA', 'givenBack'))
  await step('answered.replace')
  await actor.say('later')
}

/** Everything a rule says no to, each with a text that comes back. */
export async function beRefused(town: Town, { key, actor, text }: Writer): Promise<void> {
  const { gates, words, people } = town
  const { house } = people[key]
  const programme = words.word('SpringId')
  const log = { round: 1, session: 1, question: 3, rev: 1, go: 'next' }
  const back = (name: string) => text(name, 'givenBack')
  const sent = (name: string) => text(name, 'sent')
  const press = (verb: string, data: object) => gates[house].postAs(pressing(actor, verb, { programme, ...data }))

  await press('plan', { form: sent('Form'), coachee: back('NoAlias'), topic: '', goal: back('NoGoal') })
  await press('plan', { form: 'f', coachee: 'C', topic: `${back('LongTopic')}${long}`, goal: '' })
  await press('plan', { form: 'g', coachee: 'C', topic: back('DayTopic'), goal: '', plannedFor: sent('PlannedFor') })
  await press('record', { session: 1, heldOn: '2027-01-01', line: back('NoLine'), rating: sent('Rating') })
  await press('record', { session: 1, heldOn: sent('HeldOn'), line: back('DayLine'), rating: '2' })
  await press('answer', { ...log, answer: `${back('LongAnswer')}${long}` })
  await press('fill', { ...log, pasted: `1. ${back('LongPaste')}${long}\n2. two\n3. three` })
  await press('choose', { best: sent('ChosenBest'), mostChallenging: sent('ChosenHard') })
  await press('programmes', { page: 1, name: 'plan', rest: back('KeptWords') })
  await press('use', { name: 'choose', rest: sent('UsedWords') })
  await press('saveSettings', { language: 'en', zone: sent('Zone') })
  const form = (name: string) => ({
    programmeName: sent(`${name}Name`),
    startDate: sent(`${name}Day`),
    weeks: sent(`${name}Weeks`),
    maxSessions: sent(`${name}Sessions`),
    zone: sent(`${name}Zone`),
    leadersMayNudge: sent(`${name}Nudge`),
  })
  const shown = { name: 'n', startDate: '2026-11-02', weeks: 6, maxSessions: 5, language: 'en', zone: 'Etc/UTC' }
  await press('create', { form: sent('NewForm'), ...form('New'), alsoLeads: sent('NewLeads') })
  await press('edit', { shown: { ...shown, leadersMayNudge: false }, ...form('Edited') })
  await press('extend', { lastDay: sent('LastDay') })
  for (const line of [
    `plan ${back('TypedAlias')}; ${back('TypedTopic')}; ${back('TypedGoal')}; ${sent('TypedDay')}`,
    `edit 2; ${back('EditAlias')}; ${back('EditTopic')}; ; ${sent('EditDay')}`,
    `record 2; ${sent('RecordDay')}; ${sent('RecordRating')}; ${back('RecordLine')}`,
    `choose ${sent('ChooseWord')}`,
    `join ${sent('JoinCode')}`,
    `${sent('Unknown')}`,
    `<script>${sent('Script')}</script>`,
  ])
    await actor.say(line)
}

/** Presses that no card of ours makes, and a card in the wrong hands. */
export async function pressBadly(town: Town, { key, actor, text }: Writer): Promise<void> {
  const { gates, words, people } = town
  const gate = gates[people[key].house]
  const sent = (name: string) => text(name, 'sent')
  const programme = words.word('SpringId')
  const presses: readonly (readonly [string, unknown])[] = [
    [sent('Verb'), { programme }],
    ['answer', { programme, round: sent('Round'), session: {}, answer: [sent('List')], [sent('Field')]: 1 }],
    ['question', { programme, round: 99, session: 99, question: 99 }],
    ['home', { programme: sent('Programme') }],
    ['command', { name: sent('Command') }],
    ['language', { to: sent('Language') }],
    ['consent', { programme, coaches: [sent('Reader')] }],
    ['acceptCoach', { programme, coach: sent('Accepted') }],
    ['declineCoach', { programme, coach: sent('Declined') }],
    ['plan', null],
    ['submit', sent('Data')],
  ]
  for (const [verb, data] of presses) await gate.postAs(pressing(actor, verb, data))
  await actor.say('question 4')
  const hers = actor.pressing('Save and next', { 'Your answer': text('Copied', 'sent') })
  for (const other of ['Paul', 'Leo', 'Carla', 'Stan'] as const) {
    await gate.postAs({ ...hers, from: town.actor(other).common().from })
  }
  const channel = { ...actor.common().conversation, conversationType: 'channel' }
  await gate.postAs({ ...hers, conversation: channel })
  await gate.postAs({ ...actor.common(), type: 'message', text: sent('InChannel'), conversation: channel })
  await actor.say('later')
}

/** Once all is in again, and read: nothing can be changed, and what is written comes back to its writer alone. */
export async function comeTooLate(
  { actor, text }: Writer,
  late: Parameters<Writer['actor']['post']>[0],
): Promise<void> {
  actor.look(await actor.post(late))
  await actor.say('withdraw best')
  await actor.say(text('AfterAll', 'sent'))
}
