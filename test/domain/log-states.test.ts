/** What each state of a log allows and refuses: one table, read like the one in the domain's own description. */
import assert from 'node:assert/strict'
import { currentRound, type Journey, logFacts, withRound } from '../../src/domain/journey.ts'
import { emptyLog } from '../../src/domain/logs/log.ts'
import { open, publish, review, sendBack, submit, withdraw } from '../../src/domain/logs/log-states.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { stillTrue } from '../../src/domain/notices.ts'
import { ann, chosen, coach, fullLog, later, now, ok, programme, ready, submitted, withHeld } from './given.ts'

const opened = () => ok(open(ready(), 1, 1, now)).journey
const published = () => ok(publish(opened(), 1, 1, now)).journey
const reviewed = () => ok(review(opened(), now, true)).journey

const states: Readonly<Record<string, () => Journey>> = {
  'not chosen': () => withHeld(2),
  draft: chosen,
  'submitted, the other is not': () => submitted(chosen(), 1).journey,
  ready,
  opened,
  published,
  reviewed,
  'draft, member removed': () => remove(chosen(), now),
  'ready, member removed': () => remove(ready(), now),
  'opened, member removed': () => remove(opened(), now),
}

/** What is done to the log of this round and session. */
const acts = {
  submit: (journey: Journey, round: number, session: number) =>
    submit(
      journey,
      programme,
      { ...emptyLog(programme, ann, round, session), answers: fullLog(session).answers },
      later,
    ),
  withdraw: (journey: Journey, round: number, session: number) => withdraw(journey, programme, round, session, later),
  open: (journey: Journey, round: number, session: number) => open(journey, round, session, later),
  sendBack: (journey: Journey, round: number, session: number) =>
    sendBack(journey, programme, round, session, coach, 'More on 6', later),
  publish: (journey: Journey, round: number, session: number) => publish(journey, round, session, later),
} as const

const taken = '-'
// biome-ignore format: a table is read in one look
const table: Readonly<Record<string, Readonly<Record<keyof typeof acts, string>>>> = {
  'not chosen':                  { submit: 'notChosen',        withdraw: 'notSubmitted',   open: 'notSubmitted', sendBack: 'notSubmitted',  publish: 'notSubmitted' },
  draft:                         { submit: taken,              withdraw: 'notSubmitted',   open: 'notSubmitted', sendBack: 'notSubmitted',  publish: 'notSubmitted' },
  'submitted, the other is not': { submit: 'alreadySubmitted', withdraw: taken,            open: 'notReady',     sendBack: 'notOpened',     publish: 'notOpened' },
  ready:                         { submit: 'alreadySubmitted', withdraw: taken,            open: taken,          sendBack: 'notOpened',     publish: 'notOpened' },
  opened:                        { submit: 'alreadySubmitted', withdraw: 'alreadyOpened',  open: taken,          sendBack: taken,           publish: taken },
  published:                     { submit: 'alreadySubmitted', withdraw: 'alreadyOpened',  open: taken,          sendBack: taken,           publish: taken },
  reviewed:                      { submit: 'alreadySubmitted', withdraw: 'roundReviewed',  open: taken,          sendBack: 'roundReviewed', publish: taken },
  'draft, member removed':       { submit: 'notActive',        withdraw: 'notSubmitted',   open: 'notSubmitted', sendBack: 'notSubmitted',  publish: 'notSubmitted' },
  'ready, member removed':       { submit: 'notActive',        withdraw: 'notActive',      open: taken,          sendBack: 'notActive',     publish: 'notActive' },
  'opened, member removed':      { submit: 'notActive',        withdraw: 'notActive',      open: taken,          sendBack: 'notActive',     publish: 'notActive' },
}

describe('the states of a log', () => {
  for (const [state, row] of Object.entries(table)) {
    for (const [act, wanted] of Object.entries(row) as [keyof typeof acts, string][]) {
      it(`${state}: ${act} ${wanted === taken ? 'is taken' : `is refused, ${wanted}`}`, () => {
        const journey = (states[state] ?? assert.fail())()
        assert.equal(acts[act](journey, 1, 1).refused ?? taken, wanted)
      })
    }
  }

  it('are those of a session and a round that exist', () => {
    for (const [act, decide] of Object.entries(acts)) {
      assert.equal(decide(ready(), 1, 9).refused, 'noSuchSession', act)
      assert.equal(decide(ready(), 2, 1).refused, 'noSuchSession', act)
    }
  })

  it('let a coach open the logs that were chosen, whatever else is submitted', () => {
    const round = currentRound(ready())
    const elsewhere = withRound(ready(), {
      ...round,
      logs: { ...round.logs, 3: { answered: 16, snapshot: 1, submittedAt: now } },
    })
    const third = { ...round.sessions[0], no: 3 } as (typeof round.sessions)[number]
    const journey = withRound(elsewhere, { ...currentRound(elsewhere), sessions: [...round.sessions, third] })
    assert.equal(open(journey, 1, 3, later).refused, 'notReady')
  })

  it('keep the day of the first publication, and of the first review', () => {
    const again = ok(publish(published(), 1, 1, later)).journey
    assert.equal(logFacts(currentRound(again), 1).publishedAt, now)
    assert.equal(currentRound(ok(review(reviewed(), later)).journey).reviewedAt, now)
    assert.equal(review(remove(ready(), now), later).refused, 'notActive')
    assert.equal(currentRound(ok(review(remove(reviewed(), now), later)).journey).reviewedAt, now)
  })

  it('close the question that is open in the log that was submitted, and no other', () => {
    const question = { question: 3, since: now }
    const at = (round: number, session: number): Journey => ({ ...chosen(), open: { ...question, round, session } })
    assert.equal(submitted(at(1, 1), 1).journey.open, undefined)
    assert.deepEqual(submitted(at(1, 2), 1).journey.open, { ...question, round: 1, session: 2 })
    assert.deepEqual(submitted(at(2, 1), 1).journey.open, { ...question, round: 2, session: 1 })
    assert.equal('open' in submitted(chosen(), 1).journey, false)
  })
})

describe('reviewing', () => {
  it('asks to be sure while a chosen log is unread', () => {
    assert.equal(review(ready(), later).refused, 'notAllOpened')
    assert.equal(review(opened(), later).refused, 'notAllOpened')
    assert.equal(review(ok(open(opened(), 1, 2, now)).journey, later).refused, undefined)
    assert.equal(review(ready(), later, true).refused, undefined)
  })

  it('promises the participant one notice, which stays true in a closed programme', () => {
    const { journey, notices } = ok(review(opened(), later, true))
    const [notice = assert.fail()] = notices
    assert.deepEqual(notice, { kind: 'reviewed', programme: 'spring', person: ann, round: 1, no: 1, to: ann })
    assert.equal(stillTrue(notice, journey, { ...programme, closedAt: later }), true)
    assert.equal(stillTrue(notice, opened(), programme), false)
    assert.equal(stillTrue(notice, remove(journey, later), programme), false)
    assert.deepEqual(ok(review(journey, later)).notices, [])
  })
})

describe('a promised notice', () => {
  const notice = submitted(submitted(chosen(), 1).journey, 2).notices[0] ?? assert.fail()

  it('is true as long as what it says is', () => {
    assert.equal(stillTrue(notice, ready(), programme), true)
    const untrue: readonly (readonly [string, Journey | undefined, typeof programme | undefined])[] = [
      ['no programme', ready(), undefined],
      ['a closed programme', ready(), { ...programme, closedAt: now }],
      ['a removed member', remove(ready(), now), programme],
      ['another round', { ...ready(), rounds: [] }, programme],
      ['a log taken back', ok(withdraw(ready(), programme, 1, 1, later)).journey, programme],
    ]
    for (const [why, journey, of] of untrue) assert.equal(stillTrue(notice, journey, of), false, why)
  })

  it('is not true for a later entry into ready, which has a notice of its own', () => {
    const back = ok(withdraw(ready(), programme, 1, 1, later)).journey
    const again = submitted(back, 1, { ...fullLog(1), snapshot: 1 }).journey
    assert.equal(stillTrue(notice, again, programme), false)
    assert.equal(stillTrue({ ...notice, no: 2 }, again, programme), true)
  })
})
