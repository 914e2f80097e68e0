/** A store on a gateway of its own, as production has it on an account. */
import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { type CosmosOptions, openCosmos, prepareCosmos } from '../../src/store/cosmos/cosmos.ts'
import type { RetryBudget } from '../../src/store/cosmos/cosmos-failure.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import type { Clock, Committed, Store } from '../../src/store/store.ts'
import { now } from '../domain/given.ts'
import { type Gateway, startGateway } from './gateway/gateway.ts'

export type OnGateway = {
  readonly gateway: Gateway
  readonly options: CosmosOptions
  readonly store: Store
  /** Another client of the same container; with the same options, unless told otherwise. */
  readonly another: (options?: Partial<CosmosOptions>) => Store
  readonly close: () => Promise<void>
}

export async function onGateway(
  given: { clock?: Clock; pageSize?: number } & Pick<CosmosOptions, 'discovery' | 'patience'> = {},
): Promise<OnGateway> {
  const { clock = () => now, pageSize, discovery = false, ...rest } = given
  const gateway = await startGateway(clock, pageSize)
  const where = { endpoint: gateway.url, database: 'db', container: 'log', auth: { key: 'a2V5' } }
  const options: CosmosOptions = { ...where, discovery, ...rest }
  await prepareCosmos(options)
  gateway.requests.length = 0
  const stores: Store[] = []
  const another = (other: Partial<CosmosOptions> = {}) => {
    const store = openCosmos({ ...options, ...other })
    stores.push(store)
    return store
  }
  const close = async () => {
    for (const store of stores) await store.close()
    await gateway.close()
  }
  return { gateway, options, store: another(), another, close }
}

/**
 * For tests of what is done, not of how long it takes: however busy the machine, no try is given up before the test would
 * be. What is tried in vain is told within the test.
 */
export const unhurried: RetryBudget = {
  ...{ total: 15_000, least: 1, firstPause: 1 },
  ...{ read: 15_000, write: 15_000, query: 15_000 },
}

export type Told<T> = { readonly told: T | Error; readonly sent: number }

/** Unless told otherwise `unhurried`, and as on an account, whose regions are looked up first. */
export async function withGateway<T>(
  work: (on: OnGateway) => Promise<T>,
  given: Parameters<typeof onGateway>[0] = {},
): Promise<T> {
  const on = await onGateway({ discovery: true, patience: unhurried, ...given })
  try {
    return await work(on)
  } finally {
    await on.close()
  }
}

/** What came of it, and how many requests it took beside looking up the account. */
export async function counted<T>({ gateway }: OnGateway, work: () => Promise<T>): Promise<Told<T>> {
  gateway.requests.length = 0
  const told = await work().catch((error: unknown) => (error instanceof Error ? error : new Error('not an error')))
  const sent = gateway.requests.filter(kind => kind !== 'account').length
  return { told, sent }
}

export const isDone = (told: Committed | Error): told is Committed & { ok: true } => !(told instanceof Error) && told.ok

/** Nobody knows whether it was written, and nobody's words are told, however much of the error is printed. */
export function unavailable(told: unknown): void {
  assert.ok(told instanceof StoreUnavailable, `${told}`)
  assert.ok(!inspect(told, { depth: null, showHidden: true }).includes('CANARY'), inspect(told, { depth: 9 }))
}
