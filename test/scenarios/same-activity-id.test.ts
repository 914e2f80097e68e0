/**
 * A Teams message id is the time in milliseconds, unique in its own chat only: two people who write or press in the same
 * millisecond have the same one. Both are saved; the same delivery twice still counts once.
 */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import type { Actor, Invoked } from '../../src/demo/stage.ts'
import { document, keys } from '../../src/store/documents.ts'
import { engines, openHouse } from './house.ts'
import { stepper, upToChoosing, upToLastPress } from './walk.ts'

const millisecond = '1764403200123'
const bens = 'a0000000-0000-4000-8000-00000000000b'

type Way = 'typed' | 'execute' | 'submit'

/** Anna, and Ben who is exactly as far as she is. */
async function bothAt(way: Way, engine: (typeof engines)[number], reach: typeof upToChoosing) {
  const house = await openHouse({ engine, buttons: way === 'submit' ? 'submit' : 'execute' })
  const { anna, store, stage } = house
  await anna.install()
  await reach(stepper(anna, 'en'))
  const profile = (await store.get(keys.profile(anna.person)))?.doc ?? assert.fail()
  const [{ programme } = assert.fail()] = profile.memberships
  const { welcomedAt: _w, chat: _c, ...rest } = profile
  const ben = stage.actor(bens, 'Ben Boyd')
  const journey = (await store.get(keys.journey(programme, anna.person)))?.doc ?? assert.fail()
  const twin = { person: bens, name: 'Ben Boyd' }
  await store.commit(`u:${bens}`, [{ op: 'create', doc: document(keys.profile(bens), { ...rest, ...twin }) }])
  await store.commit(`p:${programme}`, [
    { op: 'create', doc: document(keys.journey(programme, bens), { ...journey, ...twin }) },
  ])
  for (const session of [1, 2]) {
    const log = (await store.get(keys.log(programme, anna.person, 1, session)))?.doc
    const snapshot = (await store.get(keys.snapshot(programme, anna.person, 1, session, 1)))?.doc
    const docs = [
      log && document(keys.log(programme, bens, 1, session), { ...log, person: bens }),
      snapshot && document(keys.snapshot(programme, bens, 1, session, 1), { ...snapshot, person: bens }),
    ].filter(doc => doc !== undefined)
    if (docs.length > 0)
      await store.commit(
        `p:${programme}`,
        docs.map(doc => ({ op: 'create', doc }) as const),
      )
  }
  const log = async (who: Actor, session = 1) => (await store.get(keys.log(programme, who.person, 1, session)))?.doc
  const journeyOf = async (who: Actor) => (await store.get(keys.journey(programme, who.person)))?.doc
  return { ...house, ben, log, journeyOf }
}

const sameId = (activity: object) => ({ ...activity, id: millisecond })

describe('two people whose activities have the same id', function () {
  this.timeout(60_000)
  for (const engine of engines) {
    for (const way of ['typed', 'execute', 'submit'] as const) {
      it(`both have their answer saved, and the same delivery twice counts once (${way}, ${engine})`, async () => {
        const house = await bothAt(way, engine, upToChoosing)
        const { anna, ben } = house
        try {
          for (const who of [anna, ben]) await who.say('continue best')
          const answering = (who: Actor, text: string): object =>
            way === 'typed'
              ? { ...who.common(), type: 'message', text }
              : who.pressing(say('en', 'question.saveNext'), { [say('en', 'question.label')]: text })
          const activities = [anna, ben].map(who => sameId(answering(who, `What ${who.name} did`)))
          const answered: Invoked[] = await Promise.all(activities.map(each => house.stage.post(each)))
          assert.deepEqual(
            answered.map(({ status }) => status),
            [200, 200],
          )
          for (const who of [anna, ben]) {
            assert.equal((await house.log(who))?.answers[1]?.text, `What ${who.name} did`, `${who.name} is saved`)
          }
          // The platform delivers Ben's once more.
          await house.stage.post(activities[1] ?? assert.fail())
          const log = await house.log(ben)
          assert.deepEqual(
            Object.entries(log?.answers ?? {}).map(([question, { rev }]) => [question, rev]),
            [['1', 1]],
          )
          assert.equal((await house.journeyOf(ben))?.rounds[0]?.logs[1]?.answered, 1)
        } finally {
          await house.close()
        }
      })
    }

    it(`both have their log submitted, and the coach is told of both (${engine})`, async () => {
      const house = await bothAt('execute', engine, upToLastPress)
      const { anna, ben, carla } = house
      try {
        await carla.install()
        await ben.say('review challenging')
        const title = say('en', 'review.submit')
        const known = carla.received().length
        await Promise.all([anna, ben].map(who => house.stage.post(sameId(who.pressing(title)))))
        for (const who of [anna, ben]) {
          assert.ok((await house.journeyOf(who))?.rounds[0]?.logs[2]?.submittedAt, `${who.name}'s log is submitted`)
          assert.ok((await house.journeyOf(who))?.rounds[0]?.readyAt, `${who.name} is ready`)
        }
        await carla.hears(known + 1)
        const told = carla.received().slice(known).join('\n')
        for (const who of [anna, ben]) assert.match(told, new RegExp(who.name))
      } finally {
        await house.close()
      }
    })
  }
})
