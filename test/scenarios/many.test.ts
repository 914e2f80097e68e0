/** A coach of many: everybody who is late is nudged at a press, each once; what was not delivered is theirs to send again. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { anna, carla } from '../../src/demo/people.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { document, keys, type Notice } from '../../src/store/documents.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import { type Crowd, crowdOf, documentsOf, profilesOf, put } from '../bench/crowd.ts'
import { type House, openHouse, until } from './house.ts'

const late = '2026-12-16T09:00:00.000Z'

describe('a coach of many', () => {
  let house: House
  let crowd: Crowd
  let coach: Actor
  beforeEach(async () => {
    house = await openHouse()
    crowd = crowdOf({ name: 'many', size: 45, from: 900, now: house.time.now, lives: ['joined'] })
    await put(house.store, documentsOf(crowd))
    await put(house.store, profilesOf(crowd, house.stage.connector.serviceUrl))
    coach = house.stage.actor(crowd.coach.id, crowd.coach.name)
    house.time.now = late
  })
  afterEach(() => house.close())

  const pressAll = (count: number) => say('en', 'coachHome.nudgeLate', { count })
  const nudgedAt = async (at: string) => {
    const found = await house.store.query('programmeOf', { programme: 'many' })
    return found.flatMap(({ doc }) => (doc.type === 'journey' && doc.nudgedAt === at ? [doc.person] : []))
  }
  /** How many were told by the bot, and the most that anybody was. */
  const told = () => {
    const texts = crowd.people.map(({ id }) => {
      const says = say('en', 'nudge.from', { name: crowd.coach.name })
      return house.stage.connector.received.filter(
        ({ path, activity }) => path.includes(`chat-${id}/`) && JSON.stringify(activity).includes(says),
      ).length
    })
    return { people: texts.filter(count => count > 0).length, most: Math.max(...texts) }
  }

  it('nudges forty at a press and says how many are left; pressing again goes on with them, and nobody is told twice', async () => {
    await coach.say('ready')
    const first = await coach.press(pressAll(45))
    assert.ok(first.includes(say('en', 'nudging.all', { count: 40, left: 5 })), first)
    assert.equal((await nudgedAt(late)).length, 40)
    house.time.now = '2026-12-16T09:01:00.000Z'
    const second = await coach.press(pressAll(5))
    assert.ok(second.includes(say('en', 'nudging.all', { count: 5, left: 0 })), second)
    assert.equal((await nudgedAt(house.time.now)).length, 5)
    assert.ok(!coach.buttons().some(title => `${title}`.startsWith('Nudge all')), 'nobody is left')
    await until('everybody is told', () => told().people === 45, 20_000)
    assert.equal(told().most, 1)
  })

  it('nudges nobody more when the platform delivers the press twice', async () => {
    await coach.say('ready')
    const press = coach.pressing(pressAll(45))
    await coach.post(press)
    await coach.post(press)
    assert.equal((await nudgedAt(late)).length, 40)
  })

  it('keeps and tells what was done before the store was gone, and goes on at the next press', async () => {
    await coach.say('ready')
    let commits = 0
    const { commit } = house.requests.store
    house.requests.store.commit = async (pk, writes) => {
      if (pk === 'p:many' && ++commits === 3) throw new StoreUnavailable('gone')
      return commit(pk, writes)
    }
    const first = await coach.press(pressAll(45))
    assert.ok(first.includes(say('en', 'nudging.all', { count: 20, left: 25 })), first)
    house.requests.store.commit = commit
    const second = await coach.press(pressAll(25))
    assert.ok(second.includes(say('en', 'nudging.all', { count: 25, left: 0 })), second)
    assert.equal((await nudgedAt(late)).length, 45)
  })

  it('is the coach’s alone', async () => {
    for (const { id, name } of [crowd.leader, crowd.people[0] ?? assert.fail(), carla]) {
      const other = house.stage.actor(id, name)
      for (const verb of ['nudgeLate', 'undelivered', 'sendAgain', 'letGo']) {
        const action = { type: 'Action.Execute', verb, data: { programme: 'many', notice: 'n:nothing' } }
        const press = { ...other.common(), type: 'invoke', name: 'adaptiveCard/action', value: { action } }
        assert.ok(other.look(await other.post(press)).includes(say('en', 'general.stranger')), `${name} ${verb}`)
      }
    }
    assert.deepEqual(await nudgedAt(late), [])
  })
})

describe('what was not delivered', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
    await house.anna.install()
    await house.anna.press(say('en', 'invitation.consent'))
    await house.carla.install()
  })
  afterEach(() => house.close())

  /** Nobody tries to send it any more, since the day before. */
  async function failed(more: Partial<Notice> = {}) {
    const journey = (await house.store.get(keys.journey('demo', anna.id)))?.doc ?? assert.fail()
    const at = house.time.now
    const notice: Notice = {
      ...{ kind: 'nudge', programme: 'demo', person: anna.id, to: anna.id, round: 1, no: Date.parse(at) },
      ...{ state: 'failed', runAt: '9999-12-31T00:00:00.000Z', unknownSends: 0, attempts: 8, promisedAt: at },
      ...{ lastError: 'refused', since: '2026-11-22T09:00:00.000Z' },
      ...more,
    }
    await put(house.store, [
      document(keys.journey('demo', anna.id), { ...journey, nudgedAt: at, nudgedBy: carla.id }),
      document(keys.notice(notice), notice),
    ])
    return notice
  }
  const list = say('en', 'coachHome.undelivered', { count: 1 })
  const got = () => house.anna.received().filter(text => text.includes(say('en', 'nudge.from', { name: carla.name })))

  it('is on the coach’s card with kind, name and day, and is sent again at a press, once', async () => {
    const notice = await failed({ unknownSends: 3 })
    await house.carla.say('ready')
    const shown = await house.carla.press(list)
    assert.ok(shown.includes(anna.name) && shown.includes('Nudge · since 22 November, 10:00'), shown)
    assert.ok(shown.includes(say('en', 'undelivered.maybe')))
    const press = house.carla.pressing(say('en', 'undelivered.sendAgain'))
    const done = house.carla.look(await house.carla.post(press))
    assert.ok(done.includes(say('en', 'undelivered.again')), done)
    await until('it arrives', () => got().length === 1)
    assert.ok(got()[0]?.includes(say('en', 'ready.repeat')), 'a send whose end nobody knows may have arrived')
    await until('it is gone', async () => !(await house.store.get(keys.notice(notice))))
    const again = house.carla.look(await house.carla.post({ ...press, id: 'another' }))
    assert.ok(again.includes(say('en', 'undelivered.gone')), again)
    assert.equal(got().length, 1)
  })

  it('is dropped when it is not true any more by the time it is sent again', async () => {
    const notice = await failed({ no: 7 })
    await house.carla.say('ready')
    await house.carla.press(list)
    await house.carla.press(say('en', 'undelivered.sendAgain'))
    await until('it is gone', async () => !(await house.store.get(keys.notice(notice))))
    assert.equal(got().length, 0)
  })

  it('is off the list when the coach is done with it, and nobody is told', async () => {
    const notice = await failed()
    await house.carla.say('ready')
    await house.carla.press(list)
    const done = await house.carla.press(say('en', 'undelivered.letGo'))
    assert.ok(done.includes(say('en', 'undelivered.done')), done)
    assert.equal(await house.store.get(keys.notice(notice)), undefined)
    assert.equal((await house.carla.say('ready')).includes(say('en', 'unreached.undelivered')), false)
    assert.equal(got().length, 0)
  })
})
