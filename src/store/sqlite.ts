/**
 * The embedded engine: one SQLite file, durable before it acknowledges, shared by any number of processes on one host.
 * It promises what `store.ts` says and refuses what Cosmos DB refuses. Calls block the process for about 0.2 ms.
 */
import { randomUUID } from 'node:crypto'
import { conditionHolds } from './conditions.ts'
import type { Document, DocumentOf, Key, Kind } from './documents.ts'
import { StoreUnavailable } from './errors.ts'
import { checkBatch, checkKey, checkSize } from './limits.ts'
import { patched } from './patch.ts'
import { queryTexts } from './queries.ts'
import { openFile } from './sqlite-file.ts'
import type { Clock, Committed, Conflict, Store, Stored, Write } from './store.ts'
import { upgrade } from './upgrade.ts'

/** How long a write waits for another process's; it blocks this one, and a person waits for the answer. */
const busyMilliseconds = 1_500

/** Each commit clears away so many expired documents at most. A turn adds one, so they stay few without a timer. */
const sweepAtMost = 16

const alive = '(expires IS NULL OR expires > :clock)'

type Row = { readonly etag: string; readonly body: string; readonly ttl: number | null }

/** What a write leaves behind; `undefined` when it removed the document. */
type Result = { readonly doc: Document; readonly ttl: number | null } | undefined

export function openSqlite(file: string, clock: Clock, wait = busyMilliseconds): Store {
  const db = openFile(file, wait)
  const one = db.prepare(`SELECT etag, body, ttl FROM documents WHERE pk = :pk AND id = :id AND ${alive}`)
  const write = db.prepare('INSERT OR REPLACE INTO documents VALUES (:pk, :id, :type, :etag, :body, :ttl, :expires)')
  const erase = db.prepare('DELETE FROM documents WHERE pk = :pk AND id = :id')
  const eraseIf = db.prepare(`DELETE FROM documents WHERE pk = :pk AND id = :id AND etag = :etag AND ${alive}`)
  const expired = `SELECT pk, id FROM documents WHERE expires <= :clock LIMIT ${sweepAtMost}`
  const sweep = db.prepare(`DELETE FROM documents WHERE (pk, id) IN (${expired})`)
  const any = db.prepare('SELECT 1 FROM documents LIMIT 1')
  const select = (where: string) => db.prepare(`SELECT etag, body FROM documents WHERE ${where} AND ${alive}`)
  const queries = {
    dueNotices: select(queryTexts.dueNotices.sqlite),
    noticesWaitingFor: select(queryTexts.noticesWaitingFor.sqlite),
    journeysOf: select(queryTexts.journeysOf.sqlite),
  }

  function apply(each: Write, now: string, named: string): Stored<Document> | Conflict | undefined {
    const { pk, id, type } = 'doc' in each ? each.doc : each.key
    const row = one.get({ pk, id, clock: now }) as Row | undefined
    const result = decide(each, row)
    if (typeof result === 'string') return result
    if (!result) {
      erase.run({ pk, id })
      return undefined
    }
    const stored = { etag: randomUUID(), body: JSON.stringify(result.doc) }
    checkSize(stored.body, named)
    const expires = result.ttl === null ? null : new Date(Date.parse(now) + result.ttl * 1000).toISOString()
    write.run({ pk, id, type, ...stored, ttl: result.ttl, expires })
    return each.op === 'patch' ? read(stored) : { doc: parse(stored), etag: stored.etag }
  }

  function transaction(work: () => Committed): Committed {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec(result.ok ? 'COMMIT' : 'ROLLBACK')
      return result
    } catch (cause) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw cause
    }
  }

  return {
    async get<K extends Kind>({ pk, id }: Key<K>) {
      checkKey({ pk, id })
      const row = reach(() => one.get({ pk, id, clock: clock() })) as Row | undefined
      return row && read<K>(row)
    },

    async commit(pk, writes) {
      checkBatch(pk, writes)
      const now = clock()
      return reach(() =>
        transaction(() => {
          const docs: (Stored<Document> | undefined)[] = []
          for (const [index, each] of writes.entries()) {
            const result = apply(each, now, `Write ${index} (${each.op})`)
            if (typeof result === 'string') return { ok: false, failed: index, conflict: result }
            docs.push(result)
          }
          sweep.run({ clock: now })
          return { ok: true, docs }
        }),
      )
    },

    async removeIf({ pk, id }, etag) {
      checkKey({ pk, id })
      return reach(() => eraseIf.run({ pk, id, etag, clock: clock() }).changes === 1)
    },

    async query(name, input) {
      const given = queryTexts[name].given(input)
      const rows = reach(() => queries[name].all({ ...given, clock: clock() })) as Row[]
      return rows.map(row => read(row))
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
      if (db.isOpen) db.close()
    },
  }
}

/** The one place where a write meets what is stored. */
function decide(write: Write, row: Row | undefined): Result | Conflict {
  switch (write.op) {
    case 'create':
      return row ? 'exists' : { doc: write.doc, ttl: write.ttl ?? null }
    case 'put':
      if (write.etag !== undefined && row?.etag !== write.etag) return row ? 'changed' : 'missing'
      return { doc: write.doc, ttl: null }
    case 'patch': {
      if (!row) return 'missing'
      const doc = parse(row)
      return conditionHolds(write.where, doc) ? { doc: patched(doc, write.set), ttl: row.ttl } : 'condition'
    }
    case 'remove':
      return row ? undefined : 'missing'
  }
}

/** What a row says, as a fresh object: nobody shares state with the store. */
function read<K extends Kind>(row: Pick<Row, 'etag' | 'body'>): Stored<DocumentOf<K>> {
  return { doc: upgrade(parse<K>(row)), etag: row.etag }
}

function parse<K extends Kind>({ body }: Pick<Row, 'body'>): DocumentOf<K> {
  try {
    return JSON.parse(body)
  } catch {
    // Without the cause: the parser's message quotes the text, and a message may end in a log.
    throw new StoreUnavailable('A stored document is damaged: restore the file from a backup.')
  }
}

/** The engine's failures in the port's words. SQLite's reasons name tables and files, never values. */
function reach<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (!(cause instanceof Error) || (code !== 'ERR_SQLITE_ERROR' && code !== 'ERR_INVALID_STATE')) throw cause
    throw new StoreUnavailable(`The store did not do its work now: ${cause.message}.`, { cause })
  }
}
