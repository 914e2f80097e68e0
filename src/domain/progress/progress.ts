/**
 * Progress: counts and dates, and a name to put them to. There is no field that could carry a word anybody wrote,
 * so a view made from it cannot leak one.
 */
import {
  currentRound,
  heldSessions,
  type Journey,
  liveSessions,
  logFacts,
  type Pointer,
  pointers,
  type Stage,
  stageOf,
  stages,
} from '../journey.ts'
import type { CalendarDate, Instant, PersonId } from '../values.ts'

export type LogProgress = { readonly answered: number; readonly submittedAt?: Instant; readonly openedAt?: Instant }

export type Progress = {
  readonly person: PersonId
  readonly name: string
  readonly consentedAt?: Instant
  readonly stage: Stage
  readonly round: number
  readonly planned: number
  readonly held: number
  readonly lastHeldOn?: CalendarDate
  readonly logs: { readonly [pointer in Pointer]?: LogProgress }
  readonly readyAt?: Instant
  readonly reviewedAt?: Instant
}

/** When something last happened, as far as dates tell; empty text when nothing has. */
export function latestOf({ consentedAt, lastHeldOn, logs, readyAt, reviewedAt }: Progress): string {
  const dates = [consentedAt, lastHeldOn, readyAt, reviewedAt]
  for (const pointer of pointers) dates.push(logs[pointer]?.submittedAt, logs[pointer]?.openedAt)
  return dates.reduce<string>((latest, date) => (date && date > latest ? date : latest), '')
}

/** Not begun first, since these are the people to talk to. */
export function byStage(a: Progress, b: Progress): number {
  return rank(a) - rank(b)
}

function rank({ consentedAt, stage, logs }: Progress): number {
  const answered = pointers.reduce((sum, pointer) => sum + (logs[pointer]?.answered ?? 0), 0)
  return consentedAt ? (stages.indexOf(stage) + 1) * 100 + answered : 0
}

/** How far a participant is in the round under way. */
export function progressOf(journey: Journey): Progress {
  const round = currentRound(journey)
  const held = heldSessions(round)
  const logs: { [pointer in Pointer]?: LogProgress } = {}
  for (const pointer of pointers) {
    const session = round[pointer]
    if (session === undefined) continue
    const { answered, submittedAt, openedAt } = logFacts(round, session)
    logs[pointer] = { answered, submittedAt, openedAt }
  }
  return {
    person: journey.person,
    name: journey.name,
    consentedAt: journey.consent?.at,
    stage: stageOf(round),
    round: round.no,
    planned: liveSessions(round).length,
    held: held.length,
    lastHeldOn: held
      .map(session => session.heldOn ?? '')
      .sort()
      .at(-1),
    logs,
    readyAt: round.readyAt,
    reviewedAt: round.reviewedAt,
  }
}
