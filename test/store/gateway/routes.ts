/**
 * Which request is which, and who answers it: the part of the REST interface that `src/store/cosmos/cosmos.ts` makes use of, and
 * the single upsert of Microsoft's `CosmosDbPartitionedStorage`.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, isObject, type Json, Refusal } from './answer.ts'
import { batch } from './batch.ts'
import { type Container, createContainer } from './container.ts'
import type { RequestKind } from './faults.ts'
import { plan, query } from './query.ts'

export type Request = {
  readonly method: string
  /** Decoded parts of the path. */
  readonly path: readonly string[]
  readonly headers: IncomingHttpHeaders
  readonly body: Json | undefined
}

/** Documents in a page at most, whatever the client asks for. */
export type RouteOptions = { readonly seconds: () => number; readonly url: () => string; readonly pageSize: number }

export function kindOf({ method, path, headers }: Request): RequestKind {
  const [, , , , below] = path
  const shape = `${method} ${path.length}`
  if (shape === 'GET 0') return 'account'
  if (path[0] !== 'dbs' || (path.length > 2 && path[2] !== 'colls')) return 'unknown'
  if (shape === 'GET 2' || shape === 'POST 1') return 'database'
  if (shape === 'GET 4' || shape === 'POST 3') return 'container'
  if (shape === 'GET 5' && below === 'pkranges') return 'ranges'
  if (below !== 'docs') return 'unknown'
  if (shape === 'GET 6') return 'read'
  if (shape === 'DELETE 6') return 'delete'
  if (shape !== 'POST 5') return 'unknown'
  if (is(headers['x-ms-cosmos-is-batch-request']) && is(headers['x-ms-cosmos-batch-atomic'])) return 'batch'
  if (is(headers['x-ms-cosmos-is-query-plan-request'])) return 'plan'
  if (is(headers['x-ms-documentdb-isquery'])) return 'query'
  if (is(headers['x-ms-documentdb-is-upsert'])) return 'upsert'
  return 'unknown'
}

const is = (header: string | string[] | undefined) => /^true$/i.test(String(header))

export function createRoutes({ seconds, url, pageSize }: RouteOptions) {
  const databases = new Map<string, Map<string, Container>>()

  function containers([, database = '']: readonly string[]): Map<string, Container> {
    const found = databases.get(database)
    if (!found) throw new Refusal(404, 'Owner resource does not exist', { 'x-ms-substatus': '1003' })
    return found
  }

  function container(path: readonly string[]): Container {
    const found = containers(path).get(path[3] ?? '')
    if (!found) throw new Refusal(404, 'Owner resource does not exist', { 'x-ms-substatus': '1003' })
    return found
  }

  function define<T>(into: Map<string, T>, body: Json | undefined, make: (id: string) => T): Answer {
    if (!isObject(body) || typeof body.id !== 'string') throw new Refusal(400)
    if (into.has(body.id)) throw new Refusal(409)
    into.set(body.id, make(body.id))
    return { status: 201, body: { ...body, _rid: 'rid', _self: 'self', _etag: '"1"', _ts: seconds() } }
  }

  function document(request: Request, kind: RequestKind): Answer {
    const { path, headers, body } = request
    const at = container(path)
    const pk = partitionKey(headers)
    const ifMatch = headers['if-match']
    const condition = ifMatch === undefined ? {} : { ifMatch }
    const headersOf = (etag: Json | undefined) => ({
      'x-ms-session-token': at.sessionToken(),
      etag: String(etag ?? ''),
    })
    switch (kind) {
      case 'read': {
        const doc = at.get(pk ?? '', path[5] ?? '')
        if (!doc) throw new Refusal(404, 'Resource Not Found', { 'x-ms-session-token': at.sessionToken() })
        if (headers['if-none-match'] !== undefined) throw new Refusal(400, 'The gateway knows no If-None-Match')
        return { status: 200, body: doc, headers: headersOf(doc._etag) }
      }
      case 'delete':
        at.apply(pk ?? '', { operationType: 'Delete', id: path[5] ?? '', ...condition })
        return { status: 204, headers: headersOf('') }
      case 'upsert': {
        if (pk === undefined || body === undefined) throw new Refusal(400, 'A write has a partition key and a body')
        const doc = at.apply(pk, { operationType: 'Upsert', resourceBody: body, ...condition })
        return { status: 200, body: doc ?? null, headers: headersOf(doc?._etag) }
      }
      case 'batch': {
        if (pk === undefined) throw new Refusal(400, 'A batch has a partition key')
        const answer = batch(at, pk, body)
        return { ...answer, headers: headersOf('') }
      }
      case 'plan':
        return plan(body)
      default: {
        const [, from = '0'] = /^page-(\d+)$/.exec(String(headers['x-ms-continuation'] ?? '')) ?? []
        // -1: no limit of the client's.
        const wanted = Number(headers['x-ms-max-item-count'] ?? -1)
        return query(at, body, pk, Number(from), wanted === -1 ? pageSize : Math.min(pageSize, wanted))
      }
    }
  }

  /** @throws Refusal. Everything is done at once: nothing else runs in between. */
  return function answer(request: Request, kind: RequestKind): Answer {
    const { method, path, body } = request
    const at = { name: 'Here', databaseAccountEndpoint: url() }
    switch (kind) {
      case 'account':
        return { status: 200, body: { id: 'local', writableLocations: [at], readableLocations: [at] } }
      case 'database':
        if (method === 'POST') return define(databases, body, () => new Map<string, Container>())
        containers(path)
        return { status: 200, body: { id: path[1] ?? '', _rid: 'rid' } }
      case 'container':
        if (method === 'GET') return { status: 200, body: container(path).definition }
        return define(containers(path), body, () => createContainer(isObject(body) ? body : {}, seconds))
      case 'ranges': {
        container(path)
        const ranges = [{ id: '0', minInclusive: '', maxExclusive: 'FF', _rid: 'rid', parents: [] }]
        return { status: 200, body: { _rid: 'rid', PartitionKeyRanges: ranges, _count: 1 }, headers: { etag: '"1"' } }
      }
      case 'unknown':
        throw new Refusal(400, `The gateway does not know ${method} /${path.join('/')}`)
      default:
        return document(request, kind)
    }
  }
}

export function partitionKey(headers: IncomingHttpHeaders): string | undefined {
  const text = headers['x-ms-documentdb-partitionkey']
  if (text === undefined) return undefined
  const key: unknown = JSON.parse(String(text))
  if (Array.isArray(key) && key.length === 1 && typeof key[0] === 'string') return key[0]
  throw new Refusal(400, 'Not a partition key the gateway knows')
}
