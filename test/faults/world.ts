/**
 * What a fault run takes place in: a connector, a store (a file, or a gateway of its own), and the bots that were started
 * on it. The store is read past its engine, so that an engine that is wrong cannot hide it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '../../src/store/store.ts'
import { type Gateway, startGateway } from '../store/gateway/gateway.ts'
import { type Connector, startConnector } from '../teams/connector.ts'
import type { Breakage } from './breakages.ts'
import { type Engine, openStore, prepareGateway } from './open.ts'
import { type BotProcess, startBot } from './process.ts'

export type World = {
  readonly engine: Engine
  readonly connector: Connector
  /** For making the scene; what comes of it is read by `raw`. */
  readonly store: Store
  /** Where faults can be ordered; on SQLite there is none. */
  readonly gateway: Gateway | undefined
  /** The SQLite file, or the gateway's address. */
  readonly at: string
  /** A document as it lies in the store, as text; empty when there is none. */
  readonly raw: (pk: string, id: string) => Promise<string>
  readonly start: (
    env?: Readonly<Record<string, string>>,
    barrier?: (key: string) => Promise<void>,
    program?: string,
  ) => Promise<BotProcess>
  readonly close: () => Promise<void>
}

/** @param members the platform's list of a team. */
export async function openWorld(
  engine: Engine,
  broken?: Breakage,
  members?: Parameters<typeof startConnector>[0],
): Promise<World> {
  const clock = () => new Date().toISOString()
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-faults-'))
  const connector = await startConnector(members)
  const gateway = engine === 'gateway' ? await startGateway(clock) : undefined
  const at = gateway?.url ?? join(folder, 'store.sqlite')
  if (gateway) await prepareGateway(at)
  const store = await openStore(at, clock, false)
  const file = gateway ? undefined : openForReading(at)
  const bots: BotProcess[] = []
  return {
    engine,
    connector,
    store,
    gateway,
    at,
    raw: file?.raw ?? ((pk, id) => overHttp(at, pk, id)),
    async start(env = {}, barrier, program) {
      const bot = await startBot(at, { ...(broken && { BROKEN: broken }), ...env }, barrier, program)
      bots.push(bot)
      return bot
    },
    async close() {
      for (const bot of bots) await bot.kill()
      await store.close()
      file?.close()
      await gateway?.close()
      await connector.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function openForReading(at: string) {
  const db = new DatabaseSync(at, { readOnly: true })
  const row = db.prepare('SELECT body FROM documents WHERE pk = ? AND id = ?')
  return {
    raw: async (pk: string, id: string) => String(row.get(pk, id)?.body ?? ''),
    close: () => db.close(),
  }
}

/** As a query, since faults are ordered for reads: what the bot meets there must not meet the oracle. */
async function overHttp(at: string, pk: string, id: string): Promise<string> {
  const response = await fetch(`${at}dbs/db/colls/log/docs`, {
    method: 'POST',
    headers: { 'x-ms-documentdb-isquery': 'True', 'x-ms-documentdb-partitionkey': JSON.stringify([pk]) },
    body: JSON.stringify({ query: 'SELECT * FROM c WHERE c.id = @id', parameters: [{ name: '@id', value: id }] }),
  })
  const { Documents: found = [] } = (await response.json()) as { Documents?: object[] }
  return found.length > 0 ? JSON.stringify(found[0]) : ''
}
