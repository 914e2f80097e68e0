/** The conditional patch: what it changes, and each reason for which its condition does not hold, with real journeys. */
import assert from 'node:assert/strict'
import { currentRound, type Journey, withRound } from '../../../src/domain/journey.ts'
import type { Answer } from '../../../src/domain/logs/log.ts'
import { open, publish, sendBack, withdraw } from '../../../src/domain/logs/log-states.ts'
import { currentQuestionSet } from '../../../src/domain/logs/questions.ts'
import { followProgramme, invite, remove } from '../../../src/domain/membership/consent.ts'
import { choose } from '../../../src/domain/sessions/choosing.ts'
import { type Document, type DocumentOf, schemaVersion } from '../../../src/store/documents.ts'
import type { FieldChange, Write } from '../../../src/store/store.ts'
import { ann, chosen, coach, later, now, ok, programme, ready, submitted, withHeld } from '../../domain/given.ts'
import { type Bench, create, done, given, journeyDoc, keyOf, logDoc, markerDoc, misused, pk } from '../bench.ts'

const key = keyOf(journeyDoc(chosen()))
const answered: FieldChange = { path: '/rounds/0/logs/1/answered', value: 5 }
const opened = { path: '/open', value: { round: 1, session: 1, question: 6, since: now } }

const patch = (set: readonly FieldChange[], session = 1, round = 1): Write => ({
  op: 'patch',
  key,
  set,
  where: { name: 'draftOfActiveMember', round, session },
})

/** The patch of a first answer, to whatever document. */
const answering = (doc: Document, question: number, answer: Answer): Write => ({
  op: 'patch',
  key: keyOf(doc),
  set: [{ path: `/answers/${question}`, value: answer }],
  where: { name: 'unanswered', questionSet: currentQuestionSet, question },
})

const openedBoth = () => ok(open(ready(), 1, 1, later)).journey
const reviewed = (journey: Journey) => withRound(journey, { ...currentRound(journey), reviewedAt: later })
const consented = chosen()

const holds: readonly [string, Journey][] = [
  ['the Best draft of an active member', chosen()],
  ['the only draft chosen so far', ok(choose(withHeld(1), programme, { best: 1 }, now)).journey],
  ['the Most Challenging draft', ok(choose(withHeld(1), programme, { mostChallenging: 1 }, now)).journey],
  ['a draft beside a submitted log', submitted(chosen(), 2).journey],
  ['a log taken back', ok(withdraw(ready(), programme, 1, 1, later)).journey],
  ['a log sent back', ok(sendBack(openedBoth(), programme, 1, 1, coach, 'More, please', later)).journey],
  ['a reopened programme', followProgramme(followProgramme(consented, { ...programme, closedAt: now }), programme)],
]

const fails: readonly [string, Journey][] = [
  ['an invited person', invite(programme, ann, 'Ann Example', undefined, now)],
  ['a removed member', remove(chosen(), later)],
  ['a closed programme', followProgramme(chosen(), { ...programme, closedAt: later })],
  ['a draft in a reviewed round', reviewed(chosen())],
  ['a session not chosen', withHeld(2)],
  [
    'a session no longer chosen',
    ok(
      choose(
        ok(choose(withHeld(3), programme, { best: 1, mostChallenging: 2 }, now)).journey,
        programme,
        { best: 3 },
        now,
      ),
    ).journey,
  ],
  ['a submitted log', submitted(chosen(), 1).journey],
  ['an opened log', openedBoth()],
  ['a published log', ok(publish(openedBoth(), 1, 1, later)).journey],
]

export function conditions({ store }: Bench): void {
  for (const [what, journey] of holds) {
    it(`is written for ${what}`, async () => {
      await given(store(), journeyDoc(journey))
      const [stored] = done(await store().commit(pk, [patch([answered])]))
      const expected: DocumentOf<'journey'> = JSON.parse(JSON.stringify(journeyDoc(journey)))
      Object.assign(expected.rounds[0]?.logs[1] ?? {}, { answered: 5 })
      assert.deepEqual(stored?.doc, expected)
      assert.deepEqual(await store().get(key), stored)
    })
  }

  for (const [what, journey] of fails) {
    it(`is not written for ${what}`, async () => {
      const [was] = await given(store(), journeyDoc(journey))
      const outcome = await store().commit(pk, [create(logDoc(1)), patch([answered])])
      assert.deepEqual(outcome, { ok: false, failed: 1, conflict: 'condition' })
      assert.deepEqual(await store().get(key), was)
      assert.equal(await store().get(keyOf(logDoc(1))), undefined)
    })
  }

  it('is not written for a session, a round or a kind of document that is not there', async () => {
    await given(store(), journeyDoc(chosen()), logDoc(1))
    for (const write of [
      patch([answered], 9),
      patch([answered], 1, 2),
      { ...patch([answered]), key: keyOf(logDoc(1)) },
    ]) {
      assert.deepEqual(await store().commit(pk, [write]), { ok: false, failed: 0, conflict: 'condition' })
    }
  })

  it('refuses to count on an element of a list', async () => {
    const [was] = await given(store(), { ...journeyDoc(chosen()), numbers: [1] } as Document)
    await assert.rejects(store().commit(pk, [patch([{ path: '/numbers/0', by: 1 }])]), misused)
    assert.deepEqual(await store().get(key), was)
  })

  it('writes an answer where there is none, into a log of that question set', async () => {
    const log = logDoc(1)
    await given(store(), log, journeyDoc(chosen()))
    const first = { text: '“你好” ${x}', rev: 1, at: now }
    const [one] = done(await store().commit(pk, [answering(log, 2, first)]))
    assert.deepEqual(one?.doc.type === 'log' && one.doc.answers, { ...log.answers, 2: first })
    assert.deepEqual(await store().get(keyOf(log)), one)
    const again = await store().commit(pk, [patch([answered]), answering(log, 2, { ...first, text: 'Other' })])
    assert.deepEqual(again, { ok: false, failed: 1, conflict: 'condition' })
    assert.deepEqual(await store().get(keyOf(log)), one)
    assert.deepEqual((await store().get(key))?.doc, journeyDoc(chosen()), 'nor what came before it')
    for (const [doc, conflict] of [
      [{ ...logDoc(2), questionSet: 'another@1' }, 'condition'],
      [{ ...logDoc(3), schemaVersion: schemaVersion + 1 }, 'condition'],
      [markerDoc('one'), 'condition'],
    ] as const) {
      const [was] = await given(store(), doc)
      assert.deepEqual(await store().commit(pk, [answering(doc, 2, first)]), { ok: false, failed: 0, conflict })
      const found = await store().commit(pk, [{ op: 'put', doc, etag: was?.etag ?? '' }])
      assert.ok(found.ok, 'it is the version it was')
    }
    const nowhere = await store().commit(pk, [answering(logDoc(4), 2, first)])
    assert.deepEqual(nowhere, { ok: false, failed: 0, conflict: 'missing' })
  })

  it('keeps both of two answers to different questions, and one of two to the same', async () => {
    const log = logDoc(1)
    await given(store(), log, journeyDoc(chosen()))
    const counted = { path: '/rounds/0/logs/1/answered', by: 1 }
    const outcomes = await Promise.all(
      [2, 3, 3].map((question, no) =>
        store().commit(pk, [answering(log, question, { text: `${no}`, rev: 1, at: now }), patch([counted])]),
      ),
    )
    assert.equal(outcomes.filter(({ ok }) => ok).length, 2)
    const { answers } = (await store().get(keyOf(log)))?.doc ?? {}
    assert.deepEqual(Object.keys(answers ?? {}), Object.keys({ ...log.answers, 2: 0, 3: 0 }))
    assert.equal((await store().get(key))?.doc.rounds[0]?.logs[1]?.answered, 2)
  })

  it('counts on from the number that is there, from 0 where there is none, and back', async () => {
    await given(store(), journeyDoc(chosen()))
    const by = (path: string, by: number) => ({ path: `/rounds/0/logs/1/${path}`, by })
    const set = [by('answered', 3), by('answered', -1), by('sixteen', 16)]
    for (const times of [1, 2]) {
      const [stored] = done(await store().commit(pk, [patch(set)]))
      const facts = stored?.doc.type === 'journey' ? stored.doc.rounds[0]?.logs[1] : undefined
      assert.deepEqual(facts, { answered: 2 * times, snapshot: 0, sixteen: 16 * times })
    }
  })

  for (const path of ['/name', '/active', '/rounds/0', '/rounds', '/rounds/0/logs/7/answered']) {
    it(`refuses to count on ${path}, which is no number of an object`, async () => {
      const [was] = await given(store(), journeyDoc(chosen()))
      await assert.rejects(store().commit(pk, [patch([{ path, by: 1 }])]), misused)
      assert.deepEqual(await store().get(key), was)
    })
  }

  it('is not written over what a newer program wrote', async () => {
    const newer = { ...journeyDoc(chosen()), schemaVersion: schemaVersion + 1 }
    await given(store(), newer)
    assert.deepEqual(await store().commit(pk, [patch([answered])]), { ok: false, failed: 0, conflict: 'condition' })
  })

  it('sets, replaces and removes fields, and removing what is not there is done as well', async () => {
    await given(store(), journeyDoc(chosen()))
    const [first] = done(await store().commit(pk, [patch([answered, opened])]))
    assert.deepEqual(first?.doc.type === 'journey' && first.doc.open, opened.value)
    for (let turn = 0; turn < 2; turn++) {
      const [gone] = done(await store().commit(pk, [patch([{ path: '/open', value: undefined }])]))
      assert.ok(gone && !('open' in gone.doc))
    }
    const elsewhere = { path: '/rounds/0/logs/2/openedAt', value: undefined }
    const [last] = done(await store().commit(pk, [patch([{ path: '/extraDays', value: 0 }, elsewhere])]))
    assert.deepEqual(last?.doc.type === 'journey' && last.doc.rounds[0]?.logs[1]?.answered, 5)
  })

  it('does its changes in order, to a copy, and closes the gap of a removed list element', async () => {
    await given(store(), journeyDoc(chosen()))
    const value = { ...opened.value }
    const inside = { path: '/open/question', value: 7 }
    const gone = { path: '/rounds/0/sessions/0', value: undefined }
    const [stored] = done(await store().commit(pk, [patch([{ path: '/open', value }, inside, gone], 2)]))
    assert.ok(stored?.doc.type === 'journey')
    assert.deepEqual(stored.doc.open, { ...value, question: 7 })
    assert.equal(value.question, 6)
    assert.deepEqual(stored.doc.rounds[0]?.sessions, chosen().rounds[0]?.sessions.slice(1))
  })

  it('takes ten fields, and replaces whole objects', async () => {
    await given(store(), journeyDoc(chosen()))
    const facts = { answered: 1, snapshot: 0 }
    const set = Array.from({ length: 10 }, (_each, no) => ({ path: `/rounds/0/logs/${no + 1}`, value: facts }))
    const [stored] = done(await store().commit(pk, [patch(set)]))
    const logs = stored?.doc.type === 'journey' ? stored.doc.rounds[0]?.logs : {}
    assert.deepEqual(
      Object.values(logs ?? {}),
      Array.from({ length: 10 }, () => facts),
    )
  })

  for (const path of [
    '/rounds/0/logs/7/answered',
    '/rounds/4/best',
    '/nowhere/at/all',
    '/name/first',
    '/rounds/1',
    '/rounds/length',
    '/rounds/map/name',
    '/nothing/at',
    '/nothing/at/all',
  ]) {
    it(`refuses to set ${path}, whose parent or place is not there`, async () => {
      const [was] = await given(store(), { ...journeyDoc(chosen()), nothing: null } as Document)
      const writes = [create(logDoc(1)), patch([answered, { path, value: 1 }])]
      await assert.rejects(store().commit(pk, writes), misused)
      await assert.rejects(store().commit(pk, [patch([{ path, value: undefined }])]), misused)
      assert.deepEqual(await store().get(key), was)
      assert.equal(await store().get(keyOf(logDoc(1))), undefined)
    })
  }
}
