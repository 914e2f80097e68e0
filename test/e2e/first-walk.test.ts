/** The first walk as people do it: two pages of Microsoft's Playground, one bot, killed once on the way. */
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { say, type TextKey } from '../../src/cards/texts.ts'
import { visible } from '../../src/cards/visible.ts'
import { anna, carla } from '../../src/demo/people.ts'
import type { Language } from '../../src/domain/values.ts'
import { answerAll, answers, upToChoosing } from '../scenarios/walk.ts'
import type { Chat } from './chat.ts'
import { stepsIn } from './steps.ts'
import { openTown, type Town } from './town.ts'

const screenshots = join(import.meta.dirname, 'screenshots')
/** Pictured just before these are pressed for the first time. */
const moments = [
  ['home.step.planFirstDo', 'home-empty'],
  ['record.save', 'record'],
  ['choose.save', 'choose'],
  ['home.step.beginDo', 'home-chosen'],
  ['review.submit', 'review'],
] as const satisfies readonly (readonly [TextKey, string])[]

const towns = [
  ['en', 'sqlite'],
  ['zh-CN', 'gateway'],
] as const satisfies readonly (readonly [Language, string])[]

for (const [language, engine] of towns) {
  describe(`the first walk in two browser pages (${language}, ${engine})`, () => {
    let town: Town
    before(async () => {
      await mkdir(screenshots, { recursive: true })
      town = await openTown(language, engine)
    })
    after(() => town?.close())

    it('goes from consent to a coach who reads, over a killed bot', async () => {
      const coach = await town.visit(carla)
      const writer = await town.visit(anna)
      let pictures = 0
      const pictured = new Map<TextKey, string>(moments)
      const picture = (chat: Chat, what: string) =>
        chat.screenshot(join(screenshots, `${language}-${String(++pictures).padStart(2, '0')}-${what}.png`))

      const step = stepsIn(writer, language, async key => {
        const what = pictured.get(key)
        if (what) await picture(writer, what)
        pictured.delete(key)
      })
      const reads = async (chat: Chat, key: TextKey) =>
        assert.ok((await (await chat.lastCard()).text()).includes(say(language, key)))

      await reads(writer, 'invitation.whoSeesWhat')
      await picture(writer, 'invitation')
      await picture(coach, 'coach-welcome')
      const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10)
      await upToChoosing(step, lastWeek)
      await step('home.step.beginDo')
      await answerAll(step, answers.slice(0, 7))
      await picture(writer, 'question-8')
      const progress = say(language, 'question.progress', { question: 8, questions: 16, answered: 7 })
      assert.ok((await (await writer.lastCard()).text()).includes(progress))
      if (engine === 'gateway') {
        await town.withoutStore(() => step('question.saveNext', { 'question.label': answers[7] ?? '' }))
        await reads(writer, 'unsaved.alert')
        await picture(writer, 'unsaved')
        await step('unsaved.again')
      }
      const saved = engine === 'gateway' ? 8 : 7
      await town.killBot()
      // What a person sees who comes back after the bot was away: the same card, and it goes on where they were.
      await answerAll(step, answers.slice(saved), saved + 1)
      await step('review.submit')
      await reads(writer, 'submitted.headingOne')
      await picture(writer, 'one-submitted')
      assert.equal(await coach.cards(), 1, 'the coach has only the welcome so far')

      await step('submitted.otherLog')
      await answerAll(
        step,
        answers.map((_, index) => `Answer ${index + 1} to the other one`),
      )
      assert.equal(await coach.cards(), 1, 'nothing is told before the second submit')
      const began = Date.now()
      await step('review.submit')
      await coach.waitForCard(say(language, 'ready.opening', { name: anna.name }), { within: 5000 })
      console.log(`      the coach had the notification ${Date.now() - began} ms after the second submit was pressed`)
      await picture(writer, 'both-submitted')
      await picture(coach, 'coach-told')
      assert.equal(await coach.cards(), 2)

      await (await coach.lastCard()).press(say(language, 'ready.readBest'))
      const texts = [await (await coach.lastCard()).text()]
      await picture(coach, 'coach-reads')
      while (texts.at(-1)?.includes('x'.repeat(40)) !== true) {
        await (await coach.lastCard()).press(say(language, 'common.nextPage'))
        texts.push(await (await coach.lastCard()).text())
      }
      for (const text of answers) {
        const line =
          text
            .split('\n')
            .find(each => each.trim())
            ?.trim()
            .replace(/\s+/g, ' ') ?? ''
        assert.ok(
          texts.join('\n').replace(/\s+/g, ' ').includes(visible(line)),
          `the coach reads: ${line.slice(0, 40)}`,
        )
      }
      await new Promise(resolve => setTimeout(resolve, 1500))
      assert.equal(await coach.cards(), 2, 'one notification, and no second one')
      assert.deepEqual([...writer.problems(), ...coach.problems()], [])
    })
  })
}
