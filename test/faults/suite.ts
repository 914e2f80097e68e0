/** What a suite is given and what it tells, and the small things all suites need. */
import type { Breakage } from './breakages.ts'
import type { Engine } from './open.ts'
import type { Figure } from './oracle.ts'
import type { Tally } from './tally.ts'

export type Given = {
  readonly engine: Engine
  /** The form for every change: each fault once, small numbers. */
  readonly short: boolean
  /** How often everything is done, each time with other texts and at other moments. */
  readonly seeds: number | undefined
  /** First and last point of `kills`; absent: all there are. */
  readonly points: readonly [number, number] | undefined
  /** How many worlds at once. */
  readonly workers: number
  readonly broken: Breakage | undefined
  readonly note: (line: string) => void
}

/** `about`: what else there is to know of the runs, such as how many processes were killed. */
export type Told = Tally & { readonly about: string }

export type Suite = {
  readonly name: string
  /** It keeps the processors busy; the others mostly wait. */
  readonly busy: boolean
  readonly run: (given: Given) => Promise<Told>
  /** Bots that must make these figures show, or the suite proves nothing. */
  readonly controls: Readonly<Partial<Record<Figure, Breakage>>>
}

/** In the short form so many of a long list, spread over it, and others on the other engine; otherwise all. */
export function sampled<T>(all: readonly T[], { short, engine }: Given, most: number): readonly T[] {
  if (!short || all.length <= most) return all
  const offset = engine === 'gateway' ? 0.5 : 0
  return Array.from({ length: most }, (_, index) => all[Math.floor(((index + offset) * all.length) / most)] as T)
}

/** Does each job once, so many at a time. */
export async function inParallel<T>(
  jobs: readonly T[],
  workers: number,
  work: (job: T) => Promise<void>,
): Promise<void> {
  const left = [...jobs]
  const worker = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await work(job)
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

/** Looks every `everyMs` until it holds or time is up. @returns whether it came to hold. */
export async function waitFor(
  check: () => boolean | Promise<boolean>,
  withinMs: number,
  everyMs = 20,
): Promise<boolean> {
  for (const limit = performance.now() + withinMs; performance.now() < limit; ) {
    if (await check()) return true
    await new Promise(resolve => setTimeout(resolve, everyMs))
  }
  return check()
}

/** The same numbers for the same seed (mulberry32); `below` is a whole number from 0. */
export function createDice(seed: number): { readonly below: (limit: number) => number } {
  let state = seed
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
    },
  }
}

/** As long as people write, and longer; with what breaks careless storing. */
export function someText(no: number): string {
  return `Answer ${no}: “quoted”\n\ttabbed, 混合 🙂 ${'and more '.repeat(no % 40)}end.`
}
