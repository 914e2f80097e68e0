/**
 * Random SIGKILLs while several people write on two bots that share a store: one kill for every ten presses, at a moment
 * the seed decides. Everybody presses again until answered, and submits both logs in the end.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Press } from '../oracle.ts'
import { type Pressed, press } from '../person.ts'
import type { BotProcess } from '../process.ts'
import { type Participant, prepare } from '../scene.ts'
import { createDice, inParallel, type Suite, someText, waitFor } from '../suite.ts'
import { createTally, isSettled, untilSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

const pressesPerKill = 10
const atOnce = 6
/** 32 answers, some of them changed later, two submits. */
const pressesEach = 38
const settledMs = 30_000
/** So many presses may be made before the killer has caught up. */
const ahead = 3 * pressesPerKill

/** Two bots; whichever is killed is replaced. */
async function openSlots(world: World) {
  const slots: Promise<BotProcess>[] = [world.start(), world.start()]
  await Promise.all(slots)
  return {
    kill: async (slot: number) => {
      const bot = await slots[slot]
      slots[slot] = bot?.kill().then(() => world.start()) ?? world.start()
    },
    /** Whichever the person reaches: the one meant or, while that is gone, the other. */
    door: async (slot: number) => {
      const bot = await Promise.race([slots[slot], sleep(5)])
      return (bot ?? (await Promise.any(slots))).url
    },
    all: () => Promise.all(slots),
  }
}

/** What somebody does: every answer once, some once more, then both submits. */
function walkOf(no: number, below: (limit: number) => number): Pressed[] {
  return [1, 2].flatMap(session => {
    const questions = Array.from({ length: 16 }, (_, index) => index + 1)
    const first: Pressed[] = questions.map(question => {
      return { verb: 'answer', session, question, text: someText(no * 100 + session * 50 + question), rev: 0 }
    })
    const again: Pressed[] = [1, 2].map(() => {
      const question = 1 + below(16)
      return { verb: 'answer', session, question, text: `Better: ${someText(no + question)}`, rev: 1 }
    })
    const once = again.filter(
      (each, at) => again.findIndex(other => JSON.stringify(other) === JSON.stringify(each)) === at,
    )
    return [...first, ...once, { verb: 'submit', session, snapshot: 0 }]
  })
}

type Walked = { readonly who: Participant; readonly presses: readonly Press[] }

/** `kills` kills in ten times as many presses. */
async function walkAll(world: World, seed: number, kills: number) {
  const slots = await openSlots(world)
  const { below } = createDice(seed)
  const walked: Walked[] = []
  let made = 0
  let killed = 0
  let over = false

  async function kill(): Promise<void> {
    while (killed < kills && !over) {
      await waitFor(() => over || made >= (killed + 1) * pressesPerKill, settledMs, 1)
      await sleep(below(30))
      await slots.kill(below(2))
      killed++
    }
  }

  async function walk(no: number): Promise<void> {
    const who = await prepare(world, no, 'chosen')
    const presses: Press[] = []
    for (const what of walkOf(no, below)) {
      await waitFor(() => killed >= kills || made < killed * pressesPerKill + ahead, settledMs, 1)
      made++
      const manner = { door: () => slots.door(below(2)), pauseMs: 20, tries: 200, sameId: below(2) === 0 }
      presses.push(await press(world, who, what, manner, { mayBreak: true }))
    }
    walked.push({ who, presses })
  }

  // One more than it takes, so that nobody is done before the last kill.
  const people = Array.from({ length: Math.ceil((kills * pressesPerKill) / pressesEach) + 1 }, (_, index) => index + 1)
  const killing = kill()
  await inParallel(people, atOnce, walk)
  over = true
  await killing
  await slots.all()
  for (const { who } of walked) await untilSettled(() => isSettled(world, who), slots.all)
  return { walked, made, killed }
}

export const random: Suite = {
  name: 'random',
  busy: true,
  async run({ engine, short, seeds = 1, broken, note }) {
    const tally = createTally(note)
    let [presses, kills] = [0, 0]
    for (let seed = 1; seed <= seeds; seed++) {
      const world = await openWorld(engine, broken)
      try {
        const { walked, made, killed } = await walkAll(world, seed, short ? 6 : 200)
        presses += made
        kills += killed
        for (const { who, presses } of walked) await tally.add(`seed ${seed}, ${who.name}`, world, who, presses)
      } finally {
        await world.close()
      }
    }
    return { ...tally.result(), about: `${presses} presses, ${kills} killed` }
  },
  controls: { lost: 'early', notTold: 'silent', unlabelled: 'twice', falseSaved: 'early', errors: 'faint' },
}
