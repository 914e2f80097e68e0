/**
 * A promiser dies with its lease: after the commit and before the send, and after the send and before the removal. The
 * other bot takes over when the lease has run out, and says that it may be a repeat.
 */
import { press } from '../person.ts'
import type { BotProcess } from '../process.ts'
import { prepare } from '../scene.ts'
import { inParallel, type Suite, waitFor } from '../suite.ts'
import { cardsTo, createTally, isSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

const places = ['afterPromise', 'beforeRemoval'] as const

type Case = { readonly dies: (typeof places)[number]; readonly leaseSeconds: number; readonly pollMs: number }
type Place = { readonly world: World; readonly doomed: BotProcess; readonly other: BotProcess }

/** What production has is waited for once; the rest goes quicker. */
const quick = { leaseSeconds: 2, pollMs: 100 }
const asInProduction = { leaseSeconds: 30, pollMs: 10_000 }
/** On top of lease and poll, on a machine with other things to do. */
const graceMs = 3_000

async function takeOver({ world, doomed, other }: Place, { dies, leaseSeconds, pollMs }: Case) {
  const who = await prepare(world, 1, 'lastOne')
  await doomed.arm(dies)
  const doors = { door: async (broke: boolean) => (broke ? other.url : doomed.url) }
  const what = { verb: 'submit', session: 2, snapshot: 0 } as const
  const pressed = await press(world, who, what, doors, { mayBreak: true })
  // A bot that promises nothing does not die of it.
  await waitFor(doomed.isGone, graceMs)
  const died = performance.now()
  await waitFor(() => isSettled(world, who), leaseSeconds * 1_000 + pollMs + graceMs)
  const last = cardsTo(world.connector.shown, who.coach).at(-1)
  return { who, pressed, delayMs: (last?.at ?? Number.POSITIVE_INFINITY) - died }
}

export const lease: Suite = {
  name: 'lease',
  busy: false,
  async run({ engine, short, seeds, workers, broken, note }) {
    const tally = createTally(note)
    const times = seeds ?? (short ? 1 : 10)
    const cases = places.flatMap(dies => [
      ...(short ? [] : [{ dies, ...asInProduction }]),
      ...Array.from({ length: times }, () => ({ dies, ...quick })),
    ])
    const delays = new Map<number, number[]>()
    await inParallel(cases, workers, async each => {
      // A world of its own: whoever else polls there would take over as well.
      const world = await openWorld(engine, broken)
      try {
        const env = { LEASE: String(each.leaseSeconds), POLL_MS: String(each.pollMs) }
        const [doomed, other] = await Promise.all([world.start(env), world.start(env)])
        const { who, pressed, delayMs } = await takeOver({ world, doomed, other }, each)
        const { repeats } = await tally.add(`dies ${each.dies}`, world, who, [pressed])
        if (each.dies === 'beforeRemoval') tally.count('notTold', 1 - repeats, 'no repeat, though nobody knows')
        delays.set(each.leaseSeconds, [...(delays.get(each.leaseSeconds) ?? []), delayMs])
      } finally {
        await world.close()
      }
    })
    const spans = [...delays].map(([seconds, all]) => {
      const [least, most] = [Math.min(...all), Math.max(...all)].map(ms => (ms / 1_000).toFixed(1))
      return `taken over after ${least} to ${most} s (lease ${seconds} s)`
    })
    return { ...tally.result(), about: spans.join(', ') }
  },
  controls: { notTold: 'silent', unlabelled: 'unlabelled' },
}
