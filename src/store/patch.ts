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

/**
 * The document after the changes; the one given stays as it is, and what is not changed is shared with it. Parents and list
 * elements must be there already.
 */
export function patched<D extends object>(doc: D, set: readonly FieldChange[]): D {
  return set.reduce((result, change) => changed(result, change.path.split('/').slice(1), change), doc)
}

function changed<D extends object>(node: D, [field = '', ...rest]: readonly string[], { path, value }: FieldChange): D {
  const copy = (Array.isArray(node) ? [...node] : { ...node }) as D
  const child: unknown = has(node, field) ? node[field] : undefined
  if (rest.length > 0 ? typeof child !== 'object' || child === null : Array.isArray(node) && !has(node, field)) {
    throw new StoreMisuse(`A patch sets ${path}, whose parent is not there: create the parent with the document.`)
  }
  if (rest.length > 0) Object.assign(copy, { [field]: changed(child as object, rest, { path, value }) })
  else if (value !== undefined) Object.assign(copy, { [field]: value })
  else if (Array.isArray(copy)) copy.splice(Number(field), 1)
  else Reflect.deleteProperty(copy, field)
  return copy
}

function has(node: object, field: string): node is Record<string, unknown> {
  return Object.hasOwn(node, field) && !(Array.isArray(node) && field === 'length')
}
