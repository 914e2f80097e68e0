import assert from 'node:assert/strict'
import { dayOf, today, todayIn } from '../../src/domain/calendar.ts'
import { currentRound, type Journey, type LogFacts, withRound } from '../../src/domain/journey.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { declineInvitation } from '../../src/domain/membership/inviting.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { stuck } from '../../src/domain/progress/stuck.ts'
import { choose } from '../../src/domain/sessions/choosing.ts'
import { plan } from '../../src/domain/sessions/sessions.ts'
import { isLate } from '../../src/domain/window.ts'
import {
  askedBack,
  chosen,
  closed,
  inDays,
  inSecondRound,
  invited,
  joined,
  member,
  newcomer,
  now,
  ok,
  opened,
  programme,
  ready,
  reviewed,
  sentBack,
  submitted,
  withExtraDays,
  withHeld,
} from './given.ts'

const input = { coachee: 'C', topic: 'T', goal: 'G', plannedFor: '' }
const planned = () => ok(plan(member(), programme, input, 'f', now)).journey
const back = () => askedBack(inDays(10))
const no = (journey: Journey, at: string) => ok(declineInvitation(journey, at)).journey
const withLog = (journey: Journey, session: number, facts: Partial<LogFacts>): Journey => {
  const round = currentRound(journey)
  const log = { answered: 3, snapshot: 0, ...round.logs[session], ...facts }
  return withRound(journey, { ...round, logs: { ...round.logs, [session]: log } })
}
/** The window runs from 2 November to 13 December; consent was on the 23rd. */
const early: Programme = { ...programme, startDate: '2026-11-23' }
const next: Programme = { ...programme, startDate: '2026-12-07' }

describe('stuck', () => {
  const cases: readonly (readonly [string, Journey, number, string | undefined, Programme?])[] = [
    ['invited two days ago', invited(), 2, undefined],
    ['invited three days ago', invited(), 3, 'notConsented since 2026-11-23'],
    ['invited again two days ago', back(), 12, undefined],
    ['invited again three days ago', back(), 13, 'notConsented since 2026-12-03'],
    ['said no once', no(invited(), now), 1, undefined],
    ['said no twice', no(no(invited(), now), inDays(1)), 1, 'saidNo since 2026-11-23'],
    ['removed', remove(member(), now), 30, undefined],
    ['in a closed programme', member(), 30, undefined, closed],
    ['without a coach who was accepted', member(), 0, 'noReader since 2026-11-23', { ...joined, coaches: [newcomer] }],
    ['nothing planned for six days', member(), 6, undefined],
    ['nothing planned for seven days', member(), 7, 'nothingPlanned since 2026-11-23'],
    ['nothing planned, a week not begun', member(), 20, undefined, next],
    ['nothing planned, a week after the beginning', member(), 21, 'nothingPlanned since 2026-12-07', next],
    ['planned, not held, before half of the window', planned(), 20, undefined, early],
    ['planned, not held, at half of the window', planned(), 21, 'nothingHeld since 2026-11-23', early],
    ['planned, joined a short time ago, past half', planned(), 6, undefined],
    ['planned, joined a week ago, past half', planned(), 7, 'nothingHeld since 2026-11-23'],
    ['planned, not held, extended', withExtraDays(planned(), 28), 12, undefined],
    ['held, eight days left', withHeld(1), 12, undefined],
    ['held, less than a week left', withHeld(1), 14, 'notChosen since 2026-11-12'],
    ['held, less than a week left, extended', withExtraDays(withHeld(1), 7), 14, undefined],
    ['chosen six days ago', chosen(), 6, undefined],
    ['nothing written for a week', chosen(), 7, 'quiet since 2026-11-23'],
    ['saved lately', withLog(chosen(), 2, { savedAt: inDays(4) }), 7, undefined],
    ['saved a week ago', withLog(chosen(), 2, { savedAt: inDays(4) }), 11, 'quiet since 2026-11-27'],
    ['saved in a log that is not chosen', withLog(chosen(), 3, { savedAt: inDays(4) }), 7, 'quiet since 2026-11-23'],
    ['one log in lately', withLog(submitted(chosen(), 1).journey, 1, { submittedAt: inDays(3) }), 9, undefined],
    [
      'a question open lately',
      { ...chosen(), open: { round: 1, session: 1, question: 2, since: inDays(3) } },
      9,
      undefined,
    ],
    ['held lately', ok(choose(withHeld(2), programme, { best: 1, mostChallenging: 2 }, now)).journey, 6, undefined],
    ['a log back six days', sentBack(), 8, undefined],
    ['a log back seven days', sentBack(), 9, 'sentBack since 2026-11-25'],
    ['a log back, worked on since', withLog(sentBack(), 1, { savedAt: inDays(4) }), 9, undefined],
    ['ready for six days', ready(), 6, undefined],
    ['ready for a week', ready(), 7, 'notOpened since 2026-11-23'],
    ['opened six days ago', withLog(opened(), 2, { openedAt: inDays(5) }), 11, undefined],
    ['opened a week ago', withLog(opened(), 2, { openedAt: inDays(5) }), 12, 'notReviewed since 2026-11-28'],
    ['reviewed', reviewed(), 60, undefined],
    ['in a second round that began six days ago', inSecondRound('2027-01-11'), 55, undefined],
    ['in one that began a week ago', inSecondRound('2027-01-11'), 56, 'nothingPlanned since 2027-01-11'],
  ]
  for (const [what, journey, days, wanted, of = programme] of cases) {
    it(`${what}: ${wanted ?? 'no'}`, () => {
      const found = stuck(journey, of, todayIn(of.zone, inDays(days)))
      assert.equal(found && `${found.on} since ${dayOf(found.since, of.zone)}`, wanted)
    })
  }
  it('counts days where the programme is', () => {
    const evening = '2026-11-25T23:30:00.000Z'
    const at = (zone: string) => stuck(invited(), { ...programme, zone }, todayIn(zone, evening))?.on
    assert.equal(at('Europe/Berlin'), 'notConsented')
    assert.equal(at('America/New_York'), undefined)
  })
})

describe('late', () => {
  for (const [who, journey, days, wanted, of = programme] of [
    ['on the last day', member(), 20, false],
    ['on the day after', member(), 21, true],
    ['with days of one’s own', withExtraDays(member(), 1), 21, false],
    ['when everybody has more days', member(), 21, false, { ...programme, extraDays: { 1: 1 } }],
    ['with one log in', submitted(chosen(), 1).journey, 21, true],
    ['ready', ready(), 21, false],
    ['reviewed', reviewed(), 21, false],
    ['not in yet', invited(), 21, false],
    ['removed', remove(member(), now), 21, false],
    ['in a closed programme', member(), 21, false, closed],
  ] as const) {
    it(`${who}: ${wanted}`, () => assert.equal(isLate(journey, of, today(inDays(days), of.zone)), wanted))
  }
})
