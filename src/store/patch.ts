/** Field changes as the operations of a Cosmos DB patch, and what those do to a document. */

import { StoreMisuse } from './errors.ts'
import type { FieldChange } from './store.ts'

export type Operation =
  | { readonly op: 'set' | 'incr'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }

/**
 * Cosmos DB refuses to remove a field that is not there, and a change must not depend on that: the field is set first.
 * So a removal counts as two of the ten operations.
 */
export function operations(set: readonly FieldChange[]): readonly Operation[] {
  return set.flatMap((change): Operation[] => {
    const { path } = change
    if (change.by !== undefined) return [{ op: 'incr', path, value: change.by }]
    if (change.value !== undefined) return [{ op: 'set', path, value: change.value }]
    return [
      { op: 'set', path, value: null },
      { op: 'remove', path },
    ]
  })
}

/**
 * The document after the changes; the one given stays as it is, and what is not changed is shared with it. Parents and list
 * elements must be there already.
 */
export function patched<D extends object>(doc: D, set: readonly FieldChange[]): D {
  return set.reduce((result, change) => changed(result, change.path.split('/').slice(1), change), doc)
}

function changed<D extends object>(node: D, [field = '', ...rest]: readonly string[], change: FieldChange): D {
  const copy = (Array.isArray(node) ? [...node] : { ...node }) as D
  const child: unknown = has(node, field) ? node[field] : undefined
  if (rest.length > 0 ? typeof child !== 'object' || child === null : Array.isArray(node) && !has(node, field)) {
    throw new StoreMisuse(
      `A patch sets ${change.path}, whose parent is not there: create the parent with the document.`,
    )
  }
  if (rest.length > 0) Object.assign(copy, { [field]: changed(child as object, rest, change) })
  else if (change.by !== undefined) Object.assign(copy, { [field]: counted(node, child, change) })
  else if (change.value !== undefined) Object.assign(copy, { [field]: change.value })
  else if (Array.isArray(copy)) copy.splice(Number(field), 1)
  else Reflect.deleteProperty(copy, field)
  return copy
}

/** What Cosmos DB does to an element of a list is nowhere written, so that none is counted on. */
function counted(node: object, from: unknown = 0, { path, by }: Extract<FieldChange, { by: number }>): number {
  if (typeof from === 'number' && !Array.isArray(node)) return from + by
  throw new StoreMisuse(`A patch counts on ${path}, which is no number of an object: set it instead.`)
}

function has(node: object, field: string): node is Record<string, unknown> {
  return Object.hasOwn(node, field) && !(Array.isArray(node) && field === 'length')
}
