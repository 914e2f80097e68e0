/** The steps of the first walk, in either language, by the words that stand on the buttons. */
import { say, type TextKey } from '../../src/cards/texts.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { byLabel, type Typed } from '../../src/demo/words.ts'
import type { Language } from '../../src/domain/values.ts'

export const answers: readonly string[] = [
  'We met for an hour. I asked first and listened.',
  '一开始很紧张，后来轻松了。',
  'Line one\nline two\n\nline four',
  'He said "slow down", she said \'why\'?',
  'Quite well 🙂👍🏽, 7/10',
  'Price: ${amount} and ${x} and $${y}',
  '**Not bold**, _not italic_, [no link](http://example.com), <at>nobody</at>, # no heading',
  '1. ask\n2. wait\n- listen',
  '  spaces at both ends  ',
  'C:\\folder\\file and \\n that is no line break',
  'Tab\there, and a thin space',
  '混合 mixed 文字 with “quotes” and 《书名号》',
  '{{DATE(2026-11-23T09:00:00Z)}} {count, plural, other {#}}',
  '"'.repeat(200),
  'Ünïcödé, עברית, العربية',
  'x'.repeat(4000),
]

/** Presses the button with this sentence, typing into the fields with these labels. */
export type Step = (key: TextKey, typed?: Typed) => Promise<unknown>

/** The steps of somebody on the stage, who reads what comes. */
export function stepper(actor: Actor, language: Language): (...step: Parameters<Step>) => Promise<string> {
  return (key, typed = {}) => actor.press(say(language, key), byLabel(language, typed))
}

/** Consent, two sessions planned and held, both chosen. Ends on home. */
export async function upToChoosing(step: Step, heldOn = '2026-11-17'): Promise<void> {
  await step('invitation.consent')
  for (const no of [1, 2]) {
    await step('home.step.planFirstDo')
    await step('plan.save', {
      'plan.coachee': `C.${no}`,
      'plan.topic': `Topic ${no}`,
      'plan.goal': 'One thing',
      'plan.plannedFor': heldOn,
    })
    await step('home.step.recordDo')
    await step('record.save', { 'record.heldOn': heldOn, 'record.line': 'It went', 'record.rating': String(no + 2) })
  }
  await step('home.step.chooseDo')
  await step('choose.save', { 'choose.best': '1', 'choose.mostChallenging': '2' })
}

/** Answers the questions from this one on, from wherever the primary button leads; after the last it ends on the review. */
export async function answerAll(step: Step, texts: readonly string[] = answers, from = 1): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const last = from + index === answers.length
    await step(last ? 'question.saveReview' : 'question.saveNext', { 'question.label': text })
  }
}

const short = Array.from({ length: 16 }, (_, index) => `Answer ${index + 1}`)

/** From the invitation to everything but the last press: one log is in, the other is complete and on the review. */
export async function upToLastPress(step: Step): Promise<void> {
  await upToChoosing(step)
  await step('home.step.beginDo')
  await answerAll(step, short)
  await step('review.submit')
  await step('submitted.otherLog')
  await answerAll(step, short)
}
