import assert from 'node:assert/strict'
import type { Journey } from '../../src/domain/journey.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { invitePerson } from '../../src/domain/membership/inviting.ts'
import { codeMeans, giveCode, joinByCode, leadByCode, takeBackCode } from '../../src/domain/membership/joining.ts'
import { mostLeaders } from '../../src/domain/membership/leaders.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { ann, closed, coach, invited, later, leader, member, now, ok, programme, ready } from './given.ts'

const same = (one: string, other: string) => one === other
const open = ok(
  giveCode(ok(giveCode(programme, 'participant', 'PPPP', 2, now)).programme, 'leader', 'QQQQ', 2, now),
).programme
const bob = { person: 'person-bob', name: 'Bob Example' }
const other = (person: string): Journey => ({ ...invited(), person })

describe('a code', () => {
  it('stands in the programme until it is taken back, and a new one replaces it', () => {
    assert.deepEqual(open.code, { secret: 'PPPP', since: now, places: 2 })
    assert.deepEqual(open.leaderCode, { secret: 'QQQQ', since: now, places: 2 })
    assert.equal(ok(giveCode(open, 'participant', 'RRRR', 500, later)).programme.code?.secret, 'RRRR')
    assert.deepEqual(takeBackCode(takeBackCode(open, 'participant'), 'leader'), programme)
    assert.deepEqual(takeBackCode({ ...open, closedAt: now }, 'leader').leaderCode, undefined)
    assert.deepEqual(takeBackCode(open, 'leader').code, open.code)
  })
  it('has a number of places', () => {
    for (const places of [0, 501, 1.5, Number.NaN]) {
      const no = { refused: 'outOfRange', detail: { field: 'places', limit: 500 } }
      assert.deepEqual(giveCode(programme, 'participant', 'PPPP', places, now), no)
    }
    assert.equal(giveCode(closed, 'participant', 'PPPP', 12, now).refused, 'programmeClosed')
  })
  it('means to take part or to lead', () => {
    assert.equal(ok(codeMeans(open, 'PPPP', same)).kind, 'participant')
    assert.equal(ok(codeMeans(open, 'QQQQ', same)).kind, 'leader')
  })
  it('that is wrong, taken back, or of no programme is answered alike', () => {
    const unknown = { refused: 'codeUnknown' }
    assert.deepEqual(codeMeans(open, 'XXXX', same), unknown)
    assert.deepEqual(codeMeans(takeBackCode(open, 'participant'), 'PPPP', same), unknown)
    assert.deepEqual(codeMeans(takeBackCode(open, 'leader'), 'QQQQ', same), unknown)
    assert.deepEqual(codeMeans(undefined, 'PPPP', same), unknown)
  })
})

describe('joining by code', () => {
  it('invites, without a team leader', () => {
    const { journey } = ok(joinByCode(open, [], bob, now))
    assert.deepEqual([journey.person, journey.active, journey.consent], [bob.person, false, undefined])
    assert.equal('leader' in journey, false)
  })
  it('takes the one leader there is for theirs when they coach as well, so that it is said first', () => {
    const both = { person: coach, name: 'Coach' }
    const led = (leaders: Programme['leaders']) => ok(joinByCode({ ...open, leaders }, [], bob, now)).journey.leader
    assert.equal(led([both]), coach)
    assert.equal(led([both, { person: leader, name: 'Leader' }]), undefined)
    assert.equal(led([{ person: leader, name: 'Leader' }]), undefined)
    assert.equal(led([]), undefined)
  })
  const asked = ok(
    invitePerson(programme, remove(ready(), later), { person: ann, name: 'Ann' }, leader, later, coach),
  ).journey
  for (const [who, of, journeys, person, refused] of [
    ['a member', open, [member()], ann, 'alreadyIn'],
    ['a member of a closed programme', { ...open, closedAt: now }, [member()], ann, 'alreadyIn'],
    ['who is invited', open, [invited()], ann, 'alreadyIn'],
    ['who is invited again', open, [asked], ann, 'alreadyIn'],
    ['a coach', open, [], coach, 'alreadyIn'],
    ['who was removed', open, [remove(member(), later)], ann, 'removedBefore'],
    ['anybody, into a closed programme', { ...open, closedAt: now }, [], ann, 'programmeClosed'],
    ['one too many', open, [other('a'), other('b')], ann, 'codeFull'],
    ['anybody without a code', programme, [], ann, 'codeFull'],
    ['one more, after a removal', open, [other('a'), remove(other('b'), now)], ann, undefined],
    ['the leader, who learns as well', open, [], leader, undefined],
  ] as const) {
    it(`${refused ? `refuses ${who} as ${refused}` : `takes ${who}`}`, () => {
      assert.equal(joinByCode(of, journeys, { person, name: 'N' }, now).refused, refused)
    })
  }
})

describe('leading by code', () => {
  it('adds a leader, with no notice to somebody who is here', () => {
    assert.deepEqual(ok(leadByCode(open, bob)).programme.leaders, [...programme.leaders, bob])
    assert.equal(leadByCode(open, { person: coach, name: 'C' }).refused, undefined)
  })
  const many = Array.from({ length: mostLeaders }, (_, no) => ({ ...bob, person: `l${no}` }))
  const wide = { ...open, leaderCode: { secret: 'QQQQ', since: now, places: 500 } }
  for (const [who, of, person, refused] of [
    ['a leader', open, leader, 'alreadyIn'],
    ['anybody, into a closed programme', { ...open, closedAt: now }, bob.person, 'programmeClosed'],
    ['one too many', { ...open, leaders: [...programme.leaders, { ...bob, person: 'a' }] }, bob.person, 'codeFull'],
    ['more than there may be at all', { ...wide, leaders: many }, bob.person, 'codeFull'],
    ['anybody without a code', programme, bob.person, 'codeFull'],
  ] as const) {
    it(`refuses ${who} as ${refused}`, () => {
      assert.equal(leadByCode(of, { person, name: 'N' }).refused, refused)
    })
  }
})
