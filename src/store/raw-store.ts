/**
 * The whole of a store, document by document as it lies there: for copying it to another engine (`copy.ts`) and for
 * nothing else. It is no part of the port (`store.ts`), so no turn can reach anybody's words by it.
 */
import type { Instant } from '../domain/values.ts'

/** A document's own fields, whatever version or kind they are of; nothing in them is the engine's. */
export type Fields = {
  readonly pk: string
  readonly id: string
  readonly type: string
  readonly [field: string]: unknown
}

export type RawDocument = {
  readonly fields: Fields
  /** When it will be gone; absent: never. */
  readonly expires?: Instant
}

export type Page = {
  readonly docs: readonly RawDocument[]
  /** Where the next page begins, in this process or another; absent: this was the last one. A page may be empty. */
  readonly next?: string | undefined
}

export interface RawStore {
  /** Which store this is, in messages and for recognising it. */
  readonly name: string
  /** Some of the documents, each on one page, as long as nobody writes. What has expired is left out. */
  page(from?: string): Promise<Page>
  get(key: { readonly pk: string; readonly id: string }): Promise<RawDocument | undefined>
  /** Puts them in the place of whatever is there, so that doing it again changes nothing. Resolves when it is durable. */
  put(docs: readonly RawDocument[]): Promise<void>
  remove(key: { readonly pk: string; readonly id: string }): Promise<void>
  close(): Promise<void>
}
