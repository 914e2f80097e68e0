import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { anna } from '../../src/demo/people.ts'
import { keys } from '../../src/store/documents.ts'
import { type House, openHouse } from './house.ts'
import { stepper, upToChoosing } from './walk.ts'

describe('requests to the store', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
    await house.anna.install()
    const step = stepper(house.anna, 'en')
    await upToChoosing(step)
    await step('home.step.beginDo')
  })
  afterEach(() => house.close())

  it('are two for a saved answer: one read of the log, one batch', async () => {
    for (const question of [1, 2, 3]) {
      house.requests.reset()
      await house.anna.press(say('en', 'question.saveNext'), { [say('en', 'question.label')]: `Answer ${question}` })
      // The poll looks for promises all the time and is nobody's turn.
      const { get, commit, removeIf } = house.requests.requests
      assert.deepEqual({ get, commit, removeIf }, { get: 1, commit: 1, removeIf: 0 })
    }
  })

  it('also write the day it was saved, so that a coach sees who has gone quiet', async () => {
    house.time.now = '2026-11-23T10:00:00.000Z'
    await house.anna.press(say('en', 'question.saveNext'), { [say('en', 'question.label')]: 'Answer' })
    const logs = (await house.store.get(keys.journey('demo', anna.id)))?.doc.rounds[0]?.logs
    assert.deepEqual([logs?.[1]?.savedAt, logs?.[2]?.savedAt], [house.time.now, undefined])
  })

  it('are three for a typed one, which has to find the open question first', async () => {
    house.requests.reset()
    await house.anna.say('An answer typed as a message')
    const { get, commit } = house.requests.requests
    assert.deepEqual({ get, commit }, { get: 2, commit: 1 })
    assert.ok(house.anna.text().includes('Question 2 of 16'))
  })
})
