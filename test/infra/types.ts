/** Resources against what Microsoft publishes of their types (`types.json`, made by `snapshot.ts`). */

import type { Asked } from './bicep/deployment.ts'
import type { Value } from './bicep/functions.ts'
import type { Deployed } from './bicep/resource.ts'
import published from './types.json' with { type: 'json' }

/** Properties by name, with `required` or `readOnly` before their type. `*`: any name; `?`: whose value tells which type. */
export type ObjectType = Readonly<Record<string, string>>
export type ResourceType = { readonly from: string; readonly types: Readonly<Record<string, ObjectType>> }
export type Snapshot = Readonly<Record<string, ResourceType>>

const snapshot: Snapshot = published

/** Says where and what; nothing when all is as published. Open lists of words count as closed: what is new is added. */
export function* typeFindings({ type, body, place }: Deployed): Generator<string> {
  const known = snapshot[type]
  if (!known) {
    yield `${place} ${type} is not in types.json: add it to snapshot.ts`
    return
  }
  const { dependsOn: _, ...asked } = body
  for (const finding of wrong(asked, 'body', known, '')) yield `${place} ${type} ${finding}`
}

function* wrong(value: Value, asked: string, known: ResourceType, at: string): Generator<string> {
  const type = asked.replace(/^(required|readOnly) /, '').replaceAll("'", '')
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) yield `${at} is no list`
    else for (const [i, item] of value.entries()) yield* wrong(item, type.slice(0, -2), known, `${at}[${i}]`)
    return
  }
  const object = known.types[type]
  if (object) yield* wrongObject(value, object, known, at)
  else if (!fits(value, type)) yield `${at} is ${JSON.stringify(value)}, not ${type}`
}

function fits(value: Value, type: string): boolean {
  if (type === 'any') return true
  if (type === 'string') return typeof value === 'string'
  if (type === 'int') return Number.isInteger(value)
  if (type === 'bool') return typeof value === 'boolean'
  return type.split(' | ').includes(String(value))
}

function* wrongObject(value: Value, object: ObjectType, known: ResourceType, at: string): Generator<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield `${at} is no object`
    return
  }
  const by = object['?']
  if (by !== undefined) {
    const kind = object[String(value[by])]
    if (kind === undefined) yield `${at} has ${by} ${JSON.stringify(value[by])}, which is none of its kinds`
    else yield* wrong(value, kind, known, at)
    return
  }
  for (const [name, each] of Object.entries(value)) {
    const here = at ? `${at}.${name}` : name
    const type = object[name] ?? object['*']
    if (type === undefined) yield `has no property ${here}`
    else if (type.startsWith('readOnly ')) yield `${here} is said by Azure alone`
    else yield* wrong(each, type, known, here)
  }
  for (const [name, type] of Object.entries(object)) {
    if (type.startsWith('required ') && value[name] === undefined) yield `lacks ${at ? `${at}.${name}` : name}`
  }
}

/** What is read of a resource must be a property of it. */
export function* askedFindings({ type, path, place }: Asked): Generator<string> {
  const known = snapshot[type]
  let at = known?.types.body
  for (const step of path) {
    const next = at?.[step]?.replace(/^(required|readOnly) /, '')
    if (next === undefined) {
      yield `${place} ${type} has no property ${path.join('.')}`
      return
    }
    at = known?.types[next]
  }
}
