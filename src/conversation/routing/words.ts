/** Recognising typed words. What is recognised is never what is stored: that stays as typed. */
import type { Pointer } from '../../domain/journey.ts'

/** A message as it is compared with our words: one case, one width, single spaces, no full stop at the end. */
export function plainText(text: string): string {
  const plain = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, ' ')
  // Not by a pattern: one that is tied to the end alone takes a minute for a long row of full stops before another letter.
  let end = plain.length
  while (end > 0 && '.!。'.includes(plain.charAt(end - 1))) end--
  return plain.slice(0, end)
}

/** What stands behind a word of ours in a message that begins with it, exactly as it was typed. */
export function behind(word: string, text: string): string {
  const typed = text.trim()
  const plain = plainText(word)
  // Letter by letter, since what was typed may be longer than it is in the plain text ("𝐩𝐥𝐚𝐧"), or shorter.
  let end = 1
  while (end < 2 * plain.length && plainText(typed.slice(0, end)) !== plain) end++
  return typed.slice(end).trim()
}

export function isNumber(text: string): boolean {
  return numberIn(text) !== undefined
}

/** "7", "7题", "#7". */
export function numberIn(text: string): number | undefined {
  const found = /^#?\s*(\d{1,2})\s*(?:题|问)?$/u.exec(text.normalize('NFKC').trim())?.[1]
  return found === undefined ? undefined : Number(found)
}

const pointerWords: Readonly<Record<Pointer, readonly string[]>> = {
  best: ['best', 'the best', '最佳', '最好'],
  mostChallenging: ['challenging', 'most challenging', 'the most challenging', '最具挑战', '挑战'],
}

export function isPointer(text: string): boolean {
  return pointerIn(text) !== undefined
}

export function pointerIn(text: string): Pointer | undefined {
  const plain = plainText(text)
  if (pointerWords.best.includes(plain)) return 'best'
  return pointerWords.mostChallenging.includes(plain) ? 'mostChallenging' : undefined
}

/** "best 1, challenging 2", "1 2", "最佳1 挑战2": session numbers as typed, as the choice inputs would give them. */
export function choiceIn(text: string): { best: string; mostChallenging: string } | undefined {
  const plain = plainText(text)
  const best = /(?:best|最佳|最好)\D{0,9}(\d{1,2})/u.exec(plain)?.[1] ?? ''
  const mostChallenging = /(?:challenging|挑战)\D{0,9}(\d{1,2})/u.exec(plain)?.[1] ?? ''
  if (best || mostChallenging) return { best, mostChallenging }
  const [, first, second] = /^(\d{1,2})[\s,;，、；]+(\d{1,2})$/u.exec(plain) ?? []
  return first && second ? { best: first, mostChallenging: second } : undefined
}

/** The parts of a line, between semicolons or line breaks. */
export function partsOf(text: string): string[] {
  return text.split(/[;；\n]/u).map(part => part.trim())
}

/** The candidate that a mistyped word is closest to, when it is close enough to ask. */
export function closestTo<T>(typed: string, candidates: readonly T[], wordOf: (candidate: T) => string): T | undefined {
  if (typed.length < 3 || typed.length > 20) return undefined
  const far = typed.length < 6 ? 1 : 2
  let best: { candidate: T; distance: number } | undefined
  for (const candidate of candidates) {
    const distance = editDistance(typed, wordOf(candidate))
    if (distance <= far && (!best || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= a.length; row++) {
    rows[row] = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      let least = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, at(row - 2, column - 2) + 1)
      }
      rows[row]?.push(least)
    }
  }
  return at(a.length, b.length)
}
