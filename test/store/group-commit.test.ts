/** Batches that come together: one way to the disk, and each done or undone by itself. */
import assert from 'node:assert/strict'
import sinon from 'sinon'
import { StoreUnavailable } from '../../src/store/errors.ts'
import { together } from '../../src/store/sqlite/group-commit.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { openFile } from '../../src/store/sqlite/sqlite-file.ts'
import { now } from '../domain/given.ts'
import { create, done, keyOf, logDoc, markerDoc, pk } from './bench.ts'
import { temporaryFiles } from './temporary.ts'

const clock = () => now
const always = () => true

describe('sqlite, batches that come together', () => {
  const newFile = temporaryFiles()

  function opened() {
    const db = openFile(newFile(), 100)
    db.exec('CREATE TABLE things (text TEXT) STRICT')
    const add = db.prepare('INSERT INTO things VALUES (?)')
    const things = () =>
      db
        .prepare('SELECT text FROM things')
        .all()
        .map(({ text }) => String(text).slice(0, 10))
    return { db, things, put: (text: string) => void add.run(text), writing: together(db) }
  }

  it('are one transaction, and nobody is told before it is over', async () => {
    const { db, things, put, writing } = opened()
    const exec = sinon.spy(db, 'exec')
    const told: string[] = []
    const wrote = ['one', 'two', 'three'].map(text =>
      writing.write(() => put(text), always).then(() => told.push(text)),
    )
    assert.deepEqual([things(), told], [[], []])
    await Promise.all(wrote)
    assert.deepEqual(
      exec.args.map(([text]) => text),
      ['BEGIN IMMEDIATE', 'COMMIT'],
    )
    assert.deepEqual(
      [things(), told],
      [
        ['one', 'two', 'three'],
        ['one', 'two', 'three'],
      ],
    )
    db.close()
  })

  it('leave nothing of the one that throws or is not kept', async () => {
    const { db, things, put, writing } = opened()
    const broken = () => {
      put('broken')
      throw new Error('Broken.')
    }
    const outcomes = await Promise.allSettled([
      writing.write(() => put('one'), always),
      writing.write(broken, always),
      writing.write(
        () => put('not kept'),
        () => false,
      ),
      writing.write(() => put('two'), always),
    ])
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    )
    assert.deepEqual(things(), ['one', 'two'])
    db.close()
  })

  it('are all undone, and all told, when the disk has no room for one', async () => {
    const { db, things, put, writing } = opened()
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() ?? {}
    db.exec(`PRAGMA max_page_count = ${Number(pages) + 2}`)
    const small = writing.write(() => put('small'), always)
    const large = writing.write(() => put('large '.repeat(100_000)), always)
    for (const each of [small, large]) await assert.rejects(each, StoreUnavailable)
    assert.deepEqual(things(), [])
    await writing.write(() => put('after'), always)
    assert.deepEqual(things(), ['after'])
    db.close()
  })

  it('are all told when the file cannot be written', async () => {
    const { db, put, writing } = opened()
    const wrote = ['one', 'two'].map(text => writing.write(() => put(text), always))
    db.close()
    for (const each of wrote) await assert.rejects(each, StoreUnavailable)
  })

  it('conflict with one another as if one came after the other', async () => {
    const store = openSqlite(newFile(), clock)
    const outcomes = await Promise.all([
      store.commit(pk, [create(logDoc(1, 'First')), create(markerDoc('first'))]),
      store.commit(pk, [create(markerDoc('second')), create(logDoc(1, 'Second'))]),
      store.commit(pk, [{ op: 'put', doc: logDoc(1, 'Third') }]),
    ])
    assert.deepEqual(outcomes[1], { ok: false, failed: 1, conflict: 'exists' })
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [true, false, true],
    )
    assert.deepEqual((await store.get(keyOf(logDoc(1))))?.doc, logDoc(1, 'Third'))
    assert.equal(await store.get(keyOf(markerDoc('second'))), undefined)
    await store.close()
  })

  it('are written as they were when they were asked for, also when the store is closed at once', async () => {
    const file = newFile()
    const store = openSqlite(file, clock)
    const doc = logDoc(1, 'Before')
    const wrote = store.commit(pk, [create(doc)])
    Object.assign(doc, { answers: {} })
    await store.close()
    done(await wrote)
    const again = openSqlite(file, clock)
    assert.deepEqual((await again.get(keyOf(doc)))?.doc, logDoc(1, 'Before'))
    await again.close()
  })
})
