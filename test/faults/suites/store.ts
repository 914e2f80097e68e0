/**
 * The store fails while an answer is saved and while a log is submitted. A fault that passes must not be seen by anybody;
 * one that stays is answered within three seconds, honestly, and the same press goes through once the store is back.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Press, said } from '../oracle.ts'
import { type Pressed, press } from '../person.ts'
import type { BotProcess } from '../process.ts'
import { prepare } from '../scene.ts'
import { type Given, inParallel, type Suite, sampled, someText, waitFor } from '../suite.ts'
import { createTally, isSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'
import { brownouts, type Case, gatewayCases, sqliteCases, verbs } from './storeCases.ts'

/** A promise of ours to whoever waits for an answer. */
const limitMs = 3_000
const settledMs = 30_000
const mostInShort = 14

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
  const all = engine === 'gateway' ? [...brownouts(), ...sampled(gatewayCases(), given, mostInShort)] : sqliteCases()
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
