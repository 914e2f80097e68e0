/** What is counted of people is what came of it, whoever else writes between the look and the write. */
import assert from 'node:assert/strict'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import type { changeJourney, changeProgramme } from '../../src/conversation/turn/changing.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import type { Turn } from '../../src/conversation/turn/reply.ts'
import { consent, invite, remove } from '../../src/domain/membership/consent.ts'
import type { Programme } from '../../src/domain/programme.ts'
import type { Roster } from '../../src/domain/tasks.ts'
import { type Document, document, keys } from '../../src/store/documents.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { ok } from '../domain/given.ts'
import { now, people, programme, settleWorld } from '../world.ts'

const mia = '0d0d0d0d-0000-4000-8000-00000000000d'
const ben = '0e0e0e0e-0000-4000-8000-00000000000e'
const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
const spring = { programme: 'spring' }

type Pressed = { readonly verb: string; readonly data: object }
/** What this person is counted to have done, and how many strangers have invited each of these two. */
type Counts = { sent?: number; founded?: number; imported?: number; mia?: number; ben?: number }

const roster: Roster = {
  ...{ task: 'roster', programme: 'spring', no: 'a-team', by: people.coach, restarts: 0, met: true, ended: now },
  team: { team: '19:team@thread.tacv2', serviceUrl: 'http://127.0.0.1:9', tenant: 't' },
  seen: { people: 7, guests: 0, others: 0 },
  offers: [{ programme: 'spring', name: 'Spring programme', people: 2, guests: 0 }],
}

const presses = {
  founding: {
    verb: 'create',
    data: {
      ...{ form: 'a-form', programmeName: 'New', startDate: '2026-12-01', weeks: '6', maxSessions: '5' },
      ...{ language: 'en', zone: 'Europe/Berlin', leadersMayNudge: 'false', alsoLeads: 'true' },
    },
  },
  inviting: { verb: 'invite', data: { ...spring, people: `${mia},${ben}` } },
  coaches: { verb: 'addCoach', data: { ...spring, people: `${mia},${ben}` } },
  leaders: { verb: 'addLeader', data: { ...spring, people: `${mia},${ben}` } },
  back: { verb: 'inviteBack', data: { ...spring, person: people.removed } },
  enrolling: { verb: 'enrolIt', data: { ...spring, team: roster.no } },
} as const satisfies Record<string, Pressed>

describe('what is counted of people', () => {
  let store: Store
  beforeEach(async () => {
    store = openSqlite(':memory:', () => now)
    await settleWorld(store)
    const task = document(keys.task(roster), { ...roster, runAt: '9999', tries: 0, promisedAt: now })
    await put(task)
  })
  afterEach(() => store.close())

  const put = async (doc: Document) => assert.ok((await store.commit(doc.pk, [{ op: 'put', doc }])).ok)
  const putProgramme = (change: Partial<Programme>) =>
    put(document(keys.programme('spring'), { ...programme, ...change }))

  /** What others do: right before this turn first counts, or first writes to a programme. */
  type Meanwhile = { readonly before: 'counting' | 'saving'; readonly run: (pk: string) => Promise<unknown> }

  function press({ verb, data }: Pressed, meanwhile?: Meanwhile, activity = 'a', on = store) {
    let left = meanwhile
    const commit: Store['commit'] = async (pk, writes) => {
      const counts = writes.some(write => 'doc' in write && write.doc.type === 'limits')
      if (left && (left.before === 'counting' ? counts : pk.startsWith('p:'))) {
        const { run } = left
        left = undefined
        await run(pk)
      }
      return on.commit(pk, writes)
    }
    const watched = { ...on, commit }
    const given = { store: watched, people: createPeople(watched), clock: () => now, leaseSeconds: 60 }
    const bot = createConversation({ ...given, buttons: 'execute', creators: { creators: 'anyone', buddies: true } })
    const actor = { person: people.coach, name: 'Name of coach', language: 'en' } as const
    return bot({ kind: 'action', verb, data: { ...data }, actor, chat, tenant: 't', activity, place: 'personal' })
  }

  /** A store that says once that somebody else was quicker. */
  function contended(): Store {
    let conflicts = 1
    return {
      ...store,
      commit: (pk, writes) =>
        pk.startsWith('p:') && conflicts-- > 0
          ? Promise.resolve({ ok: false, failed: 0, conflict: 'changed' })
          : store.commit(pk, writes),
    }
  }

  async function counts(): Promise<Counts> {
    const { sent, founded, imported } = (await store.get(keys.limits(people.coach)))?.doc ?? {}
    const strangers = async (person: string) => (await store.get(keys.shield(person)))?.doc.strangers?.count ?? 0
    const all = { sent, founded, imported }
    const own = Object.entries(all).map(([kind, counted]) => [kind, counted?.count ?? 0])
    return { ...Object.fromEntries(own), mia: await strangers(mia), ben: await strangers(ben) }
  }
  const none = { sent: 0, founded: 0, imported: 0, mia: 0, ben: 0 }
  const counted = async (expected: Counts) => assert.deepEqual(await counts(), { ...none, ...expected })

  const both = { sent: 2, mia: 1, ben: 1 }
  const used: Readonly<Record<keyof typeof presses, Counts>> = {
    founding: { founded: 1 },
    inviting: both,
    coaches: both,
    leaders: both,
    back: { sent: 1 },
    enrolling: { sent: 5 },
  }

  for (const [what, expected] of Object.entries(used) as [keyof typeof presses, Counts][]) {
    it(`is counted once when others write meanwhile: ${what}`, async () => {
      assert.equal((await press(presses[what], undefined, 'a', contended())).outcome, 'done')
      await counted(expected)
    })

    for (const activity of ['a', 'another']) {
      it(`is counted once when a press comes to two bots at once, to one of them as ${activity}: ${what}`, async () => {
        const others: Turn[] = []
        const run = async () => others.push(await press(presses[what], undefined, activity))
        const turn = await press(presses[what], { before: 'saving', run })
        assert.deepEqual([others[0]?.outcome, turn.outcome], ['done', 'done'])
        await counted(expected)
      })
    }
  }

  for (const what of ['inviting', 'coaches', 'leaders', 'back'] as const) {
    it(`is nothing where the programme is closed when it has been counted: ${what}`, async () => {
      const run = () => putProgramme({ closedAt: now })
      const turn = await press(presses[what], { before: 'counting', run })
      assert.deepEqual([turn.outcome, turn.refusal], ['refused', 'programmeClosed'])
      await counted({})
    })
  }

  it('is nothing where a programme of that name is somebody else’s by then', async () => {
    const coaches = programme.coaches.slice(1)
    const run = (pk: string) => {
      const id = pk.slice('p:'.length)
      return put(document(keys.programme(id), { ...programme, programme: id, coaches }))
    }
    const turn = await press(presses.founding, { before: 'saving', run })
    assert.deepEqual([turn.outcome, turn.refusal], ['refused', 'notAMember'])
    await counted({})
  })

  const shown = programme.coaches.map(coach => coach.person)
  const joined = ok(consent(invite(programme, mia, 'By code', undefined, now), programme, shown, now)).journey
  const there = { person: mia, name: 'Mia' }
  const meanwhile = {
    inviting: () => put(document(keys.journey('spring', mia), joined)),
    coaches: () => putProgramme({ coaches: [...programme.coaches, { ...there, since: now }] }),
    leaders: () => putProgramme({ leaders: [...programme.leaders, there] }),
  }
  for (const [what, run] of Object.entries(meanwhile) as [keyof typeof meanwhile, () => Promise<unknown>][]) {
    it(`is who was not there already when it was saved: ${what}`, async () => {
      const turn = await press(presses[what], { before: 'saving', run })
      assert.equal(turn.outcome, 'done')
      await counted({ sent: 1, ben: 1 })
    })
  }

  /** A store that says of each write to a programme what this says. */
  const saying = (commit: Store['commit']): Store => ({
    ...store,
    commit: (pk, writes) => (pk.startsWith('p:') ? commit(pk, writes) : store.commit(pk, writes)),
  })

  for (const what of ['founding', 'inviting', 'coaches', 'leaders', 'back'] as const) {
    it(`is nothing where others kept writing until it was given up: ${what}`, async () => {
      const contended = saying(async () => ({ ok: false, failed: 0, conflict: 'changed' }))
      await press(presses[what], undefined, 'a', contended).then(
        turn => assert.equal(turn.outcome, 'failed'),
        error => assert.ok(error instanceof StoreUnavailable),
      )
      await counted({})
    })

    it(`stays counted where nobody knows whether it was saved: ${what}`, async () => {
      const away = saying(() => Promise.reject(new StoreUnavailable('away')))
      await press(presses[what], undefined, 'a', away).catch(() => {})
      await counted(used[what])
    })
  }

  it('is asked of nobody who was still there at the first look, so they are not invited by that press', async () => {
    const key = keys.journey('spring', people.ready)
    const there = (await store.get(key))?.doc ?? assert.fail()
    let gone = false
    const get: Store['get'] = async asked => {
      if (asked.id === key.id && !gone) {
        gone = true
        await put(document(key, remove(there, now)))
      }
      return store.get(asked)
    }
    const data = { ...spring, person: people.ready }
    const turn = await press({ verb: 'inviteBack', data }, undefined, 'a', { ...store, get })
    assert.deepEqual([gone, turn.outcome, turn.refusal], [true, 'refused', 'noLongerIn'])
    assert.equal((await store.get(key))?.doc.invitedAgainAt, undefined)
    await counted({})
  })

  it('stays counted where it cannot be given back, and what was done is said to be done', async () => {
    let counts = 0
    const commit: Store['commit'] = async (pk, writes) => {
      const limits = writes.some(write => 'doc' in write && write.doc.type === 'limits')
      if (limits && ++counts === 2) throw new StoreUnavailable('CANARY')
      return store.commit(pk, writes)
    }
    const turn = await press(presses.leaders, { before: 'saving', run: meanwhile.leaders }, 'a', { ...store, commit })
    assert.deepEqual([turn.outcome, turn.trouble], ['done', 'StoreUnavailable'])
    await counted({ sent: 2, mia: 1, ben: 1 })
  })

  it('is not for a decision to count, which may be asked more than once: it cannot wait for the store', () => {
    const waits = async (before: Programme) => ({ programme: before })
    // @ts-expect-error A decision is there at once.
    const decide: Parameters<typeof changeProgramme>[2] = waits
    assert.equal(decide, waits)
    // @ts-expect-error The same of what one of its people has there.
    const decideOnOne: Parameters<typeof changeJourney>[3] = async ({ journey }) => ({ journey })
    assert.ok(decideOnOne)
  })
})
