import assert from 'node:assert/strict'
import {
  block,
  type Counted,
  type DailyLimits,
  invitationsLeft,
  isStranger,
  mayBeInvited,
  mostFounded,
  mostInvitations,
  mostWrongTries,
  tried,
  uncounted,
  withFounding,
  withInvitations,
  withoutStranger,
} from '../../src/domain/quotas/limits.ts'
import { plusSeconds } from '../../src/domain/values.ts'
import { coach, inDays, leader, now, ok, programme } from './given.ts'

const hours = (count: number) => plusSeconds(now, count * 3600)
const spent: Counted = { count: mostWrongTries, since: now }

describe('wrong codes', () => {
  it('are counted from the first one, and the tenth says when to come back', () => {
    let tries: Counted | undefined
    for (let no = 1; no < 10; no++) {
      const { tries: next, no: answer } = tried(tries, false, hours(no - 1))
      assert.deepEqual([next, answer], [{ count: no, since: now }, { refused: 'codeUnknown' }])
      tries = next
    }
    assert.deepEqual(tried(tries, false, hours(9)), {
      tries: spent,
      no: { refused: 'tooManyTries', detail: { limit: 15, until: inDays(1) } },
    })
  })
  it('after ten, no code is looked at, the right one neither, until the day is over', () => {
    const no = { refused: 'tooManyTries', detail: { limit: 1, until: inDays(1) } }
    for (const right of [true, false]) assert.deepEqual(tried(spent, right, hours(23.5)), { tries: spent, no })
    assert.deepEqual(tried(spent, true, inDays(1)), {})
    assert.deepEqual(tried(spent, false, inDays(1)).tries, { count: 1, since: inDays(1) })
  })
  it('are not forgotten for a right one', () => {
    assert.deepEqual(tried({ count: 9, since: now }, true, hours(1)), { tries: { count: 9, since: now } })
    assert.deepEqual(tried(undefined, true, now), {})
  })
  it('are counted on when a clock goes back', () => {
    assert.equal(tried(spent, true, hours(-1)).no?.refused, 'tooManyTries')
  })
  it('counted by a clock that was far ahead are over: nobody is kept out for weeks', () => {
    for (const days of [1, 30]) {
      assert.deepEqual(tried(spent, true, inDays(-days)), {})
      assert.deepEqual(tried(spent, false, inDays(-days)).tries, { count: 1, since: inDays(-days) })
      assert.equal(invitationsLeft({ count: 30, since: now }, 30, inDays(-days)), 30)
      assert.equal(ok(withFounding({ founded: { count: 10, since: now } }, inDays(-days))).limits.founded?.count, 1)
    }
  })
})

describe('programmes of a day', () => {
  it('are ten, and the next day again', () => {
    let limits: DailyLimits = { tries: spent }
    for (let no = 1; no <= mostFounded; no++) limits = ok(withFounding(limits, hours(no / 2))).limits
    assert.deepEqual(limits, { tries: spent, founded: { count: 10, since: hours(0.5) } })
    const no = { refused: 'foundedEnough', detail: { limit: 10, until: hours(24.5) } }
    assert.deepEqual(withFounding(limits, hours(24)), no)
    assert.equal(ok(withFounding(limits, hours(24.5))).limits.founded?.count, 1)
  })
})

describe('invitations of a day', () => {
  it('are as many as are left, all or none', () => {
    const sent = ok(withInvitations(undefined, 20, 30, now)).sent
    assert.deepEqual([sent, invitationsLeft(sent, 30, hours(1))], [{ count: 20, since: now }, 10])
    assert.deepEqual(ok(withInvitations(sent, 10, 30, hours(1))).sent, { count: 30, since: now })
    const no = { refused: 'invitedEnough', detail: { limit: 30, until: inDays(1) } }
    assert.deepEqual(withInvitations(sent, 11, 30, hours(1)), no)
    assert.deepEqual(ok(withInvitations(sent, 30, 30, inDays(1))).sent, { count: 30, since: inDays(1) })
    assert.equal(invitationsLeft(sent, 30, inDays(1)), 30)
    assert.equal(invitationsLeft(sent, 10, now), 0)
  })
  it('do not count whom they did not reach', () => {
    assert.deepEqual(uncounted({ count: 20, since: now }, 3), { count: 17, since: now })
    assert.deepEqual(uncounted({ count: 1, since: now }, 3), { count: 0, since: now })
  })
  it('are more for those the organisation named', () => {
    assert.deepEqual(mostInvitations, { named: 200, anyone: 30, graduate: 30 })
  })
})

describe('an invited person', () => {
  const no = { refused: 'notInvitable' }

  it('hears from three strangers a day, and from others as often as they write', () => {
    let shield = ok(mayBeInvited(undefined, 'a', true, now)).shield
    for (const by of ['a', 'b']) shield = ok(mayBeInvited(shield, by, true, hours(1))).shield
    assert.deepEqual(shield, { blocked: [], strangers: { count: 3, since: now } })
    assert.deepEqual(mayBeInvited(shield, 'c', true, hours(23)), no)
    assert.equal(ok(mayBeInvited(shield, 'c', false, hours(23))).shield, shield)
    assert.deepEqual(ok(mayBeInvited(undefined, 'c', false, now)).shield, { blocked: [] })
    assert.deepEqual(ok(mayBeInvited(shield, 'c', true, inDays(1))).shield.strangers, { count: 1, since: inDays(1) })
  })
  it('is not counted as having heard from a stranger whose invitation came to nothing', () => {
    const blocked = ['b']
    const heard = { blocked, strangers: { count: 3, since: now } }
    assert.deepEqual(withoutStranger(heard), { blocked, strangers: { count: 2, since: now } })
    assert.deepEqual(withoutStranger({ blocked }), { blocked })
  })
  it('never again hears from who is blocked, stranger or not', () => {
    const shield = block(block(block(undefined, 'a'), 'a'), 'b')
    assert.deepEqual(shield, { blocked: ['a', 'b'] })
    for (const stranger of [true, false]) {
      for (const day of [0, 1, 400]) assert.deepEqual(mayBeInvited(shield, 'a', stranger, inDays(day)), no)
    }
    assert.equal(mayBeInvited(shield, 'c', true, now).refused, undefined)
    const counted = ok(mayBeInvited(shield, 'c', true, now)).shield
    assert.deepEqual(block(counted, 'c'), { blocked: ['a', 'b', 'c'], strangers: { count: 1, since: now } })
  })
  it('knows those the organisation named, and who coaches or leads where they said yes', () => {
    for (const [by, creators, joined, stranger] of [
      ['somebody', 'anyone', [], true],
      ['somebody', ['somebody'], [], false],
      ['somebody', [coach], [programme], true],
      [coach, 'anyone', [programme], false],
      [leader, 'anyone', [programme], false],
      [coach, 'anyone', [], true],
    ] as const) {
      assert.equal(isStranger(by, { creators }, joined), stranger, `${by} ${creators}`)
    }
  })
})
