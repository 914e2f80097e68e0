/**
 * Two replicas whose clocks are twenty minutes apart. A lease is a moment on the clock of whoever promised: to the one that
 * is ahead it has run out at once, to the one that is behind it lasts longer.
 */
import { randomUUID } from 'node:crypto'
import type { Press } from '../oracle.ts'
import { type Pressed, post, press, pressOf } from '../person.ts'
import type { BotProcess } from '../process.ts'
import { chatOf, type Participant, prepare } from '../scene.ts'
import { inParallel, type Suite, someText, waitFor } from '../suite.ts'
import { cardsTo, createTally, isSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

const apartMs = 600_000
const stepMinutes = 2
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

/** One promise of this bot's, while the other looks for leases that ran out. @returns how often the coach was told again. */
async function promised(world: World, bot: BotProcess, no: number, tally: ReturnType<typeof createTally>, by: string) {
  const who = await slowly(world, no)
  const pressed = await press(world, who, lastOne, { door: async () => bot.url })
  await waitFor(() => isSettled(world, who), settledMs)
  // Whoever is slower may still be sending.
  await waitFor(() => cardsTo(world.connector.shown, who.coach).length > 1, 700)
  return (await tally.add(`promised by the one ${by}`, world, who, [pressed])).repeats
}

/** The one ahead dies before it sends. @returns after how many minutes by its own clock the other has told the coach. */
async function taken(world: World, ahead: BotProcess, behind: BotProcess, tally: ReturnType<typeof createTally>) {
  const who = await prepare(world, 3_001, 'lastOne')
  await ahead.arm('afterPromise')
  const door = async (broke: boolean) => (broke ? behind.url : ahead.url)
  const pressed = await press(world, who, lastOne, { door }, { mayBreak: true })
  let minutes = 0
  while (!(await waitFor(() => isSettled(world, who), 250)) && minutes < 60) {
    await behind.shift(stepMinutes * 60_000)
    minutes += stepMinutes
  }
  await tally.add('the one ahead dies', world, who, [pressed])
  return minutes
}

export const clock: Suite = {
  name: 'clock',
  busy: false,
  async run({ engine, short, seeds, workers, broken, note }) {
    const tally = createTally(note)
    const world = await openWorld(engine, broken)
    const times = seeds ?? (short ? 3 : 30)
    const numbers = (from: number) => Array.from({ length: times }, (_, index) => from + index)
    const again = { ahead: 0, behind: 0 }
    try {
      const [ahead, behind] = await Promise.all(
        [apartMs, -apartMs].map(ms => world.start({ ...env, OFFSET_MS: String(ms) })),
      )
      if (!ahead || !behind) throw new Error('There are two bots.')
      await inParallel(numbers(1), workers, async no => {
        again.behind += await promised(world, behind, no, tally, 'behind')
      })
      await inParallel(numbers(1_001), workers, async no => {
        again.ahead += await promised(world, ahead, no, tally, 'ahead')
      })
      await inParallel(numbers(2_001), workers, async no => {
        const who = await prepare(world, no, 'lastTwo')
        const presses = await twice(world, [ahead.url, behind.url], who, no)
        await waitFor(() => isSettled(world, who), settledMs)
        await tally.add('the same presses at both', world, who, presses)
      })
      const minutes = await taken(world, ahead, behind, tally)
      const twiceTold = `of ${times} promised by the one behind ${again.behind} were told twice, by the one ahead ${again.ahead}`
      return { ...tally.result(), about: `${twiceTold}; the one ahead dies: told after ${minutes} min` }
    } finally {
      await world.close()
    }
  },
  controls: { notTold: 'silent', unlabelled: 'unlabelled', errors: 'faint' },
}
