/**
 * The store's port on Cosmos DB: what is asked, how often it is tried, and what is made of the answers. Sources: Microsoft
 * Learn, "Transactional batch operations", "Time to Live", "Pagination in Azure Cosmos DB"; what the SDK sends, by
 * running it.
 */
import { randomUUID } from 'node:crypto'
import { conditionHolds } from '../conditions.ts'
import type { DocumentOf, Key, Kind, Stamped } from '../documents.ts'
import { StoreUnavailable } from '../errors.ts'
import { checkBatch, checkKey } from '../limits.ts'
import { type Migrations, migrate, migrated } from '../migrations.ts'
import { type Queries, type QueryName, queryTexts } from '../queries.ts'
import type { Committed, Store, Stored, Write } from '../store.ts'
import { committed, documentOf, exactly, happensOnce, markField, operationOf, type Raw } from './cosmos-batch.ts'
import type { Calls } from './cosmos-calls.ts'
import { type Failure, type Persist, persistence, type RetryBudget, type Tried } from './cosmos-failure.ts'

/** Reads and questions may be asked again whatever happened to the first. */
const always = () => true

/**
 * **When the answer to a batch is lost** (no answer, 408, 410, 5xx) it may have been written. A batch with a create or
 * with a put of a version cannot be written twice (nothing is removed within two seconds of its creation), so it is
 * sent again. If that succeeds, it is done. If it meets a conflict, that may be with itself: each whole document carries
 * the mark of the batch that wrote it, and one with our mark proves that all of the batch was written; `docs` are then
 * read. What somebody has changed since proves nothing: the conflict stands, as if they had been first. Other batches
 * (patches alone, puts of any version) are not sent again: StoreUnavailable.
 */
export function storeOn(calls: Calls, patience: RetryBudget, shapes: Migrations, tried?: Tried): Store {
  let closed = false

  /** Begins a call of the port: from now on there is so much time. */
  function begin(): Persist {
    if (closed) throw new StoreUnavailable('The store is closed.')
    return persistence(patience, tried)
  }

  /** A batch that may be sent several times; its documents are as of now, whatever the caller does with them meanwhile. */
  function batchOf(pk: string, writes: readonly Write[]): (persist: Persist) => Promise<Committed> {
    const mark = randomUUID()
    const operations = writes.map(each => operationOf(each, mark, shapes.version))
    return persist => {
      let inDoubt = false
      const mayRepeat = (failure: Failure) => {
        if (failure.unclear) inDoubt = true
        return !inDoubt || happensOnce(writes)
      }
      return persist(patience.write, mayRepeat, async signal => {
        const outcome = committed(writes, await calls.batch(pk, operations, signal))
        return (!outcome.ok && inDoubt && (await written(writes, mark, signal))) || outcome
      })
    }
  }

  /**
   * What the batch left behind if it was written, recognised by its mark. Only asked after a conflict, whose session
   * token makes these reads see at least what the conflict was with.
   */
  async function written(writes: readonly Write[], mark: string, signal: AbortSignal): Promise<Committed | undefined> {
    const keys = writes.map(each => (each.op === 'remove' ? undefined : 'doc' in each ? each.doc : each.key))
    const left = await Promise.all(keys.map(key => key && calls.read(key, signal)))
    if (!left.some(raw => raw?.[markField] === mark)) return undefined
    return { ok: true, docs: left.map(raw => raw && stored(raw)) }
  }

  /**
   * A condition holds for today's shape alone, so what the patches are for and is older is written again in it, up to the
   * first that can be done in no shape. Somebody else may be quicker, before these reads or after them.
   *
   * @returns whether the batch may do better at another try.
   */
  async function upgradeFor(persist: Persist, pk: string, writes: readonly Write[]): Promise<boolean> {
    let upgraded = false
    for (const each of writes) {
      if (each.op !== 'patch') continue
      const raw = await persist(patience.read, always, signal => calls.read(each.key, signal))
      if (!raw) return upgraded
      const doc = migrated(documentOf(raw), shapes)
      if (!conditionHolds(each.where, doc, shapes.version)) return upgraded
      if (raw.schemaVersion === shapes.version) continue
      const { ttl, _etag: etag } = raw
      await batchOf(pk, [{ op: 'put', doc, etag, ...(ttl !== undefined && { ttl }) }])(persist)
      upgraded = true
    }
    return true
  }

  function stored<D extends Stamped>(raw: Raw<D>): Stored<D> {
    return { doc: migrate(documentOf<D>(raw), shapes), etag: raw._etag }
  }

  return {
    async get<K extends Kind>(key: Key<K>) {
      const persist = begin()
      checkKey(key)
      const raw = await persist(patience.read, always, signal => calls.read<DocumentOf<K>>(key, signal))
      return raw && stored(raw)
    },

    async commit(pk, writes) {
      const persist = begin()
      checkBatch(pk, writes)
      const send = batchOf(pk, writes)
      const outcome = await send(persist)
      const conflict = outcome.ok ? undefined : outcome.conflict
      return conflict === 'condition' && (await upgradeFor(persist, pk, writes)) ? send(persist) : outcome
    },

    async removeIf(key, etag) {
      const persist = begin()
      checkKey(key)
      let inDoubt = false
      const mayRepeat = (failure: Failure) => {
        if (failure.unclear) inDoubt = true
        return true
      }
      return persist(patience.write, mayRepeat, async signal => {
        try {
          await calls.remove(key, exactly(etag), signal)
          return true
        } catch (error) {
          const { code, substatus } = error as { code?: unknown; substatus?: unknown }
          if (code === 412) return false
          if (code !== 404 || substatus) throw error
          // Gone: by the try whose answer was lost, or by somebody else?
          if (inDoubt) throw new StoreUnavailable('The document is gone, but perhaps not by us.', { cause: error })
          return false
        }
      })
    },

    async query<N extends QueryName>(name: N, input: Queries[N]['input']) {
      const persist = begin()
      const { given, cosmos, atMost } = queryTexts[name]
      const parameters = given(input, shapes.version)
      const question = { text: `SELECT * FROM c WHERE ${cosmos}`, parameters, pk: parameters.pk, atMost }
      const rows = await persist(patience.query, always, signal => calls.find<Queries[N]['doc']>(question, signal))
      return rows.map(row => stored(row))
    },

    async ping() {
      try {
        await begin()(patience.read, always, signal => calls.read({ pk: 'ping', id: 'ping' }, signal))
        return true
      } catch {
        return false
      }
    },

    async close() {
      closed = true
      calls.dispose()
    },
  }
}
