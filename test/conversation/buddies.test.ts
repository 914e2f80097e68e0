/** The Buddy programmes of a programme, for its coaches: in two questions, page after page, and counts alone. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { type AnyCard, buttonsOf, textOf } from '../../src/demo/card-reading.ts'
import { consent, invite } from '../../src/domain/membership/consent.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { ok } from '../domain/given.ts'
import { counting } from '../store/counting.ts'
import { buddy, now, people, settleWorld } from '../world.ts'

const clock = () => now
const children = 21

describe('Buddy programmes of a programme', () => {
  let store: Store
  let counted: ReturnType<typeof counting>
  let no = 0

  beforeEach(async () => {
    store = openSqlite(':memory:', clock)
    await settleWorld(store)
    counted = counting(store)
  })
  afterEach(() => store.close())

  /** Another one that came from the mother programme, with so many who take part in it. */
  async function child(id: string, taking: number, more: Partial<Programme> = {}): Promise<void> {
    const programme = { ...buddy, programme: id, name: `Child ${id}`, ...more }
    const doc = document(keys.programme(id), programme)
    const journeys = Array.from({ length: taking }, (_, at) => {
      const person = `${id}-${at}`
      const invited = invite(programme, person, `Name of ${person}`, undefined, now)
      return document(keys.journey(id, person), ok(consent(invited, programme, [people.graduate], now)).journey)
    })
    const writes = [doc, ...journeys].map(each => ({ op: 'put', doc: each }) as const)
    assert.ok((await store.commit(doc.pk, writes)).ok)
  }

  async function page(asked: number, person: string = people.parentCoach, programme = 'mother'): Promise<AnyCard> {
    const bot = createConversation({
      ...{ store: counted.store, people: createPeople(counted.store), clock, buttons: 'execute', leaseSeconds: 60 },
    })
    const { reply } = await bot({
      ...{ kind: 'action', verb: 'buddies', data: { programme, page: asked } },
      actor: { person, name: 'Name', language: 'en' },
      ...{ tenant: 't', activity: `activity-${no++}`, place: 'personal' },
      chat: { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' },
    })
    return (reply.card?.card ?? {}) as AnyCard
  }

  it('are each on one page, with what goes on before what is over, and none that was put away', async () => {
    for (let at = 0; at < children; at++) await child(`c${at}`, 0, at === 4 ? { closedAt: now } : {})
    await child('away', 0, { closedAt: now, archivedAt: now })
    const pages = [await page(1), await page(2), await page(3)].map(textOf)
    const shown = pages.flatMap(text => [...text.matchAll(/^Child (\w+)$/gm)].map(([, id]) => id))
    assert.deepEqual(shown.toSorted(), Array.from({ length: children }, (_, at) => `c${at}`).toSorted())
    assert.equal(shown.at(-1), 'c4')
    assert.ok(pages[2]?.includes(say('en', 'coachHome.page', { page: 3, pages: 3 })))
    assert.equal(textOf(await page(99)), pages[2], 'the last one there is')
  })

  it('cost two questions a page, however many there are, and a card of at most 28 KB', async () => {
    for (let at = 0; at < children; at++) await child(`c${at}`, 3, { name: '"'.repeat(80) })
    await page(1)
    for (const asked of [1, 2, 3]) {
      counted.reset()
      const card = await page(asked)
      const { get, query, commit } = counted.requests
      assert.deepEqual({ get, query, commit }, { get: 1, query: 2, commit: 0 }, 'the one read is of who asks')
      const bytes = JSON.stringify(card).length * 2
      assert.ok(bytes <= 28 * 1024, `page ${asked}: ${bytes}`)
    }
  })

  it('are counted where three take part, without a name of anybody', async () => {
    await child('small', 2)
    await child('large', 3)
    const text = textOf(await page(1))
    const linesOf = (name: string) => text.slice(text.indexOf(name)).split('\n').slice(2, 4)
    assert.equal(linesOf('Child small')[0], say('en', 'buddies.tooFew', { fewest: 3 }))
    assert.deepEqual(linesOf('Child large'), ['3 people · Planning\u00a03', say('en', 'buddies.logs', { count: 0 })])
    assert.doesNotMatch(JSON.stringify(await page(1)), /Name of|person-|large-/)
  })

  it('are nobody’s but those who coach where they came from', async () => {
    await child('large', 3)
    for (const person of Object.values(people).filter(each => each !== people.parentCoach)) {
      const text = textOf(await page(1, person))
      assert.ok(text.includes(say('en', 'general.stranger')), `${person}: ${text}`)
    }
    const mine = textOf(await page(1, people.coach, 'spring'))
    assert.ok(mine.includes(say('en', 'buddies.nobody')), mine)
    assert.ok(buttonsOf(await page(1, people.coach, 'spring')).some(({ verb }) => verb === 'manage'))
  })
})
