/** The learning log of one session: its answers, and its way from draft to published. */
import {
  chosenSessions,
  currentRound,
  isReady,
  type Journey,
  type LogFacts,
  logFacts,
  logState,
  pointerOf,
  type Round,
  roundOf,
  withRound,
} from './journey.ts'
import type { Programme } from './programme.ts'
import { isQuestion, type QuestionSet, questionSet } from './questions.ts'
import { type Promised, settle } from './ready.ts'
import { type Decided, type Refused, refuse } from './refusals.ts'
import type { Instant, PersonId, ProgrammeId } from './values.ts'

/** Longest answer, in UTF-16 code units as text inputs count them. */
export const answerLimit = 4000

/** One answer exactly as typed, with its own revision: the first saved text is revision 1. */
export type Answer = { readonly text: string; readonly rev: number; readonly at: Instant }

export type LearningLog = {
  readonly programme: ProgrammeId
  readonly person: PersonId
  readonly round: number
  readonly session: number
  readonly questionSet: string
  /** By question number. */
  readonly answers: { readonly [question: string]: Answer }
  /** Number of the last frozen snapshot, so that freezing conflicts with a save that is under way. */
  readonly snapshot: number
}

/** What a coach reads: the answers as they were submitted. */
export type Snapshot = LearningLog & {
  readonly submittedAt: Instant
  /** What the session was called that day: a coach never sees a later change. */
  readonly coachee: string
  readonly topic: string
}

export function emptyLog(programme: Programme, person: PersonId, round: number, session: number): LearningLog {
  return {
    programme: programme.programme,
    person,
    round,
    session,
    questionSet: programme.questionSet,
    answers: {},
    snapshot: 0,
  }
}

export function answerTo(log: LearningLog, question: number): Answer | undefined {
  return log.answers[question]
}

export function answeredCount(log: LearningLog): number {
  return Object.keys(log.answers).length
}

/** Questions without an answer, in order. */
export function gaps(log: LearningLog): readonly number[] {
  return numbers(questionSet(log.questionSet)).filter(no => !log.answers[no])
}

export function numbers(set: QuestionSet): readonly number[] {
  return set.questions.map((_question, index) => index + 1)
}

/** Saved, refused, or `stale`: the text was changed elsewhere since the writer looked at it. */
export type AnswerDecision =
  | { readonly log: LearningLog; readonly changed: boolean; readonly refused?: undefined; readonly stale?: undefined }
  | (Refused & { readonly stale?: undefined })
  | { readonly stale: true; readonly refused?: undefined }

/**
 * Saves one answer. `rev` is the revision the writer was looking at (0: none yet). The same text again is done without a
 * change, whatever the revision; another text on an older revision is `stale` and stores nothing: Keep or Replace. `add`
 * puts the text on a line below what is saved. Whether the log is a draft of a chosen session of an active member is
 * checked by the write itself.
 */
export function answer(
  log: LearningLog,
  question: number,
  text: string,
  rev: number,
  now: Instant,
  how: 'replace' | 'add' = 'replace',
): AnswerDecision {
  if (!isQuestion(questionSet(log.questionSet), question)) return refuse('noSuchQuestion')
  if (!text.trim()) return refuse('emptyAnswer')
  const before = answerTo(log, question)
  // Added already, by the same press delivered before.
  if (how === 'add' && before?.rev === rev + 1 && before.text.endsWith(`\n${text}`)) return { log, changed: false }
  const whole = how === 'add' && before ? `${before.text}\n${text}` : text
  if (before?.text === whole) return { log, changed: false }
  // Before the length: a refused text comes back with the newest revision, which its writer has not seen yet.
  if ((before?.rev ?? 0) !== rev) return { stale: true }
  if (whole.length > answerLimit) return refuse('tooLong', { limit: answerLimit })
  return { log: withAnswer(log, question, { text: whole, rev: rev + 1, at: now }), changed: true }
}

type Filled = Decided<{ log: LearningLog; filled: readonly number[]; kept: readonly number[] }>

/** Answers several questions at once from one text, only where nothing is saved yet; what is saved stays and is named. */
export function fill(log: LearningLog, texts: ReadonlyMap<number, string>, now: Instant): Filled {
  const filled: number[] = []
  const kept: number[] = []
  let next = log
  for (const [question, text] of texts) {
    if (!isQuestion(questionSet(log.questionSet), question) || !text.trim()) continue
    if (text.length > answerLimit) return refuse('tooLong', { limit: answerLimit, questions: [question] })
    const before = answerTo(log, question)
    if (before && before.text !== text) kept.push(question)
    if (before) continue
    filled.push(question)
    next = withAnswer(next, question, { text, rev: 1, at: now })
  }
  return { log: next, filled, kept }
}

function withAnswer(log: LearningLog, question: number, answer: Answer): LearningLog {
  return { ...log, answers: { ...log.answers, [question]: answer } }
}

/** Whether answers may be written to this session's log: also the reason why a conditional save did not hold. */
export function writable(journey: Journey, roundNo: number, session: number): Refused | undefined {
  if (!journey.active) return refuse('notActive')
  const round = roundOf(journey, roundNo)
  if (!round?.sessions.some(each => each.no === session)) return refuse('noSuchSession')
  if (round.reviewedAt) return refuse('roundReviewed')
  if (!pointerOf(round, session)) return refuse('notChosen')
  return logState(logFacts(round, session)) === 'draft' ? undefined : refuse('logNotDraft')
}

type Submitted = Decided<{ journey: Journey; log: LearningLog; snapshot: Snapshot; notices: readonly Promised[] }>

/** Freezes a complete draft as the next numbered snapshot; when it is the last one chosen, the round becomes ready. */
export function submit(journey: Journey, programme: Programme, log: LearningLog, now: Instant): Submitted {
  const round = roundOf(journey, log.round)
  if (journey.active && round && logFacts(round, log.session).submittedAt) return refuse('alreadySubmitted')
  const no = writable(journey, log.round, log.session)
  if (no) return no
  const open = gaps(log)
  if (open.length > 0) return refuse('gaps', { questions: open })
  const number = log.snapshot + 1
  const next = withFacts(journey, log.round, log.session, ({ sentBack: _answered, ...facts }) => ({
    ...facts,
    answered: answeredCount(log),
    snapshot: number,
    submittedAt: now,
  }))
  const { open: closed, ...quiet } = next
  const elsewhere = closed && (closed.round !== log.round || closed.session !== log.session)
  const settled = settle(elsewhere ? next : quiet, log.round, programme, now)
  const frozen = { ...log, snapshot: number }
  const { coachee = '', topic = '' } = round?.sessions.find(each => each.no === log.session) ?? {}
  return { ...settled, log: frozen, snapshot: { ...frozen, submittedAt: now, coachee, topic } }
}

/** Takes a submitted log back, as long as no coach has opened it. */
export function withdraw(
  journey: Journey,
  programme: Programme,
  roundNo: number,
  session: number,
  now: Instant,
): Moved {
  const found = submittedLog(journey, roundNo, session)
  if (found.refused) return found
  if (!journey.active) return refuse('notActive')
  if (found.round.reviewedAt) return refuse('roundReviewed')
  if (logState(found.facts) !== 'submitted') return refuse('alreadyOpened')
  return settle(withFacts(journey, roundNo, session, draft), roundNo, programme, now)
}

type Moved = Decided<{ journey: Journey; notices: readonly Promised[] }>

/** A coach's first view of a log of a ready round. Later views change nothing. */
export function open(
  journey: Journey,
  roundNo: number,
  session: number,
  now: Instant,
): Decided<{ journey: Journey; changed: boolean }> {
  const found = submittedLog(journey, roundNo, session)
  if (found.refused) return found
  if (found.facts.openedAt) return { journey, changed: false }
  if (!isReady(found.round) || !chosenSessions(found.round)?.includes(session)) return refuse('notReady')
  const next = withFacts(journey, roundNo, session, facts => ({
    ...facts,
    openedAt: now,
    openedSnapshot: facts.snapshot,
  }))
  return { journey: next, changed: true }
}

/** Returns an opened log to its writer with a reason. The coach keeps the snapshot and never sees the new draft. */
export function sendBack(
  journey: Journey,
  programme: Programme,
  roundNo: number,
  session: number,
  by: PersonId,
  reason: string,
  now: Instant,
): Moved {
  const found = submittedLog(journey, roundNo, session)
  if (found.refused) return found
  if (!journey.active) return refuse('notActive')
  if (found.round.reviewedAt) return refuse('roundReviewed')
  if (!found.facts.openedAt) return refuse('notOpened')
  if (!reason.trim()) return refuse('reasonMissing')
  const next = withFacts(journey, roundNo, session, facts => ({ ...draft(facts), sentBack: { at: now, by, reason } }))
  return settle(next, roundNo, programme, now)
}

/** Publishes the feedback to an opened log. */
export function publish(
  journey: Journey,
  roundNo: number,
  session: number,
  now: Instant,
): Decided<{ journey: Journey }> {
  const found = submittedLog(journey, roundNo, session)
  if (found.refused) return found
  if (!journey.active) return refuse('notActive')
  if (!found.facts.openedAt) return refuse('notOpened')
  return {
    journey: withFacts(journey, roundNo, session, facts => ({ ...facts, publishedAt: facts.publishedAt ?? now })),
  }
}

/** The coach's press that ends the round. */
export function review(journey: Journey, now: Instant): Decided<{ journey: Journey }> {
  const round = currentRound(journey)
  if (round.reviewedAt) return { journey }
  if (!journey.active) return refuse('notActive')
  if (!isReady(round)) return refuse('notReady')
  return { journey: withRound(journey, { ...round, reviewedAt: now }) }
}

function draft({ submittedAt: _s, openedAt: _o, publishedAt: _p, ...facts }: LogFacts): LogFacts {
  return facts
}

function submittedLog(journey: Journey, roundNo: number, session: number): Decided<{ round: Round; facts: LogFacts }> {
  const round = roundOf(journey, roundNo)
  if (!round?.sessions.some(each => each.no === session)) return refuse('noSuchSession')
  const facts = logFacts(round, session)
  return facts.submittedAt ? { round, facts } : refuse('notSubmitted')
}

function withFacts(journey: Journey, roundNo: number, session: number, change: (facts: LogFacts) => LogFacts): Journey {
  const round = roundOf(journey, roundNo)
  if (!round) throw new Error(`Round ${roundNo} is not in this journey.`)
  return withRound(journey, { ...round, logs: { ...round.logs, [session]: change(logFacts(round, session)) } })
}
