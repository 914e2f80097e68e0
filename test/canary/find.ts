/** Looks for canaries in whatever came out of a hole, in every way in which bytes could carry them. */
import { canary, type Words } from './words.ts'

export const forms = ['plain', 'anotherCase', 'json', 'url', 'utf16', 'base64', 'hex'] as const
export type Form = (typeof forms)[number]

export type Hit = { readonly name: string; readonly form: Form; readonly around: string }

/** Each canary that is in the text, once, in the first form in which it is seen. */
export function find(text: string, words: Words): readonly Hit[] {
  const found = new Map<string, Hit>()
  for (const [form, read] of readings(text)) {
    for (const match of read.matchAll(canary)) {
      const name = words.named(match[1] ?? match[2] ?? '')
      const around = read.slice(Math.max(0, match.index - 60), match.index + 80)
      const cased = form === 'plain' && isAnotherCase(match[0], name) ? 'anotherCase' : form
      if (!found.has(name)) found.set(name, { name, form: cased, around })
    }
  }
  return [...found.values()]
}

/** GUIDs are the same in capitals, and are written so here and there. */
function isAnotherCase(match: string, name: string): boolean {
  return /^q/i.test(match) && !match.includes(name)
}

/** The text as it is, and what it says to whoever undoes an encoding, of which some may lie within others. */
function* readings(text: string): Generator<readonly [Form, string]> {
  yield ['plain', text]
  // Letters are never escaped by JSON or in addresses unless somebody escapes everything.
  yield ['json', text.replace(/\\+u00([0-7][0-9a-f])/gi, letter)]
  yield ['url', text.replace(/%(?:25)?([0-7][0-9a-f])/gi, letter)]
  yield ['utf16', text.replace(/\0|\\u0000|%00/g, '')]
  for (const [run] of text.matchAll(/[\w+/-]{16,}/g)) {
    // A canary begins anywhere in what was encoded, and a run of such letters anywhere before that.
    for (const offset of [0, 1, 2, 3]) yield ['base64', bytes(run.slice(offset), 'base64')]
  }
  for (const [run] of text.matchAll(/(?:[0-9a-f]{2}){12,}/gi)) {
    for (const offset of [0, 1]) yield ['hex', bytes(run.slice(offset), 'hex')]
  }
}

const letter = (_all: string, code: string) => String.fromCharCode(Number.parseInt(code, 16))

/** Also when what was encoded is two bytes a letter. */
function bytes(run: string, encoding: 'base64' | 'hex'): string {
  return Buffer.from(run, encoding).toString('latin1').replaceAll('\0', '')
}

/** A text written in this form, as something that leaks could write it. */
export function written(text: string, form: Form): string {
  switch (form) {
    case 'plain':
      return text
    case 'anotherCase':
      return text.toUpperCase()
    case 'json':
      return [...Buffer.from(text)].map(byte => `\\u00${byte.toString(16).padStart(2, '0')}`).join('')
    case 'url':
      return [...Buffer.from(text)].map(byte => `%${byte.toString(16)}`).join('')
    case 'utf16':
      return Buffer.from(text, 'utf16le').toString('latin1')
    case 'base64':
      return Buffer.from(`{"text":"${text}"}`).toString('base64')
    case 'hex':
      return Buffer.from(text).toString('hex')
  }
}
