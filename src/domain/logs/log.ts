/** The learning log of one session: its answers. Its way from draft to published is in `log-states.ts`. */
import { type Journey, logFacts, logState, pointerOf, roundOf } from '../journey.ts'
import type { Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import type { Instant, PersonId, ProgrammeId } from '../values.ts'
import { isQuestion, type QuestionSet, questionSet } from './questions.ts'

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
  const unfit = unfitFor(questionSet(log.questionSet), question, text)
  if (unfit) return unfit
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

/**
 * The answer to a question of this set that has none yet, for whoever has not read the log: whether that is so is checked
 * by the write itself (`isUnanswered`).
 */
export function firstAnswer(
  set: QuestionSet,
  question: number,
  text: string,
  now: Instant,
): Decided<{ answer: Answer }> {
  const unfit = unfitFor(set, question, text)
  if (unfit) return unfit
  if (text.length > answerLimit) return refuse('tooLong', { limit: answerLimit })
  return { answer: { text, rev: 1, at: now } }
}

function unfitFor(set: QuestionSet, question: number, text: string): Refused | undefined {
  if (!isQuestion(set, question)) return refuse('noSuchQuestion')
  return text.trim() ? undefined : refuse('emptyAnswer')
}

export function isUnanswered(log: LearningLog, set: string, question: number): boolean {
  return log.questionSet === set && !answerTo(log, question)
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
