/** What Cosmos DB refuses is refused, says how to mend it, and writes nothing. */
import assert from 'node:assert/strict'
import { currentQuestionSet } from '../../../src/domain/logs/questions.ts'
import type { Document, Key } from '../../../src/store/documents.ts'
import type { FieldChange, Write } from '../../../src/store/store.ts'
import { chosen } from '../../domain/given.ts'
import { type Bench, create, given, journeyDoc, keyOf, logDoc, markerDoc, misused, pk } from '../bench.ts'

const journey = journeyDoc(chosen())

/** A document with anything in it, as a fault in the program could make one. */
const odd = (fields: object): Document => ({ ...logDoc(1), ...fields }) as Document
const patch = (...set: readonly FieldChange[]): Write => ({
  op: 'patch',
  key: keyOf(journey),
  set,
  where: { name: 'draftOfActiveMember', round: 1, session: 1 },
})
const fields = (count: number, value: unknown) =>
  Array.from({ length: count }, (_each, no) => ({ path: `/field${no}`, value }))
const about = (round: number, session: number): Write => ({
  ...patch({ path: '/extraDays', value: 1 }),
  ...{ where: { name: 'draftOfActiveMember', round, session } },
})

const first = (question: number): Write => ({
  ...patch({ path: '/extraDays', value: 1 }),
  ...{ where: { name: 'unanswered', questionSet: currentQuestionSet, question } },
})

const badKeys: readonly Pick<Key<'log'>, 'pk' | 'id'>[] = [
  ...['', 'x'.repeat(256), 'a/b', 'a\\b', 'a?b', 'a#b', 'a\u0000b', 'a\ud800'].map(id => ({ pk, id })),
  ...['', 'p:a/b', 'p:\n'].map(bad => ({ pk: bad, id: 'l:1' })),
]

function deep(levels: number): object {
  let value: object = {}
  for (let level = 0; level < levels; level++) value = { value }
  return value
}

const refused: Record<string, readonly Write[]> = {
  'two partitions': [create({ ...logDoc(2), pk: 'p:autumn' })],
  'a removal in another partition': [{ op: 'remove', key: { ...keyOf(journey), pk: 'p:autumn' } }],
  'a hundred and one writes': Array.from({ length: 100 }, (_each, no) => create(markerDoc(`${no}`))),
  'more than 2 MB in all': [2, 3, 4].map(session => create(logDoc(session, 'é'.repeat(350_000)))),
  'eleven fields': [patch(...fields(11, 1))],
  'six removals, each of which takes two operations': [patch(...fields(6, undefined))],
  'no field': [patch()],
  'a path without a slash': [patch({ path: 'extraDays', value: 1 })],
  'an empty step': [patch({ path: '/rounds//best', value: 1 })],
  'appending to a list': [patch({ path: '/rounds/-', value: 1 })],
  'a path to the prototype': [patch({ path: '/__proto__/polluted', value: 1 })],
  'a change of the key': [patch({ path: '/id', value: 'j:other' })],
  'a change of the kind': [patch({ path: '/type', value: 'log' })],
  'a condition on a fraction': [about(1.5, 1)],
  'a condition on round 0': [about(0, 1)],
  'a condition on question 0': [first(0)],
  'counting by a half': [patch({ path: '/extraDays', by: 0.5 })],
  'counting by no number': [patch({ path: '/extraDays', by: Number.NaN })],
  'a field of the engine': [create(odd({ _etag: 'x' }))],
  'a ttl inside a document': [create(odd({ ttl: 5 }))],
  'a ttl of 0': [{ op: 'create', doc: markerDoc('x'), ttl: 0 }],
  'a ttl of half a second': [create(markerDoc('x'), 0.5)],
  'a ttl of a second and a half': [create(markerDoc('x'), 1.5)],
  'a ttl of more seconds than Cosmos DB counts': [create(markerDoc('x'), 2 ** 31)],
  NaN: [create(odd({ snapshot: Number.NaN }))],
  'Infinity in a patch': [patch({ path: '/extraDays', value: Number.POSITIVE_INFINITY })],
  'a Date': [create(odd({ at: new Date(0) }))],
  'a Map': [create(odd({ answers: new Map() }))],
  'a function': [create(odd({ answers: { 1: () => 1 } }))],
  'a bigint': [create(odd({ session: 1n }))],
  'undefined in a list': [create(odd({ list: [undefined] }))],
  'nesting deeper than 128': [create(odd({ answers: deep(130) }))],
  'nesting 100,000 deep': [create(odd({ answers: deep(100_000) }))],
}

export function refusals({ store }: Bench): void {
  for (const [what, writes] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      const [was] = await given(store(), journey)
      const first = create(markerDoc('first'))
      await assert.rejects(store().commit(pk, [first, ...writes]), misused)
      assert.equal(await store().get(keyOf(markerDoc('first'))), undefined)
      assert.deepEqual(await store().get(keyOf(journey)), was)
    })
  }

  it('refuses to let a document grow over 2 MB, by a put or by a patch', async () => {
    const long = { ...journey, name: 'é'.repeat(600_000) }
    const [was] = await given(store(), long)
    for (const write of [patch({ path: '/leader', value: long.name }), create(logDoc(1, long.name + long.name))]) {
      const writes = [create(markerDoc('first')), write]
      await assert.rejects(store().commit(pk, writes), error => misused(error) && /split the document/.test(`${error}`))
    }
    assert.deepEqual(await store().get(keyOf(journey)), was)
    assert.equal(await store().get(keyOf(markerDoc('first'))), undefined)
  })

  it('refuses an empty batch', () => assert.rejects(store().commit(pk, []), misused))

  it('refuses keys that cannot travel in a URL, in every operation', async () => {
    for (const bad of badKeys) {
      const key: Key<'log'> = { ...bad, type: 'log' }
      await assert.rejects(store().get(key), misused)
      await assert.rejects(store().removeIf(key, 'etag'), misused)
      await assert.rejects(store().commit(bad.pk, [create({ ...logDoc(1), ...bad })]), misused)
      await assert.rejects(store().commit(bad.pk, [{ op: 'remove', key }]), misused)
    }
  })

  it('takes the longest id', async () => {
    const doc = { ...logDoc(1), id: 'x'.repeat(255) }
    await given(store(), doc)
    assert.ok(await store().get(keyOf(doc)))
  })

  it('quotes nobody in its messages', async () => {
    const secret = 'CANARY'
    const writes = [create(odd({ answers: { 1: { text: secret.repeat(400_000) } } }))]
    await assert.rejects(store().commit(pk, writes), error => !String(error).includes(secret))
  })
}
