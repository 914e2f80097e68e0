/** The whole of a Cosmos DB container, for copying it (`raw-store.ts`). */
import type { Instant } from '../../domain/values.ts'
import { limits } from '../limits.ts'
import type { Fields, RawDocument, RawStore } from '../raw-store.ts'
import type { Clock } from '../store.ts'
import { body, documentOf, done, type Operation, type Raw } from './cosmos-batch.ts'
import type { Calls } from './cosmos-calls.ts'
import { Failure, persistence, type RetryBudget } from './cosmos-failure.ts'

/** Nobody waits for a copy, and it drives a container to the limit of its throughput: 429 again and again. */
export const untilDone: RetryBudget = {
  ...{ total: 300_000, least: 1_000, firstPause: 200 },
  ...{ read: 30_000, write: 30_000, query: 30_000 },
}

const pageSize = 500
/** Batches under way at a time: of people's own partitions there are many, with one document each. */
const atOnce = 8
/** All that is asked here may be done twice. */
const always = () => true

export function shelfOn(calls: Calls, patience: RetryBudget, clock: Clock, name: string): RawStore {
  /** Of one partition. */
  async function upsert(docs: readonly RawDocument[]): Promise<void> {
    const now = Date.parse(clock())
    const operations = docs.flatMap(({ fields, expires }): Operation[] => {
      if (expires === undefined) return [{ operationType: 'Upsert', resourceBody: body(fields) }]
      const ttl = Math.ceil((Date.parse(expires) - now) / 1000)
      return ttl < 1 ? [] : [{ operationType: 'Upsert', resourceBody: body({ ...fields, ttl }) }]
    })
    if (operations.length === 0) return
    await persistence(patience)(patience.write, always, async signal => {
      const results = await calls.batch(docs[0]?.fields.pk ?? '', operations, signal)
      const statuses = results?.map(({ statusCode }) => statusCode) ?? []
      if (statuses.length === operations.length && statuses.every(done)) return
      throw new Failure(statuses.find(status => !done(status) && status !== 424))
    })
  }

  return {
    name,

    async page(from) {
      const ask = (signal: AbortSignal) => calls.page(from, pageSize, signal)
      const { docs, next } = await persistence(patience)(patience.query, always, ask)
      return { docs: docs.map(lying), next }
    },

    async get(key) {
      const raw = await persistence(patience)(patience.read, always, signal => calls.read(key, signal))
      return raw && lying(raw)
    },

    async put(docs) {
      const batches = inBatches(docs)
      while (batches.length > 0) await Promise.all(batches.splice(0, atOnce).map(upsert))
    },

    async remove({ pk, id }) {
      const operations: Operation[] = [{ operationType: 'Delete', id }]
      await persistence(patience)(patience.write, always, async signal => {
        const status = (await calls.batch(pk, operations, signal))?.[0]?.statusCode
        if (!done(status) && status !== 404) throw new Failure(status)
      })
    },

    close: async () => calls.dispose(),
  }
}

function lying(raw: Raw): RawDocument {
  const fields: Fields = documentOf(raw)
  if (raw.ttl === undefined) return { fields }
  const expires: Instant = new Date((raw._ts + raw.ttl) * 1000).toISOString()
  return { fields, expires }
}

/** As few as a batch's limits allow, each of one partition. */
function inBatches(docs: readonly RawDocument[]): (readonly RawDocument[])[] {
  const batches: RawDocument[][] = []
  for (const together of Map.groupBy(docs, ({ fields }) => fields.pk).values()) {
    let batch: RawDocument[] = []
    let bytes = Number.POSITIVE_INFINITY
    for (const each of together) {
      const size = Buffer.byteLength(JSON.stringify(each.fields))
      if (bytes + size > limits.bytes || batch.length === limits.writes) {
        batch = []
        bytes = 0
        batches.push(batch)
      }
      batch.push(each)
      bytes += size
    }
  }
  return batches
}
