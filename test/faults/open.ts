/** Opens the store a fault run works on: a SQLite file, or the gateway when it is named by its address. */
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Clock, Store } from '../../src/store/store.ts'

export const engines = ['sqlite', 'gateway'] as const
export type Engine = (typeof engines)[number]

export async function openStore(at: string, clock: Clock): Promise<Store> {
  if (!at.startsWith('http')) return openSqlite(at, clock)
  // Imported where it is needed: Microsoft's client takes a second to load.
  return (await import('../../src/store/cosmos.ts')).openCosmos(cosmosOptions(at))
}

export async function prepareGateway(at: string): Promise<void> {
  await (await import('../../src/store/cosmos.ts')).prepareCosmos(cosmosOptions(at))
}

function cosmosOptions(endpoint: string) {
  return { endpoint, database: 'db', container: 'log', auth: { key: 'a2V5' } }
}
