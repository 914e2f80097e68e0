/**
 * Finds the guards of a source file: every condition that lets something happen or stops it, every refusal, every cell of
 * the policy, every version a write insists on, every "only if new". Each is given with the text that takes it away. The
 * list comes from the code itself, so that a new guard is on it without anybody remembering to add it.
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
  /** The kinds of refusal that go with it: nothing refuses for this reason here any more. */
  readonly refuses: readonly string[]
}

type Node = Parsed & Readonly<Record<string, unknown>>

/** The guards of a TypeScript source, in order. Stripping types keeps every offset, so they are offsets of the source. */
export function guardsOf(source: string): readonly Guard[] {
  const tree = parse(stripTypeScriptTypes(source), { ecmaVersion: 'latest', sourceType: 'module' }) as Parsed
  const found: Guard[] = []
  const lineOf = (offset: number) => source.slice(0, offset).split('\n').length
  /** `guarded`: what happens by it, or no more. */
  const take = (node: Pick<Node, 'start' | 'end'>, instead: string, what = textOf(node), guarded?: Node) =>
    found.push({
      line: lineOf(node.start),
      on: source.split('\n')[lineOf(node.start) - 1]?.trim() ?? '',
      what: what.replace(/\s+/g, ' ').slice(0, 100),
      start: node.start,
      end: node.end,
      instead,
      refuses: guarded ? kindsIn(guarded) : [],
    })
  for (const node of walk(tree as Node)) {
    if (node.type === 'IfStatement') {
      const { test, consequent } = node as Node & { test: Node; consequent: Node }
      removeTest(test, leaves(consequent) ? 'false' : 'true', consequent)
    }
    if (node.type === 'ConditionalExpression') removeRefusal(node)
    if (node.type.includes('Function')) plainRefusal(node.body as Node)
    if (node.type === 'CallExpression') lease(node)
    if (node.type === 'ReturnStatement' && node.argument) removeParts(node.argument as Node)
    if (node.type === 'ArrowFunctionExpression') removeParts(node.body as Node)
    if (node.type === 'VariableDeclarator' && node.init) {
      removeParts(node.init as Node)
      if ((node.id as Node).name === 'policy') changeCells(node.init as Node)
    }
    if (node.type === 'ObjectExpression') insists(node)
    if (node.type === 'Literal' || node.type === 'TemplateLiteral') clauses(node)
  }
  // One condition may be met on two ways through the tree; it is one guard.
  const known = new Map(found.map(guard => [`${guard.start}-${guard.end}-${guard.instead}`, guard]))
  return [...known.values()].sort((one, other) => one.start - other.start)

  /** `if (a || b) return`: never, and without a, and without b. `if (a && b) act()`: always, without a, without b. */
  function removeTest(test: Node, instead: string, guarded?: Node): void {
    if (isLogical(test)) removeParts(test, guarded)
    else take(test, instead, textOf(test), guarded)
  }

  /** Each part of a chain of `&&` or `||` is left out by itself. */
  function removeParts(node: Node, guarded?: Node): void {
    if (!isLogical(node)) return
    const neutral = node.operator === '&&' ? 'true' : 'false'
    for (const side of [node.left, node.right] as Node[]) {
      if (isLogical(side)) removeParts(side, guarded)
      else take(side, neutral, textOf(side), guarded)
    }
  }

  /** `test ? refuse('x') : y` without the refusal, whichever side it is on. */
  function removeRefusal(node: Node): void {
    const [yes, no] = [node.consequent, node.alternate] as [Node, Node]
    if (kindsIn(yes).length > 0) removeTest(node.test as Node, 'false', yes)
    if (kindsIn(no).length > 0) removeTest(node.test as Node, 'true', no)
  }

  /** `return refuse('x')` that no condition of its own stands before: what is left when everything else is ruled out. */
  function plainRefusal(body: Node): void {
    const last = body.type === 'BlockStatement' ? (body.body as Node[]).at(-1) : undefined
    const value = last?.type === 'ReturnStatement' ? (last.argument as Node | null) : null
    if (value?.type === 'CallExpression' && kindsIn(value).length > 0) take(value, 'undefined', textOf(value), value)
  }

  /** A table of who may what: each cell as loose as can be, and each as strict. */
  function changeCells(table: Node): void {
    for (const row of table.properties as Node[]) {
      for (const cell of (row.value as Node).properties as Node[]) {
        const value = cell.value as Node
        const what = `${textOf(row.key as Node)}.${textOf(cell)}`
        for (const other of ['always', 'never']) if (value.value !== other) take(value, `'${other}'`, what)
      }
    }
  }

  function textOf({ start, end }: Pick<Node, 'start' | 'end'>): string {
    return source.slice(start, end)
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

/** The kinds of refusal a piece of code ends in: `refuse('x')`, `new Refused('x')`, `{ refused: 'x' }`. */
function kindsIn(node: Node): readonly string[] {
  if (node.type.includes('Function')) return []
  if (node.type === 'BlockStatement') return (node.body as Node[]).slice(-1).flatMap(kindsIn)
  const name = (node.callee as Node | undefined)?.name
  // What strangers are told, wherever they ask.
  if (name === 'neutral') return ['notAMember']
  if (name === 'refuse' || name === 'Refused') return wordsOf((node.arguments as Node[])[0])
  if (node.type === 'Property' && (node.key as Node).name === 'refused') return wordsOf(node.value as Node)
  return childrenOf(node).flatMap(kindsIn)
}

/** A word, or either of two. */
function wordsOf(node: Node | undefined): readonly string[] {
  if (node?.type === 'ConditionalExpression')
    return [node.consequent, node.alternate].flatMap(each => wordsOf(each as Node))
  return node?.type === 'Literal' ? [String(node.value)] : []
}

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
  for (const child of childrenOf(node)) yield* walk(child)
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((each): each is Node => typeof each === 'object' && each !== null && 'type' in each)
}
