import assert from 'node:assert/strict'
import { awaitsYes, coachesDeclined, coachesToAccept, readersOf } from '../../src/domain/access.ts'
import type { Journey } from '../../src/domain/journey.ts'
import { open, withdraw } from '../../src/domain/logs/log-states.ts'
import {
  acceptCoach,
  addCoach,
  askToAccept,
  declineCoach,
  mostCoaches,
  named,
  readByNobodyElse,
  removeCoach,
} from '../../src/domain/membership/coaches.ts'
import { consent, remove } from '../../src/domain/membership/consent.ts'
import { stillTrue } from '../../src/domain/notices.ts'
import {
  ann,
  closed,
  coach,
  invited,
  joined,
  later,
  member,
  newcomer,
  now,
  ok,
  programme,
  ready,
  reviewed,
} from './given.ts'

const nora = { person: newcomer.person, name: newcomer.name }
const full = {
  ...programme,
  coaches: Array.from({ length: mostCoaches }, (_, no) => ({ ...newcomer, person: `coach-${no}` })),
}

describe('a co-coach', () => {
  it('is added with an invitation, once', () => {
    const { programme: both, notices } = ok(addCoach(programme, nora, undefined, newcomer.since))
    assert.deepEqual(both, joined)
    const no = Date.parse(newcomer.since)
    const invitation = {
      kind: 'coachInvitation',
      programme: 'spring',
      person: nora.person,
      round: 1,
      no,
      to: nora.person,
    }
    assert.deepEqual(notices, [invitation])
    const [notice = assert.fail()] = notices
    assert.equal(stillTrue(notice, undefined, both), true)
    assert.equal(stillTrue(notice, undefined, programme), false)
    assert.equal(stillTrue(notice, undefined, { ...both, closedAt: now }), false)
    assert.deepEqual(ok(addCoach(both, nora, undefined, later)), { programme: both, notices: [] })
  })
  for (const [why, of, journey, refused] of [
    ['in a closed programme', closed, undefined, 'programmeClosed'],
    ['who takes part there', programme, member(), 'learnsHere'],
    ['who is invited there', programme, invited(), 'learnsHere'],
    ['who took part once', programme, remove(member(), now), undefined],
    ['in a programme with ten coaches', full, undefined, 'tooManyPeople'],
  ] as const) {
    it(`${why} is ${refused ? `refused, ${refused}` : 'taken'}`, () => {
      assert.equal(addCoach(of, nora, journey, now).refused, refused)
    })
  }
  it('is removed, also from a closed programme, but the last one stays', () => {
    assert.deepEqual(ok(removeCoach(joined, coach)).programme.coaches, [newcomer])
    assert.deepEqual(ok(removeCoach({ ...joined, closedAt: now }, coach)).programme.coaches, [newcomer])
    assert.equal(ok(removeCoach(programme, 'somebody')).programme, programme)
    assert.equal(removeCoach(programme, coach).refused, 'lastCoach')
  })
})

describe('a coach without a name', () => {
  const nameless = { ...joined, coaches: [...programme.coaches, { ...newcomer, name: ' ' }] }

  it('gets it when they come, and is new from then on', () => {
    const now = named(nameless, nora, later)
    assert.deepEqual(now.coaches, [...programme.coaches, { ...newcomer, since: later }])
    assert.deepEqual(coachesToAccept(now, member()), [{ ...newcomer, since: later }])
  })
  it('is nobody participants are asked about, or consent to, before', () => {
    assert.deepEqual(coachesToAccept(nameless, member()), [])
    const { journey } = ok(consent(invited(), nameless, [coach], now))
    assert.deepEqual(journey.consent?.coaches, [coach])
    assert.deepEqual(
      readersOf(nameless, journey).map(each => each.person),
      [coach],
    )
    const came = named(nameless, nora, later)
    assert.deepEqual(coachesToAccept(came, journey), [{ ...newcomer, since: later }])
  })
  it('who comes without one, or has one, changes nothing', () => {
    assert.equal(named(nameless, { ...nora, name: '' }, later), nameless)
    assert.equal(named(joined, { ...nora, name: 'Another' }, later), joined)
    assert.equal(named(nameless, { person: 'somebody', name: 'Else' }, later), nameless)
  })
  it('may be a team leader, whose name follows as well', () => {
    const leads = { ...programme, leaders: [{ person: nora.person, name: '' }] }
    assert.deepEqual(named(leads, nora, later), { ...leads, leaders: [nora] })
  })
})

describe('a participant and a new coach', () => {
  const asked = (journey: Journey, of = joined) => askToAccept(journey, of, newcomer.person)
  const readers = (journey: Journey) => readersOf(joined, journey).map(each => each.person)

  it('are introduced by one notice, which is true until there is an answer', () => {
    const [notice = assert.fail()] = asked(member())
    const no = Date.parse(newcomer.since)
    assert.deepEqual(notice, { kind: 'coachJoined', programme: 'spring', person: ann, round: 1, no, to: ann })
    assert.equal(stillTrue(notice, member(), joined), true)
    assert.equal(stillTrue(notice, ok(acceptCoach(member(), joined, newcomer.person)).journey, joined), false)
    assert.equal(stillTrue(notice, ok(declineCoach(member(), joined, newcomer.person)).journey, joined), false)
    assert.equal(stillTrue(notice, member(), programme), false)
    assert.equal(stillTrue({ ...notice, no: no + 1 }, member(), joined), false)
    assert.equal(stillTrue(notice, remove(member(), now), joined), false)
    assert.equal(stillTrue(notice, member(), { ...joined, closedAt: now }), false)
  })
  it('have nothing to decide before consent, for a coach of that day, or twice', () => {
    assert.deepEqual(asked(invited()), [])
    assert.deepEqual(askToAccept(member(), joined, coach), [])
    assert.deepEqual(asked(ok(declineCoach(member(), joined, newcomer.person)).journey), [])
  })
  it('who says yes is read by both, and what is ready is told to the new one', () => {
    const { journey, notices } = ok(acceptCoach(ready(), joined, newcomer.person))
    assert.deepEqual(readers(journey), [coach, newcomer.person])
    assert.deepEqual(notices, [
      { kind: 'ready', programme: 'spring', person: ann, round: 1, no: 1, to: newcomer.person },
    ])
    assert.equal(stillTrue(notices[0] ?? assert.fail(), journey, joined), true)
    assert.deepEqual(ok(acceptCoach(journey, joined, newcomer.person)), { journey, notices: [] })
  })
  it('who says yes promises nothing while the round is not ready, or is complete', () => {
    const back = ok(withdraw(ready(), programme, 1, 1, later)).journey
    for (const journey of [member(), back, reviewed()]) {
      assert.deepEqual(ok(acceptCoach(journey, joined, newcomer.person)).notices, [])
    }
    assert.equal(ok(acceptCoach(ok(open(ready(), 1, 1, now)).journey, joined, newcomer.person)).notices.length, 1)
  })
  it('are known to the coach: whoever takes part and has not said yes is waited for', () => {
    const waits = (journey: Journey, who = newcomer.person) => awaitsYes(who, { journey, programme: joined })
    assert.deepEqual([waits(member()), waits(invited()), waits(remove(member(), now))], [true, false, false])
    assert.equal(waits(ok(declineCoach(member(), joined, newcomer.person)).journey), true)
    assert.equal(waits(ok(acceptCoach(member(), joined, newcomer.person)).journey), false)
    assert.deepEqual([waits(member(), coach), waits(member(), 'stranger')], [false, false])
  })
  it('are counted where the coach who goes was the only one', () => {
    const both = ok(acceptCoach(ready(), joined, newcomer.person)).journey
    assert.deepEqual(readByNobodyElse(joined, [member(), both, invited(), remove(member(), now)], coach), [member()])
    assert.deepEqual(readByNobodyElse(joined, [member(), both], newcomer.person), [])
    const nobodys = { ...member(), acceptedCoaches: [], consent: { version: 1, at: now, coaches: [] } }
    assert.deepEqual(readByNobodyElse(joined, [nobodys], coach), [], 'whom nobody read before loses nobody')
  })
  it('who says no can say yes later; the other way round there is a talk', () => {
    const declined = ok(declineCoach(member(), joined, newcomer.person)).journey
    assert.deepEqual(readers(declined), [coach])
    assert.deepEqual(coachesToAccept(joined, declined), [])
    assert.deepEqual([coachesDeclined(joined, declined), coachesDeclined(joined, member())], [[newcomer], []])
    assert.equal(ok(declineCoach(declined, joined, newcomer.person)).journey, declined)
    const accepted = ok(acceptCoach(declined, joined, newcomer.person)).journey
    assert.deepEqual([readers(accepted), accepted.declinedCoaches], [[coach, newcomer.person], undefined])
    assert.equal(declineCoach(accepted, joined, newcomer.person).refused, 'coachAccepted')
  })
  it('decide for each coach by themselves, and anew for one who comes back', () => {
    const third = { ...newcomer, person: 'third' }
    const three = { ...joined, coaches: [...joined.coaches, third] }
    assert.deepEqual(coachesToAccept(three, ok(declineCoach(member(), three, 'third')).journey), [newcomer])
    const none = ok(declineCoach(ok(declineCoach(member(), three, 'third')).journey, three, newcomer.person)).journey
    const one = ok(acceptCoach(none, three, newcomer.person)).journey
    assert.deepEqual(one.declinedCoaches, [{ coach: 'third', since: third.since }])
    const back = { ...three, coaches: [{ ...third, since: later }] }
    assert.deepEqual(coachesToAccept(back, one), back.coaches)
    assert.equal(ok(declineCoach(one, back, 'third')).journey.declinedCoaches?.length, 2)
  })
  for (const [act, decide] of [
    ['yes', acceptCoach],
    ['no', declineCoach],
  ] as const) {
    it(`cannot say ${act} before consent, after removal, when closed, or about somebody who is gone`, () => {
      assert.equal(decide(invited(), joined, newcomer.person).refused, 'notActive')
      assert.equal(decide(remove(member(), now), joined, newcomer.person).refused, 'notActive')
      assert.equal(decide({ ...member(), active: false }, joined, newcomer.person).refused, 'notActive')
      assert.equal(decide(member(), programme, newcomer.person).refused, 'notACoach')
    })
  }
})
