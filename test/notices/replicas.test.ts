/** Two replicas that remember different things: a coach who was out of reach is told, whichever of them they write to. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { type Service, startService } from '../../src/index.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { type House, openHouse, until } from '../scenarios/house.ts'
import { stepper, upToLastPress } from '../scenarios/walk.ts'

const host = '127.0.0.1'

describe('two replicas', () => {
  let house: House
  let other: Service
  const chat = () => `chat-${house.carla.person}`
  const told = () => house.carla.received().filter(text => text.includes('is ready')).length
  const says = async (actor: Actor, text: string) =>
    actor.look(await actor.post({ ...actor.common(), type: 'message', text }, `http://${host}:${other.port}`))
  const blocked = { status: 403, body: { error: { code: 'MessageWritesBlocked' } } }

  beforeEach(async () => {
    house = await openHouse()
    const { store, time } = house
    const clock = () => time.now
    const access = openOnThisMachine({ host })
    other = await startService({ store, clock, access, host, port: 0, report: () => {}, pollMs: 20 })
    await house.carla.install()
    await house.anna.install()
    await upToLastPress((key, typed) => stepper(house.anna, 'en')(key, typed))
  })
  afterEach(async () => {
    await other.close()
    await house.close()
  })

  it('one marks a coach as out of reach, and the next word to the other, in the same minute, clears it', async () => {
    await says(house.carla, 'home')
    house.stage.connector.scriptFor(chat(), blocked)
    await house.anna.press(say('en', 'review.submit'))
    await until('it waits', () => house.reports.some(({ event }) => event === 'notice.unreachable'))
    const refused = told()
    await says(house.carla, 'home')
    await until('the coach is told', () => told() === refused + 1)
  })

  it('say both at once that the coach is out of reach, and both at once that it is over', async () => {
    const notReached = say('en', 'home.coachNotReached')
    await house.anna.press(say('en', 'review.submit'))
    await until('the coach is told', () => told() === 1)
    assert.equal((await says(house.anna, 'home')).includes(notReached), false)
    await house.anna.press(say('en', 'home.read'))
    await house.anna.press(say('en', 'review.withdraw'))
    house.stage.connector.scriptFor(chat(), blocked)
    await house.anna.press(say('en', 'review.submit'))
    await until('it waits', () => house.reports.some(({ event }) => event === 'notice.unreachable'))
    assert.ok((await says(house.anna, 'home')).includes(notReached))
    assert.ok((await house.anna.say('home')).includes(notReached))
    await says(house.carla, 'home')
    assert.equal((await house.anna.say('home')).includes(notReached), false)
    assert.equal((await says(house.anna, 'home')).includes(notReached), false)
  })
})
