/**
 * The embedded engine: one SQLite file, durable before it acknowledges, shared by any number of processes on one host.
 * It promises what `store.ts` says and refuses what Cosmos DB refuses. Calls block the process for about 0.2 ms, most of
 * which is the disk's (`group-commit.ts`).
 */
import { randomUUID } from 'node:crypto'
import { conditionHolds } from '../conditions.ts'
import type { Document, DocumentOf, Key, Kind, Stamped } from '../documents.ts'
import { checkBatch, checkKey, checkSize } from '../limits.ts'
import { type Migrations, migrate, migrated, migrations as todaysShapes } from '../migrations.ts'
import { patch } from '../patch.ts'
import { type Queries, type QueryName, queryTexts } from '../queries.ts'
import type { Clock, Committed, Conflict, Store, Stored, Write } from '../store.ts'
import { together } from './group-commit.ts'
import { alive, openFile, parsed, putRow, reach } from './sqlite-file.ts'

/** How long a write waits for another process's; it blocks this one, and a person waits for the answer. */
const busyMilliseconds = 1_500

/** Each commit clears away so many expired documents at most. A turn adds one, so they stay few without a timer. */
const sweepAtMost = 16

/** As a LIMIT. */
const everything = -1

type Row = { readonly etag: string; readonly body: string; readonly ttl: number | null }

/** What a write leaves behind, as an object that is nobody else's; `undefined` when it removed the document. */
type Result = { readonly doc: Document; readonly ttl: number | null } | undefined

export type SqliteOptions = {
  /** How long a write waits for another process's. Absent: no longer than a person can be asked to. */
  readonly waitMilliseconds?: number
  /** Absent: those of this program. */
  readonly shapes?: Migrations
}

export function openSqlite(file: string, clock: Clock, options: SqliteOptions = {}): Store {
  const { waitMilliseconds = busyMilliseconds, shapes = todaysShapes } = options
  const db = openFile(file, waitMilliseconds)
  const one = db.prepare(`SELECT etag, body, ttl FROM documents WHERE pk = :pk AND id = :id AND ${alive}`)
  const write = db.prepare(putRow)
  const erase = db.prepare('DELETE FROM documents WHERE pk = :pk AND id = :id')
  const eraseIf = db.prepare(`DELETE FROM documents WHERE pk = :pk AND id = :id AND etag = :etag AND ${alive}`)
  const expired = `SELECT pk, id FROM documents WHERE expires <= :clock LIMIT ${sweepAtMost}`
  const sweep = db.prepare(`DELETE FROM documents WHERE (pk, id) IN (${expired})`)
  const writing = together(db)
  const any = db.prepare('SELECT 1 FROM documents LIMIT 1')
  const select = ({ sqlite, atMost = everything }: { readonly sqlite: string; readonly atMost?: number }) =>
    db.prepare(`SELECT etag, body FROM documents WHERE ${sqlite} AND ${alive} LIMIT ${atMost}`)
  const queries = {
    dueNotices: select(queryTexts.dueNotices),
    dueTasks: select(queryTexts.dueTasks),
    noticesWaitingFor: select(queryTexts.noticesWaitingFor),
    programmeOf: select(queryTexts.programmeOf),
    glanceOf: select(queryTexts.glanceOf),
    failedNoticesOf: select(queryTexts.failedNoticesOf),
    personOf: select(queryTexts.personOf),
    childrenOf: select(queryTexts.childrenOf),
    journeysIn: select(queryTexts.journeysIn),
  }

  function apply(each: Write, now: string, named: string): Stored<Document> | Conflict | undefined {
    const { pk, id, type } = 'doc' in each ? each.doc : each.key
    const row = one.get({ pk, id, clock: now }) as Row | undefined
    const result = decide(each, row, shapes)
    if (typeof result === 'string') return result
    if (!result) {
      erase.run({ pk, id })
      return undefined
    }
    const { doc, ttl } = result
    const [etag, body] = [randomUUID(), JSON.stringify(doc)]
    checkSize(body, named)
    const expires = ttl === null ? null : new Date(Date.parse(now) + ttl * 1000).toISOString()
    write.run({ pk, id, type, etag, body, ttl, expires })
    return { doc, etag }
  }

  return {
    async get<K extends Kind>({ pk, id }: Key<K>) {
      checkKey({ pk, id })
      const row = reach(() => one.get({ pk, id, clock: clock() })) as Row | undefined
      return row && read<DocumentOf<K>>(row, shapes)
    },

    async commit(pk, writes) {
      checkBatch(pk, writes)
      const now = clock()
      const asked = writes.map(asOfNow)
      const work = (): Committed => {
        const docs: (Stored<Document> | undefined)[] = []
        for (const [index, each] of asked.entries()) {
          const result = apply(each, now, `Write ${index} (${each.op})`)
          if (typeof result === 'string') return { ok: false, failed: index, conflict: result }
          docs.push(result)
        }
        sweep.run({ clock: now })
        return { ok: true, docs }
      }
      return writing.write(work, ({ ok }) => ok)
    },

    async removeIf({ pk, id }, etag) {
      checkKey({ pk, id })
      return reach(() => eraseIf.run({ pk, id, etag, clock: clock() }).changes === 1)
    },

    async query<N extends QueryName>(name: N, input: Queries[N]['input']) {
      const given = queryTexts[name].given(input, shapes.version)
      const rows = reach(() => queries[name].all({ ...given, clock: clock() })) as Row[]
      return rows.map(row => read<Queries[N]['doc']>(row, shapes))
    },

    async ping() {
      try {
        any.get()
        return true
      } catch {
        return false
      }
    },

    async close() {
      writing.flush()
      if (db.isOpen) db.close()
    },
  }
}

/** As it is when it is asked for, whatever the caller does with its objects meanwhile. */
function asOfNow(write: Write): Write {
  switch (write.op) {
    case 'create':
    case 'put':
      return { ...write, doc: copied(write.doc) }
    case 'patch':
      return {
        ...write,
        set: write.set.map(each =>
          each.by === undefined && each.value ? { ...each, value: copied(each.value) } : each,
        ),
      }
    case 'remove':
      return write
  }
}

/** As a read would return it. */
function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

/** The one place where a write meets what is stored. */
function decide(write: Write, row: Row | undefined, shapes: Migrations): Result | Conflict {
  switch (write.op) {
    case 'create':
      return row ? 'exists' : { doc: write.doc, ttl: write.ttl ?? null }
    case 'put':
      if (write.etag !== undefined && row?.etag !== write.etag) return row ? 'changed' : 'missing'
      return { doc: write.doc, ttl: write.ttl ?? null }
    case 'patch': {
      if (!row) return 'missing'
      // In this transaction nobody can be quicker, so an older document needs no write of its own first.
      const doc = migrated(parsed<Document>(row.body), shapes)
      if (!conditionHolds(write.where, doc, shapes.version)) return 'condition'
      patch(doc, write.set)
      return { doc, ttl: row.ttl }
    }
    case 'remove':
      return row ? undefined : 'missing'
  }
}

/** What a row says, as a fresh object: nobody shares state with the store. */
function read<D extends Stamped>(row: Row, shapes: Migrations): Stored<D> {
  return { doc: migrate(parsed<D>(row.body), shapes), etag: row.etag }
}
