/** A store on a gateway of its own, as production has it on an account. */
import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { type CosmosOptions, openCosmos, prepareCosmos } from '../../src/store/cosmos.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import type { Clock, Committed, Store } from '../../src/store/store.ts'
import { now } from '../domain/given.ts'
import { type Gateway, startGateway } from './gateway/gateway.ts'

export type OnGateway = {
  readonly gateway: Gateway
  readonly options: CosmosOptions
  readonly store: Store
  /** Another client of the same container. */
  readonly another: () => Store
  readonly close: () => Promise<void>
}

export async function onGateway(
  given: { clock?: Clock; discovery?: boolean; pageSize?: number } = {},
): Promise<OnGateway> {
  const gateway = await startGateway(given.clock ?? (() => now), given.pageSize)
  const { discovery = false } = given
  const options = { endpoint: gateway.url, database: 'db', container: 'log', auth: { key: 'a2V5' }, discovery }
  await prepareCosmos(options)
  gateway.requests.length = 0
  const stores: Store[] = []
  const another = () => {
    const store = openCosmos(options)
    stores.push(store)
    return store
  }
  const close = async () => {
    for (const store of stores) await store.close()
    await gateway.close()
  }
  return { gateway, options, store: another(), another, close }
}

export type Told<T> = { readonly told: T | Error; readonly ms: number; readonly sent: number }

/** `discovery`, unless told otherwise: as on an account, whose regions are looked up first. */
export async function withGateway<T>(
  work: (on: OnGateway) => Promise<T>,
  given: { discovery?: boolean; pageSize?: number } = {},
): Promise<T> {
  const on = await onGateway({ discovery: true, ...given })
  try {
    return await work(on)
  } finally {
    await on.close()
  }
}

/** What came of it, in how many milliseconds, and how many requests it took beside looking up the account. */
export async function timed<T>({ gateway }: OnGateway, work: () => Promise<T>): Promise<Told<T>> {
  gateway.requests.length = 0
  const started = performance.now()
  const told = await work().catch((error: unknown) => (error instanceof Error ? error : new Error('not an error')))
  const sent = gateway.requests.filter(kind => kind !== 'account').length
  return { told, ms: performance.now() - started, sent }
}

export const isDone = (told: Committed | Error): told is Committed & { ok: true } => !(told instanceof Error) && told.ok

/** Nobody knows whether it was written, and nobody's words are told, however much of the error is printed. */
export function unavailable(told: unknown): void {
  assert.ok(told instanceof StoreUnavailable, `${told}`)
  assert.ok(!inspect(told, { depth: null, showHidden: true }).includes('CANARY'), inspect(told, { depth: 9 }))
}
