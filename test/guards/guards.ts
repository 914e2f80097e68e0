/**
 * Finds the guards of a source file: every condition that lets something happen or stops it, every version a write
 * insists on, every "only if new". Each is given with the text that takes it away. The list comes from the code itself,
 * so that a new guard is on it without anybody remembering to add it.
 */
import { stripTypeScriptTypes } from 'node:module'
import { type Node as Parsed, parse } from 'acorn'

export type Guard = {
  readonly line: number
  /** The line as it stands there. */
  readonly on: string
  /** What is taken away, for a person to read. */
  readonly what: string
  readonly start: number
  readonly end: number
  /** What stands there instead. */
  readonly instead: string
}

type Node = Parsed & Readonly<Record<string, unknown>>

/** The guards of a TypeScript source, in order. Stripping types keeps every offset, so they are offsets of the source. */
export function guardsOf(source: string): readonly Guard[] {
  const tree = parse(stripTypeScriptTypes(source), { ecmaVersion: 'latest', sourceType: 'module' }) as Parsed
  const found: Guard[] = []
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length
  const take = (node: Pick<Node, 'start' | 'end'>, instead: string, what = source.slice(node.start, node.end)) =>
    found.push({
      line: lineOf(node.start),
      on: source.split('\n')[lineOf(node.start) - 1]?.trim() ?? '',
      what: what.replace(/\s+/g, ' ').slice(0, 100),
      start: node.start,
      end: node.end,
      instead,
    })
  for (const node of walk(tree as Node)) {
    if (node.type === 'IfStatement') removeTest(node.test as Node, leaves(node.consequent as Node) ? 'false' : 'true')
    if (node.type === 'CallExpression') lease(node)
    if (node.type === 'ReturnStatement' && node.argument) removeParts(node.argument as Node)
    if (node.type === 'ArrowFunctionExpression') removeParts(node.body as Node)
    if (node.type === 'VariableDeclarator' && node.init) removeParts(node.init as Node)
    if (node.type === 'ObjectExpression') insists(node)
    if (node.type === 'Literal' || node.type === 'TemplateLiteral') clauses(node)
  }
  // One condition may be met on two ways through the tree; it is one guard.
  const known = new Map(found.map(guard => [`${guard.start}-${guard.end}-${guard.instead}`, guard]))
  return [...known.values()].sort((one, other) => one.start - other.start)

  /** `if (a || b) return`: never, and without a, and without b. `if (a && b) act()`: always, without a, without b. */
  function removeTest(test: Node, instead: string): void {
    if (isLogical(test)) removeParts(test)
    else take(test, instead)
  }

  /** Each part of a chain of `&&` or `||` is left out by itself. */
  function removeParts(node: Node): void {
    if (!isLogical(node)) return
    const neutral = node.operator === '&&' ? 'true' : 'false'
    for (const side of [node.left, node.right] as Node[]) {
      if (isLogical(side)) removeParts(side)
      else take(side, neutral)
    }
  }

  /** `{ op: 'put', doc, etag }` without its version; `{ op: 'create', doc }` whether or not it is there. */
  function insists(node: Node): void {
    const what = source.slice(node.start, node.end)
    const properties = (node.properties as Node[]).filter(({ type }) => type === 'Property')
    const isWrite = properties.some(({ key }) => (key as Node).name === 'op')
    for (const each of properties) {
      const { name } = each.key as Node
      const value = each.value as Node
      if (name === 'op' && value.value === 'create') take(value, "'put'", what)
      if ((isWrite && name === 'etag') || insistences.includes(String(name))) take(each, '...{}', what)
    }
  }

  /** A lease of no length. */
  function lease(node: Node): void {
    for (const each of node.arguments as Node[]) {
      if (each.type === 'Identifier' && each.name === 'leaseSeconds')
        take(each, '0', source.slice(node.start, node.end))
    }
  }

  /** The clauses of a query or condition, between its WHERE and ANDs; what stands in brackets is part of its clause. */
  function clauses(node: Node): void {
    const text = source.slice(node.start + 1, node.end - 1)
    let depth = 0
    const whole = / AND /.test(text) && !/\bWHERE\b/.test(text) && !/^ ?AND /.test(text)
    let from: number | undefined = whole ? 0 : undefined
    for (let at = 0; at <= text.length; at++) {
      if ('({['.includes(text.charAt(at)) && at < text.length) depth++
      if (')}]'.includes(text.charAt(at)) && at < text.length) depth--
      const word = depth === 0 ? /^ ?(AND|WHERE|LIMIT) /.exec(text.slice(at))?.[0] : undefined
      if (from !== undefined && (at === text.length || word !== undefined || depth < 0)) {
        take({ start: node.start + 1 + from, end: node.start + 1 + at }, 'true')
        from = undefined
      }
      if (word !== undefined) at += word.length - 1
      if (word?.trim() === 'AND' || word?.trim() === 'WHERE') from = at + 1
    }
  }
}

/** What a write to Cosmos DB insists on. */
const insistences = ['ifMatch', 'accessCondition', 'condition']

function isLogical(node: Node): boolean {
  return node.type === 'LogicalExpression' && node.operator !== '??'
}

/** The guarded branch ends the function, the round of a loop, or the work. */
function leaves(node: Node): boolean {
  if (node.type === 'BlockStatement') {
    const last = (node.body as Node[]).at(-1)
    return last !== undefined && leaves(last)
  }
  return ['ReturnStatement', 'ThrowStatement', 'ContinueStatement'].includes(node.type)
}

function* walk(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each === 'object' && each !== null && 'type' in each) yield* walk(each as Node)
    }
  }
}
