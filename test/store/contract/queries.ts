/** Each named query finds exactly the right documents, in every partition it is about. */
import assert from 'node:assert/strict'
import { emptyLog } from '../../../src/domain/logs/log.ts'
import { newProfile } from '../../../src/domain/profile.ts'
import { type Document, document, keys } from '../../../src/store/documents.ts'
import { mostPartitions, queryTexts } from '../../../src/store/queries.ts'
import type { Stored } from '../../../src/store/store.ts'
import { chosen, now, programme } from '../../domain/given.ts'
import { type Bench, done, given, journeyDoc, keyOf, logDoc, markerDoc, noticeDoc, seconds } from '../bench.ts'

const ids = (found: readonly Stored<{ pk: string; id: string }>[]) =>
  found.map(({ doc }) => `${doc.pk} ${doc.id}`).sort()
const named = (docs: readonly { pk: string; id: string }[]) => docs.map(({ pk, id }) => `${pk} ${id}`).sort()

const programmes = ['spring', 'autumn'].map(id => document(keys.programme(id), { ...programme, programme: id }))

/** Those that came from spring, and one whose parent is called alike. */
const child = (id: string, parent: string) => document(keys.programme(id), { ...programme, programme: id, parent })
const children = [child('child1', 'spring'), child('child2', 'spring')]

/** Kinds of document that no query may find. */
const others = [
  document(keys.profile('person-coach'), newProfile('person-coach', 'Carla Coach')),
  { ...document(keys.log('autumn', 'person-bob', 1, 1), emptyLog(programme, 'person-bob', 1, 1)), parent: 'spring' },
  logDoc(1),
  markerDoc('one'),
  // A kind that comes one day may have the same fields; its ids may be before those of notices or after them.
  ...['l:another', 'r:another'].flatMap(id =>
    ['person-coach', 'person-coach2'].map(
      to => ({ ...logDoc(2), id: `${id}:${to}`, runAt: now, state: 'waiting', to }) as Document,
    ),
  ),
]

const journeys = ['person-ann', 'person-bob', 'person-removed'].flatMap(person =>
  ['spring', 'spring2', 'autumn'].map(of => journeyDoc({ ...chosen(), person, programme: of })),
)

const notices = {
  due: [
    noticeDoc({ no: 1 }),
    noticeDoc({ no: 2, runAt: seconds(now, -86_400) }),
    noticeDoc({ no: 3, state: 'later' }),
    noticeDoc({ no: 4, programme: 'autumn', to: 'person-other' }),
  ],
  notYet: [
    noticeDoc({ no: 5, runAt: seconds(now, 0.001) }),
    noticeDoc({ no: 6, state: 'later', runAt: seconds(now, 60) }),
  ],
  waiting: [
    noticeDoc({ no: 7, state: 'waiting', runAt: seconds(now, 3600) }),
    noticeDoc({ no: 8, state: 'waiting', runAt: seconds(now, 3600), programme: 'autumn' }),
  ],
  waitingForAnother: [noticeDoc({ no: 9, state: 'waiting', runAt: seconds(now, 3600), to: 'person-coach2' })],
  waitedLongEnough: [noticeDoc({ no: 10, state: 'waiting', to: 'person-coach3' })],
}

export function queries({ store }: Bench): void {
  beforeEach(() => given(store(), ...others, ...programmes, ...journeys, ...Object.values(notices).flat()))

  it('dueNotices', async () => {
    assert.deepEqual(
      ids(await store().query('dueNotices', { now })),
      named([...notices.due, ...notices.waitedLongEnough]),
    )
    assert.deepEqual(await store().query('dueNotices', { now: seconds(now, -100_000) }), [])
    const all = await store().query('dueNotices', { now: seconds(now, 60) })
    assert.deepEqual(ids(all), named([...notices.due, ...notices.waitedLongEnough, ...notices.notYet]))
  })

  it('noticesWaitingFor', async () => {
    assert.deepEqual(ids(await store().query('noticesWaitingFor', { to: 'person-coach' })), named(notices.waiting))
    assert.deepEqual(await store().query('noticesWaitingFor', { to: 'person' }), [])
    assert.deepEqual(await store().query('noticesWaitingFor', { to: "' OR 1=1 --" }), [])
  })

  it('dueTasks', async () => {
    const task = (programme: string, no: number, runAt: string) =>
      document(keys.task({ task: 'follow', programme, no }), {
        task: 'follow',
        programme,
        no,
        runAt,
        tries: 0,
        promisedAt: now,
      })
    const due = [task('spring', 1, now), task('autumn', 1, seconds(now, -1))]
    await given(store(), ...due, task('spring', 2, seconds(now, 1)))
    assert.deepEqual(ids(await store().query('dueTasks', { now })), named(due))
  })

  it('programmeOf', async () => {
    const found = await store().query('programmeOf', { programme: 'spring' })
    assert.deepEqual(ids(found), named([...programmes, ...journeys].filter(({ pk }) => pk === 'p:spring')))
    assert.deepEqual(await store().query('programmeOf', { programme: 'winter' }), [])
  })

  it('glanceOf', async () => {
    const found = await store().query('glanceOf', { programme: 'spring' })
    const all = [...programmes, ...journeys, ...Object.values(notices).flat()]
    assert.deepEqual(ids(found), named(all.filter(({ pk }) => pk === 'p:spring')))
    assert.deepEqual(await store().query('glanceOf', { programme: 'winter' }), [])
  })

  it('failedNoticesOf', async () => {
    const noTime = '9999-12-31T00:00:00.000Z'
    const failed = (of: string, no: number) => noticeDoc({ no, programme: of, state: 'failed', runAt: noTime })
    const [one, two, elsewhere] = [failed('spring', 20), failed('spring', 21), failed('spring2', 22)]
    await given(store(), one, two, elsewhere, { ...logDoc(3), id: 'n;', state: 'failed' } as Document)
    assert.deepEqual(ids(await store().query('failedNoticesOf', { programme: 'spring' })), named([one, two]))
    assert.deepEqual(await store().query('failedNoticesOf', { programme: 'winter' }), [])
  })

  it('personOf', async () => {
    const [spring = assert.fail()] = programmes
    const ann = journeys.find(({ pk, person }) => pk === 'p:spring' && person === 'person-ann')
    assert.ok(ann)
    const of = (person: string) => store().query('personOf', { programme: 'spring', person })
    assert.deepEqual(ids(await of('person-ann')), named([spring, ann]))
    assert.deepEqual(ids(await of('person-coach2')), named([spring, ...notices.waitingForAnother]))
    assert.deepEqual(ids(await of("' OR 1=1 --")), named([spring]))
    assert.deepEqual(await store().query('personOf', { programme: 'winter', person: 'person-ann' }), [])
  })

  it('childrenOf', async () => {
    await given(store(), ...children, child('child3', 'spring2'))
    const [spring = assert.fail(), autumn = assert.fail()] = programmes
    const of = async (parent: string) => ids(await store().query('childrenOf', { parent }))
    assert.deepEqual(await of('spring'), named([spring, ...children]))
    assert.deepEqual(await of('autumn'), named([autumn]))
    assert.deepEqual([await of('winter'), await of("' OR 1=1 --"), await of('')], [[], [], []])
  })

  it('journeysIn', async () => {
    const of = async (...programmes: string[]) => ids(await store().query('journeysIn', { programmes }))
    const there = (...pks: string[]) => named(journeys.filter(({ pk }) => pks.includes(pk)))
    assert.deepEqual(await of('spring', 'winter', 'autumn'), there('p:spring', 'p:autumn'))
    const eighth = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'spring2']
    assert.equal(eighth.length, mostPartitions)
    assert.deepEqual(await of(...eighth), there('p:spring2'))
    assert.deepEqual([await of(), await of('')], [[], []])
  })

  it('returns documents and etags as a read does, and follows what is written', async () => {
    const [first] = await store().query('noticesWaitingFor', { to: 'person-coach2' })
    assert.ok(first)
    assert.deepEqual(await store().get(keyOf(first.doc)), first)
    const before = (await store().query('dueNotices', { now })).length
    const due = { ...first.doc, state: 'promised' as const, runAt: now }
    done(await store().commit(due.pk, [{ op: 'put', doc: due, etag: first.etag }]))
    assert.deepEqual(await store().query('noticesWaitingFor', { to: 'person-coach2' }), [])
    assert.equal((await store().query('dueNotices', { now })).length, before + 1)
    done(await store().commit(due.pk, [{ op: 'remove', key: keyOf(due) }]))
    assert.equal((await store().query('dueNotices', { now })).length, before)
  })

  it('has the same parameters in both texts', () => {
    for (const { sqlite, cosmos } of Object.values(queryTexts)) {
      const names = (text: string, mark: RegExp) =>
        [...new Set([...text.matchAll(mark)].map(([, name]) => name))].sort()
      assert.deepEqual(names(sqlite, /:(\w+)/g), names(cosmos, /@(\w+)/g))
    }
  })
}
