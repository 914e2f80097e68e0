/**
 * Choosing Best and Most Challenging. A log belongs to its session; the two names are pointers. Moving a pointer never
 * moves an answer, and the draft of a session no longer chosen waits for it to be chosen again.
 */
import {
  closedTo,
  currentRound,
  heldSessions,
  type Journey,
  logFacts,
  logState,
  noLog,
  type Pointer,
  pointers,
  type Round,
  withRound,
} from '../journey.ts'
import type { Promised } from '../notices.ts'
import type { Programme } from '../programme.ts'
import { settle } from '../readiness.ts'
import { type Decided, refuse } from '../refusals.ts'
import type { Instant } from '../values.ts'

export type Choice = { readonly [pointer in Pointer]?: number }

type Chosen = Decided<{ journey: Journey; notices: readonly Promised[] }>

/** Moves one pointer or both at once (so that two sessions can be swapped). A pointer left out stays where it is. */
export function choose(journey: Journey, programme: Programme, choice: Choice, now: Instant): Chosen {
  const round = currentRound(journey)
  const no = closedTo(journey, round)
  if (no) return no
  const moved = pointers.filter(pointer => choice[pointer] !== undefined && choice[pointer] !== round[pointer])
  for (const pointer of moved) {
    const session = round.sessions.find(each => each.no === choice[pointer])
    if (!session) return refuse('noSuchSession')
    if (session.cancelledAt) return refuse('sessionCancelled')
    if (!session.heldOn) return refuse('notHeld')
  }
  const next = { ...round, ...choice }
  if (next.best === undefined && next.mostChallenging === undefined) return refuse('nothingChosen')
  if (next.best === next.mostChallenging) return refuse('sameSession')
  if (moved.some(pointer => isFixed(round, pointer))) return refuse('pointerFixed')
  const logs = { ...round.logs }
  for (const pointer of moved) logs[String(next[pointer])] ??= noLog
  const both = next.best !== undefined && next.mostChallenging !== undefined
  const { oneLog, ...rest } = next
  const chosen: Round = { ...rest, ...(oneLog && !both ? { oneLog } : {}), logs }
  return settle(withRound(journey, chosen), chosen.no, programme, now)
}

/** With a single held session the participant may confirm that one log is all there will be. */
export function confirmOneLog(journey: Journey, programme: Programme, now: Instant): Chosen {
  const round = currentRound(journey)
  const no = closedTo(journey, round)
  if (no) return no
  if (heldSessions(round).length !== 1) return refuse('notOnlyOneHeld')
  if (round.best === undefined && round.mostChallenging === undefined) return refuse('nothingChosen')
  return settle(withRound(journey, { ...round, oneLog: true }), round.no, programme, now)
}

/** A pointer is fixed while the log it names is submitted. */
export function isFixed(round: Round, pointer: Pointer): boolean {
  const session = round[pointer]
  return session !== undefined && logState(logFacts(round, session)) !== 'draft'
}
