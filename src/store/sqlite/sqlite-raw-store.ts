/** The whole of a SQLite file, for copying it (`raw-store.ts`). Nobody else has the file open meanwhile. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Fields, RawDocument, RawStore } from '../raw-store.ts'
import type { Clock } from '../store.ts'
import { alive, openFile, parsed, putRow, reach, transaction } from './sqlite-file.ts'

const pageSize = 500
/** A bot that is just closing the file is waited for. */
const busyMilliseconds = 250

type Position = { readonly pk: string; readonly id: string }
type Row = Position & { readonly body: string; readonly expires: string | null }

/** Before the first: no key is empty. */
const beginning: Position = { pk: '', id: '' }

/**
 * `source` must be there; `target` is made where it is missing. @throws when somebody has the file open or it is no
 * store, with the mend.
 */
export function openSqliteShelf(path: string, as: 'source' | 'target', clock: Clock): RawStore {
  const file = resolve(path)
  if (as === 'source' && !existsSync(file)) throw new Error(`There is no store at ${file}: name the file to copy.`)
  const db = as === 'source' ? new DatabaseSync(file, { timeout: busyMilliseconds }) : openFile(file, busyMilliseconds)
  const { after, one, put, erase } = prepared(db, file)

  return {
    name: `sqlite:${file}`,

    async page(from) {
      const { pk, id }: Position = from === undefined ? beginning : JSON.parse(from)
      const rows = reach(() => after.all({ pk, id, clock: clock() })) as Row[]
      const last = rows.length < pageSize ? undefined : rows.at(-1)
      return { docs: rows.map(lying), next: last && JSON.stringify({ pk: last.pk, id: last.id }) }
    },

    async get({ pk, id }) {
      const row = reach(() => one.get({ pk, id, clock: clock() })) as Row | undefined
      return row && lying(row)
    },

    async put(docs) {
      const now = Date.parse(clock())
      const write = () => {
        for (const { fields, expires = null } of docs) {
          const { pk, id, type } = fields
          const ttl = expires === null ? null : Math.ceil((Date.parse(expires) - now) / 1000)
          put.run({ pk, id, type, etag: randomUUID(), body: JSON.stringify(fields), ttl, expires })
        }
      }
      reach(() => transaction(db, write))
    },

    async remove({ pk, id }) {
      reach(() => erase.run({ pk, id }))
    },

    close: async () => db.close(),
  }
}

/** Until it is closed nobody else can so much as read the file; a bot that has it open keeps us from that. */
function prepared(db: DatabaseSync, file: string) {
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    const found = 'SELECT pk, id, body, expires FROM documents WHERE'
    return {
      after: db.prepare(`${found} (pk, id) > (:pk, :id) AND ${alive} ORDER BY pk, id LIMIT ${pageSize}`),
      one: db.prepare(`${found} (pk, id) = (:pk, :id) AND ${alive}`),
      put: db.prepare(putRow),
      erase: db.prepare('DELETE FROM documents WHERE pk = :pk AND id = :id'),
    }
  } catch (cause) {
    db.close()
    const why = cause instanceof Error ? cause.message : ''
    if (why === 'database is locked') throw new Error(`${file} is in use: stop the bot first.`, { cause })
    throw new Error(`${file} cannot be used (${why}): name a store of this program.`, { cause })
  }
}

function lying({ body, expires }: Row): RawDocument {
  const fields = parsed<Fields>(body)
  return expires === null ? { fields } : { fields, expires }
}
