/** Who is told what, when the coach cannot be reached or the connector does not play along. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { anna, carla } from '../../src/demo/people.ts'
import { type House, openHouse, until } from './house.ts'
import { stepper, upToLastPress } from './walk.ts'

describe('telling the coach', () => {
  let house: House
  const step = (...[key, typed]: Parameters<ReturnType<typeof stepper>>) => stepper(house.anna, 'en')(key, typed)
  const told = () => house.carla.received().filter(text => text.includes(`${anna.name} is ready`))
  const reported = (event: string) => house.reports.filter(each => each.event === event)

  beforeEach(async () => {
    house = await openHouse()
  })
  afterEach(() => house.close())

  /** Both logs in; the last submit's answer is returned. */
  async function submitBoth(): Promise<string> {
    await upToLast()
    return step('review.submit')
  }

  const moveClock = (seconds: number) => {
    house.time.now = new Date(Date.parse(house.time.now) + seconds * 1000).toISOString()
  }

  it('waits for a coach who has never been here, says so, and happens the moment they come', async () => {
    const card = await submitBoth()
    assert.ok(card.includes(say('en', 'submitted.told', { count: 1, coaches: carla.name })))
    assert.ok((await house.anna.say('home')).includes(say('en', 'home.coachNotReached')))
    await until('the notice waits', () => reported('notice.putOff').length === 1)
    assert.equal(told().length, 0)

    await house.carla.install()
    await until('the coach is told', () => told().length === 1)
    assert.equal(house.carla.received().length, 2, 'the welcome and the notification')
    assert.equal(told()[0]?.includes(say('en', 'ready.repeat')), false)
    assert.equal((await house.anna.say('home')).includes(say('en', 'home.coachNotReached')), false)
  })

  it('belongs to who promised it for the length of a lease, and to nobody else meanwhile', async () => {
    await house.carla.install()
    house.stage.connector.script('hang')
    await upToLast()
    const promisedAt = house.time.now
    await step('review.submit')
    const due = async (seconds: number) => {
      const now = new Date(Date.parse(promisedAt) + seconds * 1000).toISOString()
      return (await house.store.query('dueNotices', { now })).length
    }
    assert.deepEqual([await due(0), await due(29), await due(61)], [0, 0, 1])
  })

  it('drops what is no longer true when they come', async () => {
    await submitBoth()
    await step('submitted.review')
    await step('review.withdraw')
    await house.carla.install()
    await until('the notice is dropped', () => reported('notice.dropped').length === 1)
    assert.equal(told().length, 0)
    assert.equal(house.carla.received().length, 1)
  })

  it('says "again" when a withdrawn log comes back', async () => {
    await house.carla.install()
    await submitBoth()
    await until('the coach is told', () => told().length === 1)
    await step('submitted.review')
    await step('review.withdraw')
    await step('review.submit')
    await until('the coach is told again', () => house.carla.received().length === 3)
    assert.ok(house.carla.text().includes(`${anna.name} is ready again`))
  })

  it('waits for a coach who has blocked the bot, and happens when they write', async () => {
    await house.carla.install()
    const blocked = { status: 403, body: { error: { code: 'MessageWritesBlocked' } } }
    await upToLast()
    house.stage.connector.script(blocked)
    await step('review.submit')
    await until('the notice waits', () => reported('notice.putOff').length === 1)
    assert.ok((await house.anna.say('home')).includes(say('en', 'home.coachNotReached')))
    const before = told().length
    await house.carla.say('hi')
    await until('the coach is told', () => told().length === before + 1)
  })

  it('comes after a 429 when the wait is over, and is no repeat', async () => {
    await house.carla.install()
    await upToLast()
    house.stage.connector.script({ status: 429, headers: { 'retry-after': '30' } })
    await step('review.submit')
    await until('it is put off', () => reported('notice.putOff').length === 1)
    const refused = told().length
    moveClock(29)
    await new Promise(resolve => setTimeout(resolve, 100))
    assert.equal(told().length, refused, 'not before its time')
    moveClock(2)
    await until('the coach is told', () => told().length === refused + 1)
    assert.equal(house.carla.text().includes(say('en', 'ready.repeat')), false)
  })

  it('comes once more after an answer that nobody can know the meaning of, and says it may be a repeat', async () => {
    await house.carla.install()
    await upToLast()
    house.stage.connector.script({ status: 502 })
    await step('review.submit')
    await until('it is put off', () => reported('notice.putOff').length === 1)
    moveClock(601)
    await until('the coach is told again', () => told().length === 2)
    assert.ok(house.carla.text().includes(say('en', 'ready.repeat')))
  })

  it('is handed to an operator after a second such answer, and at once when it will never be taken', async () => {
    await house.carla.install()
    await upToLast()
    house.stage.connector.script({ status: 502 }, { status: 502 })
    await step('review.submit')
    await until('it is put off', () => reported('notice.putOff').length === 1)
    moveClock(601)
    await until('it is handed over', () => reported('notice.undeliverable').length === 1)
    moveClock(86_400)
    await new Promise(resolve => setTimeout(resolve, 100))
    assert.equal(told().length, 2, 'nothing more is sent')

    await step('submitted.review')
    await step('review.withdraw')
    house.stage.connector.script({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } })
    await step('review.submit')
    await until('it is handed over', () => reported('notice.undeliverable').length === 2)
    assert.equal(reported('notice.putOff').length, 1)
  })

  it('waits for a coach who removed the bot, and welcomes them when they return', async () => {
    await house.carla.install()
    await house.carla.uninstall()
    await submitBoth()
    await until('the notice waits', () => reported('notice.putOff').length === 1)
    await house.carla.install()
    await until('the coach is told', () => told().length === 1)
    assert.equal(house.carla.received().length, 3)
  })

  async function upToLast(): Promise<void> {
    await house.anna.install()
    await upToLastPress(step)
  }
})
