/**
 * A store as the last program of version 1 has left it (`version-1.json`, written by that program): one log is submitted, the
 * other complete; everybody has 14 days more, and Anna 7 of her own. In that version one window served all rounds.
 */
import assert from 'node:assert/strict'
import { say, type TextKey } from '../../../src/cards/texts.ts'
import { type Document, keys } from '../../../src/store/documents.ts'
import { migrated, migrations } from '../../../src/store/migrations.ts'
import { copyStore } from '../../../src/store/operator/copy.ts'
import { openSqlite } from '../../../src/store/sqlite/sqlite.ts'
import { engines, openHouse } from '../../scenarios/house.ts'
import { all, clock, cosmosShelf, fileShelf, using } from '../copying.ts'
import { onGateway, unhurried } from '../on-gateway.ts'
import { temporaryFiles } from '../temporary.ts'
import left from './version-1.json' with { type: 'json' }

const lying = left as unknown as readonly Document[]
const text = (key: TextKey) => say('en', key)

describe('what version 1 has left', () => {
  const emptyFile = temporaryFiles()
  const journey = { pk: 'p:x', id: 'j:a', type: 'journey', schemaVersion: 1, person: 'a', active: true } as const
  const round = { no: 1, sessions: [], logs: {}, readyNo: 0 }
  const today = (doc: object) => migrated(doc as Document, migrations) as object

  it('gives a person’s days to their round', () => {
    const { schemaVersion: _v, ...rest } = journey
    assert.deepEqual(today({ ...journey, extraDays: 7, rounds: [round] }), {
      ...rest,
      schemaVersion: 2,
      rounds: [{ ...round, extraDays: 7 }],
    })
  })
  it('gives everybody’s days to the first round, and none where there were none', () => {
    const programme = { pk: 'p:x', id: 'p', type: 'programme', name: 'X', weeks: 6 } as const
    const raisedOf = (extra: object) => today({ ...programme, schemaVersion: 1, ...extra })
    assert.deepEqual(raisedOf({ extraDays: 14 }), { ...programme, schemaVersion: 2, extraDays: { 1: 14 } })
    assert.deepEqual(raisedOf({}), { ...programme, schemaVersion: 2 })
  })
  it('leaves every other kind as it was', () => {
    for (const doc of lying.filter(({ type }) => type !== 'journey' && type !== 'programme')) {
      assert.deepEqual(today(doc), { ...doc, schemaVersion: 2 })
    }
  })

  for (const engine of engines) {
    it(`is gone on with: every answer is there, the days are, and the coach is told (${engine})`, async () => {
      const house = await openHouse({ engine, lying })
      const { anna, carla, store } = house
      try {
        const person = await carla.say('progress anna')
        assert.match(person, /Sunday 10 January/)
        assert.match(await carla.say('programme'), /Sunday 3 January/)
        assert.match(await anna.say('home'), /Sunday 10 January/)
        for (const session of [1, 2]) {
          const key = keys.log('demo', anna.person, 1, session)
          const before = lying.find(({ id }) => id === key.id)
          const now = (await store.get(key))?.doc
          assert.ok(before?.type === 'log' && now)
          assert.equal(Object.keys(now.answers).length, 16)
          assert.deepEqual(now.answers, before.answers)
        }
        const known = carla.received().length
        await anna.say('submit challenging')
        await carla.hears(known)
        assert.match(await carla.press(text('ready.readBest')), /Answer 1/)
        const after = (await store.get(keys.journey('demo', anna.person)))?.doc
        assert.deepEqual([after?.schemaVersion, after?.rounds[0]?.extraDays], [2, 7])
        assert.ok(after?.rounds[0]?.readyAt && after.rounds[0].logs[1]?.openedAt)
      } finally {
        await house.close()
      }
    })

    it(`is copied as it lies there, and upgraded where it comes to (to ${engine})`, async () => {
      const files = [0, 1].map(() => emptyFile())
      const [from = '', to = ''] = files
      const source = openSqlite(from, clock)
      for (const doc of lying) await source.commit(doc.pk, [{ op: 'put', doc }])
      await source.close()
      const on = engine === 'gateway' ? await onGateway({ patience: unhurried }) : undefined
      const target = () => (on ? cosmosShelf(on.options) : fileShelf(to))
      await using(fileShelf(from, 'source'), shelf => using(target(), there => copyStore(shelf, there, () => {})))
      const versions = [...(await all(target())).values()].map(({ schemaVersion }) => schemaVersion)
      assert.deepEqual(
        versions,
        lying.map(() => 1),
      )
      const store = on?.store ?? openSqlite(to, clock)
      const journey = (await store.get(keys.journey('demo', 'a0000000-0000-4000-8000-000000000001')))?.doc
      assert.deepEqual([journey?.schemaVersion, journey?.rounds[0]?.extraDays], [2, 7])
      assert.deepEqual((await store.get(keys.programme('demo')))?.doc.extraDays, { 1: 14 })
      await (on ?? store).close()
    })

    it(`takes an answer by patch, which upgrades what it meets (${engine})`, async () => {
      const house = await openHouse({ engine, lying })
      const { anna, store } = house
      try {
        await anna.say('continue challenging')
        const key = keys.log('demo', anna.person, 1, 2)
        const first = (await store.get(key))?.doc.answers[1]
        await anna.say('question 1')
        await anna.press(text('question.saveNext'), { [text('question.label')]: 'Another first answer' })
        const log = (await store.get(key))?.doc
        assert.deepEqual([log?.answers[1]?.text, log?.answers[1]?.rev], ['Another first answer', (first?.rev ?? 0) + 1])
        assert.equal((await store.get(keys.journey('demo', anna.person)))?.doc.rounds[0]?.extraDays, 7)
      } finally {
        await house.close()
      }
    })
  }
})
