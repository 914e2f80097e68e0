import assert from 'node:assert/strict'
import { type Matter, matters, mayRead, type Relation, readableSnapshot, relationsOf } from '../../src/domain/access.ts'
import { remove } from '../../src/domain/journey.ts'
import { open, sendBack, withdraw } from '../../src/domain/log-states.ts'
import { daysLeft, windowOf } from '../../src/domain/programme.ts'
import { progressOf } from '../../src/domain/progress.ts'
import { ann, chosen, coach, later, leader, now, ok, programme, ready, submitted } from './given.ts'

const subject = (journey = ready()) => ({ journey, programme })
const about = { round: 1, session: 1 }
const readable = (viewer: string, journey = ready()) =>
  matters.filter(matter => mayRead(viewer, matter, subject(journey), about))

describe('the policy', () => {
  const own: Matter[] = ['draft', 'sessionDetail', 'submittedLog', 'feedback', 'status']
  for (const [who, viewer, before, after] of [
    ['the participant', ann, own, own],
    ['the coach', coach, ['status'], ['sessionDetail', 'submittedLog', 'feedback', 'status']],
    ['the team leader', leader, ['status'], ['status']],
    ['a stranger', 'person-nobody', [], []],
  ] as const) {
    it(`lets ${who} read what domain.md says, before and after ready`, () => {
      assert.deepEqual(readable(viewer, submitted(chosen(), 1).journey), before)
      assert.deepEqual(readable(viewer), after)
    })
  }
  it('leaves a removed participant what they wrote, and takes the leader their status', () => {
    const removed = remove(ready(), later)
    assert.deepEqual(readable(ann, removed), own)
    assert.deepEqual(readable(leader, removed), [])
  })
  it('gives a co-coach who came after consent the status alone, until accepted', () => {
    const newer = { ...programme, coaches: [...programme.coaches, { person: 'newer', name: 'N', since: later }] }
    const journey = ready()
    assert.equal(mayRead('newer', 'submittedLog', { journey, programme: newer }, about), false)
    assert.equal(mayRead('newer', 'status', { journey, programme: newer }, about), true)
    const accepted = { ...journey, acceptedCoaches: ['newer'] }
    assert.equal(mayRead('newer', 'submittedLog', { journey: accepted, programme: newer }, about), true)
  })
  it('gives a leader who is the coach what the coach may read', () => {
    const buddy = { ...programme, coaches: [{ person: leader, name: 'L', since: '2026-01-01T00:00:00.000Z' }] }
    const relations: Relation[] = ['coach', 'teamLeader']
    const journey = { ...ready(), acceptedCoaches: [leader] }
    assert.deepEqual(relationsOf(leader, { journey, programme: buddy }), relations)
    assert.equal(mayRead(leader, 'submittedLog', { journey, programme: buddy }, about), true)
  })
  it("gives the parent programme's coach nothing of one person", () => {
    const child = { ...programme, parent: 'mother', coaches: [] }
    const parent = { ...programme, programme: 'mother' }
    const of = { journey: ready(), programme: child, parent }
    assert.deepEqual(relationsOf(coach, of), ['parentCoach'])
    assert.deepEqual(
      matters.filter(matter => mayRead(coach, matter, of, about)),
      [],
    )
  })
  it('gives coaches their own notes only', () => {
    assert.equal(mayRead(coach, 'coachNotes', subject(), { ...about, author: coach }), true)
    assert.equal(mayRead(coach, 'coachNotes', subject(), { ...about, author: 'other' }), false)
    assert.equal(mayRead(ann, 'coachNotes', subject(), { ...about, author: coach }), false)
  })
})

describe('what a coach may read', () => {
  it('is the latest snapshot while ready, then what was opened, never a new draft', () => {
    assert.equal(readableSnapshot(ready(), about), 1)
    assert.equal(readableSnapshot(ok(withdraw(ready(), programme, 1, 2, later)).journey, about), undefined)
    const opened = ok(open(ready(), 1, 1, now)).journey
    const back = ok(sendBack(opened, programme, 1, 1, coach, 'More', later)).journey
    assert.equal(readableSnapshot(back, about), 1)
    assert.equal(readableSnapshot(back, { round: 1, session: 2 }), undefined)
    assert.equal(readableSnapshot(ready(), { round: 1, session: 3 }), undefined)
    assert.equal(readableSnapshot(ready(), {}), undefined)
  })
})

describe('progress', () => {
  it('is counts and dates', () => {
    const progress = progressOf(ok(open(ready(), 1, 1, later)).journey)
    assert.deepEqual(
      [progress.stage, progress.planned, progress.held, progress.lastHeldOn],
      ['inReview', 2, 2, '2026-11-12'],
    )
    assert.deepEqual(progress.logs.best, { answered: 16, submittedAt: now, openedAt: later })
  })
  it('has no place for a word anybody wrote', () => {
    const text = JSON.stringify(progressOf(ready()))
    for (const word of ['Topic', 'Goal', 'Good', 'Answer', 'C1']) assert.equal(text.includes(word), false, word)
  })
})

describe('the window', () => {
  it('is six weeks in the zone of the programme, and can be extended', () => {
    assert.deepEqual(windowOf(programme), { first: '2026-11-02', last: '2026-12-13' })
    assert.deepEqual(windowOf(programme, 7).last, '2026-12-20')
    assert.equal(daysLeft(programme, '2026-12-13T22:59:00.000Z'), 0)
    assert.equal(daysLeft(programme, '2026-12-13T23:01:00.000Z'), -1)
    assert.equal(daysLeft(programme, '2026-11-02T08:00:00.000Z'), 41)
  })
})
