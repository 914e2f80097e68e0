import assert from 'node:assert/strict'
import { currentRound, type Journey, liveSessions } from '../../src/domain/journey.ts'
import { consent, invite, remove } from '../../src/domain/membership/consent.ts'
import { choose } from '../../src/domain/sessions/choosing.ts'
import { cancel, editPlan, plan, record } from '../../src/domain/sessions/sessions.ts'
import { ann, chosen, coach, later, leader, member, now, ok, programme, ready, reviewed, withHeld } from './given.ts'

const input = { coachee: 'K. L.', topic: 'Delegating', goal: 'One task handed over', plannedFor: '2026-11-30' }

describe('consent', () => {
  it('makes a member, keeps version and date, and a second one is refused', () => {
    const invited = invite(programme, ann, 'Ann', leader, now)
    assert.equal(invited.active, false)
    const journey = ok(consent(invited, programme, [coach], now)).journey
    assert.deepEqual([journey.active, journey.consent], [true, { version: 1, at: now, coaches: [coach] }])
    assert.equal(consent(journey, programme, [coach], later).refused, 'alreadyConsented')
  })
  it('covers the coaches who were shown; when another has joined, it is asked for again', () => {
    const invited = invite(programme, ann, 'Ann', leader, now)
    const joined = { ...programme, coaches: [...programme.coaches, { person: 'newer', name: 'N', since: later }] }
    assert.equal(consent(invited, joined, [coach], later).refused, 'readersChanged')
    assert.deepEqual(ok(consent(invited, joined, [coach, 'newer'], later)).journey.consent?.coaches, [coach, 'newer'])
  })
  it('is refused after removal and in a closed programme', () => {
    assert.equal(
      consent(remove(invite(programme, ann, 'Ann', leader, now), now), programme, [coach], now).refused,
      'notActive',
    )
    assert.equal(
      consent(invite(programme, ann, 'Ann', leader, now), { ...programme, closedAt: now }, [coach], now).refused,
      'notActive',
    )
  })
  it('comes before everything else', () => {
    assert.equal(plan(invite(programme, ann, 'Ann', leader, now), programme, input, 'f', now).refused, 'notActive')
  })
})

describe('planning', () => {
  it('takes five sessions and refuses a sixth', () => {
    let journey = member()
    for (const form of ['a', 'b', 'c', 'd', 'e']) journey = ok(plan(journey, programme, input, form, now)).journey
    assert.deepEqual(plan(journey, programme, input, 'f', now), { refused: 'tooManySessions', detail: { limit: 5 } })
  })
  it('takes no more numbers than a journey has room for, however many were cancelled', () => {
    let journey = member()
    for (let no = 1; no <= 30; no++) {
      journey = ok(plan(journey, programme, input, `form ${no}`, now)).journey
      journey = ok(cancel(journey, no, now)).journey
    }
    assert.equal(plan(journey, programme, input, 'one more', now).refused, 'tooManySessions')
  })
  it('is over with the round: a reviewed one takes no more', () => {
    assert.equal(plan(reviewed(), programme, input, 'f', now).refused, 'roundReviewed')
  })
  it('makes one session of the same form sent twice', () => {
    const once = ok(plan(member(), programme, input, 'same', now)).journey
    assert.equal(ok(plan(once, programme, input, 'same', now)).journey, once)
  })
  it('gives the number of a cancelled session to nobody else', () => {
    const one = ok(plan(member(), programme, input, 'a', now)).journey
    const cancelled = ok(cancel(one, 1, now)).journey
    const { journey, session } = ok(plan(cancelled, programme, input, 'b', now))
    assert.equal(session.no, 2)
    assert.equal(liveSessions(currentRound(journey)).length, 1)
  })
  for (const [field, text, refused] of [
    ['coachee', '  ', 'fieldMissing'],
    ['topic', '', 'fieldMissing'],
    ['coachee', 'x'.repeat(61), 'fieldTooLong'],
    ['topic', 'x'.repeat(121), 'fieldTooLong'],
    ['goal', 'x'.repeat(501), 'fieldTooLong'],
    ['plannedFor', 'tomorrow', 'notADate'],
    ['plannedFor', '2026-02-30', 'notADate'],
  ] as const) {
    it(`refuses ${field} as ${refused}: "${text.slice(0, 12)}"`, () => {
      const no = plan(member(), programme, { ...input, [field]: text }, 'f', now)
      assert.deepEqual([no.refused, no.refused && no.detail?.field], [refused, field])
    })
  }
  it('can be changed, also by leaving the day out again, until the log is submitted', () => {
    const planned = ok(plan(member(), programme, input, 'f', now)).journey
    const { session } = ok(editPlan(planned, 1, { ...input, topic: 'Listening', plannedFor: '' }, now))
    assert.deepEqual([session.topic, session.plannedFor, session.no], ['Listening', undefined, 1])
    assert.equal(editPlan(ready(), 1, input, now).refused, 'logNotDraft')
    assert.equal(editPlan(planned, 7, input, now).refused, 'noSuchSession')
  })
})

describe('recording', () => {
  const planned = () => ok(plan(member(), programme, input, 'f', now)).journey
  const held = { heldOn: '2026-11-24', line: 'We listened', rating: 4 }

  it('takes today where the writer is, which may be tomorrow elsewhere', () => {
    const evening = '2026-11-23T16:30:00.000Z'
    assert.equal(ok(record(planned(), 1, held, evening, 'Asia/Shanghai')).session.heldOn, '2026-11-24')
    assert.equal(record(planned(), 1, held, evening, 'Europe/Berlin').refused, 'heldInFuture')
  })
  for (const [change, refused] of [
    [{ heldOn: '' }, 'notADate'],
    [{ heldOn: '23.11.2026' }, 'notADate'],
    [{ heldOn: '20261120' }, 'notADate'],
    [{ heldOn: '2026-W47' }, 'notADate'],
    [{ heldOn: '2026-11-20T09:00' }, 'notADate'],
    [{ rating: 0 }, 'notARating'],
    [{ rating: 6 }, 'notARating'],
    [{ rating: Number.NaN }, 'notARating'],
    [{ line: 'x'.repeat(301) }, 'fieldTooLong'],
  ] as const) {
    it(`refuses ${JSON.stringify(change).slice(0, 30)} as ${refused}`, () => {
      assert.equal(
        record(planned(), 1, { ...held, heldOn: '2026-11-20', ...change }, now, 'Europe/Berlin').refused,
        refused,
      )
    })
  }
  it('refuses a session that does not exist or was cancelled', () => {
    assert.equal(record(planned(), 7, held, later, 'Europe/Berlin').refused, 'noSuchSession')
    const cancelled = ok(cancel(planned(), 1, now)).journey
    assert.equal(record(cancelled, 1, held, later, 'Europe/Berlin').refused, 'sessionCancelled')
  })
  it('is fixed with a submitted log', () => {
    assert.equal(record(ready(), 1, held, later, 'Europe/Berlin').refused, 'logNotDraft')
  })
})

/** `now` is in November 2026. */
describe('a day of a session', () => {
  const planned = () => ok(plan(member(), programme, input, 'f', now)).journey
  const held = { line: '', rating: 4 }
  const recorded = (journey: Journey, heldOn: string) => record(journey, 1, { ...held, heldOn }, now, 'Europe/Berlin')

  it('is at most two years away, whichever way, and the refusal says so', () => {
    for (const day of ['0001-01-01', '1926-11-20', '2024-11-01', '2028-12-01', '9999-12-31']) {
      const no = { refused: 'dayTooFar', detail: { limit: 2 } }
      assert.deepEqual(plan(member(), programme, { ...input, plannedFor: day }, 'f', now), no, day)
      assert.deepEqual(editPlan(planned(), 1, { ...input, plannedFor: day }, now), no, day)
      if (day < now) assert.deepEqual(recorded(planned(), day), no, day)
    }
    for (const day of ['2024-11-30', '2026-01-01', '2026-11-23', '2028-11-20']) {
      assert.equal(ok(plan(member(), programme, { ...input, plannedFor: day }, 'f', now)).session.plannedFor, day)
      assert.equal(ok(editPlan(planned(), 1, { ...input, plannedFor: day }, now)).session.plannedFor, day)
      if (day < now) assert.equal(ok(recorded(planned(), day)).session.heldOn, day)
    }
  })
  it('stays as it was, however long ago that is, when something else is changed', () => {
    const then = '2023-05-04'
    const round = currentRound(withHeld(1))
    const sessions = round.sessions.map(session => ({ ...session, plannedFor: then, heldOn: then }))
    const old = { ...withHeld(1), rounds: [{ ...round, sessions }] }
    assert.equal(ok(editPlan(old, 1, { ...input, plannedFor: then }, now)).session.plannedFor, then)
    assert.equal(ok(recorded(old, then)).session.heldOn, then)
    assert.equal(recorded(old, '2023-05-05').refused, 'dayTooFar')
  })
})

describe('cancelling', () => {
  it('is refused while a pointer names the session, and twice is once', () => {
    assert.equal(cancel(chosen(), 1, now).refused, 'sessionChosen')
    assert.equal(cancel(withHeld(1), 7, now).refused, 'noSuchSession')
    assert.equal(cancel(remove(withHeld(1), now), 1, now).refused, 'notActive')
    const gone = ok(cancel(withHeld(3), 3, now)).journey
    assert.equal(ok(cancel(gone, 3, later)).journey, gone)
    assert.equal(choose(gone, programme, { best: 3 }, now).refused, 'sessionCancelled')
  })
})
