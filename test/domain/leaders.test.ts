import assert from 'node:assert/strict'
import { relationsOf } from '../../src/domain/access.ts'
import { consent, remove } from '../../src/domain/membership/consent.ts'
import {
  addLeader,
  type LeaderAnswer,
  mostLeaders,
  moveLeader,
  removeLeader,
  withoutGoneLeader,
} from '../../src/domain/membership/leaders.ts'
import { stillTrue } from '../../src/domain/notices.ts'
import { leaderIsCoach, type Programme } from '../../src/domain/programme.ts'
import { ann, closed, coach, invited, later, leader, member, now, ok, programme } from './given.ts'

const otto = { person: 'person-otto', name: 'Otto Other' }
const two: Programme = { ...programme, leaders: [...programme.leaders, otto] }

describe('a team leader', () => {
  it('is added with an invitation, once, which is true while they are one', () => {
    const { programme: both, notices } = ok(addLeader(programme, otto, now))
    assert.deepEqual(both, two)
    const [notice = assert.fail()] = notices
    const to = otto.person
    assert.deepEqual(notice, {
      kind: 'leaderInvitation',
      programme: 'spring',
      person: to,
      round: 1,
      no: Date.parse(now),
      to,
    })
    assert.equal(stillTrue(notice, undefined, two), true)
    assert.equal(stillTrue(notice, undefined, programme), false)
    assert.equal(stillTrue(notice, undefined, undefined), false)
    assert.equal(stillTrue(notice, undefined, { ...two, closedAt: now }), false)
    assert.deepEqual(ok(addLeader(two, otto, later)), { programme: two, notices: [] })
  })
  it('is refused in a closed programme, and when there are very many', () => {
    assert.equal(addLeader(closed, otto, now).refused, 'programmeClosed')
    const many = {
      ...programme,
      leaders: Array.from({ length: mostLeaders }, (_, no) => ({ ...otto, person: `l${no}` })),
    }
    assert.deepEqual(addLeader(many, otto, now), { refused: 'tooManyPeople', detail: { limit: mostLeaders } })
  })
  it('who is removed sees nothing at once, and their people are without one', () => {
    const without = removeLeader(programme, leader)
    assert.deepEqual(without.leaders, [])
    assert.deepEqual(removeLeader(programme, 'somebody'), programme)
    assert.deepEqual(relationsOf(leader, { journey: member(), programme: without }), ['nobody'])
    assert.equal('leader' in withoutGoneLeader(member(), without), false)
    const mine = member()
    assert.equal(withoutGoneLeader(mine, programme), mine)
    const nobodys = ok(moveLeader(mine, programme, undefined)).journey
    assert.equal(withoutGoneLeader(nobodys, programme), nobodys)
  })
  it('who is coach as well is known before consent', () => {
    const buddy = { ...programme, coaches: [{ person: leader, name: 'L', since: now }] }
    assert.equal(leaderIsCoach(buddy, invited().leader), true)
    assert.equal(leaderIsCoach(programme, invited().leader), false)
    assert.equal(leaderIsCoach(buddy, undefined), false)
  })
})

describe('whose team leader', () => {
  const said = (answer: LeaderAnswer | undefined, of = two, journey = invited()) =>
    consent(journey, of, [coach], now, answer)

  for (const [what, answer, becomes] of [
    ['unless they say otherwise, as named', undefined, leader],
    ['as named', 'asNamed', leader],
    ['none', { leader: undefined }, undefined],
    ['another one', { leader: otto.person }, otto.person],
  ] as const) {
    it(`the participant says at consent: ${what}`, () => assert.equal(ok(said(answer)).journey.leader, becomes))
  }
  it('is nobody when the one named has gone meanwhile', () => {
    assert.equal('leader' in ok(said('asNamed', removeLeader(two, leader))).journey, false)
  })
  it('cannot be somebody who is none there, or the participant', () => {
    assert.equal(said({ leader: otto.person }, programme).refused, 'notALeader')
    const learning = { ...two, leaders: [...two.leaders, { person: ann, name: 'Ann' }] }
    assert.equal(said({ leader: ann }, learning).refused, 'ownLeader')
  })
  it('a coach can set right', () => {
    assert.equal(ok(moveLeader(member(), two, otto.person)).journey.leader, otto.person)
    assert.equal('leader' in ok(moveLeader(member(), two, undefined)).journey, false)
    const mine = member()
    assert.equal(ok(moveLeader(mine, closed, leader)).journey, mine)
    assert.equal(ok(moveLeader(invited(), two, otto.person)).journey.leader, otto.person)
  })
  for (const [why, journey, of, who, refused] of [
    ['in a closed programme', member(), { ...two, closedAt: now }, otto.person, 'programmeClosed'],
    ['for who was removed', remove(member(), now), two, otto.person, 'noLongerIn'],
    ['to somebody who is none there', member(), programme, otto.person, 'notALeader'],
    ['to the participant', member(), two, ann, 'ownLeader'],
  ] as const) {
    it(`a coach cannot change ${why}`, () => assert.equal(moveLeader(journey, of, who).refused, refused))
  }
})
