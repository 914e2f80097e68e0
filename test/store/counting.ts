/** A store that counts what is asked of it, for promises such as "saving an answer is two requests". */
import type { Store } from '../../src/store/store.ts'
import { replicasGoTo } from './about-replicas.ts'

export type Requests = { get: number; commit: number; removeIf: number; query: number; ping: number }

export function counting(store: Store): { store: Store; requests: Requests; total: () => number; reset: () => void } {
  const none: Requests = { get: 0, commit: 0, removeIf: 0, query: 0, ping: 0 }
  const requests = { ...none }
  const counted: Store = {
    get(key) {
      requests.get++
      return store.get(key)
    },
    commit(pk, writes) {
      requests.commit++
      return store.commit(pk, writes)
    },
    removeIf(key, etag) {
      requests.removeIf++
      return store.removeIf(key, etag)
    },
    query(name, input) {
      requests.query++
      return store.query(name, input)
    },
    ping() {
      requests.ping++
      return store.ping()
    },
    close: () => store.close(),
  }
  return {
    store: replicasGoTo(store, counted),
    requests,
    total: () => Object.values(requests).reduce((sum, count) => sum + count, 0),
    reset: () => void Object.assign(requests, none),
  }
}
