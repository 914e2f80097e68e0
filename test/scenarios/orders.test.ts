/** Order and repetition: whatever way messages arrive, the log is the same; of two who race exactly one wins. */
import assert from 'node:assert/strict'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import type { Incoming } from '../../src/conversation/turn/incoming.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { newProfile } from '../../src/domain/profile.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { ann, chosen, now, programme } from '../domain/given.ts'
import { people, settleWorld } from '../world.ts'

/** A small seeded generator (mulberry32), so that a failing order can be run again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map(item => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

const options = { clock: () => now, buttons: 'execute', leaseSeconds: 60 } as const

function common(person: string, activity: string) {
  const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
  return { actor: { person, name: 'N' }, tenant: 't', activity, place: 'personal', chat } as const
}

describe('order and repetition', function () {
  this.timeout(30_000)

  it('sixteen typed answers in 24 random orders, each message delivered up to 4 times, make the same log', async () => {
    const texts = Array.from({ length: 16 }, (_, index) => `What I have to say to question ${index + 1}`)
    let messages = 0
    for (let seed = 1; seed <= 24; seed++) {
      const random = seeded(seed)
      const store = openSqlite(':memory:', () => now)
      const profile = {
        ...newProfile(ann, 'Ann'),
        memberships: [{ programme: 'spring', role: 'participant' as const }],
      }
      await store.commit('p:spring', [
        { op: 'put', doc: document(keys.programme('spring'), programme) },
        { op: 'put', doc: document(keys.journey('spring', ann), chosen()) },
      ])
      await store.commit(`u:${ann}`, [{ op: 'put', doc: document(keys.profile(ann), profile) }])
      const bot = createConversation({ ...options, store, people: createPeople(store) })
      const typed = (text: string, activity: string) => bot({ ...common(ann, activity), kind: 'message', text })

      await typed('continue best', 'begin')
      for (const question of shuffled(
        texts.map((_, index) => index + 1),
        random,
      )) {
        for (const text of [`question ${question}`, texts[question - 1] ?? '']) {
          const times = 1 + Math.floor(random() * 4)
          for (let time = 0; time < times; time++) {
            messages++
            // Some repeats come under the same activity id, some under a new one.
            await typed(text, random() < 0.5 ? text : `${text} ${time}`)
          }
        }
      }
      const log = await store.get(keys.log('spring', ann, 1, 1))
      await store.close()
      const saved = Object.values(log?.doc.answers ?? {})
      assert.deepEqual(
        saved.map(answer => answer.text),
        texts,
        `seed ${seed}`,
      )
      assert.ok(
        saved.every(answer => answer.rev === 1),
        `seed ${seed}: each was saved once`,
      )
    }
    console.log(`      24 orders, ${messages} messages`)
  })

  it('a withdrawal and a first view at the same moment: exactly one wins, 1,000 times', async () => {
    const store = openSqlite(':memory:', () => now)
    await settleWorld(store)
    const one = createConversation({ ...options, store, people: createPeople(store) })
    const two = createConversation({ ...options, store, people: createPeople(store) })
    const before = (await store.get(keys.journey('spring', people.ready)))?.doc ?? assert.fail()
    const pressing = (person: string, activity: string, verb: string, data: object): Incoming => ({
      ...common(person, activity),
      kind: 'action',
      verb,
      data: { programme: 'spring', round: 1, session: 1, ...data },
    })
    const wins = { withdrawn: 0, opened: 0 }
    for (let time = 0; time < 1000; time++) {
      await store.commit('p:spring', [{ op: 'put', doc: document(keys.journey('spring', people.ready), before) }])
      // One of them asks the store more before it writes: a head start of some steps lets either come first.
      const withdraw = async () => {
        for (let step = 0; step < (time >> 1) % 2; step++) await Promise.resolve()
        return one(pressing(people.ready, `w${time}`, 'withdraw', {}))
      }
      const read = () => two(pressing(people.coach, `r${time}`, 'read', { person: people.ready, page: 1 }))
      const first = time % 2 === 0
      const [a, b] = await Promise.all(first ? [withdraw(), read()] : [read(), withdraw()])
      const [withdrew, opened] = first ? [a, b] : [b, a]
      const facts = (await store.get(keys.journey('spring', people.ready)))?.doc.rounds[0]?.logs[1]
      const shown = JSON.stringify(opened.reply).includes('CANARY-submitted')
      assert.equal(shown, !!facts?.openedAt, 'what was shown is opened, and what is opened was shown')
      assert.equal(withdrew.outcome === 'done', !facts?.submittedAt, 'what was taken back is a draft')
      assert.notEqual(!!facts?.openedAt, !facts?.submittedAt, 'exactly one wins')
      wins[facts?.openedAt ? 'opened' : 'withdrawn']++
    }
    await store.close()
    console.log(`      withdrawn ${wins.withdrawn}, opened ${wins.opened}, both 0, neither 0`)
    assert.ok(wins.withdrawn > 100 && wins.opened > 100, 'either comes first often enough to say anything')
  })
})
