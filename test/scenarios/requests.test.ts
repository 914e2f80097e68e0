import assert from 'node:assert/strict'
import { say, type TextKey } from '../../src/cards/texts.ts'
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

  /** What the store is asked for meanwhile. The poll looks for promises all the time and is nobody's turn. */
  const counted = async (turn: () => Promise<unknown>) => {
    house.requests.reset()
    await turn()
    const { get, commit, removeIf } = house.requests.requests
    return { get, commit, removeIf }
  }
  const answer = (text: string, button: TextKey = 'question.saveNext') =>
    counted(() => house.anna.press(say('en', button), { [say('en', 'question.label')]: text }))
  /** A press from a card that may be an old one. */
  const posts = (verb: string, more: object = {}) =>
    counted(async () => {
      const data = { programme: 'demo', round: 1, session: 1, ...more }
      const value = { action: { type: 'Action.Execute', verb, data } }
      house.anna.look(
        await house.anna.post({ ...house.anna.common(), type: 'invoke', name: 'adaptiveCard/action', value }),
      )
    })

  it('are one for a saved answer, a batch', async () => {
    for (const question of [1, 2, 3]) {
      assert.deepEqual(await answer(`Answer ${question}`), { get: 0, commit: 1, removeIf: 0 })
      assert.ok(house.anna.text().includes(`Question ${question} saved`))
    }
    const log = await house.store.get(keys.log('demo', anna.id, 1, 1))
    const kept = Object.entries(log?.doc.answers ?? {}).map(([question, { text, rev }]) => [question, text, rev])
    assert.deepEqual(
      kept,
      ['1', '2', '3'].map(no => [no, `Answer ${no}`, 1]),
    )
    const logs = (await house.store.get(keys.journey('demo', anna.id)))?.doc.rounds[0]?.logs
    assert.equal(logs?.[1]?.answered, 3)
  })

  it('are none more for the card after it, also when nothing is remembered but the person is asked for', async () => {
    await answer('Answer 1')
    house.time.now = new Date(Date.parse(house.time.now) + 120_000).toISOString()
    assert.deepEqual(await answer('Answer 2', 'question.all'), { get: 1, commit: 1, removeIf: 0 })
    assert.ok(house.anna.text().includes(say('en', 'questions.heading')))
  })

  it('are two for another text in place of a saved one: a read of the log, a batch', async () => {
    await answer('Answer 1')
    await answer('Answer 2')
    await house.anna.press(say('en', 'common.back'))
    assert.deepEqual(await answer('Another answer 2'), { get: 1, commit: 1, removeIf: 0 })
    const logs = (await house.store.get(keys.journey('demo', anna.id)))?.doc.rounds[0]?.logs
    assert.equal(logs?.[1]?.answered, 2)
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

  it('are two for the log to read through, and for a submit that is refused or comes too late: journey and log', async () => {
    const two = { get: 2, commit: 0, removeIf: 0 }
    await answer('Answer 1')
    assert.deepEqual(await posts('review', { page: 1 }), two)
    assert.deepEqual(await posts('submit', { snapshot: 0 }), two)
    assert.ok(house.anna.text().includes('are still open'), house.anna.text())
    assert.deepEqual(await posts('submit', { snapshot: 7 }), two)
    assert.deepEqual(await posts('withdraw', { snapshot: 7 }), two)
    assert.deepEqual(await posts('withdraw', { snapshot: 0 }), two)
    assert.ok(house.anna.text().includes('Answer 1'))
  })

  it('are one more for the programme when that is not remembered', async () => {
    house.time.now = new Date(Date.parse(house.time.now) + 120_000).toISOString()
    // And the person is asked for.
    assert.deepEqual(await posts('submit', { snapshot: 0 }), { get: 4, commit: 0, removeIf: 0 })
  })
})
