import assert from 'node:assert/strict'
import type { Journey } from '../../src/domain/journey.ts'
import { open, withdraw } from '../../src/domain/logs/log-states.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { declineInvitation } from '../../src/domain/membership/inviting.ts'
import { stillTrue } from '../../src/domain/notices.ts'
import { mayNotNudge, notNudgeable, nudge } from '../../src/domain/progress/nudging.ts'
import { askedAt } from '../../src/domain/standing.ts'
import { plusSeconds } from '../../src/domain/values.ts'
import {
  ann,
  askedBack,
  chosen,
  closed,
  coach,
  inDays,
  invited,
  joined,
  leader,
  member,
  newcomer,
  now,
  ok,
  programme,
  ready,
  reviewed,
  submitted,
} from './given.ts'

const allowed = { ...programme, leadersMayNudge: true }
const soon = inDays(3)
const nudged = (journey: Journey, at = soon) => ok(nudge(journey, programme, coach, at)).journey
const declined = (journey: Journey) => ok(declineInvitation(journey, askedAt(journey))).journey
const back = () => askedBack(now)

describe('who may nudge', () => {
  for (const [who, by, of, refused] of [
    ['a coach', coach, programme, undefined],
    ['a coach who is not accepted yet', newcomer.person, joined, undefined],
    ['the team leader where leaders may', leader, allowed, undefined],
    ['the team leader elsewhere', leader, programme, 'leadersDoNotNudge'],
    ['the participant', ann, allowed, 'notYours'],
    ['a stranger', 'somebody', allowed, 'notYours'],
    ['a leader of others', 'otto', { ...allowed, leaders: [{ person: 'otto', name: 'O' }] }, 'notYours'],
    ['a leader who has gone', leader, { ...allowed, leaders: [] }, 'notYours'],
  ] as const) {
    it(`${who}: ${refused ?? 'yes'}`, () => {
      assert.equal(mayNotNudge(member(), of, by)?.refused, refused)
      assert.equal(nudge(member(), of, by, soon).refused, refused)
    })
  }
})

describe('who is nudged', () => {
  for (const [who, journey, of, refused] of [
    ['a member who plans', member(), programme, undefined],
    ['a member who writes', submitted(chosen(), 1).journey, programme, undefined],
    ['who has not said yes', invited(), programme, undefined],
    ['who said no once', declined(invited()), programme, undefined],
    ['who is invited again', back(), programme, undefined],
    [
      'who said no twice',
      declined(nudged(declined({ ...invited(), invitedAt: inDays(-9) }), inDays(-6))),
      programme,
      'notInvitable',
    ],
    ['a member of a closed programme', member(), closed, 'programmeClosed'],
    ['who was removed', remove(member(), now), programme, 'noLongerIn'],
    ['who is ready', ready(), programme, 'nothingToNudge'],
    ['whose logs are being read', ok(open(ready(), 1, 1, now)).journey, programme, 'nothingToNudge'],
    ['whose round is complete', reviewed(), programme, 'nothingToNudge'],
    ['who took a log back', ok(withdraw(ready(), programme, 1, 1, now)).journey, programme, undefined],
  ] as const) {
    it(`${who}: ${refused ?? 'yes'}`, () => {
      assert.equal(notNudgeable(journey, of, soon)?.refused, refused)
      assert.equal(nudge(journey, of, coach, soon).refused, refused)
    })
  }
  it('is asked once in 48 hours, whoever asks', () => {
    const first = nudged(member())
    assert.deepEqual([first.nudgedAt, first.nudgedBy], [soon, coach])
    const early = plusSeconds(soon, 47.5 * 3600)
    assert.deepEqual(nudge(first, allowed, leader, early), {
      refused: 'nudgedLately',
      detail: { limit: 1, until: inDays(5) },
    })
    const second = ok(nudge(first, allowed, leader, inDays(5))).journey
    assert.deepEqual([second.nudgedAt, second.nudgedBy], [inDays(5), leader])
  })
  it('is asked again when the last time lies in a future that only a wrong clock has seen', () => {
    const first = nudged(member(), inDays(33))
    assert.equal(notNudgeable(first, programme, soon), undefined)
    assert.equal(ok(nudge(first, programme, coach, soon)).journey.nudgedAt, soon)
    assert.equal(notNudgeable(first, programme, plusSeconds(inDays(33), -600))?.refused, 'nudgedLately')
    assert.equal(notNudgeable({ ...invited(), invitedAt: inDays(33) }, programme, soon), undefined)
  })
  it('is not asked again within 48 hours of the invitation itself; a member may be', () => {
    const no = { refused: 'nudgedLately', detail: { limit: 24, until: inDays(2) } }
    assert.deepEqual(nudge(invited(), programme, coach, inDays(1)), no)
    assert.equal(nudge(member(), programme, coach, inDays(1)).refused, undefined)
    assert.equal(nudge(back(), programme, coach, inDays(1)).refused, 'nudgedLately')
  })
})

describe('a nudge', () => {
  const about = { programme: 'spring', person: ann, round: 1, no: Date.parse(soon), to: ann }

  it('is one notice to the participant, true while something is left to do', () => {
    const { journey, notices } = ok(nudge(chosen(), programme, coach, soon))
    const [notice = assert.fail()] = notices
    assert.deepEqual(notice, { kind: 'nudge', ...about })
    assert.equal(stillTrue(notice, journey, programme), true)
    assert.equal(stillTrue(notice, journey, closed), false)
    assert.equal(stillTrue(notice, remove(journey, soon), programme), false)
    assert.equal(stillTrue(notice, { ...ready(), nudgedAt: soon }, programme), false)
    assert.equal(stillTrue(notice, chosen(), programme), false)
    assert.equal(stillTrue(notice, nudged(journey, inDays(5)), programme), false)
    assert.equal(stillTrue(notice, { ...journey, rounds: [] }, programme), false)
  })
  it('to who has not said yes is the invitation again', () => {
    assert.deepEqual(ok(nudge(invited(), programme, coach, soon)).notices, [{ kind: 'invitation', ...about }])
    assert.equal(ok(nudge(back(), programme, coach, soon)).notices[0]?.kind, 'invitation')
  })
})
