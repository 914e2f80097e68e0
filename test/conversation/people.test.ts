/** What is remembered of people and programmes: never older than the last write this process knows of, and never for long. */
import assert from 'node:assert/strict'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { newProfile } from '../../src/domain/profile.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { ann, now, programme } from '../domain/given.ts'

describe('what is remembered of people', () => {
  let store: Store
  let asked = 0
  let elapsed = 0
  /** Set, a read has found its answer and brings it only when this resolves. */
  let held: Promise<void> | undefined
  let people: ReturnType<typeof createPeople>

  beforeEach(async () => {
    store = openSqlite(':memory:', () => now)
    asked = 0
    held = undefined
    const slow: Store = {
      ...store,
      get: async key => {
        asked++
        const found = await store.get(key)
        await held
        return found
      },
    }
    elapsed = 0
    people = createPeople(slow, () => elapsed)
    await store.commit(`u:${ann}`, [
      { op: 'put', doc: document(keys.profile(ann), { ...newProfile(ann, 'Ann'), language: 'en' }) },
    ])
    await store.commit('p:spring', [{ op: 'put', doc: document(keys.programme('spring'), programme) }])
  })
  afterEach(() => store.close())

  /** Begins a read, does `work` while it is under way, and lets it end. */
  async function during<T>(read: () => Promise<T>, work: () => Promise<unknown>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>()
    held = promise
    const reading = read()
    await new Promise(done => setImmediate(done))
    held = undefined
    await work()
    resolve()
    return reading
  }

  it('is not what a read brings that began before a profile was changed', async () => {
    const read = () => people.profile(ann)
    const old = await during(read, () => people.change(ann, 'Ann', before => ({ ...before, language: 'zh-CN' })))
    assert.equal(old?.language, 'en', 'the read was under way')
    assert.equal((await people.profile(ann))?.language, 'zh-CN')
  })

  it('is not what a read brings that began before a programme was written', async () => {
    const next = { ...programme, name: 'Renamed' }
    await during(
      () => people.programme('spring'),
      async () => {
        const committed = await store.commit('p:spring', [{ op: 'put', doc: document(keys.programme('spring'), next) }])
        assert.ok(committed.ok)
        people.written(committed.docs)
      },
    )
    assert.equal((await people.programme('spring'))?.name, 'Renamed')
  })

  it('is forgotten after a minute', async () => {
    for (const [seconds, reads] of [
      [0, 1],
      [59, 1],
      [61, 2],
    ] as const) {
      elapsed = seconds * 1000
      await people.programme('spring')
      assert.equal(asked, reads, `after ${seconds} s`)
    }
  })
})
