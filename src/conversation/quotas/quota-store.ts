/**
 * What is counted of people against misuse (`domain/quotas/limits.ts`), and what they have said about who may invite them. Each
 * is a small document of its own, changed under its version: many things at once count as if one came after the other.
 */
import { type DailyLimits, type InviterBlocks, uncounted } from '../../domain/quotas/limits.ts'
import type { PersonId } from '../../domain/values.ts'
import { type Document, document, keys } from '../../store/documents.ts'
import { StoreUnavailable } from '../../store/errors.ts'
import type { Store, Stored } from '../../store/store.ts'

/** The day that is counted, from its last change on: what was counted before is over by then. */
const daySeconds = 86_400
const attempts = 40

type Later<T> = T | Promise<T>
/** What is to be kept, and the answer that may be given once it is; without `after` nothing is written. */
type Edit<Body, T> = (before: Body | undefined) => Later<{ readonly after?: Body; readonly answer: T }>
type Whose = { readonly store: Store; readonly person: PersonId }

/** What this person has done today. @param edit may be asked more than once. */
export function changeLimits<T>({ store, person }: Whose, edit: Edit<DailyLimits, T>): Promise<T> {
  const key = keys.limits(person)
  const write = (after: DailyLimits, etag?: string) => put(store, document(key, after), etag, daySeconds)
  return changing(() => store.get(key), write, edit)
}

/** By whom this person may be invited. @param edit may be asked more than once. */
export function changeInviterBlocks<T>({ store, person }: Whose, edit: Edit<InviterBlocks, T>): Promise<T> {
  const key = keys.shield(person)
  return changing(
    () => store.get(key),
    (after: InviterBlocks, etag?: string) => put(store, document(key, after), etag),
    edit,
  )
}

/** Takes off this person's count what came to nothing in the end. */
export function uncount(whose: Whose, kind: 'sent' | 'imported' | 'founded', unused: number): Promise<void> {
  return changeLimits(whose, (limits = {}) => {
    const { [kind]: counted } = limits
    return { answer: undefined, ...(counted && { after: { ...limits, [kind]: uncounted(counted, unused) } }) }
  })
}

async function changing<Body, T>(
  read: () => Promise<Stored<Body> | undefined>,
  write: (after: Body, etag?: string) => Promise<boolean>,
  edit: Edit<Body, T>,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await read()
    const { after, answer } = await edit(found?.doc)
    if (!after || (await write(after, found?.etag))) return answer
  }
  throw new StoreUnavailable('Others kept writing to the same counts; nothing was done.')
}

async function put(store: Store, doc: Document, etag?: string, ttl?: number): Promise<boolean> {
  const lasting = ttl === undefined ? {} : { ttl }
  const write = etag ? ({ op: 'put', doc, etag, ...lasting } as const) : ({ op: 'create', doc, ...lasting } as const)
  return (await store.commit(doc.pk, [write])).ok
}
