/**
 * A deployment on paper: main.bicep and its modules with given parameters, as the resources Azure would be asked for. What
 * Azure would have answered is taken from `answers`. It finds what has no name, what is missing and what nobody uses.
 */
import { dirname, join } from 'node:path'
import { inside, type Reference, type Symbols, worth } from './expressions.ts'
import type { Value } from './functions.ts'
import { type Body, type Deployed, isExisting, resourcesOf } from './resource.ts'
import { type Node, parse, parts, place } from './syntax.ts'

/** A property that somebody reads of a resource, and no template says. */
export type Asked = { readonly type: string; readonly path: readonly string[]; readonly place: string }
export type Deployment = {
  readonly resources: readonly Deployed[]
  readonly asked: readonly Asked[]
  readonly outputs: Body
  readonly findings: readonly string[]
}
/** What Azure says of a resource that is made, by type and path. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Value>>>>

type Declaration = { readonly node: Node; readonly name: string; readonly decorators: readonly Node[] }
type Found = {
  readonly resources: Deployed[]
  readonly asked: Asked[]
  readonly outputs: Record<string, Value>
  readonly findings: string[]
}

export async function deploy(file: string, given: Body, answers: Answers): Promise<Deployment> {
  const declarations = declarationsOf(await parse(file))
  const names = new Map<string, Value | Reference>()
  const used = new Set<string>()
  const found: Found = { resources: [], asked: [], outputs: {}, findings: [] }
  const symbols: Symbols = {
    file,
    named: name => {
      used.add(name)
      return names.get(name)
    },
  }
  for (const declaration of declarations) {
    try {
      const value = await declared(declaration, { symbols, given, answers, found })
      if (value !== undefined) names.set(declaration.name, value)
    } catch (error) {
      found.findings.push(error instanceof Error ? error.message : String(error))
    }
  }
  const parameters = declarations.filter(({ node }) => node.type === 'parameter_declaration').map(({ name }) => name)
  for (const name of Object.keys(given).filter(name => !parameters.includes(name))) {
    found.findings.push(`${file.split('/').pop()} has no parameter ${name}`)
  }
  for (const { node, name } of declarations) {
    const needsUse = /^(parameter|variable)_/.test(node.type)
    if (needsUse && !used.has(name)) found.findings.push(`${place(file, node)} ${name} is never used`)
  }
  return found
}

function declarationsOf(root: Node): Declaration[] {
  let decorators: Node[] = []
  const found: Declaration[] = []
  for (const node of parts(root)) {
    if (node.type === 'decorators') decorators = parts(node)
    if (!/^(parameter|variable|resource|module|output)_declaration$/.test(node.type)) continue
    found.push({ node, name: parts(node)[0]?.text ?? '', decorators })
    decorators = []
  }
  return found
}

type Around = { readonly symbols: Symbols; readonly given: Body; readonly answers: Answers; readonly found: Found }

/** What the declaration's name stands for from now on. */
async function declared(declaration: Declaration, around: Around): Promise<Value | Reference | undefined> {
  const { node, name } = declaration
  const { symbols, answers, found } = around
  const { file } = symbols
  const [, second, third] = parts(node)
  switch (node.type) {
    case 'parameter_declaration':
      return parameter(declaration, around)
    case 'variable_declaration':
      return worth(second as Node, symbols)
    case 'resource_declaration': {
      const made = resourcesOf(node, symbols, (type, path) => {
        found.asked.push({ type, path, place: place(file, node) })
        return answers[type.split('@')[0] ?? '']?.[path.join('.')]
      })
      if (!isExisting(node)) found.resources.push(...made.map(({ deployed }) => deployed))
      return made[0]?.reference
    }
    case 'module_declaration': {
      const { params = {} } = worth(third as Node, symbols) as { params?: Body }
      const inner = await deploy(join(dirname(file), String(worth(second as Node, symbols))), params, answers)
      found.resources.push(...inner.resources)
      found.asked.push(...inner.asked)
      found.findings.push(...inner.findings)
      return { read: path => inside({ outputs: inner.outputs as Record<string, Value> }, path) }
    }
    default:
      found.outputs[name] = worth(third as Node, symbols)
      return undefined
  }
}

function parameter({ node, name, decorators }: Declaration, { symbols, given, found }: Around): Value | undefined {
  const [, type, byDefault] = parts(node)
  const value = given[name] ?? (byDefault && worth(byDefault, symbols))
  const says = (why: string) => found.findings.push(`${place(symbols.file, node)} ${name} ${why}`)
  if (value === undefined) {
    says('is not given')
    return undefined
  }
  if (kindOf(value) !== type?.text) says(`is no ${type?.text}`)
  for (const decorator of decorators) {
    const call = parts(decorator)[0]
    const [argument] = parts(call?.childForFieldName('arguments') as Node).map(each => worth(each, symbols))
    const length = typeof value === 'string' ? value.length : 0
    const which = call?.childForFieldName('function')?.text
    if (which === 'allowed' && Array.isArray(argument) && !argument.includes(value)) says('is none of those allowed')
    if (which === 'minLength' && length < Number(argument)) says('is too short')
    if (which === 'maxLength' && length > Number(argument)) says('is too long')
  }
  return value
}

function kindOf(value: Value): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return 'int'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
