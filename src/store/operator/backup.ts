/**
 * Backing up and restoring the embedded store: `npm run store:backup -- COPY` and `npm run store:restore -- COPY`, with the
 * store named by `STORE_FILE`. A backup may be taken while the bot runs; it is one consistent moment. Erased people stay in
 * older copies until those are deleted.
 */
import { chmod, copyFile, rename, rm, stat } from 'node:fs/promises'
import { backup, DatabaseSync } from 'node:sqlite'
import { command } from './operator.ts'

/** Copies the store to a file that must not be there yet, mode 0600. @throws with the mend. */
export async function backUp(store: string, copy: string): Promise<{ documents: number }> {
  if (!(await exists(store))) throw new Error(`There is no store at ${store}: set STORE_FILE to the bot's.`)
  if (await exists(copy)) throw new Error(`${copy} is there already: choose another name, so that no backup is lost.`)
  const db = new DatabaseSync(store, { readOnly: true })
  try {
    await backup(db, copy)
  } finally {
    db.close()
  }
  await chmod(copy, 0o600)
  return { documents: sound(copy) }
}

/**
 * Puts a backup in the store's place. The bot must be stopped. What was there is kept beside it as `….before-restore`.
 * @throws when the copy is damaged or a store that was put aside before is still there; nothing is changed then.
 */
export async function restore(copy: string, store: string): Promise<{ documents: number }> {
  if (!(await exists(copy))) throw new Error(`There is no backup at ${copy}.`)
  const documents = sound(copy)
  const aside = `${store}.before-restore`
  if (await exists(aside)) throw new Error(`${aside} is still there from an earlier restore: move it away first.`)
  const ready = `${store}.restoring`
  await copyFile(copy, ready)
  await chmod(ready, 0o600)
  if (await exists(store)) {
    settled(store)
    await rename(store, aside)
  }
  for (const end of ['-wal', '-shm']) await rm(store + end, { force: true })
  await rename(ready, store)
  return { documents }
}

/** How many documents a file holds. @throws when SQLite finds it damaged or it is no store. */
function sound(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const { integrity_check: verdict } = db.prepare('PRAGMA integrity_check').get() ?? {}
    if (verdict !== 'ok') throw new Error('damaged')
    return Number(db.prepare('SELECT count(*) AS documents FROM documents').get()?.documents)
  } catch (cause) {
    throw new Error(`${file} is not a sound copy of a store: take another one.`, { cause })
  } finally {
    db.close()
  }
}

/** Brings what lies in the write-ahead log into the file, so that the file put aside is whole. */
function settled(store: string): void {
  const db = new DatabaseSync(store)
  try {
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {}
    if (busy) throw new Error('The store is in use: stop the bot first.')
  } finally {
    db.close()
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

if (import.meta.main) {
  await command(async () => {
    const [what, copy = ''] = process.argv.slice(2)
    const store = process.env.STORE_FILE || 'data/learning-log.sqlite'
    if (!copy || (what !== 'backup' && what !== 'restore')) {
      throw new Error('Name the copy: npm run store:backup -- backups/monday.sqlite')
    }
    const { documents } = await (what === 'backup' ? backUp(store, copy) : restore(copy, store))
    return `${documents} documents ${what === 'backup' ? `copied to ${copy}` : `restored to ${store}`}.`
  })
}
