/**
 * The little of Cosmos DB's query language that the store's texts use: `=`, `<=`, AND, OR, NOT, IS_DEFINED, parentheses,
 * paths of `c`, texts, whole numbers, true, false and parameters. Anything else is refused with 400.
 * `undefined` is its third truth value: a comparison with what is not there, or of two types, holds no more than its NOT.
 */
import { isObject, type Json, type JsonObject, Refusal } from './answer.ts'

type Value = Json | undefined
type Expression = (doc: JsonObject) => Value

const token = /\s*(?:(<=|[=().[\]])|("(?:[^"\\]|\\.)*")|(@?\w+))/y

function tokens(text: string): string[] {
  const found: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const [, sign, quoted, word] = token.exec(text) ?? []
    const next = sign ?? quoted ?? word
    if (next === undefined) throw new Refusal(400, 'Syntax error')
    found.push(next)
  }
  return found
}

export function where(text: string, parameters: Readonly<Record<string, Json>> = {}): (doc: JsonObject) => boolean {
  const rest = tokens(text)
  const accept = (wanted: string) => (rest[0] === wanted ? rest.shift() : undefined)
  const expect = (wanted: string) => {
    if (!accept(wanted)) throw new Refusal(400, `Syntax error: ${wanted} expected near '${rest[0] ?? 'the end'}'`)
  }

  function either(): Expression {
    const parts = [both()]
    while (accept('OR')) parts.push(both())
    return doc => decided(parts, doc, true)
  }

  function both(): Expression {
    const parts = [negated()]
    while (accept('AND')) parts.push(negated())
    return doc => decided(parts, doc, false)
  }

  function negated(): Expression {
    if (!accept('NOT')) return comparison()
    const inner = negated()
    return doc => {
      const value = inner(doc)
      return typeof value === 'boolean' ? !value : undefined
    }
  }

  function comparison(): Expression {
    const left = operand()
    const sign = accept('=') ?? accept('<=')
    if (!sign) return left
    const right = operand()
    return doc => {
      const [one, other] = [left(doc), right(doc)]
      if (isObject(one) || Array.isArray(one)) throw new Refusal(400, 'The gateway compares no objects')
      if (one === undefined || one === null || other === undefined || other === null) return undefined
      if (typeof one !== typeof other) return undefined
      return sign === '=' ? one === other : one <= other
    }
  }

  function operand(): Expression {
    if (accept('(')) {
      const inner = either()
      expect(')')
      return inner
    }
    if (accept('IS_DEFINED')) {
      expect('(')
      const inner = path()
      expect(')')
      return doc => inner(doc) !== undefined
    }
    return rest[0] === 'c' ? path() : literal(rest.shift())
  }

  function path(): Expression {
    expect('c')
    const steps: string[] = []
    while (rest[0] === '.' || rest[0] === '[') {
      if (accept('.')) steps.push(rest.shift() ?? '')
      else {
        expect('[')
        steps.push(String(literal(rest.shift())({})))
        expect(']')
      }
    }
    return doc => steps.reduce<Value>((value, step) => child(value, step), doc)
  }

  function literal(text: string | undefined): Expression {
    const parameter = text?.startsWith('@') ? parameters[text] : undefined
    if (parameter !== undefined) return () => parameter
    if (text === undefined || !/^(\d+|true|false|".*")$/s.test(text))
      throw new Refusal(400, `Syntax error near '${text}'`)
    const value: Json = JSON.parse(text)
    return () => value
  }

  const condition = either()
  if (rest.length > 0) throw new Refusal(400, `Syntax error near '${rest[0]}'`)
  return doc => condition(doc) === true
}

/** OR is decided by a true, AND by a false; else whatever is not known leaves it open. */
function decided(parts: readonly Expression[], doc: JsonObject, by: boolean): Value {
  const values = parts.map(part => part(doc))
  if (parts.length === 1) return values[0]
  if (values.includes(by)) return by
  return values.every(value => value === !by) ? !by : undefined
}

function child(value: Value, step: string): Value {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? value[Number(step)] : undefined
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}
