import assert from 'node:assert/strict'
import { type Confirmed, nobodySeen, noFates } from '../../src/domain/import-counts.ts'
import type { Journey } from '../../src/domain/journey.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { declineInvitation, invitePerson } from '../../src/domain/membership/inviting.ts'
import { stillTrue, toPerson } from '../../src/domain/notices.ts'
import { block, type InviterBlocks, mostImported, mostInvitations, withImport } from '../../src/domain/quotas/limits.ts'
import {
  type Enrolled,
  enrolMember,
  insideOf,
  type Member,
  offerWith,
  toInvite,
  withFates,
  withMembers,
} from '../../src/domain/team-import/enrolling.ts'
import { ann, coach, invited, joined, later, member as memberOf, newcomer, now, ok, programme, ready } from './given.ts'

const person: Member = { who: 'person', person: ann, name: 'Ann Example', account: '29:ann' }
const guest: Member = { ...person, who: 'guest' }
const other: Member = { who: 'other' }
const confirmed: Confirmed = { by: coach, guests: false, since: now }

type Case = Partial<Confirmed> & {
  readonly before?: Journey | undefined
  readonly shield?: InviterBlocks
  readonly room?: number
  readonly in?: typeof programme
}

/** What becomes of this member at a moment after the import began. */
function met(member: Member, { before, shield, room = 10, in: into = programme, ...more }: Case = {}): Enrolled {
  return enrolMember(into, before, shield, member, { ...confirmed, ...more }, room, later)
}
const fate = (member: Member, of: Case = {}) => met(member, of).fate

describe('importing a team', () => {
  it('invites a person, in the coach’s name, and hands on where a chat with them is opened', () => {
    const decided = met(person)
    assert.ok(decided.fate === 'invited')
    const { journey, notices } = decided
    assert.deepEqual(
      [journey.person, journey.name, journey.invitedBy, journey.active],
      [ann, 'Ann Example', coach, false],
    )
    assert.deepEqual(
      notices.map(({ kind, to, account }) => [kind, to, account]),
      [['invitation', ann, '29:ann']],
    )
    assert.ok(notices.every(notice => stillTrue(notice, journey, programme)))
  })

  it('leaves guests out unless the coach said otherwise, and whoever is nobody in any case', () => {
    assert.deepEqual([fate(guest), fate(guest, { guests: true })], ['guest', 'invited'])
    assert.deepEqual([fate(other), fate(other, { guests: true })], ['other', 'other'])
  })

  it('tells who is in, or was asked before, from whom it has asked itself', () => {
    const asked = ok(invitePerson(programme, undefined, { person: ann, name: 'Ann' }, undefined, now, coach)).journey
    assert.deepEqual(
      [fate(person, { before: asked }), fate(person, { before: asked, since: later })],
      ['again', 'already'],
    )
    assert.equal(fate({ ...guest, person: coach }), 'already', 'a coach who is a guest')
    assert.equal(fate(person, { in: { ...programme, closedAt: now } }), 'already')
  })

  it('promises its coach news, as long as they are one', () => {
    const news = toPerson('enrol', 'spring', coach, 1)
    assert.deepEqual(
      [stillTrue(news, undefined, programme), stillTrue({ ...news, to: ann }, undefined, programme)],
      [true, false],
    )
  })

  it('invites nobody who is in already, was removed, said no or blocked this coach', () => {
    const once = ok(declineInvitation(invited(), now)).journey
    const twice = ok(declineInvitation({ ...once, nudgedAt: later }, later)).journey
    assert.equal(fate(person, { before: invited() }), 'already')
    assert.equal(fate(person, { before: memberOf() }), 'already')
    assert.equal(fate({ ...person, person: newcomer.person }, { in: joined }), 'already')
    assert.equal(fate(person, { before: remove(ready(), now) }), 'removed')
    assert.deepEqual([fate(person, { before: once }), fate(person, { before: twice })], ['already', 'saidNo'])
    assert.equal(fate(person, { before: remove(twice, now) }), 'saidNo')
    assert.equal(fate(person, { shield: block(undefined, coach) }), 'blocked')
    assert.equal(fate(person, { shield: block(undefined, 'somebody-else') }), 'invited')
  })

  it('is no stranger’s invitation: it uses up none of those a person has to put up with', () => {
    const shield: InviterBlocks = { blocked: [], strangers: { count: 3, since: now } }
    assert.equal(fate(person, { shield }), 'invited')
  })

  it('knows whom it has invited itself, also where the clock of another process is behind', () => {
    const behind = enrolMember(programme, undefined, undefined, person, { ...confirmed, since: later }, 1, now)
    assert.ok(behind.fate === 'invited')
    assert.equal(behind.journey.invitedAt, later)
    assert.equal(fate(person, { before: behind.journey, since: later }), 'again')
    assert.equal(fate(person, { before: behind.journey, by: 'another-coach', in: joined }), 'already')
  })

  it('invites no more than were confirmed', () => {
    assert.deepEqual([fate(person, { room: 1 }), fate(person, { room: 0 })], ['invited', 'later'])
    assert.equal(fate(person, { room: 0, before: memberOf() }), 'already')
  })

  it('counts each member once, and nobody of this import twice', () => {
    const all = [met(person), met(guest), met(other), met(person, { before: invited() }), { fate: 'again' } as const]
    const counted = { ...noFates, invited: 1, guest: 1, other: 1, already: 1 }
    assert.deepEqual(withFates(noFates, all), counted)
    assert.equal(withFates(counted, [met(person)]).invited, 2)
  })
})

describe('counting a team', () => {
  const members: readonly Member[] = [person, { ...person, person: coach }, guest, other, other]

  it('counts people, guests and the rest, and who is in a programme already', () => {
    const seen = withMembers(withMembers(nobodySeen, members), [other])
    assert.deepEqual(seen, { people: 2, guests: 1, others: 3 })
    const offer = { programme: 'spring', name: 'Spring', people: 0, guests: 0 }
    const inside = insideOf(programme, [remove(ready(), now)])
    const counted = offerWith(offer, members, inside)
    assert.deepEqual([counted.people, counted.guests], [1, 0])
    assert.deepEqual([toInvite(seen, counted, false), toInvite(seen, counted, true)], [1, 2])
    const taking = offerWith(offer, members, insideOf(programme, [memberOf()]))
    assert.deepEqual([taking.people, taking.guests], [2, 1])
    assert.deepEqual([toInvite(seen, taking, false), toInvite(seen, taking, true)], [0, 0])
  })

  it('takes whoever was removed as not in, as an invitation by name would', () => {
    assert.ok(ok(invitePerson(programme, remove(ready(), now), { person: ann, name: 'Ann' }, undefined, now, coach)))
    assert.ok(!insideOf(programme, [remove(ready(), now)]).has(ann))
  })
})

describe('the limit of imports', () => {
  it('is a day’s, and one of its own for whom the organisation named', () => {
    const { limits } = ok(withImport({ sent: { count: 200, since: now } }, 1_200, true, now))
    assert.deepEqual(limits, { sent: { count: 200, since: now }, imported: { count: 1_200, since: now } })
    assert.equal(withImport(limits, mostImported - 1_200, true, now).refused, undefined)
    const no = withImport(limits, mostImported - 1_199, true, later.replace('T09', 'T08'))
    assert.ok(no.refused)
    assert.deepEqual([no.refused, no.detail?.limit], ['invitedEnough', mostImported])
    assert.equal(withImport(limits, mostImported, true, later).refused, undefined)
  })

  it('is that of any invitation for everybody else', () => {
    const { limits } = ok(withImport({}, mostInvitations.anyone, false, now))
    assert.deepEqual(limits, { sent: { count: mostInvitations.anyone, since: now } })
    assert.equal(withImport(limits, 1, false, now).refused, 'invitedEnough')
    assert.equal(withImport({}, mostInvitations.anyone + 1, false, now).refused, 'invitedEnough')
  })
})
