import assert from 'node:assert/strict'
import { addCoach, removeCoach } from '../../src/domain/coaches.ts'
import { invitePerson } from '../../src/domain/inviting.ts'
import { giveCode, joinByCode, leadByCode, takeBackCode } from '../../src/domain/joining.ts'
import { currentRound, followProgramme, remove } from '../../src/domain/journey.ts'
import { addLeader, moveLeader, removeLeader } from '../../src/domain/leaders.ts'
import { nudge } from '../../src/domain/nudging.ts'
import { daysBetween, type Programme, windowOf } from '../../src/domain/programme.ts'
import { formOf, type ProgrammeForm } from '../../src/domain/programme-form.ts'
import {
  archive,
  close,
  create,
  createBuddy,
  edit,
  extend,
  extendFor,
  reopen,
  unarchive,
} from '../../src/domain/running.ts'
import {
  ann,
  closed,
  coach,
  invited,
  joined,
  later,
  leader,
  member,
  newcomer,
  now,
  ok,
  programme,
  ready,
  reviewed,
  withHeld,
} from './given.ts'

const form: ProgrammeForm = {
  name: 'Autumn programme',
  startDate: '2026-12-01',
  weeks: 6,
  maxSessions: 5,
  language: 'zh-CN',
  zone: 'Asia/Shanghai',
  leadersMayNudge: true,
}
const by = { person: coach, name: 'Carla Coach' }
const founding = { programme: 'BCDF2346', form, by }

/** What is wrong with each field, also when it is the only one that changes. */
const wrong: readonly (readonly [keyof ProgrammeForm, string | number, string, number?])[] = [
  ['name', ' \t ', 'fieldMissing'],
  ['name', 'x'.repeat(81), 'fieldTooLong', 80],
  ['name', 'Two\nlines', 'oneLine'],
  ['name', 'Two\u2028lines', 'oneLine'],
  ['name', 'Two\u2029lines', 'oneLine'],
  ['startDate', '1.12.2026', 'notADate'],
  ['startDate', '2027-02-30', 'notADate'],
  ['startDate', '2025-11-22', 'startTooFar'],
  ['startDate', '2028-11-24', 'startTooFar'],
  ['weeks', 0, 'outOfRange', 26],
  ['weeks', 27, 'outOfRange', 26],
  ['weeks', 1.5, 'outOfRange', 26],
  ['weeks', Number.NaN, 'outOfRange', 26],
  ['maxSessions', 0, 'outOfRange', 5],
  ['maxSessions', 6, 'outOfRange', 5],
  ['zone', 'Mars/Base', 'notAZone'],
  ['zone', '+08:00', 'notAZone'],
  ['zone', '', 'notAZone'],
]

describe('a new programme', () => {
  it('has what the form says, its founder as coach, and the question set of the day', () => {
    const made = ok(create({ ...founding, form: { ...form, name: '  Autumn programme ', zone: 'asia/shanghai' } }, now))
    assert.deepEqual(made, {
      programme: {
        programme: 'BCDF2346',
        ...form,
        questionSet: 'leadership-learning-log@1',
        coaches: [{ ...by, since: now }],
        leaders: [],
      },
      notices: [],
    })
  })
  it('promises each co-coach an invitation, once', () => {
    const coCoaches = [{ person: 'co', name: 'Co' }, { person: 'co', name: 'Co' }, by]
    const { programme: made, notices } = ok(create({ ...founding, coCoaches }, now))
    assert.deepEqual(
      made.coaches.map(each => each.person),
      [coach, 'co'],
    )
    const no = Date.parse(now)
    assert.deepEqual(notices, [
      { kind: 'coachInvitation', programme: 'BCDF2346', person: 'co', round: 1, no, to: 'co' },
    ])
  })
  it('has at most ten coaches', () => {
    const people = Array.from({ length: 10 }, (_, index) => ({ person: `p${index}`, name: 'P' }))
    assert.equal(ok(create({ ...founding, coCoaches: people.slice(1) }, now)).programme.coaches.length, 10)
    const no = create({ ...founding, coCoaches: people }, now)
    assert.deepEqual(no, { refused: 'tooManyPeople', detail: { limit: 10 } })
  })
  for (const [field, value, refused, limit] of wrong) {
    it(`refuses ${field} ${JSON.stringify(value).slice(0, 20)} as ${refused}, new and changed`, () => {
      const sent = { ...form, [field]: value }
      const no = create({ ...founding, form: sent }, now)
      assert.equal(no.refused, refused)
      if (limit !== undefined) assert.deepEqual(no.detail, { field, limit })
      const changed = edit(programme, formOf(programme), { ...formOf(programme), [field]: value }, [], now)
      assert.deepEqual(changed, no)
    })
  }
  for (const [field, value] of [
    ['name', 'x'.repeat(80)],
    ['startDate', '2025-11-23'],
    ['startDate', '2028-11-23'],
    ['weeks', 1],
    ['weeks', 26],
    ['maxSessions', 1],
    ['zone', 'Etc/UTC'],
  ] as const) {
    it(`takes ${field} ${String(value).slice(0, 20)}`, () => {
      assert.equal(create({ ...founding, form: { ...form, [field]: value } }, now).refused, undefined)
    })
  }
})

describe('a Buddy programme', () => {
  const buddy = { ...founding, by: { person: ann, name: 'Ann' } }
  it('is a graduate’s, with the one they graduated in as its parent', () => {
    const { programme: made } = ok(createBuddy(buddy, reviewed(), true, later))
    assert.deepEqual([made.parent, made.leaders], ['spring', [{ person: ann, name: 'Ann' }]])
    assert.deepEqual(made.coaches, [{ person: ann, name: 'Ann', since: later }])
    assert.deepEqual(ok(createBuddy(buddy, reviewed(), false, later)).programme.leaders, [])
    assert.equal(createBuddy(buddy, remove(reviewed(), now), true, later).refused, undefined)
  })
  it('is refused to whoever is not there yet, with somebody else’s journey, and with a bad form', () => {
    assert.equal(createBuddy(buddy, ready(), true, later).refused, 'mayNotCreate')
    assert.equal(createBuddy(founding, reviewed(), true, later).refused, 'mayNotCreate')
    assert.equal(createBuddy({ ...buddy, form: { ...form, weeks: 0 } }, reviewed(), true, later).refused, 'outOfRange')
  })
})

describe('editing', () => {
  const shown = formOf(programme)
  const edited = (sent: Partial<ProgrammeForm>, of: Programme = programme, journeys = [member()]) =>
    edit(of, shown, { ...shown, ...sent }, journeys, now)

  it('changes what was touched, and leaves what another has changed meanwhile', () => {
    const meanwhile = { ...programme, name: 'Renamed', leadersMayNudge: true }
    const next = ok(edited({ maxSessions: 4 }, meanwhile)).programme
    assert.deepEqual(next, { ...meanwhile, maxSessions: 4 })
  })
  it('names the field that both have changed, and takes nothing', () => {
    const meanwhile = { ...programme, name: 'Renamed' }
    const no = edited({ name: 'Also renamed', maxSessions: 4 }, meanwhile)
    assert.deepEqual(no, { refused: 'changedMeanwhile', detail: { field: 'name' } })
    assert.equal(ok(edited({ name: 'Renamed' }, meanwhile)).programme, meanwhile)
  })
  it('changes nothing when nothing was touched, in a closed programme neither', () => {
    assert.equal(ok(edited({ name: ' Spring programme ' })).programme, programme)
    assert.equal(ok(edited({}, closed)).programme, closed)
    const older = { ...programme, zone: 'Asia/Calcutta' }
    assert.equal(ok(edit(older, formOf(older), formOf(older), [], now)).programme, older)
    assert.equal(edited({ name: 'Other' }, closed).refused, 'programmeClosed')
  })
  it('of an old programme asks nothing of its start date', () => {
    const old = { ...programme, startDate: '2020-01-01' }
    const sent = { ...formOf(old), name: 'Renamed' }
    assert.equal(ok(edit(old, formOf(old), sent, [], now)).programme.name, 'Renamed')
  })
  it('keeps question set, coaches and codes', () => {
    const code = { secret: 'BCDF2346', since: now, places: 12 }
    assert.deepEqual(ok(edited({ name: 'Renamed' }, { ...programme, code })).programme, {
      ...programme,
      code,
      name: 'Renamed',
    })
  })
  it('allows no fewer sessions than a participant has planned', () => {
    const no = edited({ maxSessions: 2 }, programme, [withHeld(3), member()])
    assert.deepEqual(no, { refused: 'sessionsPlanned', detail: { limit: 3 } })
    assert.equal(ok(edited({ maxSessions: 3 }, programme, [withHeld(3)])).programme.maxSessions, 3)
    assert.equal(ok(edited({ maxSessions: 1 }, programme, [remove(withHeld(3), now)])).programme.maxSessions, 1)
    const fewer = { ...programme, maxSessions: 2 }
    assert.equal(
      edit(fewer, formOf(fewer), { ...formOf(fewer), name: 'Renamed' }, [withHeld(3)], now).refused,
      undefined,
    )
  })
  /** Today is 23 November; the last day is 13 December. */
  for (const [what, sent, taken, journeys = [member()]] of [
    ['later', { weeks: 7 }, true],
    ['earlier, 14 days from today', { startDate: '2026-10-27' }, true],
    ['earlier, 13 days from today', { startDate: '2026-10-26' }, false],
    ['in the past', { weeks: 2 }, false],
    ['in the past while nobody takes part', { weeks: 2 }, true, [invited()]],
    ['in the past after everybody was removed', { weeks: 2 }, true, [remove(member(), now)]],
  ] as const) {
    it(`${taken ? 'lets' : 'does not let'} the last day be ${what}`, () => {
      const decided = edited(sent, programme, [...journeys])
      assert.equal(decided.refused, taken ? undefined : 'lastDayTooSoon')
      if (!taken) assert.deepEqual(decided.refused && decided.detail, { limit: 14 })
    })
  }
  it('counts today where the programme is', () => {
    const evening = '2026-11-23T16:30:00.000Z'
    const sent = { ...shown, startDate: '2026-10-27' }
    assert.equal(edit(programme, shown, sent, [member()], evening).refused, undefined)
    const there = { ...sent, zone: 'Asia/Shanghai' }
    assert.equal(edit(programme, shown, there, [member()], evening).refused, 'lastDayTooSoon')
  })
})

describe('the last day', () => {
  it('moves for everybody, and back', () => {
    const longer = ok(extend(programme, '2026-12-20', [member()], now)).programme
    assert.deepEqual([longer.extraDays, windowOf(longer).last], [7, '2026-12-20'])
    assert.equal(windowOf(longer, 3).last, '2026-12-23')
    assert.deepEqual(ok(extend(longer, '2026-12-20', [member()], now)).programme, longer)
    assert.deepEqual(ok(extend(longer, '2026-12-13', [member()], now)).programme, programme)
  })
  it('moves for one person, beyond everybody’s', () => {
    const longer = ok(extend(programme, '2026-12-20', [], now)).programme
    const journey = ok(extendFor(member(), longer, '2026-12-27', now)).journey
    assert.deepEqual([journey.extraDays, windowOf(longer, journey.extraDays).last], [7, '2026-12-27'])
    assert.equal(ok(extendFor(journey, longer, '2026-12-20', now)).journey.extraDays, 0)
    assert.equal(ok(extendFor(invited(), longer, '2026-12-27', now)).journey.extraDays, 7)
  })
  it('is counted in days, whatever the clocks do meanwhile', () => {
    const spring = { ...programme, startDate: '2027-02-15' }
    assert.equal(daysBetween('2027-03-28', '2027-04-04'), 7)
    assert.equal(ok(extend(spring, '2027-04-04', [], now)).programme.extraDays, 7)
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
    assert.equal(ok(extend(programme, '2026-12-15', [member()], near)).programme.extraDays, 2)
    assert.equal(ok(extendFor(member(), programme, '2026-12-15', near)).journey.extraDays, 2)
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
  })
  for (const [what, decided] of [
    ['its form', edit(closed, formOf(closed), { ...formOf(closed), name: 'Renamed' }, [], now)],
    ['the last day', extend(closed, '2026-12-20', [], now)],
    ['one person’s last day', extendFor(member(), closed, '2026-12-20', now)],
    ['a new coach', addCoach(closed, newcomer, undefined, now)],
    ['a new leader', addLeader(closed, newcomer, now)],
    ['who leads whom', moveLeader(member(), closed, undefined)],
    ['a code', giveCode(closed, 'participant', 'BCDF2346', 12, now)],
    ['an invitation', invitePerson(closed, undefined, newcomer, undefined, now)],
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
