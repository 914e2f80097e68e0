/** Inviting by name while others change the same things: decided upon what is stored when it is written. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { type AnyCard, textOf } from '../../src/demo/card-reading.ts'
import type { Journey } from '../../src/domain/journey.ts'
import { consent, invite } from '../../src/domain/membership/consent.ts'
import type { Creators } from '../../src/domain/programme/creating.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { mostInvitations } from '../../src/domain/quotas/limits.ts'
import { type Document, document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { ok } from '../domain/given.ts'
import { now, people, programme, settleWorld } from '../world.ts'

const mia = '0d0d0d0d-0000-4000-8000-00000000000d'
const ben = '0e0e0e0e-0000-4000-8000-00000000000e'
const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }

describe('inviting by name, while others write', () => {
  let store: Store
  let meanwhile: { readonly before: string; readonly run: () => Promise<unknown> } | undefined
  const written: string[] = []
  let activities = 0

  beforeEach(async () => {
    store = openSqlite(':memory:', () => now)
    await settleWorld(store)
    meanwhile = undefined
    // From then on it is known where this coach is, and what is written about them first is the count.
    await press('inviteForm')
    written.length = 0
  })
  afterEach(() => store.close())

  const put = async (doc: Document) => assert.ok((await store.commit(doc.pk, [{ op: 'put', doc }])).ok)
  const putProgramme = (change: Partial<Programme>) =>
    put(document(keys.programme('spring'), { ...programme, ...change }))
  const journeyOf = async (person: string) => (await store.get(keys.journey('spring', person)))?.doc
  const joins = (person: string): Journey => {
    const shown = programme.coaches.map(coach => coach.person)
    return ok(consent(invite(programme, person, 'By code', undefined, now), programme, shown, now)).journey
  }
  const comesByCode = (person: string) => put(document(keys.journey('spring', person), joins(person)))

  /** The card a coach gets; `meanwhile` runs once, right before something is first written to that partition. */
  async function press(
    verb: 'invite' | 'inviteForm',
    picked = `${mia},${ben}`,
    creators: Creators['creators'] = [people.coach],
  ): Promise<string> {
    const watched: Store = {
      ...store,
      commit: async (pk, writes) => {
        const { before, run } = meanwhile ?? {}
        if (pk === before) {
          meanwhile = undefined
          await run?.()
        }
        const committed = await store.commit(pk, writes)
        if (committed.ok) written.push(pk)
        return committed
      },
    }
    const options = { store: watched, people: createPeople(watched), clock: () => now, leaseSeconds: 60 }
    const bot = createConversation({
      ...options,
      buttons: 'execute',
      creators: { creators, buddies: true },
    })
    const actor = { person: people.coach, name: 'Name of coach', language: 'en' } as const
    const asking = { kind: 'action', verb, data: { programme: 'spring', people: picked } } as const
    const { reply } = await bot({
      ...asking,
      actor,
      chat,
      tenant: 't',
      activity: `a-${++activities}`,
      place: 'personal',
    })
    return textOf((reply.card?.card ?? {}) as AnyCard)
  }

  it('who joins by the code in that moment stays a member, and the others are invited', async () => {
    meanwhile = { before: 'p:spring', run: () => comesByCode(mia) }
    const said = await press('invite')
    assert.ok(said.includes(say('en', 'invited.heading', { count: 1 })), said)
    assert.deepEqual(await journeyOf(mia), document(keys.journey('spring', mia), joins(mia)))
    assert.equal((await journeyOf(ben))?.invitedBy, people.coach)
  })

  it('when everybody has joined since they were counted, nothing is written', async () => {
    meanwhile = { before: `u:${people.coach}`, run: () => Promise.all([mia, ben].map(comesByCode)) }
    const said = await press('invite')
    assert.ok(said.includes(say('en', 'invited.already')) && said.includes('By code'), said)
    assert.deepEqual(
      written.filter(pk => pk === 'p:spring'),
      [],
    )
  })

  it('who coaches it no more, or finds it closed, invites nobody', async () => {
    for (const [change, says] of [
      [{ coaches: programme.coaches.slice(1) }, say('en', 'general.stranger')],
      [{ closedAt: now }, refusalText('en', 'programmeClosed')],
    ] as const) {
      await putProgramme({})
      meanwhile = { before: `u:${people.coach}`, run: () => putProgramme(change) }
      const said = await press('invite')
      assert.ok(said.includes(says), said)
      assert.equal(await journeyOf(mia), undefined)
    }
  })

  it('is counted by what the inviter is to the organisation, and told a person only of strangers', async () => {
    const strangers = async (person: string) => (await store.get(keys.shield(person)))?.doc.strangers?.count
    const sent = { count: mostInvitations.anyone, since: now }
    await put(document(keys.limits(people.coach), { sent }))
    written.length = 0
    const said = await press('invite')
    assert.ok(said.includes(say('en', 'invited.heading', { count: 2 })), said)
    assert.equal(written.filter(pk => pk === `u:${people.coach}`).length, 1, 'counted in one write')
    assert.equal(await strangers(mia), undefined)

    const third = '0f0f0f0f-0000-4000-8000-00000000000f'
    assert.ok((await press('invite', third, 'anyone')).includes(refusalText('en', 'invitedEnough', { limit: 30 })))
    await put(document(keys.limits(people.coach), { sent: { ...sent, count: 0 } }))
    await press('invite', third, 'anyone')
    assert.deepEqual([await strangers(third), (await journeyOf(third))?.invitedBy], [1, people.coach])
  })

  it('has no form in a closed programme', async () => {
    await putProgramme({ closedAt: now })
    assert.equal(await press('inviteForm'), refusalText('en', 'programmeClosed'))
  })
})
