/** Several writers at once, in one process and through a second store on the same data. */
import assert from 'node:assert/strict'
import type { Store, Write } from '../../../src/store/store.ts'
import { type Bench, create, done, given, keyOf, logDoc, markerDoc, pk } from '../bench.ts'

const key = keyOf(logDoc(1))

export function races({ store, another }: Bench): void {
  const both = async (): Promise<readonly Store[]> => [store(), await another()]

  const race = async (count: number, writes: (no: number) => readonly Write[]) => {
    const stores = await both()
    const outcomes = Array.from({ length: count }, (_each, no) => stores[no % stores.length]?.commit(pk, writes(no)))
    return Promise.all(outcomes)
  }

  it('lets exactly one of a hundred puts on one version win', async () => {
    const [first] = await given(store(), logDoc(1))
    const outcomes = await race(100, no => [{ op: 'put', doc: logDoc(1, `Writer ${no}`), etag: first?.etag ?? '' }])
    const winner = outcomes.findIndex(outcome => outcome?.ok)
    assert.equal(outcomes.filter(outcome => outcome?.ok).length, 1)
    for (const outcome of outcomes)
      if (!outcome?.ok) assert.deepEqual(outcome, { ok: false, failed: 0, conflict: 'changed' })
    assert.deepEqual((await store().get(key))?.doc, logDoc(1, `Writer ${winner}`))
  })

  it('lets exactly one of fifty creators win, with all of its batch', async () => {
    const outcomes = await race(50, no => [{ op: 'put', doc: logDoc(1, `Writer ${no}`) }, create(markerDoc('one'))])
    assert.equal(outcomes.filter(outcome => outcome?.ok).length, 1)
    const winner = outcomes.findIndex(outcome => outcome?.ok)
    assert.deepEqual((await store().get(key))?.doc, logDoc(1, `Writer ${winner}`))
  })

  it('loses no increment when every loser reads and tries again', async () => {
    await given(store(), logDoc(1, 'Count', 0))
    const stores = await both()
    const increment = async (at: Store): Promise<void> => {
      const read = await at.get(key)
      const rev = (read?.doc.answers[1]?.rev ?? 0) + 1
      const outcome = await at.commit(pk, [{ op: 'put', doc: logDoc(1, 'Count', rev), etag: read?.etag ?? '' }])
      if (!outcome.ok) await increment(at)
    }
    await Promise.all(Array.from({ length: 20 }, (_each, no) => increment(stores[no % stores.length] ?? store())))
    assert.equal((await store().get(key))?.doc.answers[1]?.rev, 20)
  })

  it('shows each store what the other has written', async () => {
    const second = await another()
    const [first] = await given(store(), logDoc(1))
    assert.deepEqual(await second.get(key), first)
    const [changed] = done(await second.commit(pk, [{ op: 'put', doc: logDoc(1, 'Second'), etag: first?.etag ?? '' }]))
    assert.deepEqual(await store().get(key), changed)
    assert.equal(await store().removeIf(key, changed?.etag ?? ''), true)
    assert.equal(await second.get(key), undefined)
  })
}
