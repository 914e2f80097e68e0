/** A whole store moved from one engine to the other: everything, unchanged, once, and however often it is interrupted. */
import assert from 'node:assert/strict'
import { document, keys } from '../../src/store/documents.ts'
import type { RawDocument, RawStore } from '../../src/store/raw-store.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { done, keyOf, markerDoc } from './bench.ts'
import { all, clock, copyBench, cosmosShelf, fileShelf, fill, passing, stored } from './copying.ts'
import type { Fault } from './gateway/faults.ts'
import { onGateway, unhurried } from './on-gateway.ts'

describe('copying a store', function () {
  // On a machine with a lot to do: nothing here depends on how long it takes.
  this.timeout(60_000)
  const { gateway, store: onCosmos, cosmos, emptyFile, fullFile, copied } = copyBench()
  const hash = (said: readonly string[]) => said.find(line => line.includes('sha256'))

  it('brings everything from SQLite to Cosmos DB and back, unchanged', async () => {
    const file = fullFile()
    const before = await all(fileShelf(file))
    assert.equal(before.size, stored.length + passing.length)
    const there = await copied(fileShelf(file, 'source'), cosmos())
    assert.deepEqual(await all(cosmos()), before)
    const back = emptyFile()
    const again = await copied(cosmos(), fileShelf(back))
    assert.deepEqual(await all(fileShelf(back)), before)
    assert.deepEqual(await all(fileShelf(file)), before)
    assert.ok(hash(there) && hash(there) === hash(again))
    assert.ok(![...there, ...again].join('\n').includes('CANARY'))
    assert.match(there[0] ?? '', /^ +kind +source +target$/, 'it has gone on from nowhere, and was never far')
  })

  it('brings everything from Cosmos DB to SQLite and back, for a store that opens it to find', async () => {
    await fill(onCosmos())
    const file = emptyFile()
    await copied(cosmos(), fileShelf(file))
    const store = openSqlite(file, clock)
    assert.equal((await store.query('programmeOf', { programme: 'autumn' })).length, 60)
    assert.ok(await store.get(keyOf(passing[0] ?? markerDoc('none'))))
    await store.close()
    const other = await onGateway({ patience: unhurried })
    await copied(fileShelf(file, 'source'), cosmosShelf(other.options))
    assert.deepEqual(await all(cosmosShelf(other.options)), await all(cosmos()))
    await other.close()
  })

  it('leaves out who is running, on either side, and is the same without it', async () => {
    const file = fullFile()
    const before = await all(fileShelf(file))
    const source = openSqlite(file, clock)
    const seen = (id: string) => document(keys.replicas(), { seen: { [id]: clock() } })
    for (const [store, id] of [
      [source, 'there'],
      [onCosmos(), 'here'],
    ] as const) {
      done(await store.commit('s:replicas', [{ op: 'create', doc: seen(id), ttl: 90 }]))
    }
    await source.close()
    const said = await copied(fileShelf(file, 'source'), cosmos())
    assert.ok(!said.join().includes('replicas'))
    assert.deepEqual((await onCosmos().get(keys.replicas()))?.doc.seen, { here: clock() })
    const { pk, id } = keys.replicas()
    const after = new Map(await all(cosmos()))
    after.delete(`${pk} ${id}`)
    assert.deepEqual(after, before)
  })

  it('is not held up by refusals and broken connections', async () => {
    const file = fullFile()
    const faults = (on: Fault['on'], ...answers: readonly Fault['answer'][]) =>
      answers.flatMap(answer => (['before', 'after'] as const).map((when): Fault => ({ on, when, answer, skip: 1 })))
    gateway().script(...faults('batch', 429, 503, 'cut', 'page', 'reset', 408), ...faults('query', 503, 'page'))
    gateway().script({ on: 'batch', when: 'before', answer: 429, retryAfterMs: 5, times: 5 })
    gateway().script({ on: 'query', when: 'after', answer: 'reset' }, { on: 'read', when: 'before', answer: 'cut' })
    // Short tries: an answer that never comes is no reason to wait here for half a minute.
    await copied(fileShelf(file, 'source'), cosmos({ read: 1_000, write: 1_000, query: 3_000 }))
    assert.equal(gateway().isMended(), true, 'all of it went wrong')
    assert.deepEqual(await all(cosmos()), await all(fileShelf(file)))
  })

  it('goes on where it was, wherever it was stopped, and puts nothing twice but the last page', async () => {
    const file = fullFile()
    const { length } = stored
    let puts = 0
    let docsPut = 0
    let stops = 0
    // It stops before and after each thing it does to the target, one further each time it is started again.
    for (let steps = 0; ; steps++) {
      let left = steps
      const step = async (work: () => Promise<void>) => {
        if (left-- === 0) throw new Error('stopped before')
        await work()
        if (left-- === 0) throw new Error('stopped after')
      }
      const to = cosmos()
      const stopping: RawStore = {
        ...to,
        put: (docs: readonly RawDocument[]) =>
          step(async () => {
            puts++
            docsPut += docs.length
            await to.put(docs)
          }),
        remove: key => step(() => to.remove(key)),
      }
      const error = await copied(fileShelf(file, 'source'), stopping).catch((error: Error) => error)
      if (!(error instanceof Error)) break
      if (/holds a store already, perhaps this copy in full/.test(error.message)) break
      assert.match(error.message, /stopped/)
      stops++
    }
    assert.deepEqual(await all(cosmos()), await all(fileShelf(file)))
    assert.ok(stops >= 6, `stopped ${stops} times in ${puts} puts`)
    assert.ok(docsPut < 2.5 * length, `${docsPut} documents put for ${length}`)
  })

  it('says how far it had come', async () => {
    const file = fullFile()
    const to = cosmos()
    let puts = 0
    const stopping: RawStore = {
      ...to,
      put: docs => (puts++ > 3 ? Promise.reject(new Error('stopped')) : to.put(docs)),
    }
    await assert.rejects(copied(fileShelf(file, 'source'), stopping), /stopped/)
    const said = await copied(fileShelf(file, 'source'), cosmos())
    assert.match(said[0] ?? '', /^Going on where it was stopped: 500 documents are there/)
  })
})
