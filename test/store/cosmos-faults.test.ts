/** One fault of Cosmos DB or of the network, before or after the write: what is asked is done all the same, and once. */
import assert from 'node:assert/strict'
import { chosen, now } from '../domain/given.ts'
import { create, done, given, journeyDoc, keyOf, logDoc, noticeDoc, pk } from './bench.ts'
import { after, each, marker, patchOpen, patienceFor, saving, sentFor, turnedAway, unclear } from './fault-cases.ts'
import type { Answer } from './gateway/answer.ts'
import { counted, isDone, unavailable, withGateway } from './on-gateway.ts'

const all = [...turnedAway, ...unclear]

describe('cosmos and one fault', () => {
  for (const discovery of [true, false]) {
    it(`saves, once, although one answer went wrong, ${discovery ? 'on an account' : 'on a gateway'}`, () =>
      each(all, async broken => {
        const { told, there, sent } = await saving([{ on: 'batch', ...broken }], patienceFor(broken), discovery)
        assert.ok(!(told instanceof Error), `${told}`)
        assert.ok(isDone(told))
        assert.deepEqual(told.docs[0], there)
        assert.deepEqual([told.docs[1]?.doc, told.docs[2]?.doc.type], [marker, 'journey'])
        // Written, a conflict with itself, three documents read; or written at the second try.
        sentFor(broken, sent, broken.when === 'after' ? 5 : 2)
      }))
  }

  it('is not fooled when finding out goes wrong once', () =>
    each(unclear, async broken => {
      const lost = { on: 'batch', when: 'after', answer: 503 } as const
      const { told, written } = await saving([lost, { on: 'read', ...broken }], patienceFor(broken))
      assert.ok(isDone(told) && written, `${told}`)
    }))

  for (const write of [patchOpen, { op: 'put', doc: after } as const, { op: 'remove', key: keyOf(after) } as const]) {
    it(`sends a ${write.op} that could happen twice again only when it was turned away`, () =>
      each(all, broken =>
        withGateway(async on => {
          await given(on.store, logDoc(1), journeyDoc(chosen()))
          const store = on.another({ patience: patienceFor(broken) })
          await store.ping()
          on.gateway.script({ on: 'batch', ...broken })
          const { told, sent } = await counted(on, () => store.commit(pk, [write]))
          const away = turnedAway.includes(broken)
          if (away) assert.ok(isDone(told))
          else unavailable(told)
          assert.equal(sent, away ? 2 : 1)
        }),
      ))
  }

  it('reads and asks although one answer went wrong', () =>
    each(all, broken =>
      withGateway(async on => {
        const [notice] = await given(on.store, noticeDoc({}))
        const store = on.another({ patience: patienceFor(broken) })
        on.gateway.script({ on: 'read', ...broken }, { on: 'plan', ...broken }, { on: 'query', ...broken })
        assert.deepEqual(await store.get(keyOf(noticeDoc({}))), notice)
        assert.deepEqual(await store.query('dueNotices', { now }), [notice])
      }),
    ))

  for (const version of ['this', 'another']) {
    it(`removes ${version} version, and does not claim what somebody else may have removed`, () =>
      each(all, broken =>
        withGateway(async on => {
          const [log] = await given(on.store, logDoc(1))
          const etag = version === 'this' ? (log?.etag ?? '') : '"another"'
          const store = on.another({ patience: patienceFor(broken) })
          on.gateway.script({ on: 'delete', ...broken })
          const { told } = await counted(on, () => store.removeIf(keyOf(logDoc(1)), etag))
          if (version === 'another') assert.equal(told, false)
          else if (broken.when === 'before') assert.equal(told, true)
          else unavailable(told)
          assert.deepEqual(await on.store.get(keyOf(logDoc(1))), version === 'this' ? undefined : log)
        }),
      ))
  }

  it('finds the account at the second try, when the first goes wrong', () =>
    each(unclear, broken =>
      withGateway(async on => {
        const store = on.another({ patience: patienceFor(broken) })
        on.gateway.script({ on: 'account', ...broken })
        assert.equal(await store.get(keyOf(marker)), undefined)
      }),
    ))

  it('tells of each try that failed, although all ends well', () =>
    withGateway(async on => {
      const statuses: (number | undefined)[] = []
      const store = on.another({ tried: status => statuses.push(status) })
      for (const answer of [503, 429, 'page', 'reset'] as const) {
        on.gateway.script({ on: 'batch', when: 'before', answer })
      }
      done(await store.commit(pk, [create(marker)]))
      assert.ok(await store.get(keyOf(marker)))
      assert.deepEqual(statuses, [503, 429, undefined, undefined])
    }))

  it('finds out that all of a batch was written, with what it removed', () =>
    withGateway(async on => {
      await given(on.store, logDoc(1), logDoc(2))
      on.gateway.script({ on: 'batch', when: 'after', answer: 503 })
      const removal = { op: 'remove', key: keyOf(logDoc(1)) } as const
      const docs = done(await on.store.commit(pk, [removal, create(marker)]))
      assert.deepEqual(docs, [undefined, await on.store.get(keyOf(marker))])
      assert.equal(await on.store.get(keyOf(logDoc(1))), undefined)
    }))

  it('finds out that a batch was written, though somebody has removed a part of it since', () =>
    withGateway(async on => {
      const other = on.another()
      const answer = async (): Promise<Answer> => {
        done(await other.commit(pk, [{ op: 'remove', key: keyOf(logDoc(1)) }]))
        return { status: 503 }
      }
      on.gateway.script({ on: 'batch', when: 'after', answer })
      const docs = done(await on.store.commit(pk, [create(marker), create(logDoc(1))]))
      assert.deepEqual(docs, [await on.store.get(keyOf(marker)), undefined])
    }))

  it('knows that it did not remove what was gone before, although it was turned away once', () =>
    withGateway(async on => {
      on.gateway.script({ on: 'delete', when: 'before', answer: 429 })
      assert.equal(await on.store.removeIf(keyOf(marker), '"any"'), false)
    }))

  it('does nothing twice when the first request arrives after the second', () =>
    withGateway(async on => {
      const [log] = await given(on.store, logDoc(1))
      const store = on.another({ patience: patienceFor({ when: 'late', answer: 'hang' }) })
      on.gateway.script({ on: 'batch', when: 'late', answer: 'hang' })
      const put = { op: 'put', doc: after, etag: log?.etag ?? '' } as const
      const docs = done(await store.commit(pk, [put, create(marker)]))
      on.gateway.arrive()
      assert.deepEqual([await on.store.get(keyOf(after)), await on.store.get(keyOf(marker))], docs)
    }))

  it('does not take for its own what another wrote with the same words', () =>
    withGateway(async on => {
      const other = on.another()
      const answer = async (): Promise<Answer> => {
        done(await other.commit(pk, [create(marker), create(logDoc(2))]))
        return { status: 503 }
      }
      on.gateway.script({ on: 'batch', when: 'before', answer })
      const outcome = await on.store.commit(pk, [create(marker), create(logDoc(1))])
      assert.deepEqual(outcome, { ok: false, failed: 0, conflict: 'exists' })
      assert.equal(await on.store.get(keyOf(logDoc(1))), undefined)
    }))

  it('tells a conflict with others as before, although its answer was lost', () =>
    withGateway(async on => {
      const [first] = await given(on.store, logDoc(1))
      const [second] = done(await on.store.commit(pk, [{ op: 'put', doc: logDoc(1, 'Second') }]))
      on.gateway.script({ on: 'batch', when: 'after', answer: 'reset' })
      const late = await on.store.commit(pk, [{ op: 'put', doc: after, etag: first?.etag ?? '' }])
      assert.deepEqual(late, { ok: false, failed: 0, conflict: 'changed' })
      assert.deepEqual(await on.store.get(keyOf(after)), second)
    }))
})
