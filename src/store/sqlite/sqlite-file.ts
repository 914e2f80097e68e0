/** The SQLite file: who may read it, how durable it is, its table and indexes, and what its failures are called. */
import { createHash } from 'node:crypto'
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../errors.ts'
import { queryTexts } from '../queries.ts'

/**
 * `FULL`: forced to disk before a commit returns. `secure_delete`: what is removed is overwritten, not only unlinked
 * (in the file itself; what -wal still holds goes with the next checkpoint, at the latest when the last process closes).
 */
const pragmas = 'PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;'

/**
 * With a rowid, though a document is found by its key alone: without one all above 1 KB of each lies on pages of its own, and
 * saving an answer costs twice as much. (A file of before has none, and works as it did.) `expires` is a moment, so it
 * compares as text.
 */
const table = `CREATE TABLE IF NOT EXISTS documents (
  pk TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, etag TEXT NOT NULL, body TEXT NOT NULL,
  ttl INTEGER, expires TEXT, PRIMARY KEY (pk, id)
) STRICT`

/** Writes one row, in the place of whatever has its key. */
export const putRow = `INSERT INTO documents VALUES (:pk, :id, :type, :etag, :body, :ttl, :expires)
  ON CONFLICT (pk, id) DO UPDATE SET (type, etag, body, ttl, expires) = (:type, :etag, :body, :ttl, :expires)`

/** What has not expired. */
export const alive = '(expires IS NULL OR expires > :clock)'

/** In place of a file name: kept by nobody, for tests that want nothing of a file. */
const inMemory = ':memory:'

/** Opens the file, creating it and its folder; readable by this user only. Any number of processes may do so at once. */
export function openFile(path: string, busyMilliseconds: number): DatabaseSync {
  if (path === inMemory) return prepare(new DatabaseSync(inMemory), 'memory')
  const file = resolve(path)
  let db: DatabaseSync | undefined
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    keepPrivate(file)
    db = new DatabaseSync(file, { timeout: busyMilliseconds })
    return prepare(db, 'wal')
  } catch (cause) {
    db?.close()
    const why = cause instanceof Error ? cause.message : ''
    throw new StoreUnavailable(
      `The store ${file} cannot be opened (${why}): it must be on a local disk that this user may write to.`,
      { cause },
    )
  }
}

function prepare(db: DatabaseSync, expectedMode: 'wal' | 'memory'): DatabaseSync {
  const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode
  if (mode !== expectedMode) throw new Error(`journal mode is ${mode}; several processes can share a file only in WAL`)
  db.exec(pragmas)
  db.exec('BEGIN IMMEDIATE')
  db.exec(table)
  makeIndexes(db)
  db.exec('COMMIT')
  return db
}

/** SQLite gives -wal and -shm the mode of the file itself; those of an earlier start may have another one. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    try {
      chmodSync(each, 0o600)
    } catch (cause) {
      // Not there yet, or just taken away by the last process that closed the file.
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause
    }
  }
}

/** Named by their text, so that a changed one is built and the one before it dropped. */
function makeIndexes(db: DatabaseSync): void {
  const texts = [
    ...Object.values(queryTexts).flatMap(row => row.sqliteIndex ?? []),
    '(expires) WHERE expires IS NOT NULL',
  ]
  const wanted = new Map(
    texts.map(text => [`by_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`, text]),
  )
  const found = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'by\\_%' ESCAPE '\\'")
    .all()
  for (const { name } of found) if (!wanted.has(String(name))) db.exec(`DROP INDEX ${name}`)
  for (const [name, text] of wanted) db.exec(`CREATE INDEX IF NOT EXISTS ${name} ON documents ${text}`)
}

/** A document out of its text. */
export function parsed<D>(body: string): D {
  try {
    return JSON.parse(body)
  } catch {
    // Without the cause: the parser's message quotes the text, and a message may end in a log.
    throw new StoreUnavailable('A stored document is damaged: restore the file from a backup.')
  }
}

/** The engine's failures in the port's words. SQLite's reasons name tables and files, never values. */
export function reach<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (!(cause instanceof Error) || (code !== 'ERR_SQLITE_ERROR' && code !== 'ERR_INVALID_STATE')) throw cause
    throw new StoreUnavailable(`The store did not do its work now: ${cause.message}.`, { cause })
  }
}

/** All of `work` or nothing of it: undone when it throws. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw cause
  }
}
