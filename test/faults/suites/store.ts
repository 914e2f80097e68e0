/**
 * The store fails while an answer is saved and while a log is submitted. A fault that passes must not be seen by anybody;
 * one that stays is answered within three seconds, honestly, and the same press goes through once the store is back.
 */
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../store/gateway/faults.ts'
import { type Press, said } from '../oracle.ts'
import { type Pressed, press } from '../person.ts'
import type { BotProcess } from '../process.ts'
import { prepare } from '../scene.ts'
import { type Given, inParallel, type Suite, sampled, someText, waitFor } from '../suite.ts'
import { createTally, isSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

/** A promise of ours to whoever waits for an answer. */
const limitMs = 3_000
const settledMs = 30_000
const mostInShort = 14
const verbs = ['answer', 'submit'] as const

type Case = {
  readonly name: string
  readonly during: (typeof verbs)[number]
  /** It lasts for longer than a turn may wait. */
  readonly stays: boolean
  /** @returns what ends it. */
  readonly begin: (world: World) => () => void
}

const turnedAway: readonly Partial<Fault>[] = [429, 449].map(answer => ({ answer }))
const hinted: readonly Partial<Fault>[] = [100, 5_000].map(retryAfterMs => ({ answer: 429, retryAfterMs }))
const unclear = ([410, 503, 408, 500, 'reset', 'cut', 'hang', 'page'] as const).map(answer => ({ answer }))

function gatewayCases(): Case[] {
  const before = [...turnedAway, ...hinted, ...unclear].map(fault => ({ ...fault, when: 'before' as const }))
  const after = unclear.map(fault => ({ ...fault, when: 'after' as const }))
  const late = { answer: 'hang', when: 'late' } as const
  const of = (on: Fault['on'], faults: readonly Partial<Fault>[]) =>
    faults.map(fault => ({ on, when: 'before', answer: 500, ...fault }) satisfies Fault)
  const faults = [...of('batch', [...before, ...after, late]), ...of('read', before)]
  return faults.flatMap(fault =>
    verbs.flatMap(during =>
      [false, true].map((stays): Case => {
        const { on, when, answer, retryAfterMs } = fault
        const name = `${on} ${when} ${answer}${retryAfterMs ? ` for ${retryAfterMs} ms` : ''}, ${stays ? 'staying' : 'once'}`
        const tooLong = (retryAfterMs ?? 0) > limitMs
        return { name, during, stays: stays || tooLong, begin: ordered([{ ...fault, times: stays ? 1_000 : 1 }]) }
      }),
    ),
  )
}

/** Every request is answered at the second try only: each passes, together they may be too much for one turn. */
function reluctant(during: (typeof verbs)[number]): Case {
  const fine: Fault['answer'] = real => real
  const pairs = (['read', 'batch'] as const).flatMap(on =>
    Array.from({ length: 20 }, () => [
      { on, when: 'before', answer: 'hang' } as const,
      { on, when: 'after', answer: fine } as const,
    ]).flat(),
  )
  return { name: 'every first try hangs', during, stays: true, begin: ordered(pairs) }
}

function ordered(faults: readonly Fault[]): Case['begin'] {
  return ({ gateway }) => {
    gateway?.script(...faults)
    return () => gateway?.mend()
  }
}

/** Another process holds the file. */
function sqliteCases(): Case[] {
  const locked = (ms: number) => (world: World) => {
    const db = new DatabaseSync(world.at)
    db.exec('BEGIN IMMEDIATE')
    const release = () => {
      clearTimeout(timer)
      if (!db.isOpen) return
      db.exec('ROLLBACK')
      db.close()
    }
    const timer = setTimeout(release, ms)
    return release
  }
  return verbs.flatMap(during =>
    [100, 500, 1_000, 10_000].map(ms => {
      return { name: `the file is locked for ${ms} ms`, during, stays: ms > limitMs, begin: locked(ms) }
    }),
  )
}

async function walk(world: World, bot: BotProcess, { during, stays, begin }: Case, no: number) {
  const who = await prepare(world, no, during === 'answer' ? 'lastTwo' : 'lastOne')
  const manner = { door: async () => bot.url, sameId: no % 2 === 1 }
  const presses: Press[] = []
  const steps: Pressed[] = [
    { verb: 'answer', session: 2, question: 16, text: someText(no) },
    { verb: 'submit', session: 2, snapshot: 0 },
  ]
  // The bot meets them for the first time: nothing about them is remembered.
  for (const what of steps.slice(verbs.indexOf(during))) {
    if (what.verb === during) {
      const end = begin(world)
      presses.push(await press(world, who, what, { ...manner, tries: stays ? 1 : 2 }, { mayFail: stays, limitMs }))
      end()
      // A request that hung may still be under way.
      await sleep(stays ? 100 : 0)
    }
    // Where it was done already this is one more repeat, which does no harm.
    presses.push(await press(world, who, what, manner, { limitMs }))
  }
  await waitFor(() => isSettled(world, who), settledMs)
  return { who, presses }
}

async function run(given: Given) {
  const { engine, workers, broken } = given
  const tally = createTally(given.note)
  const all =
    engine === 'gateway' ? [...verbs.map(reluctant), ...sampled(gatewayCases(), given, mostInShort)] : sqliteCases()
  const jobs = all.map((each, index) => ({ each, no: index + 1 }))
  let honest = 0
  const worlds = await Promise.all(
    Array.from({ length: Math.min(workers, jobs.length) }, () => openWorld(engine, broken)),
  )
  try {
    const free = await Promise.all(worlds.map(async world => ({ world, bot: await world.start({ LEASE: '5' }) })))
    await inParallel(jobs, worlds.length, async ({ each, no }) => {
      const place = free.pop()
      if (!place) throw new Error('Fewer places than workers.')
      const { who, presses } = await walk(place.world, place.bot, each, no)
      honest += presses.filter(made => made.tries.some(one => said(made, one) === 'unsaved')).length
      await tally.add(`${each.name}, during ${each.during}`, place.world, who, presses)
      free.push(place)
    })
    return { ...tally.result(), about: `${honest} honest “not saved”` }
  } finally {
    await Promise.all(worlds.map(world => world.close()))
  }
}

export const store: Suite = {
  name: 'store',
  busy: false,
  run,
  controls: { falseSaved: 'early', errors: 'faint', late: 'slow' },
}
