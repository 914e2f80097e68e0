/** How much a query gives at most, that nothing starves of it, and what it makes of documents a newer program wrote. */
import assert from 'node:assert/strict'
import { type Document, type DocumentOf, document, keys } from '../../../src/store/documents.ts'
import { migrations, UnknownSchema } from '../../../src/store/migrations.ts'
import { queryTexts } from '../../../src/store/queries.ts'
import type { Store, Write } from '../../../src/store/store.ts'
import { chosen, now } from '../../domain/given.ts'
import { type Bench, create, done, journeyDoc, noticeDoc, pk, seconds } from '../bench.ts'

const { atMost = 0 } = queryTexts.dueNotices

const newer = <D extends Document>(doc: D): D => ({ ...doc, schemaVersion: migrations.version + 1 })
const notices = (count: number, about: Parameters<typeof noticeDoc>[0] = {}) =>
  Array.from({ length: count }, (_each, no) => noticeDoc({ no, ...about }))

/** A hundred to a batch. */
async function write(store: Store, writes: readonly Write[]): Promise<void> {
  for (let from = 0; from < writes.length; from += 100) done(await store.commit(pk, writes.slice(from, from + 100)))
}

export function bounds({ store, another }: Bench): void {
  const given = (docs: readonly Document[]) =>
    write(
      store(),
      docs.map(doc => create(doc)),
    )
  const due = () => store().query('dueNotices', { now })
  const put = (doc: DocumentOf<'notice'>): Write => ({ op: 'put', doc: { ...doc, runAt: seconds(now, 60) } })

  it('gives a hundred due notices at a time, and all of them to whoever deals with those it gave', async () => {
    assert.equal(atMost, 100)
    await given(notices(230))
    const seen: string[] = []
    for (const expected of [100, 100, 30, 0]) {
      const found = await due()
      assert.equal(found.length, expected)
      seen.push(...found.map(({ doc }) => doc.id))
      await write(
        store(),
        found.map(({ doc }) => put(doc)),
      )
    }
    assert.equal(new Set(seen).size, 230)
  })

  it('gives all journeys of a programme of a thousand', async () => {
    const people = Array.from({ length: 1_000 }, (_each, no) => journeyDoc({ ...chosen(), person: `person-${no}` }))
    await given(people)
    const found = await store().query('programmeOf', { programme: 'spring' })
    assert.equal(new Set(found.map(({ doc }) => doc.id)).size, 1_000)
  })

  it('leaves a newer program its notices, however many, and finds those of its own among them', async () => {
    const own = notices(20, { kind: 'ready' })
    await given([...notices(150, { to: 'person-other' }).map(newer), ...own])
    const ids = (docs: readonly { id: string }[]) => docs.map(({ id }) => id).sort()
    assert.deepEqual(ids((await due()).map(({ doc }) => doc)), ids(own))
    const waiting = { state: 'waiting', to: 'person-coach9' } as const
    await given([noticeDoc({ ...waiting, no: 901 }), newer(noticeDoc({ ...waiting, no: 902 }))])
    const found = await store().query('noticesWaitingFor', { to: waiting.to })
    assert.deepEqual(
      found.map(({ doc }) => doc.no),
      [901],
    )
    const { runAt, promisedAt } = noticeDoc({})
    const task = { task: 'follow', programme: 'spring', runAt, promisedAt, tries: 0 } as const
    const tasks = [1, 2].map(no => document(keys.task({ ...task, no }), { ...task, no }))
    await given(tasks.map((doc, index) => (index === 0 ? doc : newer(doc))))
    assert.deepEqual(ids((await store().query('dueTasks', { now })).map(({ doc }) => doc)), ids(tasks.slice(0, 1)))
    const updated = await another({ ...migrations, version: migrations.version + 1 })
    assert.equal((await updated.query('noticesWaitingFor', { to: waiting.to })).length, 2)
  })

  it('does not give some journeys for all: a newer one among them is told', async () => {
    await given([journeyDoc(chosen()), newer(journeyDoc({ ...chosen(), person: 'person-bob' }))])
    await assert.rejects(store().query('programmeOf', { programme: 'spring' }), UnknownSchema)
  })
}
