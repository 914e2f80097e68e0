/**
 * SIGKILL at every await: before and after each request to the store and each send, in each of the steps after which
 * somebody is owed something. How many points a step has is found out by walking it once, so a new one is not missed.
 */
import type { DieAt } from '../bot.ts'
import type { Press } from '../oracle.ts'
import { type Pressed, press } from '../person.ts'
import type { BotProcess } from '../process.ts'
import { type Participant, prepare, preparedText, type Stage } from '../scene.ts'
import { type Given, inParallel, type Suite, sampled, someText, waitFor } from '../suite.ts'
import { createTally, isSettled, untilSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

type Flow = {
  readonly name: string
  readonly from: Stage
  readonly presses: (text: string) => readonly Pressed[]
  /** The entry into ready that is told about in the end. */
  readonly readyNo: number
}

const flows: readonly Flow[] = [
  {
    name: 'answer, submit, send',
    from: 'lastTwo',
    presses: text => [
      { verb: 'answer', session: 2, question: 16, text },
      { verb: 'submit', session: 2, snapshot: 0 },
    ],
    readyNo: 1,
  },
  {
    name: 'withdraw, submit, send',
    from: 'ready',
    presses: () => [
      { verb: 'withdraw', session: 2, snapshot: 1 },
      { verb: 'submit', session: 2, snapshot: 1 },
    ],
    readyNo: 2,
  },
  {
    name: 'first view',
    from: 'ready',
    presses: () => [{ verb: 'read', session: 1, text: preparedText(1, 1) }],
    readyNo: 1,
  },
]
const mostInShort = 8
const dyingMs = 5_000

/** One bot at a time, which works until it is killed; then another one is there. */
type Place = { readonly world: World; bot: BotProcess; killed: number; nextNo: number }

async function open({ engine, broken }: Given): Promise<Place> {
  const world = await openWorld(engine, broken)
  return { world, bot: await world.start(), killed: 0, nextNo: 1 }
}

async function alive(place: Place, broke = false): Promise<string> {
  // The connection breaks first, and then the process is gone.
  if (broke) await waitFor(place.bot.isGone, dyingMs, 5)
  if (place.bot.isGone()) {
    place.killed++
    place.bot = await place.world.start()
  }
  return place.bot.url
}

type Run = {
  readonly who: Participant
  readonly presses: readonly Press[]
  readonly passed: number
  /** From the last answer until nothing was owed any more. */
  readonly owedMs: number
}

type Job = { readonly flow: Flow; readonly seed: number; readonly at: DieAt }

/** Where a repeat comes from, by name: a sample of the points may leave it out. */
const sentAndPromised: readonly Job[] = flows.slice(0, 1).map(flow => ({ flow, seed: 0, at: 'beforeRemoval' }))

/** Walks a flow with a bot that dies at this point, or at none. */
async function walk(place: Place, flow: Flow, seed: number, at: DieAt | undefined): Promise<Run> {
  const who = await prepare(place.world, place.nextNo++, flow.from)
  await alive(place)
  await place.bot.arm(at)
  place.bot.reports.length = 0
  const presses: Press[] = []
  const manner = { door: (broke: boolean) => alive(place, broke), sameId: seed % 2 === 1 }
  for (const what of flow.presses(someText(seed))) {
    presses.push(await press(place.world, who, what, manner, { mayBreak: true }))
  }
  const answered = performance.now()
  // It may die after it has answered, while it sends or removes the promise.
  const settled = async () => {
    await alive(place)
    return isSettled(place.world, who, flow.readyNo)
  }
  await untilSettled(settled, () => [place.bot])
  const owedMs = performance.now() - answered
  // At its very last point it dies when all is done.
  return { who, presses, passed: await place.bot.arm().catch(() => 0), owedMs }
}

export const kills: Suite = {
  name: 'kills',
  busy: true,
  async run(given) {
    const tally = createTally(given.note)
    const places = await Promise.all(Array.from({ length: given.workers }, () => open(given)))
    try {
      const jobs: Job[] = []
      const found: string[] = []
      for (const flow of flows) {
        const first = places[0] ?? (await open(given))
        const { passed } = await walk(first, flow, 0, undefined)
        found.push(`${passed} in ${flow.name}`)
        const [from, to] = given.points ?? [1, passed]
        for (let seed = 0; seed < (given.seeds ?? (given.short ? 1 : 5)); seed++) {
          for (let at = from; at <= Math.min(to, passed); at++) jobs.push({ flow, seed, at })
        }
      }
      let longest = 0
      const free = [...places]
      const always = given.short && given.points === undefined ? sentAndPromised : []
      await inParallel([...always, ...sampled(jobs, given, mostInShort)], given.workers, async ({ flow, seed, at }) => {
        const place = free.pop() ?? (await open(given))
        const { who, presses, owedMs } = await walk(place, flow, seed, at)
        longest = Math.max(longest, owedMs)
        await tally.add(`${flow.name}, point ${at}, seed ${seed}`, place.world, who, presses, () =>
          place.bot.reports.map(line => `  ${line}\n`).join(''),
        )
        free.push(place)
      })
      const killed = places.reduce((count, place) => count + place.killed, 0)
      const owed = `nothing owed after ${(longest / 1_000).toFixed(1)} s`
      return { ...tally.result(), about: `${killed} killed; ${owed}; points: ${found.join(', ')}` }
    } finally {
      await Promise.all(places.map(place => place.world.close()))
    }
  },
  controls: { lost: 'early', notTold: 'silent', unlabelled: 'unlabelled', falseSaved: 'early', errors: 'faint' },
}
