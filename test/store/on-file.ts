/** An empty store in a SQLite file of its own, which `close` deletes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Clock, Store } from '../../src/store/store.ts'

export async function onFile(clock: Clock): Promise<{ store: Store; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
  const store = openSqlite(join(folder, 'store.sqlite'), clock)
  const close = async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { store, close }
}
