/** The way of a log from draft to published: submit, withdraw, first view, send back, publish; and the end of a round. */
import {
  chosenSessions,
  currentRound,
  isReady,
  type Journey,
  type LogFacts,
  logFacts,
  logState,
  type Round,
  roundOf,
  withRound,
} from '../journey.ts'
import { type Promised, toPerson } from '../notices.ts'
import type { Programme } from '../programme.ts'
import { settle } from '../readiness.ts'
import { type Decided, refuse } from '../refusals.ts'
import type { Instant, PersonId } from '../values.ts'
import { answeredCount, gaps, type LearningLog, writable } from './log.ts'

/** What a coach reads: the answers as they were submitted. */
export type Snapshot = LearningLog & {
  readonly submittedAt: Instant
  /** What the session was called that day: a coach never sees a later change. */
  readonly coachee: string
  readonly topic: string
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
  const found = returnableLog(journey, roundNo, session)
  if (found.refused) return found
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
  const found = returnableLog(journey, roundNo, session)
  if (found.refused) return found
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

/**
 * The coach's press that ends the round, for good: what follows is built on it. Asked to be `sure` while a log is unread.
 * The participant is told, and has graduated.
 */
export function review(journey: Journey, now: Instant, sure = false): Moved {
  const round = currentRound(journey)
  if (round.reviewedAt) return { journey, notices: [] }
  if (!journey.active) return refuse('notActive')
  if (!isReady(round)) return refuse('notReady')
  const unread = chosenSessions(round)?.some(session => !logFacts(round, session).openedAt)
  if (unread && !sure) return refuse('notAllOpened')
  const told = toPerson('reviewed', journey.programme, journey.person, round.readyNo, round.no)
  return { journey: withRound(journey, { ...round, reviewedAt: now }), notices: [told] }
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

/** A submitted log that can go back to its writer, while its round is not completed. */
function returnableLog(journey: Journey, roundNo: number, session: number): ReturnType<typeof submittedLog> {
  const found = submittedLog(journey, roundNo, session)
  if (found.refused) return found
  if (!journey.active) return refuse('notActive')
  return found.round.reviewedAt ? refuse('roundReviewed') : found
}

function withFacts(journey: Journey, roundNo: number, session: number, change: (facts: LogFacts) => LogFacts): Journey {
  const round = roundOf(journey, roundNo)
  if (!round) throw new Error(`Round ${roundNo} is not in this journey.`)
  return withRound(journey, { ...round, logs: { ...round.logs, [session]: change(logFacts(round, session)) } })
}
