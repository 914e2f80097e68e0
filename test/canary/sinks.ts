/** Everything that came out of the bot, by the hole it came out of, with who was there to see it and what they may see. */
import { find } from './find.ts'
import type { Words } from './words.ts'

export const holes = [
  'standard output (the log)',
  'standard error',
  'reports before they are logged',
  'telemetry',
  'HTTP errors',
  'HTTP answers',
  'messages',
  'addresses and headers of messages',
  'lock screens',
] as const
export type Hole = (typeof holes)[number]

/** Whether whoever sees it may see the canary of this name. */
export type May = (name: string) => boolean
const nothing: May = () => false

type Taken = { readonly hole: Hole; readonly text: string; readonly may: May; readonly to: string }
export type Leak = { readonly hole: Hole; readonly to: string; readonly name: string; readonly how: string }

/** Who was shown what they may see, by canary, and everything else that was found. */
export type Scanned = {
  readonly leaks: readonly Leak[]
  readonly allowed: ReadonlyMap<string, ReadonlySet<string>>
}

export type Sinks = ReturnType<typeof createSinks>

export function createSinks(words: Words) {
  const taken: Taken[] = []

  return {
    /** @param may as it is at this moment; what somebody may see changes. */
    take(hole: Hole, text: string, may: May = nothing, to = 'anybody'): void {
      if (text) taken.push({ hole, text, may, to })
    },
    taken: (hole: Hole) => taken.filter(each => each.hole === hole),
    bytes: (hole: Hole) =>
      taken.reduce((sum, each) => (each.hole === hole ? sum + Buffer.byteLength(each.text) : sum), 0),
    /** What somebody saw who may not, and of what they may see, all that they did. */
    scan(): Scanned {
      const leaks: Leak[] = []
      const allowed = new Map<string, Set<string>>()
      for (const { hole, text, may, to } of taken) {
        for (const { name, form, around } of find(text, words)) {
          if (may(name)) allowed.set(to, (allowed.get(to) ?? new Set()).add(name))
          else leaks.push({ hole, to, name, how: `${form}: …${around}…` })
        }
      }
      return { leaks, allowed }
    },
  }
}

/** What a phone shows while it is locked, or a screen reader says: of a message or of any card in an answer. */
export function* shownLocked(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  for (const [field, value] of Object.entries(node)) {
    if (['summary', 'speak', 'fallbackText'].includes(field)) yield String(value)
    else yield* shownLocked(value)
  }
}
