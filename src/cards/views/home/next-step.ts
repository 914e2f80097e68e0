/** What a participant does next: the one primary button of their home. Derived from the journey, never stored. */
import {
  chosenSessions,
  currentRound,
  heldSessions,
  isReady,
  type Journey,
  liveSessions,
  logFacts,
  logState,
  type Pointer,
  pointers,
  type Round,
} from '../../../domain/journey.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { Programme } from '../../../domain/programme.ts'

export type NextStep =
  | { readonly kind: 'planFirst' | 'planMore' | 'choose' | 'oneLog' | 'wait' | 'done' | 'resting' }
  | { readonly kind: 'record'; readonly session: number }
  | {
      readonly kind: 'begin' | 'continue' | 'submit' | 'revise'
      readonly pointer: Pointer
      readonly session: number
      readonly answered: number
    }

/** Plan → record → choose → write → submit → wait. A log that was begun goes before anything new. */
export function nextStep(journey: Journey, programme: Programme): NextStep {
  const round = currentRound(journey)
  if (!journey.active) return { kind: 'resting' }
  if (round.reviewedAt) return { kind: 'done' }
  if (isReady(round)) return { kind: 'wait' }
  const live = liveSessions(round)
  const held = heldSessions(round)
  if (live.length === 0) return { kind: 'planFirst' }
  const writing = pointers.flatMap(pointer => writingStep(round, programme, pointer) ?? [])
  const begun = writing.find(step => step.kind === 'revise') ?? writing.find(step => step.kind !== 'begin')
  if (begun) return begun
  const chosen = pointers.filter(pointer => round[pointer] !== undefined).length
  if (!chosenSessions(round) && held.length >= 2 && chosen < 2) return { kind: 'choose' }
  const [begin] = writing
  if (begin) return begin
  const planned = firstPlanned(round)
  if (planned !== undefined) return { kind: 'record', session: planned }
  if (held.length > 0 && chosen === 0) return { kind: 'choose' }
  return live.length < programme.maxSessions ? { kind: 'planMore' } : { kind: 'oneLog' }
}

function writingStep(round: Round, programme: Programme, pointer: Pointer): NextStep | undefined {
  const session = round[pointer]
  if (session === undefined) return undefined
  const facts = logFacts(round, session)
  if (logState(facts) !== 'draft') return undefined
  const { answered } = facts
  const all = questionSet(programme.questionSet).questions.length
  if (facts.sentBack) return { kind: 'revise', pointer, session, answered }
  const kind = answered === 0 ? 'begin' : answered < all ? 'continue' : 'submit'
  return { kind, pointer, session, answered }
}

/** The planned session whose day comes first; one without a day comes last. */
function firstPlanned(round: Round): number | undefined {
  const planned = liveSessions(round).filter(session => !session.heldOn)
  const day = (date: string | undefined) => date ?? '9999'
  return planned.toSorted((a, b) => day(a.plannedFor).localeCompare(day(b.plannedFor), 'en'))[0]?.no
}

/** One held session, chosen, and no second: the participant may say that it stays at one. */
export function offersOneLog(round: Round): boolean {
  return (
    heldSessions(round).length === 1 && !chosenSessions(round) && pointers.some(pointer => round[pointer] !== undefined)
  )
}
