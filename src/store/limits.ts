/**
 * What Cosmos DB refuses, refused in every engine and before anything is written: a program that works on the embedded
 * engine must not fail on the first day in production. Messages name the mend and never quote a document.
 */
import { conditionText } from './conditions.ts'
import { type Document, type Key, type Kind, schemaVersion } from './documents.ts'
import { StoreMisuse } from './errors.ts'
import { operations } from './patch.ts'
import type { Write } from './store.ts'

export const limits = {
  writes: 100,
  /** Of one document and of a whole batch. Cosmos DB's 2 MiB less what its envelope takes. */
  bytes: 2_000_000,
  idLength: 255,
  patchOperations: 10,
  depth: 128,
  ttlSeconds: 2 ** 31 - 1,
} as const

/** Everything that can be known of a batch without looking at what is stored. */
export function checkBatch(pk: string, writes: readonly Write[]): void {
  if (writes.length < 1 || writes.length > limits.writes) {
    throw new StoreMisuse(`A batch has 1 to ${limits.writes} writes, not ${writes.length}: leave it out or split it.`)
  }
  let bytes = 0
  writes.forEach((write, index) => {
    const named = `Write ${index} (${write.op})`
    const key = 'doc' in write ? write.doc : write.key
    checkKey(key, named)
    if (key.pk !== pk) throw new StoreMisuse(`${named} is of another partition: commit it in a batch of its own.`)
    bytes += checkWrite(write, named)
  })
  if (bytes > limits.bytes) {
    throw new StoreMisuse(`The batch has ${bytes} bytes, at most ${limits.bytes}: split it into several.`)
  }
}

/** Keys travel in URLs and headers. */
export function checkKey({ pk, id }: Pick<Key<Kind>, 'pk' | 'id'>, named = 'The key'): void {
  for (const [part, text] of Object.entries({ pk, id })) {
    if (text.length < 1 || text.length > limits.idLength) {
      throw new StoreMisuse(
        `${named} has a ${part} of ${text.length} characters, allowed are 1 to ${limits.idLength}: use a digest.`,
      )
    }
    if (/[/\\?#]|\p{Cc}/u.test(text) || !text.isWellFormed()) {
      throw new StoreMisuse(`${named} has a ${part} with one of / \\ ? # or a broken character in it: use a digest.`)
    }
  }
}

/** A document's text as it is stored; a patch can make it too long as well. */
export function checkSize(text: string, named: string): number {
  const bytes = Buffer.byteLength(text)
  if (bytes > limits.bytes) {
    throw new StoreMisuse(`${named} makes a document of ${bytes} bytes, at most ${limits.bytes}: split the document.`)
  }
  return bytes
}

function checkWrite(write: Write, named: string): number {
  switch (write.op) {
    case 'create':
    case 'put':
      checkTtl(write.ttl, named)
      return checkDocument(write.doc, named)
    case 'patch':
      return checkPatch(write, named)
    case 'remove':
      return 0
  }
}

function checkTtl(ttl: number | undefined, named: string): void {
  if (ttl === undefined || (Number.isInteger(ttl) && ttl >= 1 && ttl <= limits.ttlSeconds)) return
  throw new StoreMisuse(`${named} has a ttl of ${ttl}: give whole seconds, at least 1, or none.`)
}

function checkDocument(doc: Document, named: string): number {
  for (const field of Object.keys(doc)) {
    if (field === 'ttl' || field.startsWith('_')) {
      throw new StoreMisuse(`${named} has a field ${field}, which belongs to the engine: rename it.`)
    }
  }
  checkJson(doc, named)
  return checkSize(JSON.stringify(doc), named)
}

function checkPatch({ set, where }: Extract<Write, { op: 'patch' }>, named: string): number {
  const ops = operations(set)
  if (ops.length < 1 || ops.length > limits.patchOperations) {
    throw new StoreMisuse(
      `${named} needs ${ops.length} operations (a removal needs two), allowed are 1 to ${limits.patchOperations}: put the document instead.`,
    )
  }
  for (const { path, ...what } of set) {
    // Letters and digits need no escapes, append to no array ("-") and reach no prototype.
    if (!/^(\/[A-Za-z0-9][A-Za-z0-9:_-]*)+$/.test(path)) {
      throw new StoreMisuse(`${named} has a path that is not made of /letters/and/digits: put the document instead.`)
    }
    if (/^\/(pk|id|type|schemaVersion|ttl)(\/|$)/.test(path)) {
      throw new StoreMisuse(`${named} would change ${path}, which a document keeps: create another document.`)
    }
    if (what.by !== undefined && !Number.isSafeInteger(what.by)) {
      throw new StoreMisuse(`${named} counts by ${what.by}: give a whole number.`)
    }
    checkJson(what.by ?? what.value, `${named}, ${path}`)
  }
  return Buffer.byteLength(JSON.stringify(ops) + conditionText(where, schemaVersion))
}

/** JSON would change these silently: NaN to null, a Date to a text, a Map to {}. An `undefined` field is left out. */
function checkJson(value: unknown, named: string, depth = 0): void {
  if (depth > limits.depth) throw new StoreMisuse(`${named} is nested more than ${limits.depth} deep: flatten it.`)
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return
  if (Number.isFinite(value)) return
  if (Array.isArray(value) && !value.includes(undefined)) {
    for (const each of value) checkJson(each, named, depth + 1)
  } else if (plain.includes(Object.getPrototypeOf(value))) {
    for (const [field, each] of Object.entries(value)) checkJson(each, `${named}, ${field}`, depth + 1)
  } else {
    throw new StoreMisuse(`${named} holds what JSON cannot say (NaN, Date, Map …): store a text, a number or a list.`)
  }
}

/** Prototypes of objects that are nothing but their fields; `Object.groupBy` makes some without any. */
const plain: readonly unknown[] = [Object.prototype, null]
