import assert from 'node:assert/strict'
import { remove } from '../../src/domain/membership/consent.ts'
import { formOf, type ProgrammeForm, stillWanted } from '../../src/domain/programme/programme-form.ts'
import { create, createBuddy, edit } from '../../src/domain/programme/running.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { ann, closed, coach, invited, later, member, now, ok, programme, ready, reviewed, withHeld } from './given.ts'

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
  it('goes on, after a no, with what was touched as sent and the rest as it is by now', () => {
    const meanwhile = formOf({ ...programme, name: 'Renamed', weeks: 8 })
    const sent = { ...shown, name: 'Also renamed', maxSessions: 4 }
    assert.deepEqual(stillWanted(meanwhile, shown, sent), { ...meanwhile, name: 'Also renamed', maxSessions: 4 })
    assert.deepEqual(stillWanted(meanwhile, shown, shown), meanwhile)
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
