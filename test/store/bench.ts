/** What the contract's suites work on: an engine opened anew for each test, a clock they move, documents to store. */
import assert from 'node:assert/strict'
import type { Journey } from '../../src/domain/journey.ts'
import { emptyLog } from '../../src/domain/logs/log.ts'
import type { Instant } from '../../src/domain/values.ts'
import {
  type Document,
  type DocumentOf,
  document,
  type Key,
  type Kind,
  keys,
  type Notice,
} from '../../src/store/documents.ts'
import { StoreMisuse } from '../../src/store/errors.ts'
import type { Migrations } from '../../src/store/migrations.ts'
import type { Clock, Committed, Store, Stored, Write } from '../../src/store/store.ts'
import { ann, now, programme } from '../domain/given.ts'

/**
 * An empty store whose expiry follows the clock; `reopen` is a second one on the same data, as another replica has, or a
 * program of another version when it is given other shapes.
 * `wait` is for an engine whose clock nobody moves: it really waits, and that is what passing time then means.
 */
export type Open = (
  clock: Clock,
) => Promise<{ store: Store; reopen: (to?: Migrations) => Promise<Store>; wait?: (seconds: number) => Promise<void> }>

export type Bench = {
  readonly store: () => Store
  /** Another store on the same data. */
  readonly another: (to?: Migrations) => Promise<Store>
  readonly pass: (seconds: number) => Promise<void>
}

export const pk = 'p:spring'

/** Registers the hooks; the store is there inside `it`. */
export function bench(open: Open): Bench {
  let at = Date.parse(now)
  let opened: Awaited<ReturnType<Open>> | undefined
  let others: Store[] = []
  beforeEach(async () => {
    at = Date.parse(now)
    opened = await open(() => new Date(at).toISOString())
  })
  afterEach(async () => {
    for (const store of [...others, opened?.store]) await store?.close()
    others = []
  })
  const store = () => {
    assert.ok(opened)
    return opened.store
  }
  const another = async (to?: Migrations) => {
    assert.ok(opened)
    const made = await opened.reopen(to)
    others.push(made)
    return made
  }
  const pass = async (seconds: number) => {
    at += seconds * 1000
    await opened?.wait?.(seconds)
  }
  return { store, another, pass }
}

export function logDoc(session: number, text = 'An answer', rev = 1): DocumentOf<'log'> {
  const log = { ...emptyLog(programme, ann, 1, session), answers: { 1: { text, rev, at: now } } }
  return document(keys.log('spring', ann, 1, session), log)
}

export function journeyDoc(journey: Journey): DocumentOf<'journey'> {
  return document(keys.journey(journey.programme, journey.person), journey)
}

export function markerDoc(activity: string): DocumentOf<'marker'> {
  return document(keys.marker('spring', 'person', activity), { at: now })
}

export function noticeDoc(about: Partial<Notice>): DocumentOf<'notice'> {
  const promised = { kind: 'ready', programme: 'spring', person: ann, round: 1, no: 1, to: 'person-coach' } as const
  const state = { state: 'promised', runAt: now, unknownSends: 0, attempts: 0, promisedAt: now } as const
  const notice: Notice = { ...promised, ...state, ...about }
  return document(keys.notice(notice), notice)
}

export const create = (doc: Document, ttl?: number): Write => ({ op: 'create', doc, ...(ttl ? { ttl } : {}) })

/** Stores documents, each in a batch of its own partition. */
export async function given(store: Store, ...docs: readonly Document[]): Promise<readonly Stored<Document>[]> {
  const stored: Stored<Document>[] = []
  for (const doc of docs) {
    const [first] = done(await store.commit(doc.pk, [create(doc)]))
    if (first) stored.push(first)
  }
  return stored
}

export function done(committed: Committed): readonly (Stored<Document> | undefined)[] {
  if (!committed.ok) assert.fail(`write ${committed.failed} was not done: ${committed.conflict}`)
  return committed.docs
}

export function keyOf<K extends Kind>({ pk, id, type }: Key<K>): Key<K> {
  return { pk, id, type }
}

export const misused = (error: unknown): boolean => {
  assert.ok(error instanceof StoreMisuse, `${error}`)
  assert.match(error.message, /: [a-z]/, 'the mend is named')
  return true
}

export const seconds = (from: Instant, count: number): Instant =>
  new Date(Date.parse(from) + count * 1000).toISOString()
