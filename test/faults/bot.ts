/**
 * The service as a process of its own, for tests that kill it or run two of it on one store. It prints its port.
 * `CRASH` names a point at which it ends itself with SIGKILL, as a power cut would.
 */
import { seed } from '../../src/demo/seed.ts'
import { startService } from '../../src/index.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

const { STORE_FILE = '', CRASH, LEASE = '1', POLL_MS = '100' } = process.env
const clock = () => new Date().toISOString()

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

/** The crash points of a promise's life. Deliberately outside the product: nothing in `src` knows of them. */
function crashing(store: Store): Store {
  return {
    ...store,
    commit: async (pk, writes) => {
      const committed = await store.commit(pk, writes)
      const promises = writes.some(write => write.op === 'create' && write.doc.type === 'notice')
      if (CRASH === 'afterCommit' && committed.ok && promises) die()
      return committed
    },
    removeIf: async (key, etag) => (CRASH === 'beforeRemoval' ? die() : store.removeIf(key, etag)),
  }
}

const store = openSqlite(STORE_FILE, clock)
await seed(store, 'en', clock())
const service = await startService({
  store: CRASH ? crashing(store) : store,
  clock,
  unauthenticated: true,
  host: '127.0.0.1',
  port: 0,
  report: () => {},
  leaseSeconds: Number(LEASE),
  pollMs: Number(POLL_MS),
})
console.log(service.port)
