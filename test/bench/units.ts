/**
 * Request units, ESTIMATED from what Microsoft publishes; nothing here was measured on an account. A point read of 1 KB is
 * 1 and of 100 KB 10; an insert without indexes 5.5 and 50 ("Optimize request cost in Azure Cosmos DB"); a replace twice an
 * insert; a patch no less than a replace ("Partial document update: frequently asked questions"); a query 3.19 at least, and
 * 6.46 with 50 short items ("How to model and partition data … a real-world example"). Linear in between; a few indexed
 * paths are left out; a delete is taken for an insert of 1 KB, a document that is not there for one of 1 KB.
 */
import { isObject, type Json } from '../store/gateway/answer.ts'
import type { Recorded } from './recorder.ts'

const kilobytes = (json: Json | undefined) => Buffer.byteLength(JSON.stringify(json ?? null)) / 1024
const between = (at1: number, at100: number) => (kb: number) => at1 + (Math.max(1, kb) - 1) * ((at100 - at1) / 99)
const read = between(1, 10)
const insert = between(5.5, 50)
const queryFloor = 3.19
const eachItem = (6.46 - 3.19) / 50

/** Of one request; 0 for what Microsoft does not charge, as far as is known (plans, and what the SDK asks about itself). */
export function unitsOf({ kind, asked, told, status }: Recorded): number {
  switch (kind) {
    case 'read':
      return status === 200 ? read(kilobytes(told)) : 1
    case 'delete':
      return insert(1)
    case 'query': {
      const found = isObject(told) && Array.isArray(told.Documents) ? told.Documents : []
      // An item is not found for less than reading its size costs on top of the first KB.
      return found.reduce((sum: number, doc) => sum + Math.max(eachItem, (kilobytes(doc) * 9) / 99), queryFloor)
    }
    case 'batch': {
      const results = Array.isArray(told) ? told : []
      const operations = Array.isArray(asked) ? asked : []
      return operations.reduce((sum: number, each, no) => sum + written(each, results[no]), 0)
    }
    default:
      return 0
  }
}

/** By the size the document has afterwards. */
function written(operation: Json, result: Json | undefined): number {
  if (!isObject(operation) || operation.operationType === 'Delete') return insert(1)
  const size = kilobytes(isObject(result) ? result.resourceBody : undefined)
  return operation.operationType === 'Create' ? insert(size) : 2 * insert(size)
}
