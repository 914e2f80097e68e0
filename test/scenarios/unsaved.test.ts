/** The store does not do its work: nothing is called saved, and what was written comes back to be pressed again. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { inputsOf } from '../../src/demo/card-reading.ts'
import { anna } from '../../src/demo/people.ts'
import { languages } from '../../src/domain/values.ts'
import { keys } from '../../src/store/documents.ts'
import { ben, mia } from './codes.ts'
import { type House, openHouse } from './house.ts'
import { stepper, upToChoosing } from './walk.ts'

/** Cosmos DB turns the identity away: nothing that trying again within the turn would mend. */
const turnedAway = { when: 'before', answer: 403, times: 100 } as const
const text = 'Ein Gedanke, „der bleibt“ 🙂\n{{DATE(2026)}} ${x} **fett**'

for (const language of languages) {
  describe(`a store that does not do its work (${language})`, () => {
    let house: House
    const step = (...asked: Parameters<ReturnType<typeof stepper>>) => stepper(house.anna, language)(...asked)
    const answers = async () => (await house.store.get(keys.log('demo', anna.id, 1, 1)))?.doc.answers ?? {}
    const fields = () => inputsOf(house.anna.card()).map(({ label, value }) => [label, value])
    const failing = (on: 'batch' | 'read') => house.gateway?.script({ on, ...turnedAway })

    beforeEach(async () => {
      house = await openHouse({ language, engine: 'gateway' })
      await house.anna.install()
    })
    afterEach(() => house.close())

    it('gives back an answer, which is saved by the same press later', async () => {
      await upToChoosing(step)
      await step('home.step.beginDo')
      const label = say(language, 'question.label')
      // A first answer needs no read; another one in its place does.
      for (const [on, typed] of [
        ['batch', text],
        ['read', `${text}, and more`],
      ] as const) {
        const before = await answers()
        failing(on)
        const unsaved = await step('question.saveNext', { 'question.label': typed })
        assert.ok(unsaved.includes(say(language, 'unsaved.alert')), on)
        assert.ok(unsaved.includes(say(language, 'unsaved.question', { question: 1 })))
        assert.equal(unsaved.includes(say(language, 'question.saved', { question: 1 })), false, 'no false "saved"')
        assert.deepEqual(fields(), [[label, typed]])
        house.gateway?.mend()
        assert.deepEqual(await answers(), before, 'nothing is stored')
        const shown = await step('unsaved.again')
        assert.ok(shown.includes(say(language, 'question.saved', { question: 1 })))
        assert.equal((await answers())[1]?.text, typed)
        await step('common.back')
      }
    })

    it('gives back a plan with every field of it', async () => {
      await step('invitation.consent')
      await step('home.step.planFirstDo')
      failing('batch')
      const coachee = say(language, 'plan.coachee')
      const topic = say(language, 'plan.topic')
      const goal = say(language, 'plan.goal')
      await step('plan.save', { 'plan.coachee': 'M.L.', 'plan.topic': 'Budget', 'plan.plannedFor': '2026-12-01' })
      assert.deepEqual(fields(), [
        [coachee, 'M.L.'],
        [topic, 'Budget'],
        [goal, ''],
        [say(language, 'plan.plannedFor'), '2026-12-01'],
      ])
      house.gateway?.mend()
      await step('unsaved.again')
      const journey = (await house.store.get(keys.journey('demo', anna.id)))?.doc
      const [session, ...more] = journey?.rounds[0]?.sessions ?? []
      assert.deepEqual([session?.coachee, session?.topic, session?.plannedFor], ['M.L.', 'Budget', '2026-12-01'])
      assert.equal(more.length, 0)
    })

    it('gives back whom a coach picked and typed', async () => {
      await house.carla.install()
      await house.carla.say({ en: 'invite', 'zh-CN': '邀请' }[language])
      const coach = stepper(house.carla, language)
      await coach('codes.byName')
      failing('batch')
      const typed = { 'picking.people': mia, 'picking.ids': `${ben} Ben` } as const
      assert.ok((await coach('inviting.invite', typed)).includes(say(language, 'unsaved.alert')))
      assert.deepEqual(
        inputsOf(house.carla.card()).map(({ value }) => value),
        [`${ben} Ben`],
      )
      house.gateway?.mend()
      assert.ok((await coach('unsaved.again')).includes(say(language, 'invited.heading', { count: 2 })))
    })

    it('leaves a card in which nothing is written as it is, and says so', async () => {
      await step('invitation.consent')
      failing('batch')
      const press = house.anna.pressing(say(language, 'home.step.planFirstDo'))
      house.gateway?.mend()
      failing('read')
      const { status, body } = await house.anna.post({ ...press, locale: language })
      assert.equal(status, 200)
      assert.deepEqual(body?.value, say(language, 'general.notSaved'))
    })

    it('gives nobody the text of a card made for somebody else', async () => {
      await step('invitation.consent')
      await house.leo.install()
      await step('home.step.planFirstDo')
      const press = house.anna.pressing(say(language, 'plan.save'), { [say(language, 'plan.topic')]: 'CANARY' })
      failing('read')
      const { body } = await house.leo.post({ ...press, from: house.leo.common().from })
      assert.equal(JSON.stringify(body).includes('CANARY'), false)
    })
  })
}
