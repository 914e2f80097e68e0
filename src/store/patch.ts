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

/** Changes the document. Parents and list elements must be there already. @throws StoreMisuse where they are not. */
export function patch(doc: object, set: readonly FieldChange[]): void {
  for (const change of set) {
    const steps = change.path.split('/').slice(1)
    const field = steps.pop() ?? ''
    const parent = steps.reduce<unknown>(child, doc)
    if (typeof parent !== 'object' || parent === null || (Array.isArray(parent) && !has(parent, field))) {
      throw new StoreMisuse(
        `A patch sets ${change.path}, whose parent is not there: create the parent with the document.`,
      )
    }
    if (change.by !== undefined) Object.assign(parent, { [field]: counted(parent, child(parent, field), change) })
    else if (change.value !== undefined) Object.assign(parent, { [field]: change.value })
    else if (Array.isArray(parent)) parent.splice(Number(field), 1)
    else Reflect.deleteProperty(parent, field)
  }
}

function child(node: unknown, field: string): unknown {
  return typeof node === 'object' && node !== null && has(node, field) ? node[field] : undefined
}

/** What Cosmos DB does to an element of a list is nowhere written, so that none is counted on. */
function counted(parent: object, from: unknown = 0, { path, by }: Extract<FieldChange, { by: number }>): number {
  if (typeof from === 'number' && !Array.isArray(parent)) return from + by
  throw new StoreMisuse(`A patch counts on ${path}, which is no number of an object: set it instead.`)
}

function has(node: object, field: string): node is Record<string, unknown> {
  return Object.hasOwn(node, field) && !(Array.isArray(node) && field === 'length')
}
