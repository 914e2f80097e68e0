/** Six weeks in one sitting, as people do it: by cards and by typing, with second thoughts, interruptions and a leader who watches. */
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '../../src/cards/texts.ts'
import { anna, carla, leo } from '../../src/demo/people.ts'
import type { Chat } from './chat.ts'
import { stepsIn } from './steps.ts'
import { openTown, type Town } from './town.ts'

const screenshots = join(import.meta.dirname, 'screenshots')
const label = 'question.label' as const

for (const engine of ['sqlite', 'gateway'] as const) {
  describe(`the whole journey in three browser pages (${engine})`, () => {
    let town: Town
    before(async () => {
      await mkdir(screenshots, { recursive: true })
      town = await openTown('en', engine)
    })
    after(() => town?.close())

    it('survives second thoughts, two kills and a change of language, and the leader never reads a word', async () => {
      const writer = await town.visit(anna)
      const coach = await town.visit(carla)
      const leader = await town.visit(leo)
      const step = stepsIn(writer, 'en')
      const shot = (chat: Chat, what: string) => chat.screenshot(join(screenshots, `whole-${what}.png`))
      const text = async (chat: Chat) => (await chat.lastCard()).text()
      const written: string[] = []
      const wrote = (of: string, question: number) => {
        written.push(`Secret ${of} ${question} 秘密`)
        return written.at(-1) ?? ''
      }
      const watched: string[] = []
      const watch = async () => {
        await leader.say('progress')
        watched.push(await text(leader))
      }

      await watch()
      await step('invitation.consent')
      for (const [no, line] of [
        ['1', 'plan M.L.; Handing over the budget; One task handed over; 16.11.2026'],
        ['2', 'plan K.; Asking, not telling'],
        ['3', 'plan 小王; Listening'],
      ] as const) {
        await writer.say(line)
        await writer.say(`record ${no}; yesterday; ${no}; We took our time`)
      }
      await writer.say('choose best 1, challenging 2')

      // Five answers to the first, then a second thought: it was the challenging one.
      await writer.say('continue best')
      for (const question of [1, 2, 3]) await step('question.saveNext', { [label]: wrote('one', question) })
      for (const question of [4, 5]) await writer.say(wrote('one', question))
      await step('question.later')
      await writer.say('swap')
      const home = await text(writer)
      assert.ok(home.includes(say('en', 'home.logDraft', { answered: 5, questions: 16 })), home)
      await shot(writer, 'after-swap')
      await watch()

      // Session 1 is the challenging one now, and its five answers are where they were.
      await writer.say('continue challenging')
      assert.ok((await text(writer)).includes('Question 6 of 16 · 5 answered'))
      await town.killBot()
      await step('question.saveNext', { [label]: wrote('one', 6) })
      await step('common.back')
      assert.equal(await (await writer.lastCard()).value(say('en', label)), 'Secret one 6 秘密')
      written[5] = 'Secret one 6, second thought 秘密'
      await step('question.saveNext', { [label]: written[5] })

      // The language changes in the middle; the answers do not.
      await writer.say('中文')
      await writer.say('继续最具挑战')
      const chinese = stepsIn(writer, 'zh-CN')
      for (const question of [7, 8, 9]) await chinese('question.saveNext', { [label]: wrote('one', question) })
      await shot(writer, 'chinese')
      await chinese('question.later')
      await writer.say('english')
      await writer.say('continue challenging')
      for (let question = 10; question <= 15; question++) await writer.say(wrote('one', question))
      await step('question.saveReview', { [label]: wrote('one', 16) })
      await step('review.submit')
      await watch()

      await step('submitted.otherLog')
      for (let question = 1; question <= 16; question++) {
        if (question === 9) await town.killBot()
        const last = question === 16
        if (question % 2 === 0 || last)
          await step(last ? 'question.saveReview' : 'question.saveNext', { [label]: wrote('two', question) })
        else await writer.say(wrote('two', question))
      }
      assert.equal(await coach.cards(), 1)
      await step('review.submit')
      await coach.waitForCard(say('en', 'ready.heading', { name: anna.name }), { within: 5000 })
      await watch()

      // Taken back, one word changed, and in again: the coach is told that it is an update.
      await writer.say('withdraw best')
      await writer.say('question 3')
      written[18] = 'Secret two 3, once more 秘密'
      await step('question.saveNext', { [label]: written[18] })
      await writer.say('submit best')
      await coach.waitForCard(say('en', 'ready.headingUpdated', { name: anna.name }), { within: 5000 })
      await shot(coach, 'updated')
      assert.equal(await coach.cards(), 3)

      await (await coach.lastCard()).press(say('en', 'ready.both'))
      await shot(coach, 'side-by-side')
      const pages = [await text(coach)]
      for (let _page = 2; ; _page++) {
        const card = await coach.lastCard()
        if (!(await card.text()).includes(say('en', 'common.nextPage'))) break
        await card.press(say('en', 'common.nextPage'))
        pages.push(await text(coach))
      }
      for (const answer of written) assert.ok(pages.join('\n').includes(answer), `the coach reads: ${answer}`)
      await writer.say('withdraw')
      await watch()
      await shot(leader, 'progress')

      assert.equal(watched.length, 5)
      // Before consent a leader sees nobody: it is the participant who says whom they are led by.
      const [before = '', ...since] = watched
      assert.ok(before.includes(say('en', 'progress.nobody')) && !before.includes(anna.name), before)
      for (const seen of since) assert.ok(seen.includes(anna.name))
      for (const seen of watched) {
        for (const word of ['Secret', '秘密', 'budget', 'M.L.', '小王', 'We took our time'])
          assert.equal(seen.includes(word), false, word)
      }
      assert.equal(new Set(watched).size, 5, 'the leader saw it move')
      assert.deepEqual([...writer.problems(), ...coach.problems(), ...leader.problems()], [])
    })
  })
}
