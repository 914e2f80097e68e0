/** One container: its documents, each with an `_etag` and `_ts`, its time to live, and what one operation does to it. */
import { randomUUID } from 'node:crypto'
import { isObject, type Json, type JsonObject, Refusal } from './answer.ts'
import { patch } from './patch.ts'

const mostBytes = 2 * 1024 * 1024

/** One operation of a batch, as the SDK sends it; a single delete is one too. */
export type Operation = {
  readonly operationType: string
  readonly id?: string
  readonly ifMatch?: string
  readonly resourceBody?: Json
}

export type Container = ReturnType<typeof createContainer>

/** The field with the partition key: `/pk`, unless the container says another. */
function keyFieldOf({ partitionKey }: JsonObject): string {
  const [path] = isObject(partitionKey) && Array.isArray(partitionKey.paths) ? partitionKey.paths : []
  return typeof path === 'string' ? path.slice(1) : 'pk'
}

/** @param seconds the clock, whole seconds since 1970; what has expired is not there for anybody. */
export function createContainer(definition: JsonObject, seconds: () => number) {
  const documents = new Map<string, JsonObject>()
  let changes = 0
  /** What was there before each write of the batch that is under way. */
  let before: [place: string, doc: JsonObject | undefined][] | undefined
  const keyField = keyFieldOf(definition)
  const expires = definition.defaultTtl !== undefined
  const place = (pk: string, id: string) => JSON.stringify([pk, id])

  function get(pk: string, id: string): JsonObject | undefined {
    const doc = documents.get(place(pk, id))
    return doc && alive(doc) ? doc : undefined
  }

  function alive({ ttl, _ts }: JsonObject): boolean {
    return !expires || typeof ttl !== 'number' || seconds() < Number(_ts) + ttl
  }

  function lay(at: string, doc: JsonObject | undefined): void {
    before?.push([at, documents.get(at)])
    if (doc) documents.set(at, doc)
    else documents.delete(at)
    changes++
  }

  function write(pk: string, body: Json | undefined): JsonObject {
    if (!isObject(body) || typeof body.id !== 'string' || body.id === '')
      throw new Refusal(400, 'A document without id')
    if (body[keyField] !== pk)
      throw new Refusal(400, 'PartitionKey extracted from document does not match the one in the header')
    if (/[/\\?#]/.test(body.id) || body.id.length > 255) throw new Refusal(400, 'The id is invalid')
    if (body.ttl !== undefined && !(Number.isInteger(body.ttl) && Number(body.ttl) > 0)) throw new Refusal(400, 'ttl')
    const doc = { ...body, _rid: 'rid', _self: 'self', _attachments: 'attachments/' }
    const stamped = { ...doc, _etag: `"${randomUUID()}"`, _ts: seconds() }
    if (Buffer.byteLength(JSON.stringify(stamped)) > mostBytes) throw new Refusal(413)
    lay(place(pk, body.id), stamped)
    return stamped
  }

  /** The document as it lies there then; undefined when it is gone. @throws Refusal 404, 409, 412, 413, 400. */
  function apply(pk: string, { operationType, id = '', ifMatch, resourceBody }: Operation): JsonObject | undefined {
    const named = operationType === 'Create' || operationType === 'Upsert'
    const found = get(pk, named && isObject(resourceBody) ? String(resourceBody.id) : id)
    if (!found && !named) throw new Refusal(404)
    if (ifMatch !== undefined && ifMatch !== '*' && found?._etag !== ifMatch) throw new Refusal(412)
    switch (operationType) {
      case 'Create':
        if (found) throw new Refusal(409)
        return write(pk, resourceBody)
      case 'Upsert':
        return write(pk, resourceBody)
      case 'Replace':
        if (!isObject(resourceBody) || resourceBody.id !== id) throw new Refusal(400, 'A replace keeps the id')
        return write(pk, resourceBody)
      case 'Patch':
        return write(pk, patch(found ?? {}, resourceBody))
      case 'Delete':
        lay(place(pk, id), undefined)
        return undefined
      default:
        throw new Refusal(400, `No operation ${operationType}`)
    }
  }

  /** All of `work` or nothing of it: when it throws, everything is as before. Nothing else runs in between. */
  function atomically<T>(work: () => T): T {
    before = []
    try {
      return work()
    } catch (error) {
      for (const [at, doc] of before.toReversed()) lay(at, doc)
      throw error
    } finally {
      before = undefined
    }
  }

  return {
    definition,
    get,
    apply,
    atomically,
    all: () => [...documents.values()].filter(alive),
    sessionToken: () => `0:-1#${changes}`,
  }
}
