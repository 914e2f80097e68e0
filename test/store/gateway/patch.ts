/** Partial document update, `set`, `incr` and `remove` alone. Source: Microsoft Learn, "Partial document update". */
import { isObject, type Json, type JsonObject, Refusal } from './answer.ts'
import { where } from './where.ts'

/** @throws Refusal 412 when the condition does not hold, 400 for a path whose parent is not there. */
export function patch(doc: JsonObject, resourceBody: Json | undefined): JsonObject {
  if (!isObject(resourceBody)) throw new Refusal(400, 'A patch without a body')
  const { operations, condition, ...unknown } = resourceBody
  if (!Array.isArray(operations) || Object.keys(unknown).length > 0)
    throw new Refusal(400, 'Not a patch the gateway knows')
  if (operations.length < 1 || operations.length > 10) throw new Refusal(400, 'A patch has 1 to 10 operations')
  if (condition !== undefined) {
    const [, text] = /^FROM c WHERE (.*)$/s.exec(String(condition)) ?? []
    if (text === undefined) throw new Refusal(400, 'Not a condition the gateway knows')
    if (!where(text)(doc)) throw new Refusal(412)
  }
  const result = structuredClone(doc)
  for (const operation of operations) apply(result, operation)
  return result
}

function apply(doc: JsonObject, operation: Json): void {
  if (!isObject(operation)) throw new Refusal(400)
  const { op, path, value, ...unknown } = operation
  if (Object.keys(unknown).length > 0 || typeof path !== 'string' || !path.startsWith('/')) throw new Refusal(400)
  if (/^\/(id|pk|_rid|_ts|_etag)(\/|$)/.test(path)) throw new Refusal(400, 'Not a field to patch')
  const steps = path.slice(1).split('/')
  const field = steps.pop() ?? ''
  let parent: Json | undefined = doc
  for (const step of steps) parent = child(parent, step)
  const index = Number(field)
  if (Array.isArray(parent)) {
    // What a set does at the end of an array is nowhere written; the store keeps away from it.
    if (!/^\d+$/.test(field) || index >= parent.length) throw new Refusal(400, 'Index out of bounds')
    if (op === 'set' && value !== undefined) parent[index] = value
    else if (op === 'remove') parent.splice(index, 1)
    else throw new Refusal(400, `No operation ${op}`)
  } else if (isObject(parent)) {
    if (op === 'set' && value !== undefined) parent[field] = value
    else if (op === 'incr') parent[field] = increased(parent[field], value)
    else if (op !== 'remove') throw new Refusal(400, `No operation ${op}`)
    else if (Object.hasOwn(parent, field)) delete parent[field]
    else throw new Refusal(400, 'Nothing there to remove')
  } else throw new Refusal(400, 'The parent of the path is not there')
}

/** A field that is not there begins at 0. */
function increased(from: Json = 0, by: Json | undefined): number {
  if (typeof from !== 'number' || typeof by !== 'number') throw new Refusal(400, 'Only numbers are increased')
  return from + by
}

function child(value: Json | undefined, step: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? value[Number(step)] : undefined
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}
