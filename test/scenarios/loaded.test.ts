/** How many documents of a programme are loaded for what concerns one person, or nobody: however many take part. */
import assert from 'node:assert/strict'
import type { ActionData, Verb } from '../../src/cards/actions.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { type AnyCard, textOf } from '../../src/demo/card-reading.ts'
import { document, keys, type Notice } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { crowdOf, documentsOf, profilesOf, put } from '../bench/crowd.ts'
import { now } from '../domain/given.ts'

const crowd = crowdOf({ name: 'large', size: 100, from: 0, now })
const [somebody = assert.fail()] = crowd.people.filter(({ step }) => step === 'writing')
const at = { programme: 'large' }
const failed: Notice = {
  ...{ kind: 'nudge', programme: 'large', person: somebody.id, round: 1, no: 1, to: somebody.id },
  ...{ state: 'failed', runAt: '9999-12-31T00:00:00.000Z', unknownSends: 0, attempts: 8, promisedAt: now },
}

describe('documents of a programme of 100 that are loaded', () => {
  let store: Store
  let loaded: string[]
  let press: <V extends Verb>(
    who: { id: string; name: string },
    verb: V,
    data: Partial<ActionData<V>>,
  ) => Promise<string>

  before(async () => {
    store = openSqlite(':memory:', () => now)
    await put(store, [...documentsOf(crowd, 'withoutLogs'), ...profilesOf(crowd, 'http://127.0.0.1:9')])
    await put(store, [document(keys.notice(failed), failed)])
    const watched: Store = {
      ...store,
      get: async key => {
        const found = await store.get(key)
        if (found) loaded.push(`${found.doc.pk} ${found.doc.type}`)
        return found
      },
      query: async (name, input) => {
        const found = await store.query(name, input)
        loaded.push(...found.map(({ doc }) => `${doc.pk} ${doc.type}`))
        return found
      },
    }
    let activity = 0
    const options = { clock: () => now, buttons: 'execute', leaseSeconds: 30 } as const
    const talk = createConversation({ ...options, store: watched, people: createPeople(watched) })
    press = async ({ id, name }, verb, data) => {
      loaded = []
      const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: `chat-${id}`, tenant: 'tenant', bot: '28:bot' }
      const turn = await talk({
        ...{ actor: { person: id, name }, tenant: 'tenant', activity: `${activity++}`, place: 'personal' },
        ...{ chat: { ...chat, account: `29:${id}` }, kind: 'action', verb, data: { ...data } },
      })
      assert.notEqual(turn.outcome, 'failed')
      return textOf((turn.reply.card?.card ?? assert.fail()) as AnyCard)
    }
  })
  after(() => store.close())

  /** By kind, in the order they came. */
  const kinds = () => loaded.filter(each => each.startsWith('p:')).map(each => each.split(' ')[1])

  it('are two for a leader who looks at one person', async () => {
    assert.match(await press(crowd.leader, 'progressOne', { ...at, person: somebody.id }), new RegExp(somebody.name))
    assert.deepEqual(kinds().toSorted(), ['journey', 'programme'])
  })

  it('are three for a coach who does: what is promised to this person stands on the card too', async () => {
    assert.match(await press(crowd.coach, 'person', { ...at, person: somebody.id }), new RegExp(somebody.name))
    assert.deepEqual(kinds().toSorted(), ['journey', 'notice', 'programme'])
  })

  for (const [what, verb, data] of [
    ['the form', 'editForm', {}],
    ['the last day', 'extendForm', {}],
    ['the coaches', 'coachesForm', {}],
    ['the team leaders', 'leadersForm', {}],
    ['closing, before it is done', 'closeProgramme', {}],
  ] as const) {
    it(`are one for ${what}`, async () => {
      await press(crowd.coach, verb, { ...at, ...data })
      assert.deepEqual(kinds(), ['programme'])
    })
  }

  it('are the programme, the messages and whom they are for, where some could not be delivered', async () => {
    assert.match(await press(crowd.coach, 'undelivered', { ...at, page: 1 }), new RegExp(somebody.name))
    assert.deepEqual(kinds(), ['programme', 'notice', 'journey'])
    assert.match(await press(crowd.coach, 'letGo', { ...at, notice: keys.notice(failed).id }), /./)
    assert.deepEqual(kinds(), ['programme', 'notice'])
  })

  it('are all where it is asked how many have said yes to each coach, or how many each leads', async () => {
    assert.match(
      await press(crowd.coach, 'coachesForm', { ...at, counts: true }),
      /\d+ of \d+ participants have given access/,
    )
    assert.match(await press(crowd.coach, 'leadersForm', { ...at, counts: true }), /\d+ people/)
    assert.equal(kinds().filter(kind => kind === 'journey').length, 100)
  })

  it('are nobody’s journey for a change that takes nothing away, before its card is drawn', async () => {
    await press(crowd.coach, 'extend', { ...at, lastDay: '2026-12-20' })
    // The card of the programme counts its people.
    assert.equal(kinds().filter(kind => kind === 'journey').length, 100)
    assert.match(await press(crowd.coach, 'extend', { ...at, lastDay: '2029-12-20' }), /half a year|182/)
    assert.deepEqual(kinds(), ['programme'])
  })
})
