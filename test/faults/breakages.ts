/**
 * Bots that break a promise on purpose: the positive control. A harness that finds nothing in them proves nothing when it
 * finds nothing in the real one.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Document } from '../../src/store/documents.ts'
import { patch } from '../../src/store/patch.ts'
import type { Store, Stored, Write } from '../../src/store/store.ts'

/**
 * `early`: an answer is acknowledged before it is durable. `silent`: the notice is not promised. `unlabelled`: a repeat
 * does not say so. `twice`: every message is sent twice. `faint`: every third write fails, and is not tried again.
 * `nameless`: what was done is recorded without who did it, so that a second person's press passes for a repeat.
 * `slow`: after every write it dawdles for longer than a person waits. `abrupt`: it ends the moment it is told to (`bot.ts`).
 */
export type Breakage = 'early' | 'silent' | 'unlabelled' | 'twice' | 'faint' | 'slow' | 'abrupt' | 'nameless'

const label = 'You may have had this message already. Nothing has changed since.'

export function brokenStore(store: Store, breakage: Breakage | undefined): Store {
  let writes = 0
  const commits: Partial<Record<Breakage, Store['commit']>> = {
    early: (pk, all) => withoutLog(store, pk, all),
    silent: (pk, all) =>
      store.commit(
        pk,
        all.filter(write => !('doc' in write && write.doc.type === 'notice')),
      ),
    faint: async (pk, all) => {
      if (++writes % 3 === 0) throw new Error('faint')
      return store.commit(pk, all)
    },
    nameless: (pk, all) => store.commit(pk, all.map(withoutWho(all))),
    slow: async (pk, all) => {
      const committed = await store.commit(pk, all)
      await sleep(3_500)
      return committed
    },
  }
  return { ...store, commit: (breakage && commits[breakage]) ?? store.commit }
}

/** The record of an activity says what was written, and nothing of whose it is. */
function withoutWho(all: readonly Write[]): (write: Write) => Write {
  const done = all.map(write => ('set' in write ? write.set.map(({ path }) => path).join() : write.op)).join()
  const id = `a:${done.replaceAll(/[^\w,]/g, '-')}`
  return write => ('doc' in write && write.doc.type === 'marker' ? { ...write, doc: { ...write.doc, id } } : write)
}

/** The log is written when the answer is long gone, or never. */
async function withoutLog(store: Store, pk: string, writes: readonly Write[]) {
  const committed = await store.commit(
    pk,
    writes.filter(write => !isLog(write)),
  )
  if (!committed.ok) return committed
  const later = writes.filter(isLog).map(write => (write.op === 'put' ? { ...write, etag: undefined } : write))
  if (later.length > 0) setTimeout(() => void store.commit(pk, later).catch(() => {}), 100)
  const rest = [...committed.docs]
  const docs = await Promise.all(writes.map(write => (isLog(write) ? written(store, write) : rest.shift())))
  return { ok: true, docs } as const
}

function isLog(write: Write): boolean {
  return ('doc' in write ? write.doc.type : write.key.type) === 'log' && write.op !== 'remove'
}

/** What the write would have left behind. */
async function written(store: Store, write: Write): Promise<Stored<Document> | undefined> {
  if ('doc' in write) return { doc: write.doc, etag: 'none' }
  const before = await store.get(write.key)
  if (!before || !('set' in write)) return undefined
  const doc = structuredClone(before.doc)
  patch(doc, write.set)
  return { doc, etag: 'none' }
}

export function brokenFetch(send: typeof fetch, breakage: Breakage | undefined): typeof fetch {
  return async (url, init) => {
    if (breakage === 'twice') await send(url, init)
    const unlabelled = breakage === 'unlabelled' && typeof init?.body === 'string'
    return send(url, unlabelled ? { ...init, body: String(init.body).replaceAll(label, '') } : init)
  }
}
