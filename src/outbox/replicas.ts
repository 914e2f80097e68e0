/**
 * How many processes run on this store: what the platform allows to an app is shared among them (`send-rate-limit.ts`). Each writes
 * itself into one small document, by a random id, and reads there who else has; nothing in it is about a person.
 */
import { type DocumentOf, document, keys } from '../store/documents.ts'
import { StoreUnavailable } from '../store/errors.ts'
import { goneAfterSeconds, running } from '../store/replicas.ts'
import type { Clock, Store, Stored } from '../store/store.ts'

/** So often while others are writing to it at the same moment. */
const attempts = 8
/** Until the store has said. */
const assumed = 2

export type ReplicasOptions = {
  readonly store: Store
  readonly clock: Clock
  /** Of this process, and no other's, now or later. */
  readonly id: string
}

export type CountedReplicas = {
  /** With this one; as last known, and 2 before anything is. */
  readonly count: () => number
  /**
   * Looks who is there, and says that this process is: one read and one write. @throws StoreUnavailable; what was read
   * counts all the same.
   */
  readonly look: () => Promise<void>
  /** Takes this process out, after the look that is under way; no later one puts it in again. @throws StoreUnavailable */
  readonly leave: () => Promise<void>
}

export function createReplicas({ store, clock, id }: ReplicasOptions): CountedReplicas {
  const key = keys.replicas()
  let known = assumed
  let left = false
  let looking: Promise<void> = Promise.resolve()

  function othersIn(found: Stored<DocumentOf<'replicas'>> | undefined) {
    const { [id]: _own, ...others } = running(found?.doc, clock())
    return others
  }

  /** The document expires when everybody in it counts as gone. @returns false when another process was quicker. */
  async function write(seen: DocumentOf<'replicas'>['seen'], etag: string | undefined): Promise<boolean> {
    const doc = document(key, { seen })
    const put = etag === undefined ? ({ op: 'create', doc } as const) : ({ op: 'put', doc, etag } as const)
    return (await store.commit(doc.pk, [{ ...put, ttl: goneAfterSeconds }])).ok
  }

  async function retried(change: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) if (await change()) return
    throw new StoreUnavailable('Others kept writing who is running; it is tried again.')
  }

  return {
    count: () => known,
    look: () => {
      looking = retried(async () => {
        if (left) return true
        const found = await store.get(key)
        const others = othersIn(found)
        known = Object.keys(others).length + 1
        return write({ ...others, [id]: clock() }, found?.etag)
      })
      return looking
    },
    leave: async () => {
      left = true
      await looking.catch(() => {})
      return retried(async () => {
        const found = await store.get(key)
        if (found?.doc.seen[id] === undefined) return true
        const others = othersIn(found)
        return Object.keys(others).length > 0 ? write(others, found.etag) : store.removeIf(key, found.etag)
      })
    },
  }
}
