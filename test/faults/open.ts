/** Opens the store a fault run works on: a SQLite file, or the gateway when it is named by its address. */
import type { RetryBudget } from '../../src/store/cosmos/cosmos-failure.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Clock, Store } from '../../src/store/store.ts'

export const engines = ['sqlite', 'gateway'] as const
export type Engine = (typeof engines)[number]

/** For making a scene on a machine that has a lot to do. */
const unhurried: RetryBudget = {
  total: 60_000,
  read: 20_000,
  write: 20_000,
  query: 20_000,
  least: 100,
  firstPause: 50,
}
const unhurriedSqlite = { waitMilliseconds: 10_000 }

/** @param forPeople as the bot has it; otherwise with all the patience there is. */
export async function openStore(at: string, clock: Clock, forPeople = true): Promise<Store> {
  if (!at.startsWith('http')) return forPeople ? openSqlite(at, clock) : openSqlite(at, clock, unhurriedSqlite)
  // Imported where it is needed: Microsoft's client takes a second to load.
  const { openCosmos } = await import('../../src/store/cosmos/cosmos.ts')
  return openCosmos({ ...optionsOf(at), ...(!forPeople && { patience: unhurried }) })
}

export async function prepareGateway(at: string): Promise<void> {
  await (await import('../../src/store/cosmos/cosmos.ts')).prepareCosmos(optionsOf(at))
}

function optionsOf(endpoint: string) {
  return { endpoint, database: 'db', container: 'log', auth: { key: 'a2V5' } }
}
