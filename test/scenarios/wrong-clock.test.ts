/** The service's clock was a month ahead for a moment. What was written then holds nobody back once it is right again. */
import assert from 'node:assert/strict'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { usualRateLimit } from '../../src/conversation/routing/user-rate-limit.ts'
import type { Incoming } from '../../src/conversation/turn/incoming.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import type { LearningLog } from '../../src/domain/logs/log.ts'
import { type Instant, plusSeconds } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { now, people, settleWorld } from '../world.ts'

const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
const ahead = plusSeconds(now, 30 * 86_400)
const place = { programme: 'spring', round: 1, session: 2 }

describe('what was written by a clock that was a month ahead', () => {
  let store: Store
  let time: Instant
  let elapsed: number
  let bot: ReturnType<typeof createConversation>
  let activities = 0

  const from = (person: string) => {
    const actor = { person, name: 'N', language: 'en' } as const
    return { actor, tenant: 't', chat, activity: `a-${++activities}`, place: 'personal' } as const
  }
  const type = (text: string, person: string = people.drafting) => bot({ ...from(person), kind: 'message', text })
  const press = (verb: string, data: object) =>
    bot({ ...from(people.drafting), kind: 'action', verb, data: { ...data } })
  const event = (kind: 'installed' | 'removed', person: string) => bot({ ...from(person), kind } as Incoming)
  const key = keys.log('spring', people.drafting, 1, 2)
  const log = async () => (await store.get(key))?.doc ?? assert.fail('no log')
  const answered = async (question: number) => (await log()).answers[question]?.text

  /** A process that reads everything anew. */
  function restart(): void {
    const options = { store, people: createPeople(store), clock: () => time, elapsed: () => elapsed }
    bot = createConversation({ ...options, buttons: 'execute', leaseSeconds: 60, rateLimit: usualRateLimit })
  }

  beforeEach(async () => {
    time = ahead
    elapsed = 1000
    store = openSqlite(':memory:', () => time)
    await settleWorld(store)
    const blank: LearningLog = { ...(await log()), answers: {} }
    assert.ok((await store.commit(key.pk, [{ op: 'put', doc: document(key, blank) }])).ok)
    restart()
  })
  afterEach(() => store.close())

  const rightAgain = () => {
    time = now
    restart()
  }

  it('an open question is open no more: a message is not taken for its answer', async () => {
    await press('question', { ...place, question: 3 })
    rightAgain()
    assert.notEqual((await type('Good morning')).did, 'typedAnswer')
    assert.equal(await answered(3), undefined)
    await press('question', { ...place, question: 3 })
    time = plusSeconds(now, -600)
    assert.equal((await type('An answer')).did, 'typedAnswer', 'to a process that is ten minutes behind it is open')
    assert.equal(await answered(3), 'An answer')
  })

  it('an answer was not given just now: the same words answer another question', async () => {
    await press('question', { ...place, question: 3 })
    await type('The same')
    assert.equal(await answered(3), 'The same')
    rightAgain()
    await press('question', { ...place, question: 7 })
    await type('The same')
    assert.equal(await answered(7), 'The same')
  })

  it('a greeting was not given just now: who installs is greeted', async () => {
    assert.ok((await event('installed', people.drafting)).reply.card)
    rightAgain()
    assert.ok((await event('installed', people.drafting)).reply.card)
    assert.equal((await event('installed', people.drafting)).reply.card, undefined, 'and once')
  })

  it('a stranger who was greeted then is greeted again after a minute, in the same process', async () => {
    assert.ok((await event('installed', people.stranger)).reply.card)
    time = now
    elapsed += 59_999
    assert.equal((await event('installed', people.stranger)).reply.card, undefined)
    elapsed += 1
    assert.ok((await event('installed', people.stranger)).reply.card)
  })

  for (const [name, later] of [
    ['ahead', now],
    ['behind', plusSeconds(ahead, 30 * 86_400)],
  ] as const) {
    it(`a pause is as long as it was meant to be, after a clock that was ${name}`, async () => {
      for (let no = 0; no <= usualRateLimit.burst; no++) await type('help')
      time = later
      elapsed += usualRateLimit.pauseSeconds * 1000 - 1
      assert.equal((await type('help')).did, 'tooFast')
      elapsed += 1
      assert.equal((await type('help')).did, 'help')
    })
  }

  it('an invitation that was shown then was never shown: what is typed says yes to nothing', async () => {
    const shown = async () => (await store.get(keys.profile(people.invited)))?.doc.invitationShown?.at
    await type('home', people.invited)
    assert.equal(await shown(), ahead)
    rightAgain()
    await type('home', people.invited)
    assert.equal(await shown(), now)
  })
})
