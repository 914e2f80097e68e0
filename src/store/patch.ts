/** Field changes as the operations of a Cosmos DB patch, and what those do to a document. */

import { StoreMisuse } from './errors.ts'
import type { FieldChange } from './store.ts'

export type Operation =
  | { readonly op: 'set'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }

/**
 * Cosmos DB refuses to remove a field that is not there, and a change must not depend on that: the field is set first.
 * So a removal counts as two of the ten operations.
 */
export function operations(set: readonly FieldChange[]): readonly Operation[] {
  return set.flatMap(({ path, value }): Operation[] =>
    value === undefined
      ? [
          { op: 'set', path, value: null },
          { op: 'remove', path },
        ]
      : [{ op: 'set', path, value }],
  )
}

/** The document after the changes; the one given stays as it is. Parents and list elements must be there already. */
export function patched<D extends object>(doc: D, set: readonly FieldChange[]): D {
  const result = structuredClone(doc)
  for (const { path, value } of set) {
    const steps = path.split('/').slice(1)
    const field = steps.pop() ?? ''
    let parent: unknown = result
    for (const step of steps) parent = has(parent, step) ? parent[step] : undefined
    if (typeof parent !== 'object' || parent === null || (Array.isArray(parent) && !has(parent, field))) {
      throw new StoreMisuse(`A patch sets ${path}, whose parent is not there: create the parent with the document.`)
    }
    if (value !== undefined) Object.assign(parent, { [field]: structuredClone(value) })
    else if (Array.isArray(parent)) parent.splice(Number(field), 1)
    else Reflect.deleteProperty(parent, field)
  }
  return result
}

function has(value: unknown, field: string): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, field) && !(Array.isArray(value) && field === 'length')
}
