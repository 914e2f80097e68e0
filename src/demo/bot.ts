/** The demo's bot: the whole service on the embedded store, without authentication, for this machine alone. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Language, languageOf } from '../domain/values.ts'
import { type Service, startService } from '../index.ts'
import { createLog } from '../server/observability/log.ts'
import { openSqlite } from '../store/sqlite/sqlite.ts'
import type { Clock } from '../store/store.ts'
import { openOnThisMachine } from '../teams/inbound/frontDoor.ts'
import { seed } from './seed.ts'

export type DemoBotOptions = {
  readonly port: number
  readonly dataFolder: string
  readonly language: Language
  /** Start over: what was kept from earlier runs is deleted. */
  readonly fresh: boolean
  readonly buttons?: 'execute' | 'submit'
  readonly leaseSeconds?: number
  readonly pollMs?: number
  /** The machine's own time, unless a story brings its own. */
  readonly clock?: Clock
}

const host = '127.0.0.1'
const storeName = 'learning-log.sqlite'

/** Opens the store, seeds it when it is empty, and serves. Closing the service closes the store too. */
export async function startDemoBot({
  port,
  dataFolder,
  language,
  fresh,
  clock = () => new Date().toISOString(),
  ...timing
}: DemoBotOptions): Promise<Service> {
  await mkdir(dataFolder, { recursive: true })
  const file = join(dataFolder, storeName)
  if (fresh) for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
  const store = openSqlite(file, clock)
  await seed(store, language, clock())
  // The terminal is for the person who tries the demo; the log goes beside the data.
  const report = createLog({ level: 'info', stream: createWriteStream(join(dataFolder, 'bot.log'), { flags: 'a' }) })
  const service = await startService({
    store,
    clock,
    access: openOnThisMachine({ host }),
    host,
    port,
    report,
    // Whoever tries the demo may start a programme.
    creators: { creators: 'anyone', buddies: true },
    ...timing,
  })
  return {
    port: service.port,
    close: async () => {
      await service.close()
      await store.close()
    },
  }
}

// As a process of its own, so that a test can kill it while the pages stay open.
if (import.meta.main) {
  const options = { port: { type: 'string' }, data: { type: 'string' }, language: { type: 'string' } } as const
  const { port = '3978', data = '.data', language = 'en' } = parseArgs({ options }).values
  const bot = await startDemoBot({
    port: Number(port),
    dataFolder: data,
    language: languageOf(language) ?? 'en',
    fresh: false,
  })
  process.once('SIGTERM', () => void bot.close().then(() => process.exit(0)))
}
