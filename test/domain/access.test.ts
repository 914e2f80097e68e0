import assert from 'node:assert/strict'
import {
  type Matter,
  matters,
  mayRead,
  mayReadCounts,
  type Relation,
  readableSnapshot,
  relationsOf,
} from '../../src/domain/access.ts'
import { open, sendBack, withdraw } from '../../src/domain/logs/log-states.ts'
import { acceptCoach } from '../../src/domain/membership/coaches.ts'
import { consent, remove } from '../../src/domain/membership/consent.ts'
import { invitePerson } from '../../src/domain/membership/inviting.ts'
import { progressOf } from '../../src/domain/progress/progress.ts'
import {
  ann,
  chosen,
  coach,
  invited,
  joined,
  later,
  leader,
  newcomer,
  now,
  ok,
  programme,
  ready,
  submitted,
  withHeld,
} from './given.ts'

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
  it('gives a team leader nothing before the participant has said who leads them', () => {
    assert.deepEqual(relationsOf(leader, subject(invited())), ['nobody'])
    assert.deepEqual(readable(leader, invited()), [])
    const consented = (answer: Parameters<typeof consent>[4]) =>
      ok(consent(invited(), programme, [coach], now, answer)).journey
    assert.deepEqual(readable(leader, consented('asNamed')), ['status'])
    assert.deepEqual(readable(leader, consented({ leader: undefined })), [])
  })
  it('gives a co-coach who came after consent the status alone, until accepted', () => {
    const of = (journey = ready()) => ({ journey, programme: joined })
    assert.deepEqual(relationsOf(newcomer.person, of()), ['newCoach'])
    const theirs = { ...about, author: newcomer.person }
    assert.deepEqual(
      matters.filter(matter => mayRead(newcomer.person, matter, of(), theirs)),
      ['status'],
    )
    const accepted = ok(acceptCoach(ready(), joined, newcomer.person)).journey
    assert.equal(mayRead(newcomer.person, 'submittedLog', of(accepted), about), true)
  })
  it('asks anew about a coach who left and came back, also one who was there at consent', () => {
    const back = { ...programme, coaches: [newcomer, { person: coach, name: 'Carla Coach', since: later }] }
    assert.deepEqual(relationsOf(coach, { journey: ready(), programme: back }), ['newCoach'])
    const accepted = ok(acceptCoach(ready(), joined, newcomer.person)).journey
    const returned = { ...joined, coaches: [{ ...newcomer, since: later }] }
    assert.deepEqual(relationsOf(newcomer.person, { journey: accepted, programme: returned }), ['newCoach'])
    const again = ok(acceptCoach(accepted, returned, newcomer.person)).journey
    assert.deepEqual(relationsOf(newcomer.person, { journey: again, programme: returned }), ['coach'])
  })
  it('takes the names of the day of consent where no more was written down', () => {
    const journey = { ...ready(), acceptedCoaches: [] }
    assert.deepEqual(relationsOf(coach, { journey, programme }), ['coach'])
    assert.deepEqual(relationsOf(newcomer.person, { journey, programme: joined }), ['newCoach'])
    const { consent: _none, ...rest } = ready()
    assert.deepEqual(relationsOf(coach, { journey: rest, programme }), ['newCoach'])
  })
  it('gives a leader who is the coach what the coach may read', () => {
    const buddy = { ...programme, coaches: [{ person: leader, name: 'L', since: later }] }
    const relations: Relation[] = ['coach', 'teamLeader']
    const journey = ok(acceptCoach(ready(), buddy, leader)).journey
    assert.deepEqual(relationsOf(leader, { journey, programme: buddy }), relations)
    assert.equal(mayRead(leader, 'submittedLog', { journey, programme: buddy }, about), true)
  })
  it('gives a removed coach and a removed leader nothing, whatever the journey still says', () => {
    const nobodyLeft = { journey: ready(), programme: { ...programme, coaches: [newcomer], leaders: [] } }
    for (const viewer of [coach, leader]) {
      assert.deepEqual(relationsOf(viewer, nobodyLeft), ['nobody'])
      assert.deepEqual(
        matters.filter(matter => mayRead(viewer, matter, nobodyLeft, about)),
        [],
      )
    }
  })
  it('gives a leader who joined by code nothing until a participant is theirs', () => {
    const two = { ...programme, leaders: [...programme.leaders, { person: 'other-leader', name: 'O' }] }
    assert.deepEqual(relationsOf('other-leader', { journey: ready(), programme: two }), ['nobody'])
    const mine = { ...ready(), leader: 'other-leader' }
    assert.deepEqual(relationsOf('other-leader', { journey: mine, programme: two }), ['teamLeader'])
    assert.deepEqual(relationsOf(leader, { journey: mine, programme: two }), ['nobody'])
  })
  it('leaves somebody who is asked to come back as after the removal, until they say yes', () => {
    const asked = ok(
      invitePerson(programme, remove(ready(), later), { person: ann, name: 'Ann' }, leader, later, coach),
    ).journey
    assert.deepEqual(readable(ann, asked), own)
    assert.deepEqual(relationsOf(ann, subject(asked)), ['removedParticipant'])
    assert.deepEqual(readable(leader, asked), [])
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
  it('gives counts of a programme to its coaches and to those of the one it came from', () => {
    const child = { ...programme, parent: 'mother' }
    const mother = { ...programme, programme: 'mother', coaches: [newcomer] }
    const stepmother = { ...mother, programme: 'stepmother' }
    assert.equal(mayReadCounts(coach, child), true)
    assert.equal(mayReadCounts(newcomer.person, child, mother), true)
    assert.equal(mayReadCounts(newcomer.person, child), false)
    assert.equal(mayReadCounts(newcomer.person, child, stepmother), false)
    assert.equal(mayReadCounts(leader, child, mother), false)
    const journey = ready()
    assert.deepEqual(relationsOf(newcomer.person, { journey, programme: child, parent: stepmother }), ['nobody'])
    assert.deepEqual(relationsOf('other', { journey, programme: child, parent: mother }), ['nobody'])
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
    for (const nothing of [{}, { round: 1 }, { session: 1 }, { round: 2, session: 1 }]) {
      assert.equal(readableSnapshot(ready(), nothing), undefined)
    }
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
  it('tells nothing of logs that are not chosen', () => {
    assert.deepEqual(progressOf(withHeld(2)).logs, {})
  })
  it('has no place for a word anybody wrote', () => {
    const text = JSON.stringify(progressOf(ready()))
    for (const word of ['Topic', 'Goal', 'Good', 'Answer', 'C1']) assert.equal(text.includes(word), false, word)
  })
})
