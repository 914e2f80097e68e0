/**
 * What happens to a promise when its promiser dies, and when two processes do the same thing at once: the fault programme
 * in small, with real processes, on one file.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { DieAt } from './bot.ts'
import { figures, type Press, type Verdict } from './oracle.ts'
import { type Pressed, post, press, pressOf } from './person.ts'
import type { BotProcess } from './process.ts'
import { type Participant, prepare, preparedText } from './scene.ts'
import { waitFor } from './suite.ts'
import { stepsOf } from './suites/replicas.ts'
import { cardsTo, createTally, isSettled } from './tally.ts'
import { openWorld, type World } from './world.ts'

const settledMs = 10_000
const submit: Pressed = { verb: 'submit', session: 2, snapshot: 0 }

type Told = { readonly verdict: Verdict; readonly cards: readonly string[] }

describe('a promise', function () {
  this.timeout(30_000)
  let world: World
  let one: BotProcess
  let atOnce: { readonly who: Participant; readonly presses: readonly Press[] }
  let unsent: Promise<Told>
  let unremoved: Promise<Told>

  /** Her last press, at a bot that dies of it; then she presses again at another one. */
  async function outlived(doomed: BotProcess, at: DieAt, no: number): Promise<Told> {
    const who = await prepare(world, no, 'lastOne')
    await doomed.arm(at)
    const door = async (broke: boolean) => (broke || doomed.isGone() ? one.url : doomed.url)
    const presses = [await press(world, who, submit, { door }, { mayBreak: true })]
    await waitFor(doomed.isGone, settledMs)
    await waitFor(() => isSettled(world, who), settledMs)
    // The card that came in the end still leads to what it is about.
    presses.push(
      await press(world, who, { verb: 'read', session: 1, text: preparedText(1, 1) }, { door }),
      await press(world, who, submit, { door }),
    )
    const verdict = await createTally(line => assert.fail(line)).add('outlived', world, who, presses)
    return { verdict, cards: cardsTo(world.connector.shown, who.coach).map(each => JSON.stringify(each.activity)) }
  }

  /** Both logs, each press at both bots; under the same activity id, and (a repeat of Teams') under a new one. */
  async function pressedAtOnce(...bots: readonly BotProcess[]) {
    const who = await prepare(world, 3, 'chosen')
    const presses: Press[] = []
    for (const what of stepsOf(3)) {
      const [id, again] = [randomUUID(), randomUUID()]
      const doors = bots.flatMap(({ url }) => [id, again].map(each => post(world, url, who, what, each)))
      presses.push(pressOf(what, await Promise.all(doors)))
    }
    await waitFor(() => isSettled(world, who), settledMs)
    return { who, presses }
  }

  before(async () => {
    world = await openWorld('sqlite')
    const bots = await Promise.all([0, 1, 2].map(() => world.start()))
    const [first = assert.fail(), second = assert.fail(), third = assert.fail()] = bots
    one = third
    // Before two of the three die.
    atOnce = await pressedAtOnce(first, third)
    // Both wait for a lease to run out; they may as well do so at once.
    unsent = outlived(first, 'afterPromise', 1)
    unremoved = outlived(second, 'beforeRemoval', 2)
    await Promise.allSettled([unsent, unremoved])
  })
  after(() => world.close())

  it('is kept by the next process when its promiser is killed between commit and send', async () => {
    const { cards } = await unsent
    assert.equal(cards.length, 1)
  })

  it('is repeated only when its promiser is killed between send and removal, and says so', async () => {
    const { cards, verdict } = await unremoved
    assert.deepEqual([cards.length, verdict.repeats], [2, 1])
  })

  it('is made once when two processes on one store get the same press at once', async () => {
    const { who, presses } = atOnce
    const { broken, repeats } = await createTally(line => assert.fail(line)).add('at once', world, who, presses)
    assert.deepEqual([figures.map(figure => broken[figure]), repeats], [figures.map(() => 0), 0])
    assert.equal(cardsTo(world.connector.shown, who.coach).length, 1)
  })
})
