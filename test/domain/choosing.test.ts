import assert from 'node:assert/strict'
import { currentRound, logFacts, pointers, type Round, stageOf } from '../../src/domain/journey.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { choose, confirmOneLog } from '../../src/domain/sessions/choosing.ts'
import { plan, record } from '../../src/domain/sessions/sessions.ts'
import { chosen, member, now, ok, programme, submitted, withHeld } from './given.ts'

const pair = (round: Round) => [round.best, round.mostChallenging]

describe('choosing', () => {
  it('moves from planning to choosing to reflecting', () => {
    assert.equal(stageOf(currentRound(member())), 'planning')
    assert.equal(stageOf(currentRound(withHeld(1))), 'choosing')
    assert.equal(stageOf(currentRound(chosen())), 'reflecting')
  })
  it('takes either one alone', () => {
    assert.deepEqual(pair(currentRound(ok(choose(withHeld(1), programme, { mostChallenging: 1 }, now)).journey)), [
      undefined,
      1,
    ])
  })
  it('refuses the same session twice, one not held, one that does not exist, and nothing', () => {
    const journey = withHeld(2)
    assert.equal(choose(journey, programme, { best: 1, mostChallenging: 1 }, now).refused, 'sameSession')
    assert.equal(choose(chosen(), programme, { best: 2 }, now).refused, 'sameSession')
    assert.equal(choose(journey, programme, { best: 9 }, now).refused, 'noSuchSession')
    assert.equal(choose(journey, programme, {}, now).refused, 'nothingChosen')
    const planned = ok(
      plan(journey, programme, { coachee: 'C', topic: 'T', goal: '', plannedFor: '' }, 'f', now),
    ).journey
    assert.equal(choose(planned, programme, { best: 3 }, now).refused, 'notHeld')
  })
  it('swaps both in one press, and counts stay with their sessions', () => {
    const journey = chosen()
    const round = currentRound(journey)
    const counted = {
      ...journey,
      rounds: [{ ...round, logs: { 1: { answered: 5, snapshot: 0 }, 2: { answered: 2, snapshot: 0 } } }],
    }
    const swapped = currentRound(ok(choose(counted, programme, { best: 2, mostChallenging: 1 }, now)).journey)
    assert.deepEqual(pair(swapped), [2, 1])
    assert.deepEqual([logFacts(swapped, 1).answered, logFacts(swapped, 2).answered], [5, 2])
  })
  it('keeps the draft of a session no longer chosen, and brings it back', () => {
    const begun = ok(choose(withHeld(3), programme, { best: 1, mostChallenging: 2 }, now)).journey
    const round = currentRound(begun)
    const counted = { ...begun, rounds: [{ ...round, logs: { ...round.logs, 1: { answered: 5, snapshot: 0 } } }] }
    const away = ok(choose(counted, programme, { best: 3 }, now)).journey
    const back = ok(choose(away, programme, { best: 1 }, now)).journey
    assert.equal(logFacts(currentRound(back), 1).answered, 5)
  })
  it('fixes a pointer while its log is submitted', () => {
    const { journey } = submitted(chosen(), 1)
    assert.equal(choose(journey, programme, { best: 2, mostChallenging: 1 }, now).refused, 'pointerFixed')
  })
  it('moves the other pointer when the fixed one is named as it stands', () => {
    const three = ok(choose(withHeld(3), programme, { best: 1, mostChallenging: 2 }, now)).journey
    const { journey } = submitted(three, 1)
    const moved = ok(choose(journey, programme, { best: 1, mostChallenging: 3 }, now)).journey
    assert.deepEqual(pair(currentRound(moved)), [1, 3])
  })
  it('is over with the membership', () => {
    assert.equal(choose(remove(withHeld(1), now), programme, { best: 1 }, now).refused, 'notActive')
  })
})

describe('a round', () => {
  it('is in every journey; one without is broken', () => {
    assert.throws(() => currentRound({ ...member(), rounds: [] }), /at least one round/)
  })
})

describe('one log', () => {
  it('needs exactly one held session and its choice', () => {
    assert.equal(confirmOneLog(withHeld(1), programme, now).refused, 'nothingChosen')
    assert.equal(confirmOneLog(chosen(), programme, now).refused, 'notOnlyOneHeld')
  })
  it('is over with the membership', () => {
    const one = ok(choose(withHeld(1), programme, { best: 1 }, now)).journey
    assert.equal(confirmOneLog(remove(one, now), programme, now).refused, 'notActive')
  })
  for (const pointer of pointers) {
    it(`may be the ${pointer}, and stays one log when that is chosen once more`, () => {
      const one = ok(choose(withHeld(1), programme, { [pointer]: 1 }, now)).journey
      const confirmed = ok(confirmOneLog(one, programme, now)).journey
      const again = ok(choose(confirmed, programme, { [pointer]: 1 }, now)).journey
      assert.equal(currentRound(again).oneLog, true)
    })
  }
  it('ends when a second one is chosen, and the round is no longer ready', () => {
    const one = ok(choose(withHeld(1), programme, { best: 1 }, now)).journey
    const sent = submitted(ok(confirmOneLog(one, programme, now)).journey, 1).journey
    const input = { coachee: 'C', topic: 'T', goal: '', plannedFor: '' }
    const planned = ok(plan(sent, programme, input, 'second', now)).journey
    const held = { heldOn: '2026-11-20', line: '', rating: 3 }
    const two = ok(record(planned, 2, held, now, programme.zone)).journey
    assert.equal(stageOf(currentRound(two)), 'ready')
    const round = currentRound(ok(choose(two, programme, { mostChallenging: 2 }, now)).journey)
    assert.deepEqual([round.oneLog, stageOf(round)], [undefined, 'reflecting'])
  })
  it('makes the round ready with that log, and a second choice ends it', () => {
    const one = ok(choose(withHeld(1), programme, { best: 1 }, now)).journey
    const confirmed = ok(confirmOneLog(one, programme, now)).journey
    const { journey, notices } = submitted(confirmed, 1)
    assert.equal(stageOf(currentRound(journey)), 'ready')
    assert.equal(notices.length, 1)
  })
  it('can be confirmed after the log was submitted: then it is ready at that moment', () => {
    const one = submitted(ok(choose(withHeld(1), programme, { best: 1 }, now)).journey, 1)
    assert.equal(one.notices.length, 0)
    assert.equal(ok(confirmOneLog(one.journey, programme, now)).notices.length, 1)
  })
})
