/** A document with a ttl is gone when its time is over, for every way of looking. */
import assert from 'node:assert/strict'
import { chosen } from '../../domain/given.ts'
import {
  type Bench,
  create,
  done,
  given,
  journeyDoc,
  keyOf,
  logDoc,
  markerDoc,
  noticeDoc,
  pk,
  seconds,
} from '../bench.ts'

const marker = markerDoc('one')
const key = keyOf(marker)

export function expiry({ store, pass }: Bench): void {
  it('is there until then, gone after it, and can be created again', async () => {
    done(await store().commit(pk, [create(marker, 60)]))
    await pass(58)
    assert.deepEqual((await store().get(key))?.doc, marker)
    assert.deepEqual(await store().commit(pk, [create(marker, 60)]), { ok: false, failed: 0, conflict: 'exists' })
    await pass(4)
    assert.equal(await store().get(key), undefined)
    done(await store().commit(pk, [create(marker, 60)]))
    await pass(58)
    assert.ok(await store().get(key))
  })

  it('does not touch what has no ttl', async () => {
    await given(store(), marker)
    await pass(10 * 365 * 86_400)
    assert.ok(await store().get(key))
  })

  it('counts from a put that has one, whether or not there was a document', async () => {
    done(await store().commit(pk, [{ op: 'put', doc: marker, ttl: 60 }]))
    await pass(40)
    const [again] = done(await store().commit(pk, [{ op: 'put', doc: marker, ttl: 60 }]))
    await pass(40)
    assert.ok(await store().get(key), 'the second one counts')
    done(await store().commit(pk, [{ op: 'put', doc: marker, etag: again?.etag ?? '', ttl: 60 }]))
    await pass(58)
    assert.deepEqual((await store().get(key))?.doc, marker)
    await pass(4)
    assert.equal(await store().get(key), undefined)
  })

  it('hides it from put, patch, remove and removeIf', async () => {
    const journey = journeyDoc(chosen())
    const docs = done(await store().commit(pk, [create(journey, 60), create(logDoc(1), 60), create(marker, 60)]))
    await pass(62)
    const where = { name: 'draftOfActiveMember', round: 1, session: 1 } as const
    for (const write of [
      { op: 'patch', key: keyOf(journey), set: [{ path: '/extraDays', value: 7 }], where },
      { op: 'put', doc: logDoc(1), etag: docs[1]?.etag ?? '' },
      { op: 'remove', key },
    ] as const) {
      assert.deepEqual(await store().commit(pk, [write]), { ok: false, failed: 0, conflict: 'missing' })
    }
    assert.equal(await store().removeIf(key, docs[2]?.etag ?? ''), false)
  })

  it('hides it from queries', async () => {
    done(await store().commit(pk, [create(noticeDoc({}), 60), create(noticeDoc({ no: 2 }))]))
    const found = async () => (await store().query('dueNotices', { now: seconds(noticeDoc({}).runAt, 90) })).length
    assert.equal(await found(), 2)
    await pass(62)
    assert.equal(await found(), 1)
  })

  it('counts anew from a patch, and ends with a put, which has no ttl', async () => {
    const journey = journeyDoc(chosen())
    const patch = {
      op: 'patch',
      key: keyOf(journey),
      set: [{ path: '/extraDays', value: 7 }],
      where: { name: 'draftOfActiveMember', round: 1, session: 1 },
    } as const
    done(await store().commit(pk, [create(journey, 60), create(marker, 60)]))
    await pass(40)
    done(await store().commit(pk, [patch, { op: 'put', doc: marker }]))
    await pass(40)
    assert.ok(await store().get(keyOf(journey)))
    await pass(22)
    assert.equal(await store().get(keyOf(journey)), undefined)
    assert.ok(await store().get(key))
  })
}
