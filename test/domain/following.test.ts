import assert from 'node:assert/strict'
import { acceptCoach, declineCoach } from '../../src/domain/membership/coaches.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { counted, followed, isBehind } from '../../src/domain/membership/following.ts'
import { removeLeader } from '../../src/domain/membership/leaders.ts'
import { close, reopen } from '../../src/domain/programme/running.ts'
import { ann, invited, joined, leader, member, newcomer, now, ok, programme } from './given.ts'

describe('a change of a programme', () => {
  for (const [what, after, counts] of [
    ['a new name', { ...programme, name: 'Another' }, false],
    ['a leader who comes', { ...programme, leaders: [...programme.leaders, newcomer] }, false],
    ['a coach who goes', { ...programme, coaches: [] }, false],
    ['a coach who comes', joined, true],
    ['a coach who comes back', { ...programme, coaches: [{ ...programme.coaches[0], ...{ since: now } }] }, true],
    ['a leader who goes', removeLeader(programme, leader), true],
    ['closing', close(programme, now), true],
  ] as const) {
    it(`${what} is ${counts ? 'counted, and work for its people' : 'nothing its people have to follow'}`, () => {
      const made = counted(programme, after as typeof programme)
      assert.equal(made.programme.changeNo, counts ? 1 : undefined)
      assert.deepEqual(made.tasks, counts ? [{ task: 'follow', programme: 'spring', no: 1 }] : [])
      assert.equal(isBehind(member(), made.programme), counts)
    })
  }
  it('is a coach who comes in the moment another came', () => {
    const three = { ...joined, coaches: [...joined.coaches, { ...newcomer, person: 'person-another' }] }
    assert.equal(counted(joined, three).programme.changeNo, 1)
  })
  it('is counted after the ones before', () => {
    const { programme: first } = counted(programme, close(programme, now))
    const second = counted(first, reopen(first))
    assert.equal(second.programme.changeNo, 2)
    assert.equal(second.tasks[0]?.no, 2)
  })
})

describe('a journey that follows', () => {
  it('rests in a closed programme and goes on in an open one', () => {
    const { programme: shut } = counted(programme, close(programme, now))
    const resting = followed(member(), shut)
    assert.deepEqual([resting.journey.active, resting.notices, isBehind(resting.journey, shut)], [false, [], false])
    const { programme: again } = counted(shut, reopen(shut))
    assert.equal(isBehind(resting.journey, again), true)
    assert.equal(followed(resting.journey, again).journey.active, true)
  })
  it('stays inactive without consent and after a removal', () => {
    assert.equal(followed(invited(), programme).journey.active, false)
    assert.equal(followed(remove(member(), now), programme).journey.active, false)
  })
  it('has no leader when theirs is gone', () => {
    const { programme: without } = counted(programme, removeLeader(programme, leader))
    assert.equal(member().leader, leader)
    assert.equal(followed(member(), without).journey.leader, undefined)
  })
  it('asks about a coach who has joined, once, whatever was answered', () => {
    const { programme: both } = counted(programme, joined)
    const first = followed(member(), both)
    const no = Date.parse(newcomer.since)
    assert.deepEqual(first.notices, [{ kind: 'coachJoined', programme: 'spring', person: ann, round: 1, no, to: ann }])
    assert.deepEqual(followed(first.journey, both).notices, [])
    for (const answer of [acceptCoach, declineCoach]) {
      const { journey } = ok(answer(first.journey, both, newcomer.person))
      assert.deepEqual(followed(journey, both).notices, [])
    }
  })
  it('asks nothing in a closed programme, and nobody who will see the coaches in their invitation', () => {
    const { programme: both } = counted(programme, joined)
    assert.deepEqual(followed(member(), close(both, now)).notices, [])
    assert.deepEqual(followed(invited(), both).notices, [])
  })
  it('asks about each of two who joined at the same moment', () => {
    const another = { ...newcomer, person: 'person-another' }
    const { journey } = followed(member(), counted(programme, joined).programme)
    const three = { ...joined, coaches: [...joined.coaches, another] }
    assert.equal(followed(journey, counted(programme, three).programme).notices.length, 1)
  })
  it('asks about two who joined together in one letter', () => {
    const three = { ...joined, coaches: [...joined.coaches, { ...newcomer, person: 'person-another' }] }
    const { journey, notices } = followed(member(), counted(programme, three).programme)
    assert.deepEqual([notices.length, journey.askedCoaches?.length], [1, 2])
  })
  it('asks again about a coach who left and came back', () => {
    const { journey } = followed(member(), counted(programme, joined).programme)
    const back = { ...joined, coaches: [...programme.coaches, { ...newcomer, since: '2026-11-25T10:00:00.000Z' }] }
    assert.equal(followed(journey, counted(programme, back).programme).notices.length, 1)
  })
})
