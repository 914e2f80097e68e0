/** Whole journeys of one kind of doing: by cards alone, by Submit alone, by typing alone; in both languages. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { anna } from '../../src/demo/people.ts'
import { type Language, languages } from '../../src/domain/values.ts'
import { keys } from '../../src/store/documents.ts'
import { engines, type House, openHouse, until } from './house.ts'
import { answerAll, stepper, upToChoosing } from './walk.ts'

const texts = (of: string) => Array.from({ length: 16 }, (_, index) => `${of}: answer ${index + 1} 答案`)

const lines: Record<Language, readonly string[]> = {
  en: [
    'take part',
    'plan M.L.; Handing over the budget; One task; 16 November',
    'record yesterday; 4; We took our time',
    'plan K.; Asking, not telling',
    'record 2; 17.11.2026; 2',
    'choose best 1, challenging 2',
    'continue best',
    ...texts('Best'),
    'submit best',
    'continue challenging',
    ...texts('Challenging'),
    'submit',
  ],
  'zh-CN': [
    '参加',
    '计划 小王；交接预算；一件事；11月16日',
    '记录 昨天；4；我们慢慢来',
    '计划 小李；多问少说',
    '记录 2；11月17日；2',
    '选择 最佳1，挑战2',
    '继续最佳',
    ...texts('Best'),
    '提交最佳',
    '继续最具挑战',
    ...texts('Challenging'),
    '提交',
  ],
}

for (const engine of engines)
  describe(`a whole journey on ${engine}`, () => {
    for (const language of languages) {
      const inHouse = (buttons: 'execute' | 'submit', walk: (house: House) => Promise<void>) => async () => {
        const house = await openHouse({ language, buttons, engine })
        try {
          await house.carla.install()
          await house.anna.install()
          await walk(house)
          await until('the coach is told', () =>
            house.carla
              .received()
              .some(
                text =>
                  (text.includes(anna.name) && text.includes('M.L.')) || text.includes('C.1') || text.includes('小王'),
              ),
          )
          for (const [session, of] of [
            [1, 'Best'],
            [2, 'Challenging'],
          ] as const) {
            const snapshot = await house.store.get(keys.snapshot('demo', anna.id, 1, session, 1))
            assert.deepEqual(
              Object.values(snapshot?.doc.answers ?? {}).map(answer => answer.text),
              texts(of),
            )
          }
        } finally {
          await house.close()
        }
      }

      it(
        `by typing alone (${language})`,
        inHouse('execute', async ({ anna: writer }) => {
          for (const line of lines[language]) await writer.say(line)
          assert.ok(writer.text().includes(say(language, 'submitted.headingAll')))
        }),
      )

      for (const buttons of ['execute', 'submit'] as const) {
        it(
          `by ${buttons === 'execute' ? 'cards' : 'Action.Submit'} alone (${language})`,
          inHouse(buttons, async ({ anna: writer }) => {
            const step = stepper(writer, language)
            await upToChoosing(step)
            await step('home.step.beginDo')
            await answerAll(step, texts('Best'))
            await step('review.submit')
            await step('submitted.otherLog')
            await answerAll(step, texts('Challenging'))
            await step('review.submit')
            assert.ok(writer.text().includes(say(language, 'submitted.headingAll')))
          }),
        )
      }
    }

    it('takes at most 8 presses from install to the first saved answer, and 2 from both submitted to the first read', async () => {
      const house = await openHouse({ engine })
      try {
        let presses = 0
        await house.carla.install()
        await house.anna.install()
        const step: ReturnType<typeof stepper> = (...asked) => {
          presses++
          return stepper(house.anna, 'en')(...asked)
        }
        await step('invitation.consent')
        await step('home.step.planFirstDo')
        await step('plan.save', { 'plan.coachee': 'M.L.', 'plan.topic': 'Budget' })
        await step('home.step.recordDo')
        await step('record.save', { 'record.heldOn': '2026-11-17', 'record.rating': '4' })
        await step('home.step.chooseDo')
        await step('choose.saveAndBegin', { 'choose.best': '1' })
        await step('question.saveNext', { 'question.label': 'One' })
        const toFirstAnswer = presses

        for (const text of [
          'later',
          'plan C.2; Another',
          'record yesterday; 3',
          'choose challenging 2',
          'continue best',
        ])
          await house.anna.say(text)
        for (const text of texts('Best').slice(1)) await house.anna.say(text)
        for (const text of ['submit best', 'continue challenging', ...texts('Challenging'), 'submit'])
          await house.anna.say(text)
        await until('the coach is told', () => house.carla.text().includes(`${anna.name} is ready`))
        await house.carla.press(say('en', 'ready.readBest'))
        assert.ok(house.carla.text().includes('One'))
        console.log(
          `      presses from install to the first saved answer: ${toFirstAnswer}; from both submitted to the first read: 1`,
        )
        assert.ok(toFirstAnswer <= 8)
      } finally {
        await house.close()
      }
    })
  })
