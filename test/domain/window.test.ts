import assert from 'node:assert/strict'
import { daysBetween, nextMonday, today } from '../../src/domain/calendar.ts'
import { currentRound } from '../../src/domain/journey.ts'
import { addCoach, removeCoach } from '../../src/domain/membership/coaches.ts'
import { followProgramme, remove } from '../../src/domain/membership/consent.ts'
import { invitePerson } from '../../src/domain/membership/inviting.ts'
import { giveCode, joinByCode, leadByCode, takeBackCode } from '../../src/domain/membership/joining.ts'
import { addLeader, moveLeader, removeLeader } from '../../src/domain/membership/leaders.ts'
import { formOf } from '../../src/domain/programme/programme-form.ts'
import {
  archive,
  close,
  edit,
  extend,
  extendFor,
  reopen,
  takesAway,
  unarchive,
} from '../../src/domain/programme/running.ts'
import { nudge } from '../../src/domain/progress/nudging.ts'
import { daysLeft, firstRound, isLate, windowOf } from '../../src/domain/window.ts'
import {
  closed,
  coach,
  inSecondRound,
  invited,
  joined,
  later,
  leader,
  member,
  newcomer,
  now,
  ok,
  programme,
  reviewed,
  withExtraDays,
  withHeld,
} from './given.ts'

describe('the first Monday', () => {
  for (const [day, monday] of [
    ['2026-11-22', '2026-11-23'],
    ['2026-11-23', '2026-11-30'],
    ['2026-12-30', '2027-01-04'],
  ] as const) {
    it(`after ${day} is ${monday}`, () => assert.equal(nextMonday(day), monday))
  }
})

describe('the window', () => {
  it('is six weeks, counted in days of the programme’s zone, and can be extended', () => {
    assert.deepEqual(windowOf(programme), { first: '2026-11-02', last: '2026-12-13' })
    assert.deepEqual(windowOf(programme, { ...firstRound, extraDays: 7 }).last, '2026-12-20')
    for (const [at, days] of [
      ['2026-12-13T22:59:00.000Z', 0],
      ['2026-12-13T23:01:00.000Z', -1],
      ['2026-11-02T08:00:00.000Z', 41],
    ] as const) {
      assert.equal(daysLeft(programme, today(at, programme.zone)), days)
    }
  })
})

describe('the window of a second round', () => {
  const second = inSecondRound('2027-01-11', withExtraDays(reviewed(), 5))
  const round = currentRound(second)
  const last = '2027-02-21'

  it('begins on its own first day, and takes the programme’s weeks', () => {
    assert.deepEqual(windowOf(programme, round), { first: '2027-01-11', last })
    assert.deepEqual(windowOf(programme, second.rounds[0]), { first: '2026-11-02', last: '2026-12-18' })
  })
  it('is not moved by days that were given in the first round, to one or to all', () => {
    const longer = ok(extend(programme, '2026-12-31', [], now)).programme
    assert.equal(windowOf(longer, round).last, last)
    assert.equal(windowOf({ ...programme, extraDays: { 2: 3 } }, round).last, '2027-02-24')
    assert.equal(windowOf({ ...programme, extraDays: { 2: 3 } }).last, '2026-12-13')
  })
  it('makes nobody late before its own last day is over', () => {
    for (const [day, late] of [
      ['2027-01-11', false],
      [last, false],
      ['2027-02-22', true],
    ] as const) {
      assert.equal(isLate(second, programme, day), late, day)
    }
  })
  it('does not come close all of a sudden, though the first round’s last day stays', () => {
    const shown = formOf(programme)
    // A week later and a week shorter: the first round ends when it did, the second a week earlier.
    const sent = { ...shown, startDate: '2026-11-09', weeks: 5 }
    const changed = { ...programme, ...sent }
    assert.equal(windowOf(changed).last, windowOf(programme).last)
    assert.ok(takesAway(programme, changed))
    const soon = '2027-02-10T09:00:00.000Z'
    assert.equal(edit(programme, shown, sent, [second], soon).refused, 'lastDayTooSoon')
    assert.equal(edit(programme, shown, sent, [second], '2027-01-20T09:00:00.000Z').refused, undefined)
  })
  it('is what one person’s last day is moved in', () => {
    const { journey } = ok(extendFor(second, programme, '2027-02-28', '2027-02-01T09:00:00.000Z'))
    assert.deepEqual(
      journey.rounds.map(({ extraDays }) => extraDays),
      [5, 7],
    )
    assert.equal(extendFor(second, programme, '2027-02-20', now).refused, 'extraDays')
  })
})

describe('the last day', () => {
  it('moves for everybody, and back', () => {
    const longer = ok(extend(programme, '2026-12-20', [member()], now)).programme
    assert.deepEqual([longer.extraDays, windowOf(longer).last], [{ 1: 7 }, '2026-12-20'])
    assert.equal(windowOf(longer, { ...firstRound, extraDays: 3 }).last, '2026-12-23')
    assert.equal(ok(extend(longer, '2026-12-20', [member()], now)).programme, longer)
    assert.deepEqual(ok(extend(longer, '2026-12-13', [member()], now)).programme, { ...programme, extraDays: {} })
  })
  it('moves for one person, beyond everybody’s', () => {
    const longer = ok(extend(programme, '2026-12-20', [], now)).programme
    const journey = ok(extendFor(member(), longer, '2026-12-27', now)).journey
    assert.deepEqual([currentRound(journey).extraDays, windowOf(longer, currentRound(journey)).last], [7, '2026-12-27'])
    assert.equal(currentRound(ok(extendFor(journey, longer, '2026-12-20', now)).journey).extraDays, 0)
    assert.equal(currentRound(ok(extendFor(invited(), longer, '2026-12-27', now)).journey).extraDays, 7)
  })
  it('is counted in days, whatever the clocks do meanwhile', () => {
    const spring = { ...programme, startDate: '2027-02-15' }
    assert.equal(daysBetween('2027-03-28', '2027-04-04'), 7)
    assert.equal(ok(extend(spring, '2027-04-04', [], now)).programme.extraDays?.[1], 7)
  })
  for (const [what, of, day, refused] of [
    ['in a closed programme', closed, '2026-12-20', 'programmeClosed'],
    ['to no day at all', programme, '20.12.', 'notADate'],
    ['before the planned one', programme, '2026-12-12', 'extraDays'],
    ['more than half a year on', programme, '2027-06-14', 'extraDays'],
    ['half a year on', programme, '2027-06-13', undefined],
  ] as const) {
    it(`${refused ? `is refused ${what} as ${refused}` : `may be ${what}`}`, () => {
      assert.equal(extend(of, day, [], now).refused, refused)
      assert.equal(extendFor(member(), of, day, now).refused, refused)
    })
  }
  it('may move on by a little when it is near', () => {
    const near = '2026-12-11T09:00:00.000Z'
    assert.equal(ok(extend(programme, '2026-12-15', [member()], near)).programme.extraDays?.[1], 2)
    assert.equal(currentRound(ok(extendFor(member(), programme, '2026-12-15', near)).journey).extraDays, 2)
  })
  it('does not come back all of a sudden', () => {
    const longer = ok(extend(programme, '2027-01-31', [], now)).programme
    const soon = '2026-12-05T09:00:00.000Z'
    const no = { refused: 'lastDayTooSoon', detail: { limit: 14 } }
    assert.deepEqual(extend(longer, '2026-12-13', [member()], soon), no)
    assert.equal(extend(longer, '2026-12-19', [member()], soon).refused, undefined)
    assert.equal(extend(longer, '2026-12-13', [invited()], soon).refused, undefined)
    const journey = ok(extendFor(member(), programme, '2027-01-31', now)).journey
    assert.deepEqual(extendFor(journey, programme, '2026-12-13', soon), no)
  })
  it('is not moved for who was removed', () => {
    assert.equal(extendFor(remove(member(), now), programme, '2026-12-20', now).refused, 'noLongerIn')
  })
})

describe('closing', () => {
  it('makes every journey read-only, reopening lets it go on, and nothing is lost', () => {
    const journey = withHeld(2)
    const over = followProgramme(journey, close(programme, now))
    assert.equal(over.active, false)
    assert.deepEqual(currentRound(over), currentRound(journey))
    assert.deepEqual(followProgramme(over, reopen(close(programme, now))), journey)
  })
  it('twice keeps the first day', () => assert.equal(close(close(programme, now), later).closedAt, now))
  it('comes before putting away, which can be taken back either way', () => {
    assert.equal(archive(programme, now).refused, 'closeFirst')
    const away = ok(archive(closed, now)).programme
    assert.equal(ok(archive(away, later)).programme.archivedAt, now)
    assert.deepEqual(unarchive(away), closed)
    assert.deepEqual(reopen(away), programme)
    assert.equal(reopen(programme), programme)
    assert.equal(unarchive(closed), closed)
  })
  for (const [what, decided] of [
    ['its form', edit(closed, formOf(closed), { ...formOf(closed), name: 'Renamed' }, [], now)],
    ['the last day', extend(closed, '2026-12-20', [], now)],
    ['one person’s last day', extendFor(member(), closed, '2026-12-20', now)],
    ['a new coach', addCoach(closed, newcomer, undefined, now)],
    ['a new leader', addLeader(closed, newcomer, now)],
    ['who leads whom', moveLeader(member(), closed, undefined)],
    ['a code', giveCode(closed, 'participant', 'BCDF2346', 12, now)],
    ['an invitation', invitePerson(closed, undefined, newcomer, undefined, now, coach)],
    ['joining', joinByCode(closed, [], newcomer, now)],
    ['leading', leadByCode(closed, newcomer)],
    ['a nudge', nudge(member(), closed, coach, later)],
  ] as const) {
    it(`stops ${what}`, () => assert.equal(decided.refused, 'programmeClosed'))
  }
  it('stops nobody from being taken out, and no code from being taken back', () => {
    assert.equal(removeCoach({ ...joined, closedAt: now }, coach).refused, undefined)
    assert.deepEqual(removeLeader(closed, leader).leaders, [])
    assert.equal(
      takeBackCode({ ...closed, code: { secret: 'B', since: now, places: 1 } }, 'participant').code,
      undefined,
    )
  })
})
