/** Guards that no story passes by accident: each of these fails when its guard is taken out. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { anna } from '../../src/demo/people.ts'
import { plusSeconds } from '../../src/domain/values.ts'
import { createDelivery } from '../../src/outbox/delivery.ts'
import { document, keys, type Notice } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { now, people, settleWorld } from '../world.ts'
import { type House, openHouse } from './house.ts'
import { stepper, upToChoosing } from './walk.ts'

const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
const common = (person: string, activity: string) =>
  ({ actor: { person, name: 'N' }, tenant: 't', activity, place: 'personal', chat }) as const

describe('guards of a turn', () => {
  let house: House
  const step = (...asked: Parameters<ReturnType<typeof stepper>>) => stepper(house.anna, 'en')(...asked)
  const journey = async () => (await house.store.get(keys.journey('demo', anna.id)))?.doc ?? assert.fail()
  beforeEach(async () => {
    house = await openHouse()
    await house.anna.install()
  })
  afterEach(() => house.close())

  it('knows a redelivered press by its marker, so that an old one does not undo a newer one', async () => {
    await upToChoosing(step)
    const message = (text: string) => ({ ...house.anna.common(), type: 'message', text })
    const first = message('record 1; 16.11.2026; 2; first')
    await house.anna.post(first)
    await house.anna.say('record 1; 17.11.2026; 5; second')
    await house.anna.post(first)
    // Whoever wrote once and was answered is not told now that it was not saved.
    assert.equal(house.anna.received().includes(say('en', 'general.notSavedTyped')), false)
    assert.deepEqual(
      [(await journey()).rounds[0]?.sessions[0]?.line, (await journey()).rounds[0]?.sessions[0]?.rating],
      ['second', 5],
    )
  })

  it('takes a typed message as the answer for 12 hours, and no longer', async () => {
    await upToChoosing(step)
    await house.anna.say('continue best')
    house.time.now = '2026-11-23T20:59:00.000Z'
    assert.ok((await house.anna.say('Within the day')).includes('Question 2 of 16'))
    house.time.now = '2026-11-24T09:00:00.000Z'
    assert.ok((await house.anna.say('What was that about?')).includes(say('en', 'general.unknownWord')))
  })

  it('shows somebody who has not consented the invitation, whatever they press', async () => {
    for (const text of ['plan', 'plan X; Y', 'choose', 'continue', 'record', 'review', 'submit', 'swap']) {
      assert.ok((await house.anna.say(text)).includes(say('en', 'invitation.whoSeesWhat')), text)
    }
    assert.equal((await journey()).rounds[0]?.sessions.length, 0)
  })

  it('keeps no zone of somebody who has not consented', async () => {
    await house.anna.say('hi')
    const zone = async () => (await house.store.get(keys.profile(anna.id)))?.doc.zone
    assert.equal(await zone(), undefined)
    await step('invitation.consent')
    assert.equal(await zone(), 'Europe/Berlin')
  })
})

describe('guards of the store and of delivery', () => {
  let store: Store
  beforeEach(async () => {
    store = openSqlite(':memory:', () => now)
    await settleWorld(store)
  })
  afterEach(() => store.close())

  it('lose no answer when two devices answer two questions at the same moment, 200 times', async () => {
    const options = { store, clock: () => now, buttons: 'execute', leaseSeconds: 60 } as const
    const [desk, phone] = [1, 2].map(() => createConversation({ ...options, people: createPeople(store) }))
    const save = (bot: typeof desk, question: number, time: number) =>
      bot?.({
        ...common(people.drafting, `${question}-${time}`),
        kind: 'action',
        verb: 'answer',
        data: {
          programme: 'spring',
          round: 1,
          session: 2,
          question,
          rev: time + 1,
          go: 'next',
          answer: `${question} at ${time}`,
        },
      })
    for (let time = 0; time < 200; time++) {
      await Promise.all([save(desk, 3, time), save(phone, 9, time)])
      const answers = (await store.get(keys.log('spring', people.drafting, 1, 2)))?.doc.answers
      assert.deepEqual([answers?.[3]?.text, answers?.[9]?.text], [`3 at ${time}`, `9 at ${time}`])
    }
  })

  it('let only the coach of a programme see its overview, and only its leader the progress', async () => {
    const bot = createConversation({
      store,
      people: createPeople(store),
      clock: () => now,
      buttons: 'execute',
      leaseSeconds: 60,
    })
    for (const person of [people.stranger, people.parentCoach, people.leader, people.removedCoach, people.other]) {
      const verb = person === people.leader ? 'coachHome' : 'progress'
      for (const each of [verb, 'coachHome']) {
        const turn = await bot({
          ...common(person, `${person}-${each}`),
          kind: 'action',
          verb: each,
          data: { programme: 'spring' },
        })
        assert.ok(JSON.stringify(turn.reply).includes(say('en', 'general.stranger')), `${person} ${each}`)
      }
    }
  })

  it('leave the work that a change makes to whoever promised it, for the length of a lease', async () => {
    const options = {
      store,
      people: createPeople(store),
      clock: () => now,
      buttons: 'execute',
      leaseSeconds: 60,
    } as const
    const data = { programme: 'spring', sure: 'spring' }
    await createConversation(options)({ ...common(people.coach, 'a'), kind: 'action', verb: 'closeProgramme', data })
    const due = async (seconds: number) => (await store.query('dueTasks', { now: plusSeconds(now, seconds) })).length
    assert.deepEqual([await due(59), await due(60)], [0, 1])
  })

  const notice: Notice = {
    kind: 'ready',
    programme: 'spring',
    person: people.ready,
    round: 1,
    no: 1,
    to: people.coach,
    state: 'promised',
    runAt: '2026-11-23T08:59:00.000Z',
    unknownSends: 0,
    attempts: 0,
    promisedAt: now,
  }

  /** Two processes on one store, and how often they sent. */
  async function two(
    held: Notice,
    run: (one: ReturnType<typeof createDelivery>, other: ReturnType<typeof createDelivery>) => Promise<unknown>,
  ) {
    const doc = document(keys.notice(held), held)
    const coach = (await store.get(keys.profile(people.coach)))?.doc ?? assert.fail()
    await store.commit(doc.pk, [{ op: 'put', doc }])
    await store.commit(coach.pk, [{ op: 'put', doc: { ...coach, chat } }])
    let sent = 0
    const send = async () => {
      sent++
      return { sent: true, activity: 'm' } as const
    }
    const delivery = () =>
      createDelivery({
        store,
        people: createPeople(store),
        send,
        open: () => assert.fail(),
        clock: () => now,
        buttons: 'execute',
        report: () => {},
        leaseSeconds: 60,
        sendLimitMs: 4_000,
        replicas: () => 2,
      })
    await run(delivery(), delivery())
    return sent
  }

  it('let one of two processes claim a notice whose lease ran out', async () => {
    assert.equal(await two(notice, (one, other) => Promise.all([one.poll(), other.poll(), one.poll()])), 1)
  })

  it('leave a notice alone that another process has claimed meanwhile', async () => {
    const claimed = { ...notice, runAt: '2026-11-23T09:01:00.000Z', unknownSends: 1 }
    assert.equal(await two(claimed, one => one.deliver([claimed])), 0)
    const own = { ...notice, runAt: '2026-11-23T09:01:00.000Z' }
    assert.equal(await two(own, one => one.deliver([own])), 1)
  })
})
