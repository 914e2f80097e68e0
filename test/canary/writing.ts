/** Whole journeys, by cards and by typing, in which every field and every line carries a canary of its own. */
import { say } from '../../src/cards/texts.ts'
import type { Language } from '../../src/domain/values.ts'
import { answerAll, stepper } from '../scenarios/walk.ts'
import { until } from './child.ts'
import type { Key } from './people.ts'
import { sixteen } from './seeds.ts'
import type { Town } from './town.ts'
import type { Fate } from './words.ts'

export type Writer = ReturnType<typeof writerOf>

/** English is written in bare words, which a log would rather let through; Chinese among signs of all kinds. */
export function writerOf(town: Town, key: Key) {
  const { language } = town.people[key]
  const actor = town.actor(key)
  const { word, odd } = town.words
  const text = (name: string, fate?: Fate) => (language === 'en' ? word : odd)(`${key}${name}`, fate)
  return { key, actor, language, text, step: stepper(actor, language) }
}

/** What a coach may read of somebody whose logs are in. */
export function logsOf(key: Key, ...answers: readonly string[]): readonly string[] {
  const session = ['AliasOne', 'AliasTwo', 'TopicOne', 'TopicTwo']
  return [...session, ...answers.flatMap(each => sixteen(name => name, each))].map(name => `${key}${name}`)
}

/** All by pressing, up to the last press. @param between is called with one log in, amid the other. */
export async function writeByCards({ step, text }: Writer, between = async () => {}): Promise<void> {
  await step('invitation.consent')
  for (const no of ['One', 'Two']) {
    await step('home.step.planFirstDo')
    await step('plan.save', {
      'plan.coachee': text(`Alias${no}`),
      'plan.topic': text(`Topic${no}`),
      'plan.goal': text(`Goal${no}`),
      'plan.plannedFor': '2026-11-17',
    })
    await step('home.step.recordDo')
    await step('record.save', { 'record.heldOn': '2026-11-17', 'record.line': text(`Line${no}`), 'record.rating': '2' })
  }
  await step('home.step.chooseDo')
  await step('choose.saveAndBegin', { 'choose.best': '1', 'choose.mostChallenging': '2' })
  await answerAll(step, sixteen(text, 'AnswerBest'))
  await step('review.submit')
  await step('submitted.otherLog')
  const hard = sixteen(text, 'AnswerHard')
  await answerAll(step, hard.slice(0, 8))
  await between()
  await answerAll(step, hard.slice(8), 9)
}

const said = {
  en: {
    first: 'take part',
    plan: (...parts: string[]) => `plan ${parts.join('; ')}; 16 November`,
    record: (no: number, line: string) => `record ${no}; 17.11.2026; 2; ${line}`,
    choose: 'choose best 1, challenging 2',
    begin: ['continue best', 'continue challenging'],
    submit: ['submit best', 'submit'],
  },
  'zh-CN': {
    first: '参加',
    plan: (...parts: string[]) => `计划 ${parts.join('；')}；11月16日`,
    record: (no: number, line: string) => `记录 ${no}；11月17日；2；${line}`,
    choose: '选择 最佳1，挑战2',
    begin: ['继续最佳', '继续最具挑战'],
    submit: ['提交最佳', '提交'],
  },
} as const satisfies Record<Language, object>

/** The same by typing alone, up to the last line, which is returned; half of the second log is pasted. */
export async function writeByTyping({ actor, language, text, step }: Writer): Promise<string> {
  const words = said[language]
  await actor.say(words.first)
  for (const [index, no] of ['One', 'Two'].entries()) {
    await actor.say(words.plan(text(`Alias${no}`), text(`Topic${no}`), text(`Goal${no}`)))
    await actor.say(words.record(index + 1, text(`Line${no}`)))
  }
  await actor.say(words.choose)
  await actor.say(words.begin[0])
  for (const answer of sixteen(text, 'AnswerBest')) await actor.say(answer)
  await actor.say(words.submit[0])
  await actor.say(words.begin[1])
  const hard = sixteen(text, 'AnswerHard')
  await actor.say(
    hard
      .slice(0, 8)
      .map((answer, index) => `${index + 1}. ${answer}`)
      .join('\n'),
  )
  await step('pasted.fill')
  await actor.say(words.begin[1])
  for (const answer of hard.slice(8)) await actor.say(answer)
  return words.submit[1]
}

/** The last press or line, after which the coach may read, and is told. */
export async function finish(
  town: Town,
  { key, language, actor }: Writer,
  coach: Key,
  may: readonly string[],
  last: () => Promise<unknown>,
): Promise<void> {
  for (const name of may) town.readable.add(name)
  const heard = town.actor(coach).received().length
  await last()
  if (!actor.text().includes(say(language, 'submitted.headingAll'))) throw new Error(`Not all of ${key} is in.`)
  await until(`${coach} is told of ${key}`, () => town.actor(coach).received().length > heard)
}
