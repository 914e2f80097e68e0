/** One write at a time: what each does, and when it is not done. */
import assert from 'node:assert/strict'
import { schemaVersion } from '../../../src/store/documents.ts'
import { UnknownSchema } from '../../../src/store/migrations.ts'
import { chosen } from '../../domain/given.ts'
import { type Bench, create, done, given, journeyDoc, keyOf, logDoc, pk } from '../bench.ts'

export function writes({ store }: Bench): void {
  const doc = logDoc(1)
  const key = keyOf(doc)

  it('gets nothing where nothing is, and what was stored where it is', async () => {
    assert.equal(await store().get(key), undefined)
    const [stored] = await given(store(), doc)
    assert.deepEqual(await store().get(key), stored)
    assert.deepEqual(stored?.doc, doc)
    assert.equal(await store().get({ ...key, pk: 'p:other' }), undefined)
    assert.equal(await store().get(keyOf(logDoc(2))), undefined)
  })

  it('creates once', async () => {
    await given(store(), doc)
    const again = await store().commit(pk, [create(logDoc(1, 'Another'))])
    assert.deepEqual(again, { ok: false, failed: 0, conflict: 'exists' })
    assert.deepEqual((await store().get(key))?.doc, doc)
  })

  it('keeps the same id in two partitions apart', async () => {
    const twin = { ...doc, pk: 'p:autumn', session: 7 }
    await given(store(), doc, twin)
    assert.deepEqual((await store().get(key))?.doc, doc)
    assert.deepEqual((await store().get(keyOf(twin)))?.doc, twin)
    done(await store().commit(pk, [{ op: 'remove', key }]))
    assert.equal(await store().get(key), undefined)
    assert.deepEqual((await store().get(keyOf(twin)))?.doc, twin)
  })

  it('puts without an etag, whether or not something is there', async () => {
    done(await store().commit(pk, [{ op: 'put', doc }]))
    const [second] = done(await store().commit(pk, [{ op: 'put', doc: logDoc(1, 'Second') }]))
    assert.deepEqual(await store().get(key), second)
    assert.deepEqual(second?.doc, logDoc(1, 'Second'))
  })

  it('puts with an etag on that version only', async () => {
    const [first] = await given(store(), doc)
    const [second] = done(await store().commit(pk, [{ op: 'put', doc: logDoc(1, 'Second'), etag: first?.etag ?? '' }]))
    const late = await store().commit(pk, [{ op: 'put', doc: logDoc(1, 'Late'), etag: first?.etag ?? '' }])
    assert.deepEqual(late, { ok: false, failed: 0, conflict: 'changed' })
    assert.deepEqual(await store().get(key), second)
    const nowhere = await store().commit(pk, [{ op: 'put', doc: logDoc(2), etag: second?.etag ?? '' }])
    assert.deepEqual(nowhere, { ok: false, failed: 0, conflict: 'missing' })
  })

  it('gives every write another etag, also one that changes nothing', async () => {
    const etags = new Set<string | undefined>()
    for (let turn = 0; turn < 5; turn++) {
      etags.add(done(await store().commit(pk, [{ op: 'put', doc }]))[0]?.etag)
      done(await store().commit(pk, [{ op: 'remove', key }]))
      etags.add((await given(store(), doc))[0]?.etag)
    }
    assert.equal(etags.size, 10)
  })

  it('removes what is there', async () => {
    const nothing = await store().commit(pk, [{ op: 'remove', key }])
    assert.deepEqual(nothing, { ok: false, failed: 0, conflict: 'missing' })
    await given(store(), doc)
    assert.deepEqual(done(await store().commit(pk, [{ op: 'remove', key }])), [undefined])
    assert.equal(await store().get(key), undefined)
  })

  it('removes one version and no other', async () => {
    assert.equal(await store().removeIf(key, 'none'), false)
    const [first] = await given(store(), doc)
    const [second] = done(await store().commit(pk, [{ op: 'put', doc }]))
    for (const etag of [first?.etag ?? '', '', '*']) assert.equal(await store().removeIf(key, etag), false)
    assert.deepEqual(await store().get(key), second)
    for (const other of [
      { ...key, id: 'l:other' },
      { ...key, pk: 'p:other' },
    ]) {
      assert.equal(await store().removeIf(other, second?.etag ?? ''), false)
    }
    assert.deepEqual(await store().get(key), second)
    assert.equal(await store().removeIf(key, second?.etag ?? ''), true)
    assert.equal(await store().removeIf(key, second?.etag ?? ''), false)
  })

  it('leaves out fields that are undefined, in what it returns as well', async () => {
    const open = { ...journeyDoc(chosen()), open: undefined, leader: undefined }
    const [stored] = await given(store(), open)
    assert.ok(stored && !('open' in stored.doc) && !('leader' in stored.doc))
    assert.deepEqual(await store().get(keyOf(open)), stored)
  })

  it('shares no object with its callers', async () => {
    const answers = { 1: { text: 'Before', rev: 1, at: '' } }
    const writing = given(store(), { ...doc, answers })
    answers[1].text = 'After'
    const [stored] = await writing
    if (stored?.doc.type === 'log') Object.assign(stored.doc.answers[1] ?? {}, { text: 'After' })
    const read = await store().get(key)
    assert.equal(read?.doc.answers[1]?.text, 'Before')
  })

  it('refuses to read what a newer program wrote, naming the mend', async () => {
    const newer = { ...journeyDoc(chosen()), schemaVersion: schemaVersion + 1 }
    await given(store(), newer)
    await assert.rejects(store().get(keyOf(newer)), UnknownSchema)
    await assert.rejects(store().get(keyOf(newer)), /deploy the newer program/)
    await assert.rejects(store().query('programmeOf', { programme: 'spring' }), UnknownSchema)
  })

  it('answers a ping until it is closed, and may be closed twice', async () => {
    assert.equal(await store().ping(), true)
    await store().close()
    await store().close()
    assert.equal(await store().ping(), false)
  })
}
