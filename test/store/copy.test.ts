/** A whole store moved from one engine to the other: everything, unchanged, once, and however often it is interrupted. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { copyStore } from '../../src/store/copy.ts'
import type { Lying, Shelf } from '../../src/store/shelf.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { given, keyOf, logDoc, markerDoc } from './bench.ts'
import { clock, contents, cosmosShelf, fileShelf, fill, passing, stored, using } from './copying.ts'
import type { Fault } from './gateway/faults.ts'
import { type OnGateway, onGateway, unhurried } from './on-gateway.ts'
import { temporaryFiles } from './temporary.ts'

describe('copying a store', () => {
  const newFile = temporaryFiles()
  let on: OnGateway
  beforeEach(async () => {
    on = await onGateway({ patience: unhurried, pageSize: 300 })
  })
  afterEach(() => on.close())

  const cosmos = () => cosmosShelf(on.options)
  let filled = ''
  before(async () => {
    filled = newFile()
    const store = openSqlite(filled, clock)
    await fill(store)
    await store.close()
  })
  /** Full, and of this test alone. */
  function fullFile(): string {
    const file = newFile()
    mkdirSync(dirname(file))
    copyFileSync(filled, file)
    return file
  }
  /** Copies, closes both, and gives what was said. */
  async function copied(from: Shelf, to: Shelf): Promise<readonly string[]> {
    const said: string[] = []
    await using(from, () => using(to, () => copyStore(from, to, line => said.push(line))))
    return said
  }
  const note = { pk: 'copy', id: 'position' }
  /** Its copy is never finished. */
  const endless = (shelf: Shelf): Shelf => ({ ...shelf, remove: () => Promise.reject(new Error('stopped')) })
  const all = (shelf: Shelf) => using(shelf, contents)
  const hash = (said: readonly string[]) => said.find(line => line.includes('sha256'))

  it('brings everything from SQLite to Cosmos DB and back, unchanged', async () => {
    const file = fullFile()
    const before = await all(fileShelf(file))
    assert.equal(before.size, stored.length + passing.length)
    const there = await copied(fileShelf(file, 'source'), cosmos())
    assert.deepEqual(await all(cosmos()), before)
    const back = newFile()
    const again = await copied(cosmos(), fileShelf(back))
    assert.deepEqual(await all(fileShelf(back)), before)
    assert.deepEqual(await all(fileShelf(file)), before)
    assert.ok(hash(there) && hash(there) === hash(again))
    assert.ok(![...there, ...again].join('\n').includes('CANARY'))
  })

  it('brings everything from Cosmos DB to SQLite and back, for a store that opens it to find', async () => {
    await fill(on.store)
    const file = newFile()
    await copied(cosmos(), fileShelf(file))
    const store = openSqlite(file, clock)
    assert.equal((await store.query('journeysOf', { programme: 'autumn' })).length, 60)
    assert.ok(await store.get(keyOf(passing[0] ?? markerDoc('none'))))
    await store.close()
    const other = await onGateway({ patience: unhurried })
    await copied(fileShelf(file, 'source'), cosmosShelf(other.options))
    assert.deepEqual(await all(cosmosShelf(other.options)), await all(cosmos()))
    await other.close()
  })

  it('is not held up by refusals and broken connections', async () => {
    const file = fullFile()
    const faults = (on: Fault['on'], ...answers: readonly Fault['answer'][]) =>
      answers.flatMap(answer => (['before', 'after'] as const).map((when): Fault => ({ on, when, answer, skip: 1 })))
    on.gateway.script(...faults('batch', 429, 503, 'cut', 'page', 'reset', 408), ...faults('query', 503, 'page'))
    on.gateway.script({ on: 'batch', when: 'before', answer: 429, retryAfterMs: 5, times: 5 })
    on.gateway.script({ on: 'query', when: 'after', answer: 'reset' }, { on: 'read', when: 'before', answer: 'cut' })
    await copied(fileShelf(file, 'source'), cosmos())
    assert.equal(on.gateway.isMended(), true, 'all of it went wrong')
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
      const stopping: Shelf = {
        ...to,
        put: (docs: readonly Lying[]) =>
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
    const stopping: Shelf = { ...to, put: docs => (puts++ > 3 ? Promise.reject(new Error('stopped')) : to.put(docs)) }
    await assert.rejects(copied(fileShelf(file, 'source'), stopping), /stopped/)
    const said = await copied(fileShelf(file, 'source'), cosmos())
    assert.match(said[0] ?? '', /^Going on where it was stopped: 500 documents are there/)
  })

  describe('tells what is not the same', () => {
    /** Copied but for the last step; then the target is changed, and it is compared again. */
    async function changed(change: (target: Shelf) => Promise<void>): Promise<readonly string[]> {
      const file = fullFile()
      await assert.rejects(copied(fileShelf(file, 'source'), endless(cosmos())), /stopped/)
      await using(cosmos(), change)
      const said: string[] = []
      const again = (say: (line: string) => void) =>
        using(fileShelf(file, 'source'), source => using(cosmos(), target => copyStore(source, target, say)))
      await assert.rejects(
        again(line => said.push(line)),
        /is not the same as .*: somebody wrote .*empty the target/,
      )
      await assert.rejects(
        again(() => {}),
        /is not the same/,
        'and goes on saying so',
      )
      assert.ok(await using(cosmos(), target => target.get(note)), 'nobody takes it for a whole copy')
      assert.ok(!said.join('\n').includes('CANARY'))
      return said.filter(line => line.endsWith('DIFFERENT')).map(line => line.trim().split(/\s+/).join(' '))
    }
    const logs = stored.filter(({ type }) => type === 'log').length
    const key = keyOf(logDoc(1))
    const one = { ...key, id: 'l:person-007:1:2' }

    it('a document that was changed, by one letter', async () => {
      const lines = await changed(async target => {
        const lying = await target.get(one)
        assert.ok(lying)
        const text = JSON.stringify(lying.fields).replace('CANARY', 'CANARy')
        await target.put([{ fields: JSON.parse(text) }])
      })
      assert.deepEqual(lines, [`log ${logs} ${logs} DIFFERENT`, `all ${stored.length} ${stored.length} DIFFERENT`])
    })

    it('a document that is missing', async () => {
      assert.equal((await changed(target => target.remove(one)))[0], `log ${logs} ${logs - 1} DIFFERENT`)
    })

    it('a document too many, of a kind nobody knows', async () => {
      const [line] = await changed(target => target.put([{ fields: { ...one, type: 'other', id: 'x' } }]))
      assert.equal(line, 'other 0 1 DIFFERENT')
    })
  })

  describe('refuses', () => {
    const refused = async (from: Shelf, to: Shelf, why: RegExp) => {
      const before = await contents(to)
      await using(from, () =>
        using(to, async () => {
          await assert.rejects(copyStore(from, to, assert.fail), why)
          assert.deepEqual(await contents(to), before)
        }),
      )
    }

    it('a target that holds anything', async () => {
      const file = fullFile()
      await given(on.store, logDoc(1))
      await refused(fileShelf(file, 'source'), cosmos(), /holds a store already.*: name an empty target/)
      await refused(cosmos(), fileShelf(file), /holds a store already/)
    })

    it('a target that holds a part of another store, and a part as a source', async () => {
      const to = cosmos()
      const stopping: Shelf = {
        ...to,
        page: () => Promise.resolve({ docs: [] }),
        remove: () => Promise.reject(new Error()),
      }
      await assert.rejects(copied(fileShelf(fullFile(), 'source'), stopping))
      await refused(fileShelf(fullFile(), 'source'), cosmos(), /holds a part of sqlite:.*: finish that copy/)
      await refused(cosmos(), fileShelf(newFile()), /is not complete: finish that copy first/)
    })

    it('a source that holds nothing', () =>
      refused(cosmos(), fileShelf(newFile()), /nothing in cosmos:.*: name the store/))
  })
})
