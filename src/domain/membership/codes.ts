/**
 * Join codes as people read, type and dictate them: groups of four, no two signs that look alike, no vowels, so that no
 * code spells a word. A code is the programme's id and a secret; whoever has one part alone has nothing.
 */
import type { ProgrammeId } from '../values.ts'

export const codeAlphabet = 'BCDFGHJKMPQRTVWXY234679'
const secretLength = 8
/** What a programme's id may consist of. Ids made by the product are eight letters of the alphabet above. */
const idSigns = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-'
/** Begins a code whose id is spelt out in pairs, since letters of the code have no case. It is not in the alphabet. */
const spelt = 'A'

const letter = `[${codeAlphabet}]`
const ownId = new RegExp(`^${letter}{8}$`)
const anyId = /^[\w-]{1,32}$/
const whole = new RegExp(`^(?:(${letter}{8})|${spelt}((?:${letter}{2}){1,32}))(${letter}{${secretLength}})$`)

/** What is not in the alphabet and can only have meant this. */
const meant: Readonly<Record<string, string>> = { Z: '2', '8': 'B', U: 'V' }

/** Eight letters from random bytes, two bytes for each: a secret, or the id of a new programme. */
export function codeLetters(random: Uint8Array): string {
  if (random.length < 2 * secretLength) throw new Error(`Eight letters need ${2 * secretLength} random bytes.`)
  const pairs = Array.from({ length: secretLength }, (_, at) => (random[2 * at] ?? 0) * 256 + (random[2 * at + 1] ?? 0))
  return pairs.map(pair => codeAlphabet.charAt(pair % codeAlphabet.length)).join('')
}

export function writeCode(programme: ProgrammeId, secret: string): string {
  if (!anyId.test(programme)) throw new Error(`No join code can name the programme id ${programme}.`)
  const id = ownId.test(programme) ? programme : spelt + [...programme].map(pairOf).join('')
  return (id + secret).replace(/(?<=.)(?=(?:.{4})+$)/g, '-')
}

/** What a typed code names; undefined when it cannot be one. Case, blanks, dashes and full-width forms do not matter. */
export function readCode(typed: string): { readonly programme: ProgrammeId; readonly secret: string } | undefined {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}−]/gu, '')
  const found = whole.exec(bare.replace(/[Z8U]/g, sign => meant[sign] ?? sign))
  if (!found) return undefined
  const [, own, pairs = '', secret = ''] = found
  const programme = own ?? pairs.replace(/../g, signOf)
  return anyId.test(programme) ? { programme, secret } : undefined
}

function pairOf(sign: string): string {
  const at = idSigns.indexOf(sign)
  const { length } = codeAlphabet
  return codeAlphabet.charAt(Math.floor(at / length)) + codeAlphabet.charAt(at % length)
}

/** Nothing for a pair that stands for no sign: the id is then too short or not the one. */
function signOf(pair: string): string {
  return idSigns.charAt(
    codeAlphabet.indexOf(pair.charAt(0)) * codeAlphabet.length + codeAlphabet.indexOf(pair.charAt(1)),
  )
}
