/**
 * Two bots on one store, the same press at the same moment at both doors, under the same activity id and under a new one
 * (a repeat of Teams'): for every step of the two logs, and the coach's first view.
 */
import { randomUUID } from 'node:crypto'
import type { Press } from '../oracle.ts'
import { type Pressed, post, pressOf } from '../person.ts'
import { prepare } from '../scene.ts'
import { inParallel, type Suite, someText, waitFor } from '../suite.ts'
import { createTally, isSettled } from '../tally.ts'
import { openWorld } from '../world.ts'

const settledMs = 30_000
/** Longer than a send takes here: nobody has reason to repeat anything. */
const env = { LEASE: '30', POLL_MS: '100' }

/** Everything from the first answer to the coach's first view. */
export function stepsOf(no: number): Pressed[] {
  const logs = [1, 2].flatMap((session): Pressed[] => {
    const questions = Array.from({ length: 16 }, (_, index) => index + 1)
    const answers: Pressed[] = questions.map(question => {
      return { verb: 'answer', session, question, text: someText(no * 100 + session * 50 + question) }
    })
    return [...answers, { verb: 'submit', session, snapshot: 0 }]
  })
  return [...logs, { verb: 'read', session: 1, text: `Answer ${no * 100 + 51}:` }]
}

export const replicas: Suite = {
  name: 'replicas',
  busy: true,
  async run({ engine, short, seeds, workers, broken, note }) {
    const tally = createTally(note)
    const world = await openWorld(engine, broken)
    try {
      const [one, two] = await Promise.all([world.start(env), world.start(env)])
      const people = Array.from({ length: seeds ?? (short ? 2 : 20) }, (_, index) => index + 1)
      let steps = 0
      await inParallel(people, workers, async no => {
        const who = await prepare(world, no, 'chosen')
        const presses: Press[] = []
        for (const what of stepsOf(no)) {
          const [id, again] = [randomUUID(), randomUUID()]
          const doors = [one.url, two.url].flatMap(url => [id, again].map(each => post(world, url, who, what, each)))
          presses.push(pressOf(what, await Promise.all(doors)))
          steps++
        }
        await waitFor(() => isSettled(world, who), settledMs)
        await tally.add(who.name, world, who, presses)
      })
      return { ...tally.result(), about: `${steps} steps, each four times at once` }
    } finally {
      await world.close()
    }
  },
  controls: { notTold: 'silent', unlabelled: 'twice', falseSaved: 'early', errors: 'faint' },
}
