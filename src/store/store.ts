/**
 * The store's port: JSON documents in partitions, point reads, one atomic conditional batch, a closed set of named
 * queries. Both engines promise the same and refuse the same; `test/store/contract.ts` is that promise as a suite.
 */
import type { Instant } from '../domain/values.ts'
import type { Condition } from './conditions.ts'
import type { Document, DocumentOf, Key, Kind } from './documents.ts'
import type { Queries, QueryName } from './queries.ts'

/** A document with the engine's version mark of it, which changes with every write. */
export type Stored<D> = { readonly doc: D; readonly etag: string }

/**
 * A field to set, by JSON path (`/rounds/0/logs/2/answered`); its parent must be there. `undefined` removes the field,
 * whether or not it is there, and counts as two of the ten. `by`, a whole number, is added to the number that is there, or
 * to 0 where there is none.
 */
export type FieldChange =
  | { readonly path: string; readonly value: unknown; readonly by?: undefined }
  | { readonly path: string; readonly by: number }

export type Write =
  /** Fails as `exists` when the id is taken. `ttl` in whole seconds, counted anew from each patch, ended by a put without one. */
  | { readonly op: 'create'; readonly doc: Document; readonly ttl?: number }
  /** With `etag`: replaces exactly that version, fails as `changed` or `missing`. Without: creates or replaces. */
  | { readonly op: 'put'; readonly doc: Document; readonly etag?: string; readonly ttl?: number }
  /** Changes fields of a document for which the named condition holds; fails as `condition` or `missing`. At most 10 fields (Cosmos). */
  | { readonly op: 'patch'; readonly key: Key<Kind>; readonly set: readonly FieldChange[]; readonly where: Condition }
  /** Fails as `missing`. */
  | { readonly op: 'remove'; readonly key: Key<Kind> }

export type Conflict = 'exists' | 'changed' | 'missing' | 'condition'

/**
 * All of a batch or nothing. `docs`: what each write left behind, as a read would return it; undefined for a removal.
 * `failed` names the first write that could not be done.
 */
export type Committed =
  | { readonly ok: true; readonly docs: readonly (Stored<Document> | undefined)[] }
  | { readonly ok: false; readonly failed: number; readonly conflict: Conflict }

export interface Store {
  get<K extends Kind>(key: Key<K>): Promise<Stored<DocumentOf<K>> | undefined>
  /** One partition, 1 to 100 writes, 2 MB. Resolves when the batch is durable; a lost race resolves with `ok: false`. */
  commit(pk: string, writes: readonly Write[]): Promise<Committed>
  /** Removes one document if it is still that version; false when it is not. */
  removeIf(key: Key<Kind>, etag: string): Promise<boolean>
  query<N extends QueryName>(name: N, input: Queries[N]['input']): Promise<readonly Stored<Queries[N]['doc']>[]>
  /** True when the store answers. */
  ping(): Promise<boolean>
  close(): Promise<void>
}

/** The clock the engines use for expiry; an argument, so that tests can move it. */
export type Clock = () => Instant
