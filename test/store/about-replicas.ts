/** What processes ask of a store about each other, at times of their own, kept out of what a test counts or holds up. */
import { keys } from '../../src/store/documents.ts'
import type { Store } from '../../src/store/store.ts'

/** `store`, but for who is running: that is asked of `behind`. */
export function replicasGoTo(behind: Store, store: Store): Store {
  const { pk: aboutReplicas } = keys.replicas()
  const asked = (pk: string) => (pk === aboutReplicas ? behind : store)
  return {
    ...store,
    get: key => asked(key.pk).get(key),
    commit: (pk, writes) => asked(pk).commit(pk, writes),
    removeIf: (key, etag) => asked(key.pk).removeIf(key, etag),
  }
}
