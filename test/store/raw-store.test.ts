/** The whole of a store, as both engines give it and take it: for copying, and past the port. */
import assert from 'node:assert/strict'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openCosmos, openCosmosShelf } from '../../src/store/cosmos/cosmos.ts'
import type { Fields, RawDocument, RawStore } from '../../src/store/raw-store.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { openSqliteShelf } from '../../src/store/sqlite/sqlite-raw-store.ts'
import type { Store } from '../../src/store/store.ts'
import { now } from '../domain/given.ts'
import { create, done, given, logDoc, markerDoc, pk, seconds } from './bench.ts'
import { contents, fileShelf, using } from './copying.ts'
import { type OnGateway, onGateway, unhurried } from './on-gateway.ts'
import { temporaryFiles } from './temporary.ts'

const fields = (id: string, more: object = {}): Fields => ({ pk, id, type: 'log', schemaVersion: 1, ...more })

describe('shelf', () => {
  const newFile = temporaryFiles()

  it('is imported by copying and nothing else: no turn can read a store by it', () => {
    const src = join(import.meta.dirname, '../../src')
    const files = globSync('**/*.ts', { cwd: src }).filter(file =>
      /'[^']*raw-store\.ts'|openCosmosShelf/.test(readFileSync(join(src, file), 'utf8')),
    )
    const own = [
      'operator/copy',
      'operator/checksum',
      'cosmos/cosmos',
      'cosmos/cosmos-raw-store',
      'sqlite/sqlite-raw-store',
    ].map(name => join('store', `${name}.ts`))
    assert.deepEqual(files.sort(), own.sort())
  })

  let at = now
  let on: OnGateway | undefined
  const clock = () => at
  beforeEach(() => {
    at = now
  })
  afterEach(async () => {
    await on?.close()
    on = undefined
  })

  type Engine = { store: () => Promise<Store>; shelf: () => Promise<RawStore> }
  const engines: Record<string, () => Promise<Engine>> = {
    sqlite: async () => {
      const file = newFile()
      return {
        store: async () => openSqlite(file, clock),
        shelf: async () => openSqliteShelf(file, 'target', clock),
      }
    },
    'SDK → gateway': async () => {
      on = await onGateway({ clock, patience: unhurried, pageSize: 400 })
      const { options } = on
      return { store: async () => openCosmos(options), shelf: async () => openCosmosShelf(options, clock) }
    },
  }

  for (const [name, engine] of Object.entries(engines)) {
    describe(name, () => {
      let opened: Engine
      beforeEach(async () => {
        opened = await engine()
      })
      const shelf = async <T>(work: (shelf: RawStore) => Promise<T>) => using(await opened.shelf(), work)
      const store = async <T>(work: (store: Store) => Promise<T>) => {
        const store = await opened.store()
        return work(store).finally(store.close)
      }

      it('gives each document once, over all pages, also when it goes on in another process', async () => {
        const docs = Array.from({ length: 1_205 }, (_each, no) => ({
          fields: fields(`l:${no}`, { pk: `p:${no % 7}` }),
        }))
        await shelf(all => all.put(docs))
        const seen: string[] = []
        const sizes: number[] = []
        for (let from: string | undefined, more = true; more; more = from !== undefined) {
          const page = await shelf(again => again.page(from))
          sizes.push(page.docs.length)
          seen.push(...page.docs.map(({ fields: { pk, id } }) => `${pk} ${id}`))
          from = page.next
        }
        assert.ok(sizes.length >= 3 && Math.max(...sizes) <= 500, `${sizes}`)
        assert.equal(seen.length, 1_205)
        assert.equal(new Set(seen).size, 1_205)
      })

      it('gives what the store wrote without the engine’s fields, and the store reads what it puts', async () => {
        const [read] = await store(each => given(each, logDoc(1)))
        const lying = await shelf(all => all.get(logDoc(1)))
        assert.deepEqual(lying, { fields: read?.doc })
        const next = { ...logDoc(2, '\ud800 学 \u0000 🙂'), future: { anything: [1.5, null, true] } }
        await shelf(all => all.put([{ fields: next }]))
        assert.deepEqual((await store(each => each.get(logDoc(2))))?.doc, next)
      })

      it('puts in the place of what is there, in one or many partitions and batches, and removes', async () => {
        const big = 'x'.repeat(700_000)
        const docs: RawDocument[] = [
          ...Array.from({ length: 130 }, (_each, no) => ({ fields: fields(`l:${no}`) })),
          ...[1, 2, 3, 4].map(no => ({ fields: fields(`big:${no}`, { big }) })),
          { fields: fields('l:1', { pk: 'u:person' }) },
        ]
        for (let turn = 0; turn < 2; turn++) await shelf(all => all.put(docs))
        assert.equal((await shelf(contents)).size, docs.length)
        await shelf(all => all.put([{ fields: fields('l:1', { changed: true }) }]))
        await shelf(all => all.remove({ pk, id: 'l:2' }))
        await shelf(all => all.remove({ pk, id: 'l:2' }))
        const left = await shelf(contents)
        assert.equal(left.size, docs.length - 1)
        assert.equal(left.get(`${pk} l:1`)?.changed, true)
        assert.equal(left.get('u:person l:1')?.changed, undefined)
        assert.equal(await shelf(all => all.get({ pk, id: 'l:2' })), undefined)
        await shelf(all => all.remove({ pk, id: 'l:1' }))
        assert.ok(await shelf(all => all.get({ pk: 'u:person', id: 'l:1' })), 'of the other partition')
      })

      it('leaves what expires the life it has left, and leaves out what has expired', async () => {
        const expires = seconds(now, 60)
        await store(async each => done(await each.commit(pk, [create(markerDoc('one'), 60)])))
        at = seconds(now, 20)
        const one = await shelf(all => all.get(markerDoc('one')))
        assert.deepEqual(one, { fields: markerDoc('one'), expires })
        const gone = { fields: markerDoc('gone'), expires: seconds(now, 10) }
        await shelf(all => all.put([{ fields: markerDoc('two'), expires }, gone]))
        await shelf(all => all.put([gone]))
        assert.equal(await shelf(all => all.get(gone.fields)), undefined)
        at = seconds(now, 59)
        assert.equal((await shelf(contents)).size, 2)
        at = seconds(now, 61)
        assert.equal((await shelf(contents)).size, 0)
        assert.equal(await store(each => each.get(markerDoc('two'))), undefined)
      })
    })
  }

  it('puts again what Cosmos DB turned away, or did only a part of the work of', async () => {
    on = await onGateway({ clock, patience: unhurried })
    const docs = [1, 2, 3].map(no => ({ fields: fields(`l:${no}`) }))
    for (const statuses of [
      [424, 429, 424],
      [201, 201],
      [424, 424, 424],
    ]) {
      const body = statuses.map(statusCode => ({ statusCode, requestCharge: 0 }))
      on.gateway.script({ on: 'batch', when: 'before', answer: () => ({ status: 207, body }) })
    }
    const { gateway, options } = on
    await using(openCosmosShelf(options, clock), async all => {
      await all.put(docs)
      assert.equal((await contents(all)).size, 3)
    })
    assert.equal(gateway.isMended(), true)
  })

  describe('of a file', () => {
    it('is nobody else’s while it is open, and is not opened while somebody has the file', async () => {
      const file = newFile()
      const store = openSqlite(file, clock)
      for (const as of ['source', 'target'] as const) assert.throws(() => fileShelf(file, as), /in use: stop the bot/)
      await store.close()
      const shelf = fileShelf(file)
      assert.throws(() => openSqlite(file, clock, { waitMilliseconds: 10 }), /cannot be opened/)
      await shelf.close()
      await openSqlite(file, clock).close()
    })

    it('makes no source, and takes no other file for one', async () => {
      const file = newFile()
      assert.throws(() => fileShelf(file, 'source'), /no store at .*: name the file/)
      assert.equal(existsSync(file), false)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, 'This is not a database, and long enough to tell. '.repeat(100))
      assert.throws(() => fileShelf(file, 'source'), /name a store of this program/)
      const other = newFile()
      mkdirSync(dirname(other), { recursive: true })
      const db = new DatabaseSync(other)
      db.exec('CREATE TABLE recipes (name TEXT)')
      db.close()
      assert.throws(() => fileShelf(other, 'source'), /name a store of this program/)
    })
  })
})
