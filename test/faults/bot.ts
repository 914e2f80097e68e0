/**
 * The service as a process of its own, for tests that kill it or run two of it on one store. It prints its port.
 * `STORE` is a SQLite file or the address of the gateway. `CRASH` names a point at which it ends itself with SIGKILL, as
 * a power cut would; `CRASH_AT` counts the points (before and after each request to the store and each send) instead.
 * With `COUNT` it prints how many points each turn passed. All of this is outside the product: nothing in `src` knows.
 */
import { seed } from '../../src/demo/seed.ts'
import { startService } from '../../src/index.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

const { STORE = '', CRASH, CRASH_AT, COUNT, LEASE = '1', POLL_MS = '100' } = process.env
const clock = () => new Date().toISOString()
const dieAt = CRASH_AT === undefined ? Number.POSITIVE_INFINITY : Number(CRASH_AT)
let points = 0

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

async function point<T>(work: () => Promise<T>): Promise<T> {
  if (++points === dieAt) die()
  const result = await work()
  if (++points === dieAt) die()
  if (COUNT) process.stdout.write(`points ${points}\n`)
  return result
}

/** Polls for due notices pass no point, so that a count means the same in every run. */
function watched(store: Store): Store {
  return {
    ...store,
    get: key => point(() => store.get(key)),
    commit: (pk, writes) =>
      point(async () => {
        const committed = await store.commit(pk, writes)
        const promises = writes.some(write => write.op === 'create' && write.doc.type === 'notice')
        if (CRASH === 'afterCommit' && committed.ok && promises) die()
        return committed
      }),
    removeIf: (key, etag) => (CRASH === 'beforeRemoval' ? die() : point(() => store.removeIf(key, etag))),
  }
}

const fetched = globalThis.fetch
const onGateway = STORE.startsWith('http')
// Imported where it is needed: Microsoft's client takes a second to load.
const store = onGateway
  ? (await import('../../src/store/cosmos.ts')).openCosmos({
      endpoint: STORE,
      database: 'db',
      container: 'log',
      auth: { key: 'a2V5' },
    })
  : openSqlite(STORE, clock)
await seed(store, 'en', clock())
globalThis.fetch = (...request) => point(() => fetched(...request))
const service = await startService({
  store: watched(store),
  clock,
  unauthenticated: true,
  host: '127.0.0.1',
  port: 0,
  report: () => {},
  leaseSeconds: Number(LEASE),
  pollMs: Number(POLL_MS),
})
console.log(service.port)
