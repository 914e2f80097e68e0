/** What the tests of copying work on: a store with every kind of document in it, and shelves on both engines. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { answerLimit } from '../../src/domain/logs/log.ts'
import { newProfile } from '../../src/domain/profile.ts'
import { type CosmosOptions, openCosmosShelf } from '../../src/store/cosmos/cosmos.ts'
import type { RetryBudget } from '../../src/store/cosmos/cosmos-failure.ts'
import { type Document, document, keys, schemaVersion } from '../../src/store/documents.ts'
import { copyStore } from '../../src/store/operator/copy.ts'
import type { Fields, RawStore } from '../../src/store/raw-store.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { openSqliteShelf } from '../../src/store/sqlite/sqlite-raw-store.ts'
import type { Clock, Store } from '../../src/store/store.ts'
import { chosen, now, programme, ready } from '../domain/given.ts'
import { create, done, journeyDoc, logDoc, markerDoc, noticeDoc } from './bench.ts'
import { texts } from './contract/fidelity.ts'
import { type OnGateway, onGateway, unhurried } from './on-gateway.ts'
import { temporaryFiles } from './temporary.ts'

export const clock: Clock = () => now

const people = Array.from({ length: 60 }, (_each, no) => `person-${String(no).padStart(3, '0')}`)
const fourteen = Array.from({ length: 14 }, (_each, no) => no + 1)
const long = '😀\ud800"\\'.repeat(answerLimit / 5)

/** Some of everything, in many partitions; more than two pages of it, and texts of every sort. */
export const stored: readonly Document[] = [
  document(keys.programme('spring'), programme),
  ...people.map(person => document(keys.profile(person), newProfile(person, `Name of ${person}`))),
  ...people.flatMap(person => ['spring', 'autumn'].map(of => journeyDoc({ ...chosen(), person, programme: of }))),
  ...people.flatMap(person => fourteen.map(no => ({ ...logDoc(no, `CANARY ${person}`), id: `l:${person}:1:${no}` }))),
  ...Object.values(texts).map((text, no) => ({ ...logDoc(1, text), id: `l:texts:1:${no}` })),
  { ...logDoc(1), id: 'l:long:1:1', answers: Object.fromEntries(answers(long)) },
  ...[1, 2, 3].map(no => noticeDoc({ no })),
  { ...journeyDoc(ready()), id: 'j:newer', schemaVersion: schemaVersion + 1 },
]

/** Gone an hour after now. */
export const passing = [1, 2, 3].map(no => markerDoc(`passing-${no}`))
const hour = 3_600

function answers(text: string) {
  return Array.from({ length: 16 }, (_each, no) => [no + 1, { text, rev: 1, at: now }] as const)
}

export async function fill(store: Store): Promise<void> {
  const writes = [...stored.map(doc => create(doc)), ...passing.map(doc => create(doc, hour))]
  for (const [pk, all] of Map.groupBy(writes, write => ('doc' in write ? write.doc.pk : ''))) {
    for (let from = 0; from < all.length; from += 90) done(await store.commit(pk, all.slice(from, from + 90)))
  }
}

export const fileShelf = (file: string, as: 'source' | 'target' = 'target') => openSqliteShelf(file, as, clock)
export const cosmosShelf = (options: CosmosOptions) => openCosmosShelf(options, clock)

/** Everything that lies there, by key, with the day it expires; the copy's own note as well. */
export async function contents(shelf: RawStore): Promise<ReadonlyMap<string, Fields>> {
  const found = new Map<string, Fields>()
  let from: string | undefined
  do {
    const { docs, next } = await shelf.page(from)
    for (const { fields, expires } of docs) found.set(`${fields.pk} ${fields.id}`, { ...fields, expires })
    from = next
  } while (from !== undefined)
  return found
}

/** Does `work` on a shelf that is closed afterwards. */
export async function using<T>(shelf: RawStore, work: (shelf: RawStore) => Promise<T>): Promise<T> {
  try {
    return await work(shelf)
  } finally {
    await shelf.close()
  }
}

/** As `contents`, and closes it. */
export const all = (shelf: RawStore) => using(shelf, contents)

/** Its copy is never finished. */
export const endless = (shelf: RawStore): RawStore => ({ ...shelf, remove: () => Promise.reject(new Error('stopped')) })

/** Registers the hooks; inside `it` there are a gateway with nothing on it, and files. */
export function copyBench() {
  const emptyFile = temporaryFiles()
  let on: OnGateway | undefined
  let filled = ''
  before(async () => {
    filled = emptyFile()
    const store = openSqlite(filled, clock)
    await fill(store)
    await store.close()
  })
  beforeEach(async () => {
    on = await onGateway({ patience: unhurried, pageSize: 300 })
  })
  afterEach(() => on?.close())
  const opened = () => {
    assert.ok(on)
    return on
  }

  return {
    gateway: () => opened().gateway,
    store: () => opened().store,
    cosmos: (tries: Partial<RetryBudget> = {}) =>
      cosmosShelf({ ...opened().options, patience: { ...unhurried, ...tries } }),
    emptyFile,
    /** Of this test alone. */
    fullFile(): string {
      const file = emptyFile()
      mkdirSync(dirname(file))
      copyFileSync(filled, file)
      return file
    },
    /** Copies, closes both, and gives what was said. */
    async copied(from: RawStore, to: RawStore): Promise<readonly string[]> {
      const said: string[] = []
      await using(from, () => using(to, () => copyStore(from, to, line => said.push(line))))
      return said
    },
  }
}
