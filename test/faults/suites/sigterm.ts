/**
 * SIGTERM under load, as at every deployment: people press at whichever of two bots says it is ready, as a load balancer
 * would send them; each bot in turn is told to end. No turn that was taken may fail, and nobody waits for a lease.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Press } from '../oracle.ts'
import { type Pressed, press } from '../person.ts'
import type { BotProcess } from '../process.ts'
import { chatOf, type Participant, prepare } from '../scene.ts'
import { inParallel, type Suite, someText, waitFor } from '../suite.ts'
import { createTally, isSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

const atOnce = 4
/** The promise is that a bot is gone within ten seconds; then it is ended by force. */
const closeMs = 10_000
/** Ready is asked for more often than the grace is long; a lease would be waited for much longer than anything here. */
const env = { LEASE: '60', POLL_MS: '200', GRACE_MS: '1000' }
const toldMs = 12_000
/** So long a send takes: whoever is ended has some under way. */
const sendMs = 700
/** Before the next person comes. */
const thinkMs = 100

/** Asks both bots again and again whether they are ready. */
function createBalancer(slots: readonly { bot: BotProcess }[]) {
  const ready = new Set<BotProcess>()
  let over = false
  const watch = async (slot: { bot: BotProcess }) => {
    while (!over) {
      const { bot } = slot
      const answer = await fetch(`${bot.url}/readyz`).catch(() => undefined)
      if (answer?.ok) ready.add(bot)
      else ready.delete(bot)
      await sleep(20)
    }
  }
  const watching = Promise.all(slots.map(watch))
  return {
    door: async (next: number) => {
      await waitFor(() => ready.size > 0, closeMs)
      const urls = [...ready].map(({ url }) => url)
      return urls[next % urls.length] ?? ''
    },
    end: async () => {
      over = true
      await watching
    },
  }
}

export const sigterm: Suite = {
  name: 'sigterm',
  busy: false,
  async run({ engine, short, seeds, broken, note }) {
    const tally = createTally(note)
    const world = await openWorld(engine, broken)
    try {
      const slots = await Promise.all([0, 1].map(async () => ({ bot: await world.start(env) })))
      const balancer = createBalancer(slots)
      const walked: { who: Participant; presses: Press[] }[] = []
      let over = false
      let turnedAway = 0
      const load = inParallel(
        Array.from({ length: atOnce }, (_, index) => index),
        atOnce,
        async lane => {
          for (let no = lane + 1; !over; no += atOnce) {
            walked.push(await walk(world, no, balancer.door))
            await sleep(thinkMs)
          }
        },
      )
      const closing: number[] = []
      for (let round = 0; round < (seeds ?? (short ? 2 : 20)); round++) {
        const slot = slots[round % 2]
        if (!slot) throw new Error('There are two slots.')
        await sleep(300)
        const began = performance.now()
        if (!(await waitFor(endOf(slot.bot), closeMs))) tally.count('errors', 1, `it did not end in ${closeMs} ms`)
        await slot.bot.kill()
        closing.push(performance.now() - began)
        slot.bot = await world.start(env)
      }
      over = true
      await load
      await balancer.end()
      for (const { who, presses } of walked) {
        await waitFor(() => isSettled(world, who), toldMs)
        // Nobody was there who could have taken it.
        const taken = presses.map(made => ({
          ...made,
          tries: made.tries.filter(({ body }) => body !== 'ECONNREFUSED'),
        }))
        turnedAway += presses.flatMap(({ tries }) => tries).filter(({ body }) => body === 'ECONNREFUSED').length
        await tally.add(who.name, world, who, taken)
      }
      const slowest = (Math.max(...closing) / 1_000).toFixed(1)
      const about = `${walked.length * 2} presses, ${closing.length} ended within ${slowest} s, ${turnedAway} found the door shut`
      return { ...tally.result(), about }
    } finally {
      await world.close()
    }
  },
  controls: { notTold: 'silent', errors: 'abrupt' },
}

/** One answer, one submit, and a coach whose chat is slow. */
async function walk(world: World, no: number, door: (next: number) => Promise<string>) {
  const who = await prepare(world, no, 'lastTwo')
  world.connector.scriptFor(chatOf(who.coach), { status: 201, body: { id: 'slow' }, afterMs: sendMs })
  const steps: Pressed[] = [
    { verb: 'answer', session: 2, question: 16, text: someText(no) },
    { verb: 'submit', session: 2, snapshot: 0 },
  ]
  const presses: Press[] = []
  for (const [index, what] of steps.entries()) {
    presses.push(await press(world, who, what, { door: () => door(no + index), pauseMs: 20, tries: 200 }))
  }
  return { who, presses }
}

function endOf(bot: BotProcess): () => boolean {
  void bot.terminate()
  return bot.isGone
}
