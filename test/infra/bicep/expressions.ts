/** What an expression of Bicep is worth, as far as infra/ uses the language: what is not known here is an error. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { functions, type Value } from './functions.ts'
import { type Node, parts, place } from './syntax.ts'

/** Something whose properties are known only to Azure, or to another file. */
export interface Reference {
  /** @throws when there is no such property. */
  read(path: readonly string[]): Value
}

export type Symbols = { readonly file: string; readonly named: (name: string) => Value | Reference | undefined }

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'read' in value && typeof value.read === 'function'
}

/** @throws with file, line and column. */
export function worth(node: Node, symbols: Symbols): Value {
  const found = evaluate(node, symbols)
  if (isReference(found)) throw new Error(`${place(symbols.file, node)} is a whole resource, not a value`)
  return found
}

function evaluate(node: Node, symbols: Symbols): Value | Reference {
  const value = (child: Node | null | undefined): Value => {
    if (!child) throw new Error(`${place(symbols.file, node)} is not whole`)
    return worth(child, symbols)
  }
  const field = (name: string) => value(node.childForFieldName(name))
  switch (node.type) {
    case 'string':
      return parts(node)
        .map(part => text(part, symbols))
        .join('')
    case 'number':
      return Number(node.text)
    case 'boolean':
      return node.text === 'true'
    case 'null':
      return null
    case 'array':
      return parts(node).map(value)
    case 'object':
      return objectOf(node, symbols)
    case 'parenthesized_expression':
      return value(parts(node)[0])
    case 'ternary_expression':
      return field('condition') === true ? field('consequence') : field('alternative')
    case 'unary_expression':
      if (node.text.startsWith('!')) return field('argument') !== true
      return -Number(field('argument'))
    case 'binary_expression':
      return binary(node.childForFieldName('operator')?.text ?? '', field('left'), field('right'))
    case 'identifier':
      return named(node, symbols)
    case 'member_expression':
    case 'subscript_expression':
      return member(node, symbols)
    case 'call_expression':
      return call(node, symbols)
    case 'for_statement':
      return loop(node, symbols)
    default:
      throw new Error(`${place(symbols.file, node)} ${node.type} is not known to these checks`)
  }
}

function text(part: Node, symbols: Symbols): string {
  if (part.type === 'interpolation') return String(worth(parts(part)[0] as Node, symbols))
  return part.type === 'escape_sequence' ? part.text.slice(1).replace('n', '\n') : part.text
}

/** `without`: keys that are left out, because what they say is no value. */
export function objectOf(node: Node, symbols: Symbols, without: readonly string[] = []): { [key: string]: Value } {
  const entries = parts(node).flatMap(property => {
    const [key, value] = parts(property)
    if (!key || !value) throw new Error(`${place(symbols.file, property)} is not whole`)
    if (without.includes(key.text)) return []
    return [[key.type === 'string' ? String(worth(key, symbols)) : key.text, worth(value, symbols)] as const]
  })
  const twice = entries.map(([key]) => key).find((key, i, keys) => keys.indexOf(key) !== i)
  if (twice) throw new Error(`${place(symbols.file, node)} says ${twice} twice`)
  return Object.fromEntries(entries)
}

function binary(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '&&':
      return left === true && right === true
    case '||':
      return left === true || right === true
    case '*':
      return Number(left) * Number(right)
    default:
      throw new Error(`The operator ${operator} is not known to these checks`)
  }
}

export function named(node: Node, { file, named }: Symbols): Value | Reference {
  const found = named(node.text)
  if (found === undefined) throw new Error(`${place(file, node)} nothing is called ${node.text}`)
  return found
}

/** `a.b.c` and `a['b']`: asked of `a` as a whole, so that Azure's own properties can be told from misspelt ones. */
function member(node: Node, symbols: Symbols): Value {
  const path: string[] = []
  let at = node
  for (;;) {
    // The grammar takes `a ? b : c.d` for `(a ? b : c).d`; Bicep does not.
    if (at.type === 'ternary_expression') {
      const [condition, consequence, alternative] = parts(at) as [Node, Node, Node]
      if (worth(condition, symbols) === true) return worth(consequence, symbols)
      at = alternative
    }
    if (at.type !== 'member_expression' && at.type !== 'subscript_expression') break
    const index = at.childForFieldName('index')
    path.unshift(index ? String(worth(index, symbols)) : (at.childForFieldName('property')?.text ?? ''))
    at = at.childForFieldName('object') as Node
  }
  if (at.type === 'binary_expression' || at.type === 'unary_expression') {
    throw new Error(
      `${place(symbols.file, node)} needs brackets or a variable: the grammar groups it otherwise than Bicep`,
    )
  }
  const whole = evaluate(at, symbols)
  try {
    return isReference(whole) ? whole.read(path) : inside(whole, path)
  } catch (error) {
    throw new Error(`${place(symbols.file, node)} ${error instanceof Error ? error.message : error}`)
  }
}

export function inside(value: Value, path: readonly string[]): Value {
  return path.reduce((within: Value, step) => {
    const found = within !== null && typeof within === 'object' && !Array.isArray(within) ? within[step] : undefined
    if (found === undefined) throw new Error(`there is no ${path.join('.')}`)
    return found
  }, value)
}

function call(node: Node, symbols: Symbols): Value {
  const name = node.childForFieldName('function')?.text ?? ''
  const given = parts(node.childForFieldName('arguments') as Node).map(argument => worth(argument, symbols))
  // The one function that depends on where it is said.
  if (name === 'loadTextContent') return readFileSync(join(dirname(symbols.file), String(given[0])), 'utf8')
  const known = functions[name]
  if (!known) throw new Error(`${place(symbols.file, node)} the function ${name} is not known to these checks`)
  return known(...given)
}

function loop(node: Node, symbols: Symbols): Value {
  const variable = node.childForFieldName('initializer')?.text
  const [, list, body] = parts(node)
  if (!list || !body) throw new Error(`${place(symbols.file, node)} is a loop of another form than these checks know`)
  const items = worth(list, symbols)
  if (!Array.isArray(items)) throw new Error(`${place(symbols.file, list)} is no list`)
  return items.map(item => worth(body, { ...symbols, named: name => (name === variable ? item : symbols.named(name)) }))
}
