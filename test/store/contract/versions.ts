/** Documents of other versions: what is older is brought to today's shape, in the store as well; what is newer is refused. */
import assert from 'node:assert/strict'
import { currentQuestionSet } from '../../../src/domain/logs/questions.ts'
import { conditionHolds, conditionText } from '../../../src/store/conditions.ts'
import type { Document } from '../../../src/store/documents.ts'
import { type Migrations, migrations, type Step, UnknownSchema } from '../../../src/store/migrations.ts'
import type { Store, Write } from '../../../src/store/store.ts'
import { chosen, now, submitted } from '../../domain/given.ts'
import { type Bench, create, done, given, journeyDoc, keyOf, logDoc, markerDoc, noticeDoc, pk } from '../bench.ts'
import { where } from '../gateway/where.ts'

const { version: first } = migrations
const noted =
  (word: string): Step =>
  older => ({ ...older, name: `${older.name}, ${word}`, id: 'of no effect' })

/** Programs that come after today's: in the second journeys change, in the third journeys and logs. */
const second: Migrations = { version: first + 1, steps: { journey: { [first]: noted('once') } } }
const third: Migrations = {
  version: first + 2,
  steps: {
    journey: { ...second.steps.journey, [first + 1]: noted('twice') },
    log: { [first + 1]: older => ({ ...older, questionSet: 'another@1' }) },
  },
}

const journey = journeyDoc(chosen())
const key = keyOf(journey)
const inSecond = { ...journey, name: `${journey.name}, once`, schemaVersion: second.version }
const inThird = { ...journey, name: `${inSecond.name}, twice`, schemaVersion: third.version }

const answered = (session = 1, value = 5): Write => ({
  op: 'patch',
  key,
  set: [{ path: `/rounds/0/logs/${session}/answered`, value }],
  where: { name: 'draftOfActiveMember', round: 1, session },
})

export function versions({ store, another, pass }: Bench): void {
  /** What lies there, whatever the version: a program that changes no shape reads it as it is. */
  const lying = async (version: number) => (await (await another({ version, steps: {} })).get(key))?.doc

  const answeredIn = (doc: Document | undefined) => (doc?.type === 'journey' ? doc.rounds[0]?.logs : undefined)

  it('reads what is older in today’s shape, over as many steps as it takes', async () => {
    const [stored] = await given(store(), journey)
    const [newer, newest] = [await another(second), await another(third)]
    assert.deepEqual(await newer.get(key), { doc: inSecond, etag: stored?.etag })
    assert.deepEqual(await newest.get(key), { doc: inThird, etag: stored?.etag })
    assert.deepEqual(await newest.query('programmeOf', { programme: 'spring' }), [{ doc: inThird, etag: stored?.etag }])
  })

  it('gives a kind that did not change today’s version and nothing else', async () => {
    await given(store(), noticeDoc({}))
    const [found] = await (await another(third)).query('dueNotices', { now })
    assert.deepEqual(found?.doc, { ...noticeDoc({}), schemaVersion: third.version })
  })

  it('keeps today’s shape once it is written again', async () => {
    await given(store(), journey)
    const newer = await another(second)
    const read = await newer.get(key)
    assert.ok(read)
    const [written] = done(await newer.commit(pk, [{ op: 'put', ...read }]))
    assert.deepEqual(written?.doc, inSecond)
    assert.deepEqual(await newer.get(key), written)
    await assert.rejects(store().get(key), UnknownSchema)
    // Its next step begins where this one ended.
    assert.deepEqual((await (await another(third)).get(key))?.doc, inThird)
  })

  it('patches what is older in today’s shape, with all that is in the batch', async () => {
    await given(store(), journey)
    const newest = await another(third)
    const docs = done(await newest.commit(pk, [create(logDoc(3)), answered(), create(markerDoc('one'))]))
    const expected: typeof inThird = JSON.parse(JSON.stringify(inThird))
    Object.assign(expected.rounds[0]?.logs[1] ?? {}, { answered: 5 })
    assert.deepEqual(docs[1]?.doc, expected)
    assert.deepEqual(await newest.get(key), docs[1])
    assert.deepEqual(await lying(third.version), expected)
    assert.ok(await newest.get(keyOf(markerDoc('one'))))
  })

  it('patches several that are older in one batch', async () => {
    const bob = journeyDoc({ ...chosen(), person: 'person-bob' })
    await given(store(), journey, bob)
    const newer = await another(second)
    const docs = done(await newer.commit(pk, [answered(), { ...answered(2, 7), key: keyOf(bob) } as Write]))
    assert.deepEqual([answeredIn(docs[0]?.doc)?.[1]?.answered, answeredIn(docs[1]?.doc)?.[2]?.answered], [5, 7])
    assert.ok(docs.every(each => each?.doc.schemaVersion === second.version))
  })

  it('leaves what is older as it is where the condition does not hold', async () => {
    const [stored] = await given(store(), journeyDoc(submitted(chosen(), 1).journey))
    const outcome = await (await another(second)).commit(pk, [create(markerDoc('one')), answered()])
    assert.deepEqual(outcome, { ok: false, failed: 1, conflict: 'condition' })
    assert.deepEqual(await store().get(key), stored)
    assert.equal(await store().get(keyOf(markerDoc('one'))), undefined)
  })

  it('names the write that can be done in no shape, not the older one before it', async () => {
    const bob = journeyDoc(submitted({ ...chosen(), person: 'person-bob' }, 1).journey)
    await given(store(), journey, bob)
    const newer = await another(second)
    for (const [other, conflict] of [
      // In this order: the first one leaves nothing older for the second.
      [{ ...key, id: 'j:nobody' }, 'missing'],
      [keyOf(bob), 'condition'],
    ] as const) {
      const writes = [answered(), { ...answered(), key: other } as Write]
      assert.deepEqual(await newer.commit(pk, writes), { ok: false, failed: 1, conflict })
    }
    const { rounds } = (await newer.get(key))?.doc ?? {}
    assert.deepEqual(rounds, journey.rounds, 'and nothing of the batch is done')
    assert.deepEqual((await store().get(keyOf(bob)))?.doc, bob)
  })

  it('leaves what is older its time to live', async () => {
    done(await store().commit(pk, [create(journey, 60)]))
    done(await (await another(second)).commit(pk, [answered()]))
    await pass(58)
    assert.ok(await lying(second.version))
    await pass(4)
    assert.equal(await lying(second.version), undefined)
  })

  it('has conditions that hold for today’s version alone, in both engines’ words', () => {
    const condition = { name: 'draftOfActiveMember', round: 1, session: 1 } as const
    const text = conditionText(condition, second.version).replace('FROM c WHERE ', '')
    for (const [doc, holds] of [
      [{ ...journey, name: inSecond.name }, false],
      [inSecond, true],
      [inThird, false],
    ] as const) {
      assert.equal(conditionHolds(condition, doc, second.version), holds)
      assert.equal(where(text)(JSON.parse(JSON.stringify(doc))), holds)
    }
  })

  it('has one for an unanswered question, alike in both', () => {
    const condition = { name: 'unanswered', questionSet: currentQuestionSet, question: 3 } as const
    const text = conditionText(condition, first).replace('FROM c WHERE ', '')
    const log = { ...logDoc(1), answers: {} }
    for (const [doc, holds] of [
      [log, true],
      [{ ...log, answers: { 4: { text: 'x', rev: 1, at: now } } }, true],
      [{ ...log, answers: { 3: { text: 'x', rev: 1, at: now } } }, false],
      [{ ...log, questionSet: 'another@1' }, false],
      [{ ...log, schemaVersion: first + 1 }, false],
      [journey, false],
      [{ ...log, type: 'snapshot' } as unknown as Document, false],
    ] as const) {
      assert.equal(conditionHolds(condition, doc, first), holds)
      assert.equal(where(text)(JSON.parse(JSON.stringify(doc))), holds)
    }
  })

  it('refuses what is newer, to read and to patch, and leaves it as it is', async () => {
    const newer = await another(second)
    const [stored] = await given(newer, inSecond)
    await assert.rejects(store().get(key), UnknownSchema)
    await assert.rejects(store().get(key), /deploy the newer program/)
    assert.deepEqual(await store().commit(pk, [answered()]), { ok: false, failed: 0, conflict: 'condition' })
    const newest = await another(third)
    done(await newest.commit(pk, [{ op: 'put', doc: inThird, etag: stored?.etag ?? '' }]))
    assert.deepEqual(await newer.commit(pk, [answered()]), { ok: false, failed: 0, conflict: 'condition' })
    assert.deepEqual(await lying(third.version), inThird)
  })

  it('loses no patch when several programs find the same older document', async () => {
    await given(store(), journey)
    const programs: Store[] = [await another(second), await another(second), await another(second)]
    const all = Array.from({ length: 12 }, (_each, no): Write => {
      const set = [{ path: `/rounds/0/logs/${no + 3}`, value: { answered: no, snapshot: 0 } }]
      return { ...answered(), set } as Write
    })
    const outcomes = await Promise.all(all.map((write, no) => programs[no % 3]?.commit(pk, [write])))
    assert.ok(outcomes.every(outcome => outcome?.ok))
    const there = await lying(second.version)
    assert.deepEqual({ ...there, rounds: [] }, { ...inSecond, rounds: [] }, 'upgraded, and once')
    const counts = Object.values(answeredIn(there) ?? {}).map(({ answered }) => answered)
    assert.deepEqual(
      counts.slice(-12),
      Array.from({ length: 12 }, (_each, no) => no),
    )
  })
}
