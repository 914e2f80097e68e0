/**
 * The last two logs are submitted at the same moment on two replicas. Both have decided when either writes (they wait for
 * one another right before), so each of them must find out that it is the second, and exactly one tells the coach.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { post, pressOf } from '../person.ts'
import { prepare } from '../scene.ts'
import { inParallel, type Suite, waitFor } from '../suite.ts'
import { cardsTo, createTally, isSettled } from '../tally.ts'
import { openWorld } from '../world.ts'

const settledMs = 30_000
/** Who waits in vain goes on alone: then it was no race, and is counted. */
const patienceMs = 2_000

/** Lets nobody pass before two have come, for each person. */
function createBarrier() {
  const there = new Map<string, () => void>()
  let met = 0
  return {
    met: () => met,
    arrive: async (person: string): Promise<void> => {
      const other = there.get(person)
      if (other) {
        met++
        return other()
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      there.set(person, resolve)
      await Promise.race([promise, sleep(patienceMs, undefined, { ref: false })])
    },
  }
}

export const bothSubmitted: Suite = {
  name: 'bothSubmitted',
  busy: true,
  async run({ engine, short, seeds, broken, note }) {
    const tally = createTally(note)
    const world = await openWorld(engine, broken)
    const barrier = createBarrier()
    try {
      const env = { LEASE: '30', POLL_MS: '500', BARRIER: '1' }
      const [one, two] = await Promise.all([world.start(env, barrier.arrive), world.start(env, barrier.arrive)])
      const people = Array.from({ length: seeds ?? (short ? 100 : 1000) }, (_, index) => index + 1)
      const copies: Record<number, number> = { 0: 0, 1: 0 }
      await inParallel(people, 4, async no => {
        const who = await prepare(world, no, 'complete')
        const presses = await Promise.all(
          [one, two].map(async ({ url }, index) => {
            const what = { verb: 'submit', session: index + 1, snapshot: 0 } as const
            return pressOf(what, [await post(world, url, who, what)])
          }),
        )
        await waitFor(() => isSettled(world, who), settledMs, 10)
        await tally.add(who.name, world, who, presses)
        const told = cardsTo(world.connector.shown, who.coach).length
        copies[told] = (copies[told] ?? 0) + 1
      })
      const { 0: never, 1: once, ...more } = copies
      const often = Object.values(more).reduce((sum, count) => sum + count, 0)
      return {
        ...tally.result(),
        about: `${barrier.met()} met before writing; told once ${once}, never ${never}, more often ${often}`,
      }
    } finally {
      await world.close()
    }
  },
  controls: { notTold: 'silent', unlabelled: 'twice', errors: 'faint' },
}
