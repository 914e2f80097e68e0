/**
 * The service as a process of its own, for tests that kill it or run two of it on one store. `STORE` is a SQLite file or
 * the address of the gateway. Whoever started it may ask it over IPC to end itself with SIGKILL, as a power cut would, at
 * a point (there is one before and one after each request to the store and each send), and to move its clock. With
 * `BARRIER` it asks before it writes a snapshot, so that two bots write at once. `BROKEN` makes it break a promise, to show
 * that the harness sees it. All of this is outside the product: nothing in `src` knows.
 */
import { startService } from '../../src/index.ts'
import type { Store, Write } from '../../src/store/store.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { replicasGoTo } from '../store/about-replicas.ts'
import { type Breakage, brokenFetch, brokenStore } from './breakages.ts'
import { openStore } from './open.ts'

/** The n-th point from now, or the first place of that name. */
export type DieAt = number | 'afterPromise' | 'beforeRemoval'
type Question = { readonly arm: DieAt | null } | { readonly shift: number } | { readonly go: string }
export type Told =
  | { readonly port: number }
  | { readonly points: number }
  | { readonly report: string }
  | { readonly barrier: string }

const {
  STORE = '',
  BROKEN,
  BARRIER,
  LEASE = '2',
  POLL_MS = '100',
  OFFSET_MS = '0',
  GRACE_MS = '0',
  REPLICAS_MS = '30000',
  CREATORS = '',
} = process.env
const breakage = BROKEN as Breakage | undefined
let offsetMs = Number(OFFSET_MS)
const clock = () => new Date(Date.now() + offsetMs).toISOString()
let dieAt: DieAt | null = null
let points = 0
let running = 0
const tell = (told: Told) => process.send?.(told)

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

async function point<T>(work: () => Promise<T>): Promise<T> {
  if (++points === dieAt) die()
  running++
  try {
    return await work()
  } finally {
    running--
    if (++points === dieAt) die()
  }
}

/** Polls for due notices, and looks for who else is running, pass no point, so that a count means the same in every run. */
function watched(store: Store): Store {
  return replicasGoTo(store, {
    ...store,
    get: key => point(() => store.get(key)),
    commit: (pk, writes) =>
      point(async () => {
        if (BARRIER) await meet(writes)
        const committed = await store.commit(pk, writes)
        const promises = writes.some(write => write.op === 'create' && write.doc.type === 'notice')
        if (dieAt === 'afterPromise' && committed.ok && promises) die()
        return committed
      }),
    removeIf: (key, etag) => (dieAt === 'beforeRemoval' ? die() : point(() => store.removeIf(key, etag))),
  })
}

const waiting = new Map<string, () => void>()
/** Only the first try of each person's: whoever was slower decides anew, alone. */
async function meet(writes: readonly Write[]): Promise<void> {
  const snapshot = writes.find(write => write.op === 'create' && write.doc.type === 'snapshot')
  const person = snapshot && 'doc' in snapshot && snapshot.doc.type === 'snapshot' ? snapshot.doc.person : undefined
  if (person === undefined || waiting.has(person)) return
  const { promise, resolve } = Promise.withResolvers<void>()
  waiting.set(person, resolve)
  tell({ barrier: person })
  await promise
}

async function answer(question: Question): Promise<void> {
  if ('go' in question) return waiting.get(question.go)?.()
  if ('shift' in question) offsetMs += question.shift
  else {
    // What still runs would be counted as the next run's.
    while (running > 0) await new Promise(resolve => setImmediate(resolve))
    dieAt = question.arm
  }
  tell({ points })
  points = 0
}

const store = await openStore(STORE, clock)
const send = brokenFetch(globalThis.fetch, breakage)
globalThis.fetch = (...request) => point(() => send(...request))
const service = await startService({
  store: brokenStore(watched(store), breakage),
  clock,
  elapsed: () => performance.now() + offsetMs,
  access: openOnThisMachine({ host: '127.0.0.1' }),
  host: '127.0.0.1',
  port: 0,
  report: (event, fields) => void tell({ report: `${event} ${JSON.stringify(fields)}` }),
  creators: { creators: CREATORS.split(','), buddies: true },
  leaseSeconds: Number(LEASE),
  pollMs: Number(POLL_MS),
  graceMs: Number(GRACE_MS),
  replicasMs: Number(REPLICAS_MS),
})

process.on('message', (question: Question) => void answer(question))
// Nobody is left to end it.
process.on('disconnect', () => process.exit())
process.on('SIGTERM', async () => {
  if (breakage !== 'abrupt') await service.close()
  await store.close()
  process.exit()
})
tell({ port: service.port })
