/** Everything that happens: in each house its own, all at once, as in a real day. */
import { breakAnswers, breakConnector, breakStore, waitForNotices } from './breaking.ts'
import { beRefused, changeBest, comeTooLate, pressBadly } from './changing.ts'
import { coachTypes } from './coaching.ts'
import { damage } from './damaging.ts'
import { hurry, knock } from './knocking.ts'
import { askAll } from './others.ts'
import type { Town } from './town.ts'
import { finish, logsOf, writeByCards, writeByTyping, writerOf } from './writing.ts'

export type Happened = {
  /** Ways to fail, and requests that were neither let in nor read. */
  readonly store: number
  readonly connector: number
  readonly notLetIn: number
  /** Of all answers that were errors. */
  readonly statuses: ReadonlySet<number>
}

const others = { main: ['Carla', 'Leo', 'Paul', 'Stan'], file: ['Cora', 'Lars', 'Ines', 'Sven'] } as const

export async function playAll(town: Town): Promise<Happened> {
  const { answer } = town.ingestion
  // For the first half of the time measurements are not taken.
  answer.status = 500
  const main = onMain(town).finally(() => {
    answer.status = 200
  })
  const [notLetIn, { store, connector }] = await Promise.all([main, onFaulty(town), onFile(town)])
  // Time goes by only when nobody is about any more.
  await waitForNotices(town)
  await breakAnswers(town)
  const statuses = new Set(Object.values(town.gates).flatMap(gate => [...gate.errors]))
  return { store, connector, notLetIn, statuses }
}

/** Behind the strict door, on Cosmos DB: Anna by cards in English, Otto by typing in Chinese. */
async function onMain(town: Town): Promise<number> {
  for (const key of [...others.main, 'Otto', 'Anna'] as const) await town.actor(key).install()
  const anna = writerOf(town, 'Anna')
  const { actor, step } = anna
  const first = logsOf('Anna', 'AnswerBest', 'AnswerHard')
  await writeByCards(anna, () => askAll(town, 'Anna', others.main, { reads: true }))
  const late = actor.pressing('Submit')
  await finish(town, anna, 'Carla', first, () => step('review.submit'))
  const early = town.actor('Carla').pressing('Side by side')
  await askAll(town, 'Anna', others.main, { reads: false })

  await actor.say('withdraw best')
  for (const name of first) town.readable.delete(name)
  await beRefused(town, anna)
  await pressBadly(town, anna)
  await changeBest(anna)
  await town.actor('Carla').post(early)
  await askAll(town, 'Anna', others.main, { reads: true })
  const now = [...first.filter(name => !/Best[AB]$/.test(name)), 'AnnaLaterA', 'AnnaLaterB']
  await finish(town, anna, 'Carla', now, () => actor.say('submit best'))
  await askAll(town, 'Anna', others.main, { reads: true })
  await comeTooLate(anna, late)

  const otto = writerOf(town, 'Otto')
  const last = await writeByTyping(otto)
  await finish(town, otto, 'Carla', logsOf('Otto', 'AnswerBest', 'AnswerHard'), () => otto.actor.say(last))
  await askAll(town, 'Otto', ['Carla', 'Paul'], { reads: true })
  await coachTypes(town)
  return knock(town)
}

async function onFaulty(town: Town): Promise<{ store: number; connector: number }> {
  const store = await breakStore(town)
  return { store, connector: await breakConnector(town) }
}

/** Behind the open door, on a file: Uwe by `Action.Submit` in Chinese, Olga by typing in English. */
async function onFile(town: Town): Promise<void> {
  for (const key of [...others.file, 'Uwe', 'Olga'] as const) await town.actor(key).install()
  const [uwe, olga] = [writerOf(town, 'Uwe'), writerOf(town, 'Olga')]
  await writeByCards(uwe, () => askAll(town, 'Uwe', others.file, { reads: true }))
  await finish(town, uwe, 'Cora', logsOf('Uwe', 'AnswerBest', 'AnswerHard'), () => uwe.step('review.submit'))
  // The card that was pressed cannot be replaced.
  const lost = { status: 502 }
  town.connector.scriptFor(town.people.Uwe.chat, lost, lost, lost)
  await uwe.actor.press(uwe.actor.buttons()[0] ?? '')
  const last = await writeByTyping(olga)
  await finish(town, olga, 'Cora', logsOf('Olga', 'AnswerBest', 'AnswerHard'), () => olga.actor.say(last))
  await askAll(town, 'Olga', ['Cora', 'Ines'], { reads: true })
  await damage(town)
  await hurry(town)
}
