/**
 * Looks at a store without changing it, for `npm run doctor`: whether it can be reached, whether this program may read and
 * write it, and whether it has the shape the store needs.
 */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { CosmosOptions } from '../cosmos/cosmos.ts'
import { containerFaults } from '../cosmos/cosmos-container.ts'
import type { RetryBudget } from '../cosmos/cosmos-failure.ts'

export type Look = {
  /** What is to be mended, each with its mend. */
  readonly faults: readonly string[]
  readonly says: string
  /** The store's own time, where it tells one, as HTTP writes it, and ours when it did, in milliseconds. */
  readonly date?: string | undefined
  readonly at?: number
}

/** Nobody waits in a chat, and the first token of a process may take its time. */
const patient: RetryBudget = { total: 8_000, read: 5_000, write: 5_000, query: 5_000, least: 100, firstPause: 200 }

/** No document ever has this key. */
const nothing = { type: 'marker', pk: 'doctor', id: 'doctor' } as const

/** @throws StoreUnavailable or StoreMisuse, with the mend, when it cannot be reached or does not let this program in. */
export async function lookAtCosmos(options: CosmosOptions): Promise<Look> {
  // Loaded where it is needed: Microsoft's client takes half a second.
  const { describeCosmos, openCosmos } = await import('../cosmos/cosmos.ts')
  const { container, date, at } = await describeCosmos({ ...options, patience: patient })
  const store = openCosmos({ ...options, patience: patient })
  try {
    await store.get(nothing)
    // To remove what is not there needs the right to write, and writes nothing.
    await store.removeIf(nothing, 'none')
  } finally {
    await store.close()
  }
  return { faults: containerFaults(container), says: 'Cosmos DB lets this program read and write', date, at }
}

/** @throws when the file cannot be read at all. */
export function lookAtFile(path: string): Look {
  const file = resolve(path)
  if (!existsSync(file)) {
    const faults = mayWrite(nearestFolder(file))
      ? []
      : [`This user may not make ${file}: name a folder of its own in STORE_FILE.`]
    return { faults, says: 'the file is not there yet; the first start makes it' }
  }
  const faults =
    mayWrite(file) && mayWrite(dirname(file))
      ? []
      : [`This user may not write to ${file} and its folder: give it both.`]
  if ((statSync(file).mode & 0o077) !== 0 && process.platform !== 'win32') {
    faults.push(`Others on this machine may read ${file}: chmod 600.`)
  }
  try {
    const documents = count(file)
    return { faults, says: `one file, sound, ${documents} documents` }
  } catch {
    return { faults: [...faults, `${file} is no sound store: restore it with npm run store:restore.`], says: '' }
  }
}

function count(file: string): number {
  const url = pathToFileURL(file)
  // Whoever opens a file with a write-ahead log makes two more beside it; one that nobody has open needs none.
  if (!existsSync(`${file}-wal`)) url.searchParams.set('immutable', '1')
  const db = new DatabaseSync(url, { readOnly: true })
  try {
    const { quick_check: verdict } = db.prepare('PRAGMA quick_check(1)').get() ?? {}
    if (verdict !== 'ok') throw new Error('damaged')
    return Number(db.prepare('SELECT count(*) AS documents FROM documents').get()?.documents)
  } finally {
    db.close()
  }
}

function nearestFolder(file: string): string {
  const folder = dirname(file)
  return existsSync(folder) || folder === file ? folder : nearestFolder(folder)
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
