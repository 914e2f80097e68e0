/**
 * What the store asks of Cosmos DB, one request each unless said otherwise. `cosmos.ts` makes them with Microsoft's
 * client, which nothing else here needs to know. They reject with the client's errors; `cosmos-failure.ts` reads those.
 */

import type { Document, Stamped } from '../documents.ts'
import type { Parameters } from '../queries.ts'
import type { Operation, Raw, Result } from './cosmos-batch.ts'

type Place = { readonly pk: string; readonly id: string }

export type Question = {
  /** Query text over container `c`. */
  readonly text: string
  readonly parameters: Parameters
  /** Keeps it to one partition. */
  readonly pk?: string | undefined
  /** Ends once so many are found. */
  readonly atMost?: number | undefined
}

export type Calls = {
  /** Undefined when there is no such document. */
  readonly read: <D extends Stamped = Document>(key: Place, signal: AbortSignal) => Promise<Raw<D> | undefined>
  readonly batch: (pk: string, operations: Operation[], signal: AbortSignal) => Promise<Result[] | undefined>
  /** Removes exactly this version; rejects when it is not there. */
  readonly remove: (key: Place, etag: string, signal: AbortSignal) => Promise<void>
  /** One request for the plan, and one for each page. */
  readonly find: <D extends Stamped = Document>(question: Question, signal: AbortSignal) => Promise<readonly Raw<D>[]>
  /** One page of the whole container, which `next` goes on from in any other process; a plan and a page. */
  readonly page: (
    from: string | undefined,
    size: number,
    signal: AbortSignal,
  ) => Promise<{ readonly docs: readonly Raw[]; readonly next?: string | undefined }>
  readonly dispose: () => void
}
