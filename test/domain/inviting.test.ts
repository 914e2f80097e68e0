import assert from 'node:assert/strict'
import { currentRound, type Journey } from '../../src/domain/journey.ts'
import { consent, remove } from '../../src/domain/membership/consent.ts'
import {
  declineInvitation,
  invitation,
  inviteEach,
  invitePerson,
  mostAtOnce,
  tooManyAtOnce,
  withName,
} from '../../src/domain/membership/inviting.ts'
import { stillTrue } from '../../src/domain/notices.ts'
import { nudge } from '../../src/domain/progress/nudging.ts'
import { askedAt, awaitsAnswer, awaitsConsent, belongs, takesPart } from '../../src/domain/standing.ts'
import { ann, closed, coach, inDays, invited, later, leader, member, now, ok, programme, ready } from './given.ts'

const who = { person: ann, name: 'Ann Example' }
const asked = (before?: Journey, by = leader, of = programme) => invitePerson(of, before, who, by, later, coach)
const no = (journey: Journey, at = askedAt(journey)) => ok(declineInvitation(journey, at)).journey
/** Said no to the invitation, was asked once more, and said no again. */
const twice = () => no(ok(nudge(no(invited()), programme, coach, inDays(3))).journey)

describe('an invitation', () => {
  it('makes an invited journey, never a member, and promises itself', () => {
    const { journey, notices } = ok(invitePerson(programme, undefined, who, leader, now, coach))
    assert.deepEqual(journey, { ...invited(), invitedBy: coach })
    assert.deepEqual(notices, [
      { kind: 'invitation', programme: 'spring', person: ann, round: 1, no: Date.parse(now), to: ann },
    ])
    assert.equal('leader' in ok(invitePerson(programme, undefined, who, undefined, now, coach)).journey, false)
  })
  for (const [why, decided, refused] of [
    ['in a closed programme', asked(undefined, leader, closed), 'programmeClosed'],
    ['to who takes part', asked(member()), 'alreadyIn'],
    ['to who is invited', asked(invited()), 'alreadyIn'],
    [
      'to a coach',
      invitePerson(programme, undefined, { person: coach, name: 'C' }, undefined, now, coach),
      'alreadyIn',
    ],
    ['with a leader who is none', asked(undefined, 'somebody'), 'notALeader'],
    ['with oneself as leader', asked(undefined, ann), 'ownLeader'],
    ['to who said no twice, and was removed', asked(remove(twice(), later)), 'notInvitable'],
  ] as const) {
    it(`${why} is refused, ${refused}`, () => assert.equal(decided.refused, refused))
  }
  it('is true until it is answered, and only the newest one', () => {
    const notice = invitation(invited())
    assert.equal(stillTrue(notice, invited(), programme), true)
    assert.equal(stillTrue(notice, undefined, programme), false)
    assert.equal(stillTrue(notice, invited(), closed), false)
    assert.equal(stillTrue(notice, member(), programme), false)
    assert.equal(stillTrue(notice, remove(invited(), later), programme), false)
    assert.equal(stillTrue(notice, no(invited()), programme), false)
    const again = ok(nudge(invited(), programme, coach, inDays(3)))
    assert.equal(stillTrue(notice, again.journey, programme), false)
    assert.equal(stillTrue(again.notices[0] ?? assert.fail(), again.journey, programme), true)
  })
})

describe('several people at once', () => {
  const each = (
    journeys: readonly Journey[],
    people: readonly { person: string; name: string }[],
    by = leader,
    of = programme,
  ) => inviteEach(of, new Map(journeys.map(journey => [journey.person, journey])), people, by, later, coach)
  const bea = { person: 'bea', name: '' }

  it('are each invited, in already, or left in peace', () => {
    const no2 = { ...remove(twice(), later), person: 'nora', name: 'Nora' }
    const all = ok(
      each([invited(), no2], [bea, { ...who, name: '' }, { person: coach, name: '' }, { person: 'nora', name: '' }]),
    )
    assert.deepEqual(
      all.invited.map(({ journey, notices }) => [journey.person, journey.invitedBy, notices.length]),
      [['bea', coach, 1]],
    )
    assert.deepEqual(all.already, [
      { person: ann, name: invited().name },
      { person: coach, name: programme.coaches[0]?.name },
    ])
    assert.deepEqual(all.unwilling, [{ person: 'nora', name: 'Nora' }])
  })
  it('are at most forty', () => {
    const many = (count: number) => Array.from({ length: count }, (_, no) => ({ person: `p${no}`, name: '' }))
    assert.equal(tooManyAtOnce(many(mostAtOnce)), undefined)
    assert.deepEqual(tooManyAtOnce(many(mostAtOnce + 1)), { refused: 'tooManyAtOnce', detail: { limit: 40 } })
  })
  it('are none of them invited into what is closed, or to a leader who cannot be theirs', () => {
    assert.equal(each([], [bea], leader, closed).refused, 'programmeClosed')
    assert.equal(each([], [bea], 'somebody').refused, 'notALeader')
    assert.equal(each([], [bea, { person: leader, name: '' }]).refused, 'ownLeader')
  })
})

describe('who was removed and is invited again', () => {
  const back = () => ok(asked(remove(ready(), later))).journey

  it('keeps what was written, and is in again only by a new consent', () => {
    const journey = back()
    assert.deepEqual([journey.active, journey.removedAt, awaitsConsent(journey)], [false, later, true])
    assert.deepEqual([belongs(journey), takesPart(journey), journey.consent?.at], [true, false, now])
    const newly = ok(consent(journey, programme, [coach], inDays(2))).journey
    assert.deepEqual([newly.active, newly.consent?.at, takesPart(newly)], [true, inDays(2), true])
    assert.equal('removedAt' in newly || 'invitedAgainAt' in newly, false)
    assert.deepEqual(currentRound(newly), currentRound(ready()))
    assert.equal(consent(newly, programme, [coach], inDays(3)).refused, 'alreadyConsented')
  })
  it('has the name and the leader of today', () => {
    const { name, leader: led } = ok(
      invitePerson(programme, remove(ready(), later), { person: ann, name: 'Ann New' }, undefined, later, coach),
    ).journey
    assert.deepEqual([name, led], ['Ann New', undefined])
    assert.equal(back().leader, leader)
  })
  it('is not invited twice, and can be removed again', () => {
    assert.equal(asked(back()).refused, 'alreadyIn')
    const gone = remove(back(), inDays(2))
    assert.deepEqual([gone.removedAt, belongs(gone)], [later, false])
    assert.equal(consent(gone, programme, [coach], inDays(2)).refused, 'notActive')
  })
  it('may have been removed before consent', () => {
    const again = ok(asked(remove(invited(), later))).journey
    assert.equal(ok(consent(again, programme, [coach], later)).journey.active, true)
    assert.equal(consent(remove(invited(), later), programme, [coach], later).refused, 'notActive')
  })
})

describe('who was invited by an id alone', () => {
  it('has the name they come with, once', () => {
    const nameless = { ...invited(), name: '' }
    assert.equal(withName(nameless, 'Ann').name, 'Ann')
    assert.equal(withName(nameless, ' '), nameless)
    const known = invited()
    assert.equal(withName(known, 'Somebody else'), known)
  })
})

describe('saying no', () => {
  it('is counted once an invitation, however often it is pressed', () => {
    const once = no(invited())
    assert.deepEqual([once.declined, awaitsAnswer(once)], [[now], false])
    assert.equal(no(once), once)
    assert.deepEqual(twice().declined, [now, inDays(3)])
    assert.equal(awaitsAnswer(ok(nudge(once, programme, coach, inDays(3))).journey), true)
  })
  it('twice is enough: no more is kept', () => {
    const journey = twice()
    assert.equal(no(journey, inDays(9)), journey)
  })
  it('closes no door, and consent forgets it', () => {
    const journey = ok(consent(twice(), programme, [coach], inDays(4))).journey
    assert.deepEqual([journey.active, 'declined' in journey], [true, false])
  })
  it('is for an invitation', () => {
    assert.equal(declineInvitation(member(), now).refused, 'alreadyConsented')
    assert.equal(declineInvitation(remove(member(), later), now).refused, 'notActive')
    assert.equal(declineInvitation(remove(invited(), later), now).refused, 'notActive')
  })
})
