/** The embedded engine: the contract, and what only a file promises. */
import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../../src/store/errors.ts'
import { migrations } from '../../src/store/migrations.ts'
import { type QueryName, queryTexts } from '../../src/store/queries.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { openFile } from '../../src/store/sqlite/sqlite-file.ts'
import { now } from '../domain/given.ts'
import { create, done, given, keyOf, logDoc, markerDoc, pk, seconds } from './bench.ts'
import { storeContract } from './contract.ts'
import { counting } from './counting.ts'
import { temporaryFiles } from './temporary.ts'

const clock = () => now

describe('sqlite', () => {
  const newFile = temporaryFiles()

  storeContract('sqlite', async clock => {
    const file = newFile()
    return {
      store: openSqlite(file, clock),
      reopen: async (to = migrations) => openSqlite(file, clock, { shapes: to }),
    }
  })

  it('can live in memory, each store by itself', async () => {
    const [one, other] = [openSqlite(':memory:', clock), openSqlite(':memory:', clock)]
    await given(one, logDoc(1))
    assert.equal(await other.get(keyOf(logDoc(1))), undefined)
    assert.equal(existsSync(':memory:'), false)
    await one.close()
    await other.close()
  })

  it('keeps the file, its companions and its folder to this user', async () => {
    const file = newFile()
    const store = openSqlite(file, clock)
    await given(store, logDoc(1))
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
    assert.equal(mode(dirname(file)), '700')
    for (const end of ['', '-wal', '-shm']) {
      assert.equal(mode(file + end), '600', end)
      chmodSync(file + end, 0o644)
    }
    const again = openSqlite(file, clock)
    for (const end of ['', '-wal', '-shm']) assert.equal(mode(file + end), '600', end)
    await again.close()
    await store.close()
  })

  it('writes ahead, forces each commit to disk, overwrites what is removed and waits for others', () => {
    const db = openFile(newFile(), 1_234)
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
    assert.deepEqual(['journal_mode', 'synchronous', 'secure_delete', 'busy_timeout'].map(pragma), ['wal', 2, 1, 1_234])
    db.close()
  })

  it('has everything after it was closed and opened again', async () => {
    const file = newFile()
    const store = openSqlite(file, clock)
    const [stored] = await given(store, logDoc(1))
    await store.close()
    const again = openSqlite(file, clock)
    assert.deepEqual(await again.get(keyOf(logDoc(1))), stored)
    await again.close()
  })

  it('answers every query by an index, and replaces an index that is no longer wanted', async () => {
    const file = newFile()
    const before = openFile(file, 100)
    before.exec('CREATE INDEX by_yesterday ON documents (etag)')
    before.close()
    const db = openFile(file, 100)
    for (const name of Object.keys(queryTexts) as QueryName[]) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT body FROM documents WHERE ${queryTexts[name].sqlite}`).all()
      const steps = plan.map(step => String(step.detail))
      assert.ok(
        steps.some(step => step.startsWith('SEARCH')) &&
          steps.every(step => !/^SCAN documents/.test(step) && !/\(pk=\?\)/.test(step)),
        `${name}: ${steps}`,
      )
    }
    const indexes = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all()
    const wanted = Object.values(queryTexts).filter(row => row.sqliteIndex)
    assert.equal(indexes.length, wanted.length + 1)
    db.close()
  })

  it('goes on with a file whose table was made without a rowid', async () => {
    const file = newFile()
    mkdirSync(dirname(file), { recursive: true })
    const before = new DatabaseSync(file)
    before.exec(`CREATE TABLE documents (
      pk TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, etag TEXT NOT NULL, body TEXT NOT NULL,
      ttl INTEGER, expires TEXT, PRIMARY KEY (pk, id)) STRICT, WITHOUT ROWID`)
    const doc = logDoc(1)
    before
      .prepare('INSERT INTO documents VALUES (?, ?, ?, ?, ?, NULL, NULL)')
      .run(doc.pk, doc.id, doc.type, 'one', JSON.stringify(doc))
    before.close()
    const store = openSqlite(file, clock)
    assert.deepEqual(await store.get(keyOf(doc)), { doc, etag: 'one' })
    const [stored] = done(await store.commit(pk, [{ op: 'put', doc: logDoc(1, 'Second'), etag: 'one' }]))
    assert.deepEqual(await store.get(keyOf(doc)), stored)
    await store.close()
  })

  it('sweeps what has expired, a little with each commit', async () => {
    const file = newFile()
    let at = now
    const store = openSqlite(file, () => at)
    for (let no = 0; no < 20; no++) done(await store.commit(pk, [create(markerDoc(`${no}`), 60)]))
    at = seconds(now, 61)
    const db = new DatabaseSync(file)
    const rows = () => db.prepare('SELECT count(*) AS count FROM documents').get()?.count
    const sizes = [rows()]
    for (let no = 20; no < 23; no++) {
      done(await store.commit(pk, [create(markerDoc(`${no}`), 60)]))
      sizes.push(rows())
    }
    assert.deepEqual(sizes, [20, 5, 2, 3])
    db.close()
    await store.close()
  })

  it('is unavailable, not wrong, while another process holds the file for too long', async () => {
    const file = newFile()
    const store = openSqlite(file, clock, { waitMilliseconds: 30 })
    const [stored] = await given(store, logDoc(1, 'CANARY'))
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const put = store.commit(pk, [{ op: 'put', doc: logDoc(1, 'CANARY 2') }])
    await assert.rejects(
      put,
      error => error instanceof StoreUnavailable && !!error.cause && !`${error}`.includes('CANARY'),
    )
    await assert.rejects(store.removeIf(keyOf(logDoc(1)), stored?.etag ?? ''), StoreUnavailable)
    assert.deepEqual(await store.get(keyOf(logDoc(1))), stored)
    other.exec('ROLLBACK')
    done(await store.commit(pk, [{ op: 'put', doc: logDoc(1, 'After') }]))
    other.close()
    await store.close()
    await assert.rejects(store.get(keyOf(logDoc(1))), StoreUnavailable)
    await assert.rejects(store.commit(pk, [create(logDoc(2))]), StoreUnavailable)
  })

  it('says what is wrong with a file it cannot open', () => {
    const file = newFile()
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'This is not a database, and long enough to tell. '.repeat(100))
    assert.throws(() => openSqlite(file, clock), StoreUnavailable)
    assert.throws(() => openSqlite(join(file, 'below', 'log.db'), clock), /local disk that this user may write to/)
  })

  it('quotes nothing of a damaged document', async () => {
    const file = newFile()
    const store = openSqlite(file, clock)
    await given(store, logDoc(1))
    const db = new DatabaseSync(file)
    db.exec("UPDATE documents SET body = 'CANARY'")
    db.close()
    await assert.rejects(
      store.get(keyOf(logDoc(1))),
      error => /damaged/.test(`${error}`) && !`${error}`.includes('CANARY'),
    )
    await store.close()
  })

  it('leaves nothing of a removed text in its files once it is closed', async () => {
    const file = newFile()
    const store = openSqlite(file, clock)
    const text = 'CANARY '.repeat(500)
    const [stored] = await given(store, logDoc(1, text), logDoc(2))
    done(await store.commit(pk, [{ op: 'put', doc: logDoc(1, text.toLowerCase()), etag: stored?.etag ?? '' }]))
    done(await store.commit(pk, [{ op: 'remove', key: keyOf(logDoc(1)) }]))
    await store.close()
    assert.equal(existsSync(`${file}-wal`), false)
    assert.equal(/canary/i.test(readFileSync(file, 'latin1')), false)
  })

  it('counts what is asked of it when wrapped', async () => {
    const inner = openSqlite(newFile(), clock)
    const { store, requests, total, reset } = counting(inner)
    await given(store, logDoc(1))
    await store.get(keyOf(logDoc(1)))
    await store.query('dueNotices', { now })
    assert.deepEqual(requests, { get: 1, commit: 1, removeIf: 0, query: 1, ping: 0 })
    assert.equal(total(), 3)
    reset()
    assert.equal(total(), 0)
    await store.close()
  })
})
