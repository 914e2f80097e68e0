import assert from 'node:assert/strict'
import { currentRound, logFacts, logState, stageOf, withRound } from '../../src/domain/journey.ts'
import {
  answer,
  emptyLog,
  fill,
  firstAnswer,
  isUnanswered,
  type LearningLog,
  writable,
} from '../../src/domain/logs/log.ts'
import { open, publish, review, sendBack, submit, withdraw } from '../../src/domain/logs/log-states.ts'
import { currentQuestionSet, questionSet } from '../../src/domain/logs/questions.ts'
import { acceptCoach } from '../../src/domain/membership/coaches.ts'
import { remove } from '../../src/domain/membership/consent.ts'
import { stillTrue } from '../../src/domain/notices.ts'
import {
  ann,
  chosen,
  coach,
  fullLog,
  joined,
  later,
  newcomer,
  now,
  ok,
  programme,
  ready,
  submitted,
  withHeld,
} from './given.ts'

const log = () => emptyLog(programme, ann, 1, 1)
const facts = (journey: ReturnType<typeof ready>, session: number) => logFacts(currentRound(journey), session)

describe('answering', () => {
  it('keeps the text exactly as typed, with its own revision', () => {
    const text = '  “你好” ${x} **bold**\n\n1. 🙂  '
    const saved = answer(log(), 7, text, 0, now)
    assert.ok(!saved.refused && !saved.stale)
    assert.deepEqual(saved.log.answers, { 7: { text, rev: 1, at: now } })
  })
  it('takes 4,000 UTF-16 units and refuses 4,001', () => {
    assert.equal(answer(log(), 1, 'x'.repeat(4000), 0, now).refused, undefined)
    assert.deepEqual(answer(log(), 1, 'x'.repeat(4001), 0, now), { refused: 'tooLong', detail: { limit: 4000 } })
  })
  it('refuses an empty answer and a question that does not exist', () => {
    assert.equal(answer(log(), 1, ' \n ', 0, now).refused, 'emptyAnswer')
    assert.equal(answer(log(), 17, 'text', 0, now).refused, 'noSuchQuestion')
    assert.equal(answer(log(), 1.5, 'text', 0, now).refused, 'noSuchQuestion')
  })
  it('without the log at hand is the same, where there is none yet', () => {
    const set = questionSet(currentQuestionSet)
    const texts = ['  “你好” ${x}\n ', 'x'.repeat(4000), 'x'.repeat(4001), ' \n ']
    for (const [question, text] of [7, 17, 1.5].flatMap(no => texts.map(text => [no, text] as const))) {
      const [looked, unread] = [answer(log(), question, text, 0, now), firstAnswer(set, question, text, now)]
      if (unread.refused) assert.deepEqual(looked, unread)
      else assert.ok(!looked.refused && !looked.stale && looked.changed, text)
      if (!unread.refused && !looked.refused && !looked.stale) assert.deepEqual(looked.log.answers[7], unread.answer)
    }
  })
  it('finds a question unanswered in a log of that set alone', () => {
    assert.ok(isUnanswered(log(), currentQuestionSet, 3))
    assert.ok(!isUnanswered(fullLog(1), currentQuestionSet, 3))
    assert.ok(!isUnanswered(log(), 'another@1', 3))
  })
  it('takes the same text again without a change, and stores nothing on an older revision', () => {
    const full = fullLog(1)
    const same = answer(full, 3, 'Answer 3', 0, later)
    assert.ok(!same.refused && !same.stale && !same.changed)
    assert.equal(answer(full, 3, 'Other', 0, later).stale, true)
    assert.equal(answer(full, 3, 'Other', 1, later).stale, undefined)
  })
  it('is added below what is saved, once, however often the same press comes', () => {
    const added = (log: LearningLog, rev: number, text = 'more', how: 'add' | 'replace' = 'add') => {
      const decided = answer(log, 3, text, rev, later, how)
      assert.ok(!decided.refused, 'not refused')
      return decided
    }
    const first = added(fullLog(1), 1)
    assert.ok(!first.stale && first.changed)
    assert.deepEqual([first.log.answers[3]?.text, first.log.answers[3]?.rev], ['Answer 3\nmore', 2])
    const again = added(first.log, 1)
    assert.ok(!again.stale && !again.changed, 'the same press')
    const wanted = added(first.log, 2)
    assert.ok(!wanted.stale && wanted.log.answers[3]?.text === 'Answer 3\nmore\nmore', 'wanted a second time')
    assert.ok(added(first.log, 1, 'other').stale, 'something else, on what is no longer the newest')
    assert.ok(added(first.log, 1, 'more', 'replace').stale, 'nothing was added by this press')
    const empty = added(log(), 0)
    assert.ok(!empty.stale && empty.log.answers[3]?.text === 'more', 'below nothing it is the answer')
  })
  it('fills what is empty from several texts, and keeps what is saved', () => {
    const some = fill(log(), new Map([[1, 'One']]), now)
    assert.ok(!some.refused)
    const texts = new Map([
      [1, 'Other'],
      [2, ' '],
      [3, 'Three'],
      [17, 'Too far'],
    ])
    const decided = fill(some.log, texts, later)
    assert.ok(!decided.refused)
    assert.deepEqual([decided.filled, decided.kept], [[3], [1]])
    assert.deepEqual(decided.log.answers, {
      1: { text: 'One', rev: 1, at: now },
      3: { text: 'Three', rev: 1, at: later },
    })
    const same = fill(some.log, new Map([[1, 'One']]), later)
    assert.ok(!same.refused && same.kept.length === 0 && same.filled.length === 0, 'the same text is no difference')
    const long = fill(log(), new Map([[2, 'x'.repeat(4001)]]), now)
    assert.deepEqual(long, { refused: 'tooLong', detail: { limit: 4000, questions: [2] } })
  })
  it('is for drafts of chosen sessions of active members', () => {
    assert.equal(writable(chosen(), 1, 1), undefined)
    assert.equal(writable(withHeld(2), 1, 1)?.refused, 'notChosen')
    assert.equal(writable(ready(), 1, 1)?.refused, 'logNotDraft')
    assert.equal(writable(remove(chosen(), now), 1, 1)?.refused, 'notActive')
    assert.equal(writable(chosen(), 1, 9)?.refused, 'noSuchSession')
    assert.equal(writable(chosen(), 2, 1)?.refused, 'noSuchSession')
    const over = withRound(chosen(), { ...currentRound(chosen()), reviewedAt: now })
    assert.equal(writable(over, 1, 1)?.refused, 'roundReviewed')
  })
})

describe('submitting', () => {
  it('names the gaps', () => {
    const { 4: _four, 11: _eleven, ...answers } = fullLog(1).answers
    const decided = submit(chosen(), programme, { ...fullLog(1), answers }, now)
    assert.deepEqual(decided, { refused: 'gaps', detail: { questions: [4, 11] } })
  })
  it('freezes a numbered snapshot, once', () => {
    const { journey, snapshot, notices } = submitted(chosen(), 1)
    assert.deepEqual([snapshot.snapshot, snapshot.submittedAt, notices.length], [1, now, 0])
    assert.equal(submit(journey, programme, fullLog(1), now).refused, 'alreadySubmitted')
  })
  it('promises every reading coach one notice in the instant the last log is in', () => {
    const { journey, notices } = submitted(submitted(chosen(), 2).journey, 1)
    assert.deepEqual(notices, [{ kind: 'ready', programme: 'spring', person: ann, round: 1, no: 1, to: coach }])
    assert.equal(stageOf(currentRound(journey)), 'ready')
  })
  it('promises nothing to a co-coach whom the participant has not accepted', () => {
    const first = submitted(chosen(), 1).journey
    assert.deepEqual(
      ok(submit(first, joined, fullLog(2), later)).notices.map(notice => notice.to),
      [coach],
    )
    const accepted = ok(acceptCoach(first, joined, newcomer.person)).journey
    assert.equal(ok(submit(accepted, joined, fullLog(2), later)).notices.length, 2)
  })
})

describe('withdrawing', () => {
  it('returns the log to its writer, and the next entry into ready is the second', () => {
    const back = ok(withdraw(ready(), programme, 1, 1, later)).journey
    assert.deepEqual(
      [logState(facts(back, 1)), logState(facts(back, 2)), stageOf(currentRound(back))],
      ['draft', 'submitted', 'reflecting'],
    )
    const again = submitted(back, 1, { ...fullLog(1), snapshot: 1 })
    assert.deepEqual([again.snapshot.snapshot, again.notices[0]?.no], [2, 2])
  })
  it('is refused once a coach has opened the log, and for a draft', () => {
    const opened = ok(open(ready(), 1, 1, later)).journey
    assert.equal(withdraw(opened, programme, 1, 1, later).refused, 'alreadyOpened')
    assert.equal(withdraw(chosen(), programme, 1, 1, later).refused, 'notSubmitted')
  })
  it('makes a promised notice untrue', () => {
    const notice = submitted(submitted(chosen(), 1).journey, 2).notices[0]
    assert.ok(notice)
    assert.equal(stillTrue(notice, ready(), programme), true)
    assert.equal(stillTrue(notice, ok(withdraw(ready(), programme, 1, 1, later)).journey, programme), false)
    assert.equal(stillTrue(notice, ready(), { ...programme, coaches: [] }), false)
    assert.equal(stillTrue(notice, undefined, programme), false)
  })
})

describe('a coach', () => {
  it('opens only what is ready, and the first view counts', () => {
    assert.equal(open(submitted(chosen(), 1).journey, 1, 1, now).refused, 'notReady')
    assert.equal(open(chosen(), 1, 1, now).refused, 'notSubmitted')
    const first = ok(open(ready(), 1, 1, now))
    assert.deepEqual(
      [first.changed, facts(first.journey, 1).openedAt, stageOf(currentRound(first.journey))],
      [true, now, 'inReview'],
    )
    assert.equal(ok(open(first.journey, 1, 1, later)).changed, false)
  })
  it('sends an opened log back with a reason, and the snapshot stays theirs', () => {
    const opened = ok(open(ready(), 1, 1, now)).journey
    assert.equal(sendBack(opened, programme, 1, 2, coach, 'More on 6', later).refused, 'notOpened')
    assert.equal(sendBack(opened, programme, 1, 1, coach, ' ', later).refused, 'reasonMissing')
    const { journey } = ok(sendBack(opened, programme, 1, 1, coach, 'More on 6', later))
    assert.deepEqual(
      [logState(facts(journey, 1)), facts(journey, 1).openedSnapshot, currentRound(journey).readyAt],
      ['draft', 1, undefined],
    )
  })
  it('publishes what was opened, and reviews what is ready', () => {
    const opened = ok(open(ready(), 1, 1, now)).journey
    assert.equal(publish(opened, 1, 2, later).refused, 'notOpened')
    assert.equal(logState(facts(ok(publish(opened, 1, 1, later)).journey, 1)), 'published')
    assert.equal(review(chosen(), later).refused, 'notReady')
    const reviewed = ok(review(opened, later, true)).journey
    assert.equal(stageOf(currentRound(reviewed)), 'reviewed')
    assert.equal(sendBack(reviewed, programme, 1, 1, coach, 'Too late', later).refused, 'roundReviewed')
    assert.equal(withdraw(reviewed, programme, 1, 2, later).refused, 'roundReviewed')
  })
})
