/** Two logs of one round with a question set each: every card has the questions of the log it is about. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { textOf } from '../../src/demo/card-reading.ts'
import { anna } from '../../src/demo/people.ts'
import { emptyLog } from '../../src/domain/logs/log.ts'
import { currentQuestionSet, questionSet } from '../../src/domain/logs/questions.ts'
import { languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { type House, openHouse } from '../scenarios/house.ts'
import { answerAll, stepper, upToChoosing } from '../scenarios/walk.ts'

const second = 'second-log@1'
const sixteen = Array.from({ length: 16 }, (_, index) => `First log, answer ${index + 1}`)

for (const language of languages) {
  describe(`two question sets (${language})`, () => {
    let house: House
    const step = (...asked: Parameters<ReturnType<typeof stepper>>) => stepper(house.anna, language)(...asked)
    const asked = (set: string, no: number) => questionSet(set).questions[no - 1]?.[language] ?? assert.fail()
    const answers = async (session: number) =>
      (await house.store.get(keys.log('demo', anna.id, 1, session)))?.doc.answers ?? {}
    const programme = async () => (await house.store.get(keys.programme('demo')))?.doc ?? assert.fail()

    /** The log of the second session has the second set. */
    beforeEach(async () => {
      house = await openHouse({ language })
      await house.anna.install()
      await house.carla.install()
      await upToChoosing(step)
      const log = { ...emptyLog(await programme(), anna.id, 1, 2), questionSet: second }
      const written = await house.store.commit('p:demo', [
        { op: 'create', doc: document(keys.log('demo', anna.id, 1, 2), log) },
      ])
      assert.ok(written.ok)
    })
    afterEach(() => house.close())

    const openSecond = () => house.anna.say({ en: 'continue challenging', 'zh-CN': '继续 最具挑战' }[language])

    async function writeSecond(): Promise<string> {
      for (const no of [1, 2, 3]) {
        assert.ok(house.anna.text().includes(asked(second, no)), house.anna.text())
        await step(no === 3 ? 'question.saveReview' : 'question.saveNext', {
          'question.label': `Second log, answer ${no}`,
        })
      }
      return house.anna.text()
    }

    it('are each reviewed, submitted and read with their own questions, also side by side', async () => {
      await step('home.step.beginDo')
      await answerAll(step, sixteen)
      await step('review.submit')
      await step('submitted.otherLog')
      await writeSecond()
      const submitted = await step('review.submit')
      assert.ok(submitted.includes(say(language, 'submitted.next', { question: 3 })), submitted)

      const shown: string[] = []
      shown.push(await house.carla.say('read Anna'))
      shown.push(await house.carla.press(say(language, 'ready.both')))
      while (house.carla.buttons().includes(say(language, 'common.nextPage')))
        shown.push(await house.carla.press(say(language, 'common.nextPage')))
      const lines = shown.join('\n').split('\n')
      /** The last question above an answer that is not beside it, which its own side repeats. */
      const above = (answer: string) => {
        const before = lines.slice(0, lines.indexOf(answer))
        const all = [currentQuestionSet, second].flatMap(set => questionSet(set).questions.map(each => each[language]))
        return before.findLast(line => all.some(question => line.endsWith(question)))
      }
      for (const [index, answer] of sixteen.entries()) {
        assert.ok(above(answer)?.endsWith(asked(currentQuestionSet, index + 1)), `${answer}: ${above(answer)}`)
      }
      for (const no of [1, 2, 3]) {
        const answer = `Second log, answer ${no}`
        assert.ok(above(answer)?.endsWith(asked(second, no)), `${answer}: ${above(answer)}`)
      }
      assert.equal(lines.filter(line => line.endsWith(asked(second, 3))).length, 1, 'each question once')
      const single = await house.carla.press(say(language, 'reading.readMostChallenging'))
      assert.ok(single.includes(asked(second, 2)) && !single.includes(asked(currentQuestionSet, 2)))
    })

    it('are told apart by a typed "submit", which sends the complete one', async () => {
      await openSecond()
      await writeSecond()
      const text = await house.anna.say({ en: 'submit', 'zh-CN': '提交' }[language])
      assert.ok(text.includes(say(language, 'submitted.headingOne')), text)
      const journey = (await house.store.get(keys.journey('demo', anna.id)))?.doc
      assert.ok(journey?.rounds[0]?.logs[2]?.submittedAt)
    })

    it('take a list of numbers for answers where the log that is open has these questions', async () => {
      await openSecond()
      const list = '2. b\n3. c\n4. d\n5. e'
      const text = await house.anna.say(list)
      assert.ok(text.includes(say(language, 'question.saved', { question: 1 })), text)
      assert.deepEqual(
        Object.values(await answers(2)).map(answer => answer.text),
        [list],
      )
    })

    it('take it so too where the programme has another set by now', async () => {
      await step('home.step.beginDo')
      await step('question.saveNext', { 'question.label': 'One' })
      const doc = { ...(await programme()), questionSet: second }
      assert.ok((await house.store.commit('p:demo', [{ op: 'put', doc }])).ok)
      // Programmes are remembered for a minute.
      house.time.now = '2026-11-23T09:02:00.000Z'
      await house.anna.say('4. d\n5. e\n6. f')
      assert.ok(textOf(house.anna.card()).includes(say(language, 'pasted.heading')), house.anna.text())
      await step('pasted.fill')
      assert.deepEqual(Object.keys(await answers(1)), ['1', '4', '5', '6'])
    })
  })
}
