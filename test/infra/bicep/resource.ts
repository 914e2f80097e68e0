/** A resource of a template: what Azure would be asked for, and what others may read of it. */
import { inside, isReference, named, objectOf, type Reference, type Symbols, worth } from './expressions.ts'
import { resourceId, type Value } from './functions.ts'
import { type Node, parts, place } from './syntax.ts'

export type Body = { readonly [key: string]: Value }
export type Deployed = {
  /** With its version, as it is written. */
  readonly type: string
  /** With the names of its parents. */
  readonly name: string
  readonly id: string
  /** The id of what it is laid upon, for roles and diagnostics. */
  readonly scope: string | undefined
  readonly body: Body
  readonly place: string
}

/** What Azure would answer; undefined when nobody knows. */
export type Ask = (type: string, path: readonly string[]) => Value | undefined

type Made = { readonly deployed: Deployed; readonly reference: Reference }

/** One, or as many as its loop has turns. */
export function resourcesOf(node: Node, symbols: Symbols, ask: Ask): Made[] {
  const [, typed, value] = parts(node)
  if (!typed || !value) throw new Error(`${place(symbols.file, node)} is not whole`)
  const type = String(worth(typed, symbols))
  const made = { type, place: place(symbols.file, node), ask }
  if (value.type === 'for_statement') {
    return (worth(value, symbols) as Body[]).map(body => resource(made, body, undefined, undefined))
  }
  const body = objectOf(value, symbols, ['parent', 'scope'])
  return [resource(made, body, referred(value, 'parent', symbols), referred(value, 'scope', symbols))]
}

export function isExisting(node: Node): boolean {
  return node.children.some(child => child?.type === 'existing')
}

/** `parent` and `scope` name another resource. */
function referred(body: Node, key: string, symbols: Symbols): Reference | undefined {
  const property = parts(body).find(each => parts(each)[0]?.text === key)
  if (!property) return undefined
  const found = named(parts(property)[1] as Node, symbols)
  if (!isReference(found)) throw new Error(`${place(symbols.file, property)} is no resource`)
  return found
}

type About = { readonly type: string; readonly place: string; readonly ask: Ask }

function resource({ type, place, ask }: About, body: Body, parent?: Reference, scope?: Reference): Made {
  const own = String(body.name)
  const name = parent ? `${parent.read([fullName])}/${own}` : own
  const id = resourceId(type.split('@')[0] ?? '', name)
  const known: Readonly<Record<string, string>> = { id, name: own, [fullName]: name }
  const read = (path: readonly string[]) => {
    const answer = known[path.join('.')] ?? said(body, path) ?? ask(type, path)
    if (answer === undefined) throw new Error(`nothing is known of ${path.join('.')} of ${type}`)
    return answer
  }
  return { deployed: { type, name, id, scope: scope && String(scope.read(['id'])), body, place }, reference: { read } }
}

/** The only one of a type; undefined when there is none or there are several. */
export function one(resources: readonly Deployed[], type: string): Deployed | undefined {
  const [only, ...more] = resources.filter(each => each.type.split('@')[0] === type)
  return more.length > 0 ? undefined : only
}

/** What a resource says at a path, with dots between its steps. */
export function at({ body }: Deployed, path: string): Value | undefined {
  return said(body, path.split('.'))
}

/** Between resources of one template alone; no template can ask for it. */
const fullName = ' full name'

function said(body: Body, path: readonly string[]): Value | undefined {
  try {
    return inside(body as { [key: string]: Value }, path)
  } catch {
    return undefined
  }
}
