/** All of a batch or nothing, for every kind of write and every way to fail. */
import assert from 'node:assert/strict'
import type { Conflict, Store, Write } from '../../../src/store/store.ts'
import { chosen } from '../../domain/given.ts'
import { type Bench, create, done, given, journeyDoc, keyOf, logDoc, markerDoc, noticeDoc, pk } from '../bench.ts'

const journey = journeyDoc(chosen())
const where = { name: 'draftOfActiveMember', round: 1, session: 1 } as const
const set = [{ path: '/rounds/0/logs/1/answered', value: 3 }]
const before = [journey, logDoc(1), logDoc(2), noticeDoc({})]
const touched = [...before, logDoc(3), markerDoc('one')].map(keyOf)

/** One write of each kind, all of which can be done after `before`. */
function oneOfEach(etag: string): Write[] {
  return [
    { op: 'patch', key: keyOf(journey), set, where },
    { op: 'put', doc: logDoc(1, 'Replaced'), etag },
    { op: 'put', doc: logDoc(2, 'Overwritten') },
    { op: 'put', doc: logDoc(3) },
    create(markerDoc('one'), 60),
    { op: 'remove', key: keyOf(noticeDoc({})) },
  ]
}

/** Writes that cannot be done after `before` and `oneOfEach`. */
const failing: readonly [string, Write, Conflict][] = [
  ['create of a taken id', create(logDoc(2)), 'exists'],
  ['create of an id taken in the batch', create(markerDoc('one')), 'exists'],
  ['put of another version', { op: 'put', doc: logDoc(2), etag: 'another' }, 'changed'],
  ['put of no version', { op: 'put', doc: logDoc(2), etag: '' }, 'changed'],
  ['put of any version, as HTTP means it', { op: 'put', doc: logDoc(2), etag: '*' }, 'changed'],
  ['put of a version that is gone', { op: 'put', doc: logDoc(4), etag: 'another' }, 'missing'],
  ['put of a version the batch removed', { op: 'put', doc: noticeDoc({}), etag: 'another' }, 'missing'],
  [
    'patch whose condition does not hold',
    { op: 'patch', key: keyOf(journey), set, where: { ...where, session: 3 } },
    'condition',
  ],
  ['patch of nothing', { op: 'patch', key: { ...keyOf(journey), id: 'j:nobody' }, set, where }, 'missing'],
  ['remove of nothing', { op: 'remove', key: keyOf(logDoc(5)) }, 'missing'],
  ['second remove', { op: 'remove', key: keyOf(noticeDoc({})) }, 'missing'],
]

const everything = (store: Store) => Promise.all(touched.map(key => store.get(key)))

export function batches({ store }: Bench): void {
  let etag = ''

  beforeEach(async () => {
    etag = (await given(store(), ...before))[1]?.etag ?? ''
  })

  it('does one of each and returns what a read would', async () => {
    const docs = done(await store().commit(pk, oneOfEach(etag)))
    const written = [0, 1, 2, 4, 5].map(index => touched[index]).map(key => key && store().get(key))
    assert.deepEqual(docs, [...(await Promise.all(written)), undefined])
    assert.equal(await store().get(keyOf(noticeDoc({}))), undefined)
  })

  it('returns etags that the next put can be made with', async () => {
    const docs = done(await store().commit(pk, oneOfEach(etag)))
    const puts = docs.flatMap(stored => (stored ? [{ op: 'put' as const, ...stored }] : []))
    assert.equal(puts.length, 5)
    assert.equal((await store().commit(pk, puts)).ok, true)
    assert.deepEqual(await store().commit(pk, puts), { ok: false, failed: 0, conflict: 'changed' })
  })

  it('sees, in a later write, what an earlier one did', async () => {
    const docs = done(
      await store().commit(pk, [
        create(logDoc(4)),
        { op: 'put', doc: logDoc(4, 'Again') },
        { op: 'remove', key: keyOf(logDoc(4)) },
        create(logDoc(4, 'Anew')),
      ]),
    )
    assert.deepEqual(await store().get(keyOf(logDoc(4))), docs[3])
  })

  for (const [what, write, conflict] of failing) {
    it(`leaves nothing behind after a ${what}`, async () => {
      const was = await everything(store())
      const writes = [...oneOfEach(etag), write]
      const failed = writes.length - 1
      assert.deepEqual(await store().commit(pk, writes), { ok: false, failed, conflict })
      assert.deepEqual(await everything(store()), was)
    })
  }

  it('names the first write that could not be done', async () => {
    const writes = failing.slice(2).map(([, write]) => write)
    const outcome = await store().commit(pk, [create(logDoc(6)), ...writes])
    assert.deepEqual(outcome, { ok: false, failed: 1, conflict: 'changed' })
  })

  it('takes a hundred writes', async () => {
    const many = Array.from({ length: 100 }, (_each, index) => create(markerDoc(`many-${index}`)))
    assert.equal(done(await store().commit(pk, many)).length, 100)
  })
}
