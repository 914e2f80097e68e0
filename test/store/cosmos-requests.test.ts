/** What each call costs: how many requests Microsoft's client makes of it, counted where they arrive. */
import assert from 'node:assert/strict'
import { openCosmos } from '../../src/store/cosmos/cosmos.ts'
import type { Document } from '../../src/store/documents.ts'
import { type Migrations, migrations } from '../../src/store/migrations.ts'
import type { Write } from '../../src/store/store.ts'
import { chosen, now } from '../domain/given.ts'
import { create, done, given, journeyDoc, keyOf, logDoc, markerDoc, noticeDoc, pk } from './bench.ts'
import type { Answer, Json, JsonObject } from './gateway/answer.ts'
import { type OnGateway, onGateway, unhurried } from './on-gateway.ts'

describe('cosmos and its requests', () => {
  let on: OnGateway
  beforeEach(async () => {
    on = await onGateway({ patience: unhurried })
  })
  afterEach(() => on.close())

  it('asks once for each get, commit and removal, and twice for a query', async () => {
    const { gateway, store } = on
    const [stored] = await given(store, logDoc(1))
    await store.get(keyOf(logDoc(1)))
    await store.commit(pk, [create(markerDoc('one')), { op: 'put', doc: logDoc(2) }, create(logDoc(3))])
    await store.removeIf(keyOf(logDoc(1)), stored?.etag ?? '')
    await store.ping()
    assert.deepEqual(gateway.requests, ['batch', 'read', 'batch', 'delete', 'read'])
    gateway.requests.length = 0
    await store.query('dueNotices', { now })
    await store.query('programmeOf', { programme: 'spring' })
    // The SDK asks for the plan of every query, and for nothing else where it needs none.
    assert.deepEqual(gateway.requests.toSorted(), ['plan', 'plan', 'query', 'query'])
    assert.deepEqual(gateway.partitions, [undefined, pk], 'all partitions, and one')
  })

  it('asks an account where it is once, and then no more than that', async () => {
    const { gateway, options } = on
    const store = openCosmos({ ...options, discovery: true })
    for (let turn = 0; turn < 3; turn++) await store.get(keyOf(logDoc(1)))
    await store.commit(pk, [{ op: 'put', doc: logDoc(1) }])
    assert.deepEqual(gateway.requests, ['account', 'read', 'read', 'read', 'batch'])
    await store.close()
    gateway.requests.length = 0
    const { endpoint, database, container, auth } = options
    const onThisMachine = openCosmos({ endpoint, database, container, auth })
    await onThisMachine.get(keyOf(logDoc(1)))
    assert.deepEqual(gateway.requests, ['read'])
    await onThisMachine.close()
  })

  const patch: Extract<Write, { op: 'patch' }> = {
    op: 'patch',
    key: keyOf(journeyDoc(chosen())),
    set: [{ path: '/rounds/0/extraDays', value: 7 }],
    where: { name: 'draftOfActiveMember', round: 1, session: 1 },
  }
  /** What came of it, and what it took. */
  const asked = async <T>(work: () => Promise<T>) => {
    on.gateway.requests.length = 0
    const told = await work()
    return { told, requests: on.gateway.requests.toSorted() }
  }

  it('looks once whether a condition does not hold or the document is older, and does not try again in vain', async () => {
    await given(on.store, journeyDoc({ ...chosen(), active: false }))
    assert.deepEqual((await asked(() => on.store.commit(pk, [patch]))).requests, ['batch', 'read'])
  })

  it('upgrades an older document once, and patches it like any other from then on', async () => {
    await given(on.store, journeyDoc(chosen()))
    const next: Migrations = { ...migrations, version: migrations.version + 1 }
    const store = on.another({ shapes: next })
    const commit = async () => done(await store.commit(pk, [patch]))
    // Tried, looked at, upgraded, tried again.
    assert.deepEqual((await asked(commit)).requests, ['batch', 'batch', 'batch', 'read'])
    assert.deepEqual((await asked(commit)).requests, ['batch'])
    // The one that is today's is looked at as well, and left as it is.
    const bob = journeyDoc({ ...chosen(), person: 'person-bob' })
    await given(on.store, bob)
    const both = () => store.commit(pk, [patch, { ...patch, key: keyOf(bob) }])
    assert.deepEqual((await asked(both)).requests, ['batch', 'batch', 'batch', 'read', 'read'])
  })

  it('looks at no older document when it is another write that failed', async () => {
    await given(on.store, journeyDoc(chosen()), markerDoc('one'))
    const store = on.another({ shapes: { ...migrations, version: migrations.version + 1 } })
    const commit = () => store.commit(pk, [create(markerDoc('one')), patch])
    const { told, requests } = await asked(commit)
    assert.deepEqual([told, requests], [{ ok: false, failed: 0, conflict: 'exists' }, ['batch']])
  })

  it('upgrades no version but the one it has read', async () => {
    await given(on.store, journeyDoc(chosen()))
    const next: Migrations = { ...migrations, version: migrations.version + 1 }
    const [store, other] = [on.another({ shapes: next }), on.another({ shapes: next })]
    const answer = async (real: Answer): Promise<Answer> => {
      done(await other.commit(pk, [{ ...patch, set: [{ path: '/name', value: 'Meanwhile' }] }]))
      return real
    }
    on.gateway.script({ on: 'read', when: 'after', answer })
    const [stored] = done(await store.commit(pk, [patch]))
    assert.ok(stored?.doc.type === 'journey')
    assert.deepEqual([stored.doc.name, stored.doc.rounds[0]?.extraDays], ['Meanwhile', 7])
  })

  describe('for lists', () => {
    const fill = async (count: number, doc: (no: number) => Document) => {
      for (let from = 0; from < count; from += 100) {
        const batch = Array.from({ length: 100 }, (_each, no) => create(doc(from + no)))
        done(await on.store.commit(pk, batch))
      }
    }
    const due = () => on.store.query('dueNotices', { now })

    it('asks for one page of due notices, however many there are', async () => {
      await fill(1_000, no => noticeDoc({ no }))
      let came = 0
      const answer = (real: Answer) => {
        came = (real.body as { Documents: Json[] }).Documents.length
        return real
      }
      on.gateway.script({ on: 'query', when: 'after', answer })
      const { told, requests } = await asked(due)
      assert.deepEqual([told.length, requests], [100, ['plan', 'query']])
      assert.equal(came, 100, 'over the network')
    })

    it('asks for one page of a thousand journeys', async () => {
      await fill(1_000, no => journeyDoc({ ...chosen(), person: `person-${no}` }))
      const { told, requests } = await asked(() => on.store.query('programmeOf', { programme: 'spring' }))
      assert.deepEqual([told.length, requests], [1_000, ['plan', 'query']])
    })

    /** As from a physical partition of several: these documents, and the next page begins there. */
    const short = (Documents: Json[], next: number) => (): Answer => ({
      status: 200,
      body: { _rid: 'rid', Documents, _count: Documents.length },
      headers: { 'x-ms-continuation': `page-${next}` },
    })

    it('goes on to the next page when one is empty', async () => {
      await given(on.store, noticeDoc({}))
      on.gateway.script({ on: 'query', when: 'before', answer: short([], 0), times: 2 })
      const { told, requests } = await asked(due)
      assert.deepEqual([told.length, requests], [1, ['plan', 'query', 'query', 'query']])
    })

    it('takes no more than it is for, when pages are short', async () => {
      await fill(200, no => noticeDoc({ no }))
      const raw = (no: number): JsonObject => ({ ...noticeDoc({ no }), _etag: '"any"' }) as JsonObject
      const some = Array.from({ length: 60 }, (_each, no) => raw(1_000 + no))
      on.gateway.script({ on: 'query', when: 'before', answer: short(some, 0) })
      const { told, requests } = await asked(due)
      assert.deepEqual([told.length, requests], [100, ['plan', 'query', 'query']])
    })
  })
})
