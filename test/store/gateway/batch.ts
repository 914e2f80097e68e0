/** A transactional batch: 200 with a result each, or 207 in which one says why and all others 424. */
import { type Answer, isObject, type Json, type JsonObject, Refusal } from './answer.ts'
import type { Container, Operation } from './container.ts'

const known = ['operationType', 'id', 'ifMatch', 'resourceBody']
const success: Readonly<Record<string, number>> = { Create: 201, Delete: 204 }

/** Thrown to undo the batch. */
class Undone extends Error {
  readonly failed: number
  readonly status: number

  constructor(failed: number, status: number) {
    super('A batch was undone')
    this.failed = failed
    this.status = status
  }
}

export function batch(container: Container, pk: string, body: Json | undefined): Answer {
  if (!Array.isArray(body) || body.length < 1 || body.length > 100) throw new Refusal(400, 'A batch of 1 to 100')
  const operations = body.map(operation)
  try {
    return {
      status: 200,
      body: container.atomically(() => operations.map((each, no) => result(container, pk, each, no))),
    }
  } catch (error) {
    if (!(error instanceof Undone)) throw error
    const results = operations.map((_each, no) => ({
      statusCode: no === error.failed ? error.status : 424,
      requestCharge: 0,
    }))
    return { status: 207, body: results }
  }
}

function operation(value: Json): Operation {
  if (!isObject(value)) throw new Refusal(400)
  const unknown = Object.keys(value).filter(field => !known.includes(field))
  if (unknown.length > 0) throw new Refusal(400, `The gateway does not know ${unknown}`)
  const { operationType, id, ifMatch, resourceBody } = value
  return {
    operationType: String(operationType),
    ...(id === undefined ? {} : { id: String(id) }),
    ...(ifMatch === undefined ? {} : { ifMatch: String(ifMatch) }),
    ...(resourceBody === undefined ? {} : { resourceBody }),
  }
}

function result(container: Container, pk: string, each: Operation, no: number): JsonObject {
  try {
    const doc = container.apply(pk, each)
    const statusCode = success[each.operationType] ?? 200
    return { statusCode, requestCharge: 10, ...(doc ? { eTag: doc._etag ?? null, resourceBody: doc } : {}) }
  } catch (error) {
    if (error instanceof Refusal) throw new Undone(no, error.answer.status)
    throw error
  }
}
