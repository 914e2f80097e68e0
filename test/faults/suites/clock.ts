/**
 * Two replicas whose clocks are twenty minutes apart. A lease is a moment on the clock of whoever promised: to the one that
 * is ahead it has run out at once, to the one that is behind it lasts longer.
 */
import { randomUUID } from 'node:crypto'
import type { Press } from '../oracle.ts'
import { type Pressed, post, press, pressOf } from '../person.ts'
import { chatOf, type Participant, prepare } from '../scene.ts'
import { inParallel, type Suite, someText, waitFor } from '../suite.ts'
import { cardsTo, createTally, isSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

const apartMs = 600_000
const leaseSeconds = 30
const settledMs = 15_000
const env = { LEASE: String(leaseSeconds), POLL_MS: '100' }
const lastOne: Pressed = { verb: 'submit', session: 2, snapshot: 0 }

/** The send is slow enough for the other to look in between. */
async function slowly(world: World, no: number): Promise<Participant> {
  const who = await prepare(world, no, 'lastOne')
  world.connector.scriptFor(chatOf(who.coach), { status: 201, body: { id: 'slow' }, afterMs: 400 })
  return who
}

/** The same presses at both doors at once. */
async function twice(world: World, urls: readonly string[], who: Participant, no: number): Promise<Press[]> {
  const presses: Press[] = []
  for (const what of [{ verb: 'answer', session: 2, question: 16, text: someText(no) } as const, lastOne]) {
    const id = randomUUID()
    const doors = urls.flatMap(url => [id, randomUUID()].map(each => post(world, url, who, what, each)))
    presses.push(pressOf(what, await Promise.all(doors)))
  }
  return presses
}

export const clock: Suite = {
  name: 'clock',
  busy: false,
  async run({ engine, short, seeds, workers, broken, note }) {
    const tally = createTally(note)
    const world = await openWorld(engine, broken)
    const times = seeds ?? (short ? 3 : 30)
    const numbers = (from: number) => Array.from({ length: times }, (_, index) => from + index)
    try {
      const [ahead, behind] = await Promise.all(
        [apartMs, -apartMs].map(ms => world.start({ ...env, OFFSET_MS: String(ms) })),
      )
      if (!ahead || !behind) throw new Error('There are two bots.')
      const repeated: number[] = []
      for (const [bot, from] of [
        [behind, 1],
        [ahead, 1_001],
      ] as const) {
        let repeats = 0
        await inParallel(numbers(from), workers, async no => {
          const who = await slowly(world, no)
          const pressed = await press(world, who, lastOne, { door: async () => bot.url })
          await waitFor(() => isSettled(world, who), settledMs)
          // Whoever is slower may still be sending.
          await waitFor(() => cardsTo(world.connector.shown, who.coach).length > 1, 700)
          repeats += (
            await tally.add(`promised by the one ${bot === ahead ? 'ahead' : 'behind'}`, world, who, [pressed])
          ).repeats
        })
        repeated.push(repeats)
      }
      await inParallel(numbers(2_001), workers, async no => {
        const who = await prepare(world, no, 'lastTwo')
        const presses = await twice(world, [ahead.url, behind.url], who, no)
        await waitFor(() => isSettled(world, who), settledMs)
        await tally.add('the same presses at both', world, who, presses)
      })
      const who = await prepare(world, 3_001, 'lastOne')
      await ahead.arm('afterPromise')
      const doors = async (broke: boolean) => (broke ? behind.url : ahead.url)
      const pressed = await press(world, who, lastOne, { door: doors }, { mayBreak: true })
      let minutes = 0
      while (!(await waitFor(() => isSettled(world, who), 250)) && minutes < 60) {
        await behind.shift(120_000)
        minutes += 2
      }
      await tally.add('the one ahead dies', world, who, [pressed])
      const [late = 0, early = 0] = repeated
      return {
        ...tally.result(),
        about: `of ${times} promised by the one behind ${late} were told twice, by the one ahead ${early}; the one ahead dies: told after ${minutes} min`,
      }
    } finally {
      await world.close()
    }
  },
  controls: { notTold: 'silent', unlabelled: 'unlabelled', errors: 'faint' },
}
