/**
 * The port's writes as operations of a transactional batch, and a batch's results in the port's words. Sources:
 * Microsoft Learn, "Transactional batch operations in Azure Cosmos DB" and "Partial document update".
 */
import { conditionText } from '../conditions.ts'
import type { Document } from '../documents.ts'
import { StoreMisuse } from '../errors.ts'
import { operations, type Operation as PatchOperation } from '../patch.ts'
import type { Committed, Conflict, Stored, Write } from '../store.ts'
import { Failure } from './cosmos-failure.ts'

type Json = string | number | boolean | null | Json[] | { [field: string]: Json }

/** A document as it lies in the container: with fields of Cosmos DB, ours of a batch, and `ttl`, which runs from `_ts`. */
export type Raw<D extends object = Document> = D & {
  readonly _etag: string
  /** Seconds since 1970. */
  readonly _ts: number
  readonly ttl?: number
  readonly [markField]?: string
}

/**
 * The batch that wrote a document whole, so that it is recognised when the answer was lost. Underlined like the fields
 * of Cosmos DB, which callers cannot use and never see.
 */
export const markField = '_batch'

export type Operation =
  | { operationType: 'Create' | 'Upsert'; resourceBody: { [field: string]: Json } }
  | { operationType: 'Replace'; id: string; resourceBody: { [field: string]: Json }; ifMatch: string }
  | { operationType: 'Patch'; id: string; resourceBody: { operations: PatchOperation[]; condition: string } }
  | { operationType: 'Delete'; id: string }

/** What the SDK gives for each operation. */
export type Result = { readonly statusCode: number; readonly resourceBody?: unknown }

/** @param version of the shapes this program writes and patches. */
export function operationOf(write: Write, mark: string, version: number): Operation {
  switch (write.op) {
    case 'create':
      return { operationType: 'Create', resourceBody: whole(write, mark) }
    case 'put': {
      const resourceBody = whole(write, mark)
      if (write.etag === undefined) return { operationType: 'Upsert', resourceBody }
      return { operationType: 'Replace', id: write.doc.id, resourceBody, ifMatch: exactly(write.etag) }
    }
    case 'patch': {
      const resourceBody = { operations: [...operations(write.set)], condition: conditionText(write.where, version) }
      return { operationType: 'Patch', id: write.key.id, resourceBody }
    }
    case 'remove':
      return { operationType: 'Delete', id: write.key.id }
  }
}

/** `ttl` is absent, and so not set, where the document is to stay. */
function whole({ doc, ttl }: Extract<Write, { op: 'create' | 'put' }>, mark: string) {
  return body({ ...doc, [markField]: mark, ...(ttl !== undefined && { ttl }) })
}

/** A copy as of now: the batch may be sent twice, and the caller may change its object in between. */
export function body(doc: object): { [field: string]: Json } {
  return JSON.parse(JSON.stringify(doc))
}

/** Cosmos DB takes `*`, and nothing, for any version. */
export function exactly(etag: string): string {
  return etag === '' || etag === '*' ? '"none"' : etag
}

/** Such a batch cannot be done twice: the second time its id is taken or its version gone. */
export function happensOnce(writes: readonly Write[]): boolean {
  return writes.some(write => write.op === 'create' || (write.op === 'put' && write.etag !== undefined))
}

/**
 * A batch that failed resolves as well (207): one result says why, all others 424. @throws Failure when that is not
 * about the data (429 …) or the results are not all there; StoreMisuse for what no engine does.
 */
export function committed(writes: readonly Write[], results: Result[] | undefined): Committed {
  if (results?.length !== writes.length) throw new Failure()
  const failed = results.findIndex(({ statusCode }) => !done(statusCode) && statusCode !== 424)
  const write = writes[failed]
  if (write) return { ok: false, failed, conflict: conflictOf(write, results[failed]?.statusCode, failed) }
  if (!results.every(({ statusCode }) => done(statusCode))) throw new Failure()
  return { ok: true, docs: writes.map((write, index) => left(write, results[index])) }
}

/** @param status absent where there was no answer. */
export const done = (status = 0) => status >= 200 && status < 300

function conflictOf({ op }: Write, status: number | undefined, index: number): Conflict {
  if (status === 409 && op === 'create') return 'exists'
  if (status === 412 && op === 'put') return 'changed'
  if (status === 412 && op === 'patch') return 'condition'
  if (status === 404) return 'missing'
  if (status === 413) throw new StoreMisuse(`Write ${index} (${op}) makes a document of over 2 MB: split the document.`)
  if (status === 400) {
    throw new StoreMisuse(
      op === 'patch'
        ? `Write ${index} sets a field whose parent or place is not there: create the parent with the document.`
        : `Write ${index} (${op}) is taken for a mistake (400): compare it with the rules of Cosmos DB.`,
    )
  }
  throw new Failure(status)
}

function left({ op }: Write, result: Result | undefined): Stored<Document> | undefined {
  if (op === 'remove') return undefined
  const raw = result?.resourceBody as Raw | undefined
  if (!raw?._etag) throw new Failure()
  return { doc: documentOf(raw), etag: raw._etag }
}

/** Without the fields that are not the document's. */
export function documentOf<D extends object>(raw: Raw<D>): D {
  const own: Record<string, unknown> = {}
  for (const field of Object.keys(raw)) {
    if (field !== 'ttl' && !field.startsWith('_')) own[field] = raw[field as keyof typeof raw]
  }
  return own as D
}
