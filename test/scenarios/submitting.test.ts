/** Submitting and taking back by presses that come twice, late, or from where they should not: through the public entry, without HTTP. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import type { Turn } from '../../src/conversation/turn/reply.ts'
import { plusSeconds } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { now, people, settleWorld } from '../world.ts'

const leaseSeconds = 60
const at = { programme: 'spring', round: 1, session: 2 }
const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }

/** Her first log is in; the second is complete, and submitting it makes the round ready. */
const writer = people.drafting

describe('submitting', () => {
  let store: Store
  let bot: ReturnType<typeof createConversation>
  let activities = 0
  beforeEach(async () => {
    store = openSqlite(':memory:', () => now)
    await settleWorld(store)
    begin(store)
  })
  afterEach(() => store.close())

  /** On this store from now on. */
  function begin(store: Store): void {
    bot = createConversation({ store, people: createPeople(store), clock: () => now, buttons: 'execute', leaseSeconds })
  }

  const from = (person: string, activity = `activity-${++activities}`) =>
    ({ actor: { person, name: 'N' }, tenant: 't', activity, place: 'personal', chat }) as const
  const presses = (verb: string, data: object = {}, person: string = writer) =>
    bot({ ...from(person), kind: 'action', verb, data: { ...at, ...data } })
  const types = (text: string, activity?: string) => bot({ ...from(writer, activity), kind: 'message', text })
  const submits = (snapshot: number) => presses('submit', { snapshot })
  const withdraws = (snapshot: number) => presses('withdraw', { snapshot })

  const shown = ({ reply }: Turn) => JSON.stringify(reply.card)
  const shows = (turn: Turn, sentence: string) => assert.ok(shown(turn).includes(sentence), shown(turn))
  const showsReview = (turn: Turn) => shows(turn, say('en', 'review.summary'))
  const facts = async () => (await store.get(keys.journey('spring', writer)))?.doc.rounds[0]?.logs[2]
  const stands = async () => [(await facts())?.snapshot, (await facts())?.submittedAt !== undefined]
  const due = async (seconds: number) => (await store.query('dueNotices', { now: plusSeconds(now, seconds) })).length

  it('promises the coach’s message to this process for the length of a lease, and to nobody else meanwhile', async () => {
    await submits(0)
    assert.deepEqual([await due(leaseSeconds - 1), await due(leaseSeconds)], [0, 1])
  })

  it('pressed again, shows again that it is in, and nothing is submitted twice', async () => {
    shows(await submits(0), say('en', 'submitted.headingAll'))
    const again = await submits(0)
    shows(again, say('en', 'submitted.headingAll'))
    assert.deepEqual([again.outcome, await stands(), await due(leaseSeconds)], ['done', [1, true], 1])
  })

  it('pressed on a card from before the log was taken back, shows the log and submits nothing', async () => {
    await submits(0)
    await withdraws(1)
    const late = await submits(0)
    showsReview(late)
    assert.deepEqual([late.outcome, await stands()], ['done', [1, false]])
  })

  it('typed, is no card of any day: a log that was taken back goes in again', async () => {
    await submits(0)
    await withdraws(1)
    shows(await types('submit challenging'), say('en', 'submitted.headingAll'))
    assert.deepEqual(await stands(), [2, true])
  })

  it('of a session that nobody chose is refused in words', async () => {
    const turn = await presses('submit', { session: 3, snapshot: 0 })
    assert.deepEqual([turn.outcome, turn.refusal], ['refused', 'notChosen'])
    shows(turn, refusalText('en', 'notChosen'))
  })

  it('with a gap shows the log, with the question that is open', async () => {
    const { doc: log } = (await store.get(keys.log('spring', writer, 1, 2))) ?? assert.fail()
    const { 5: _gone, ...answers } = log.answers
    await store.commit('p:spring', [
      { op: 'put', doc: document(keys.log('spring', writer, 1, 2), { ...log, answers }) },
    ])
    const turn = await submits(0)
    shows(turn, refusalText('en', 'gaps', { questions: [5] }))
    showsReview(turn)
    assert.deepEqual([turn.outcome, await stands()], ['refused', [0, false]])
  })

  it('is for whoever takes part: strangers, and a coach or leader who does not, are answered alike; so is taking back', async () => {
    for (const verb of ['submit', 'withdraw']) {
      for (const person of [people.stranger, people.coach, people.leader]) {
        shows(await presses(verb, {}, person), say('en', 'general.stranger'))
      }
    }
  })

  it('takes what lies in the log then, whoever wrote it a moment before', async () => {
    const key = keys.log('spring', writer, 1, 2)
    const commit: Store['commit'] = async (pk, writes) => {
      const { doc } = (await store.get(key)) ?? assert.fail()
      const answers = { ...doc.answers, 16: { text: 'A word more', rev: 9, at: now } }
      if (pk === key.pk && doc.answers[16]?.rev !== 9)
        await store.commit(pk, [{ op: 'put', doc: document(key, { ...doc, answers }) }])
      return store.commit(pk, writes)
    }
    begin({ ...store, commit })
    await submits(0)
    const frozen = await store.get(keys.snapshot('spring', writer, 1, 2, 1))
    assert.deepEqual([frozen?.doc.answers[16]?.text, await stands()], ['A word more', [1, true]])
  })

  it('never writes over what was frozen before, also when a journey was restored from an older copy', async () => {
    await submits(0)
    const key = keys.snapshot('spring', writer, 1, 2, 1)
    const frozen = await store.get(key)
    const { submittedAt: _gone, ...before } = (await facts()) ?? assert.fail()
    const journey = (await store.get(keys.journey('spring', writer)))?.doc ?? assert.fail()
    const log = (await store.get(keys.log('spring', writer, 1, 2)))?.doc ?? assert.fail()
    const rounds = journey.rounds.map(round => ({ ...round, logs: { ...round.logs, 2: { ...before, snapshot: 0 } } }))
    await store.commit('p:spring', [
      { op: 'put', doc: document(keys.journey('spring', writer), { ...journey, rounds }) },
      { op: 'put', doc: document(keys.log('spring', writer, 1, 2), { ...log, snapshot: 0 }) },
    ])
    await assert.rejects(submits(0), StoreUnavailable)
    assert.deepEqual([await store.get(key), await stands()], [frozen, [0, false]])
  })

  it('and taking back twice: the second press finds it taken back', async () => {
    await submits(0)
    shows(await withdraws(1), say('en', 'review.withdrawn'))
    const again = await withdraws(1)
    showsReview(again)
    assert.deepEqual([again.outcome, await stands()], ['done', [1, false]])
  })

  it('and taking back by a card from before the last submit: nothing is taken back', async () => {
    await submits(0)
    await withdraws(1)
    await submits(1)
    const late = await withdraws(1)
    showsReview(late)
    assert.deepEqual([late.outcome, await stands()], ['done', [2, true]])
  })

  it('and taking back what a coach has opened is refused', async () => {
    await submits(0)
    await presses('read', { person: writer, page: 1 }, people.coach)
    const turn = await withdraws(1)
    assert.deepEqual([turn.outcome, turn.refusal, await stands()], ['refused', 'alreadyOpened', [1, true]])
  })

  it('of a session that is not there, like reviewing it, is refused in words', async () => {
    for (const place of [{ session: 9 }, { round: 7 }]) {
      const turn = await presses('review', { ...place, page: 1 })
      assert.equal(turn.outcome, 'refused')
      shows(turn, refusalText('en', 'noSuchSession'))
    }
  })

  it('delivered again under the same id shows the same once more', async () => {
    const press = { ...from(writer, 'twice'), kind: 'action', verb: 'submit', data: { ...at, snapshot: 0 } } as const
    await bot(press)
    shows(await bot(press), say('en', 'submitted.headingAll'))
    assert.deepEqual(await stands(), [1, true])
  })

  it('is said to be saved when the card that should follow cannot be drawn', async () => {
    const people = createPeople(store)
    const get: Store['get'] = async key => {
      if (key.type === 'log') throw new RangeError('CANARY')
      return store.get(key)
    }
    await submits(0)
    const broken = createConversation({
      ...{ store: { ...store, get }, people, clock: () => now, buttons: 'execute' as const, leaseSeconds },
    })
    const turn = await broken({ ...from(writer), kind: 'action', verb: 'withdraw', data: { ...at, snapshot: 1 } })
    shows(turn, say('en', 'general.noted'))
    assert.deepEqual([turn.trouble, await stands()], ['RangeError', [1, false]])
  })
})
