/**
 * A deployment under load: the program before the last change of a document's shape and this one, side by side on one store
 * whose documents are all of the earlier shape. Everybody writes both logs, each press at either door. The earlier program
 * cannot read what this one has written; it may say "not saved", and must lose nothing that it has acknowledged.
 */
import { takeEarlier } from '../earlier.ts'
import type { Press } from '../oracle.ts'
import { press } from '../person.ts'
import type { prepare as prepareNow } from '../scene.ts'
import { createDice, inParallel, type Suite, waitFor } from '../suite.ts'
import { createTally, isSettled } from '../tally.ts'
import { openWorld } from '../world.ts'
import { stepsOf } from './replicas.ts'

const settledMs = 30_000
/** Sixteen answers and a submit. */
const logPresses = 17
const atOnce = 6
const env = { LEASE: '10', POLL_MS: '200' }

export const versions: Suite = {
  name: 'versions',
  busy: true,
  async run({ engine, short, seeds, broken, note }) {
    const tally = createTally(note)
    const earlier = await takeEarlier()
    // Nothing to compare with, as in a download of the source alone: not a promise broken.
    if (!earlier)
      return { ...tally.result(), runs: 1, about: 'left out: there is no history of an earlier program here' }
    const { prepare }: { prepare: typeof prepareNow } = await import(earlier.scene)
    const world = await openWorld(engine, broken)
    const taken = { earlier: 0, now: 0 }
    try {
      const before = await world.start(env, undefined, earlier.program)
      const now = await world.start(env)
      const people = Array.from({ length: seeds ?? (short ? 6 : 60) }, (_, index) => index + 1)
      await inParallel(people, atOnce, async no => {
        const who = await prepare(world, no, 'chosen')
        const { below } = createDice(no)
        const presses: Press[] = []
        // Half of them write their first log with the earlier program alone, the others meet either from the first press on.
        const firstLogBefore = no % 2 === 0
        for (const [at, what] of stepsOf(no).entries()) {
          // The coach reads where the last submit was taken.
          const first = what.verb !== 'read' && ((firstLogBefore && at < logPresses) || below(2) === 0)
          const doors = [first ? before : now]
          const door = async () => (doors.shift() ?? now).url
          const made = await press(world, who, what, { door, pauseMs: 5 }, { mayFail: true })
          taken[first && made.tries.length === 1 ? 'earlier' : 'now']++
          presses.push(made)
        }
        await waitFor(() => isSettled(world, who), settledMs)
        await tally.add(who.name, world, who, presses)
      })
      return {
        ...tally.result(),
        about: `${taken.earlier} presses taken by the earlier program, ${taken.now} by this one`,
      }
    } finally {
      await world.close()
      await earlier.close()
    }
  },
  controls: { lost: 'early', notTold: 'silent', unlabelled: 'twice', falseSaved: 'early' },
}
