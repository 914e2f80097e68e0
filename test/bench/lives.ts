/** Participants on every step of the way, made by the rules themselves, with answers as long as real ones. */
import * as story from '../../src/demo/story.ts'
import { currentRound, type Journey, withRound } from '../../src/domain/journey.ts'
import { answer, answeredCount, emptyLog, type LearningLog } from '../../src/domain/logs/log.ts'
import { open, review, type Snapshot, submit } from '../../src/domain/logs/log-states.ts'
import { consent, invite } from '../../src/domain/membership/consent.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { choose } from '../../src/domain/sessions/choosing.ts'
import { plan, record } from '../../src/domain/sessions/sessions.ts'
import type { Instant } from '../../src/domain/values.ts'
import { ok } from '../domain/given.ts'

/**
 * `chosen`: nothing is answered yet. `writing`: five answers, the sixth is open. `complete`: both logs, nothing sent in.
 * `oneIn`: Best is submitted, the other one complete.
 */
// biome-ignore format: a list is read in one look
export const steps = [
  'invited', 'joined', 'planned', 'held', 'chosen', 'writing', 'complete', 'oneIn', 'ready', 'opened', 'reviewed',
] as const
export type Step = (typeof steps)[number]

export type Life = {
  readonly journey: Journey
  readonly logs: readonly LearningLog[]
  readonly snapshots: readonly Snapshot[]
}

export type Person = { readonly id: string; readonly name: string }

/** 62 to 208 characters, 118 on average: what was counted in real logs. */
const lengths = [104, 130, 86, 116, 62, 112, 198, 108, 98, 80, 74, 208, 120, 140, 92, 160]

export function answerText(question: number, session: number): string {
  const told = session === 1 ? story.best : story.mostChallenging
  const text = Array.from({ length: 5 }, (_, index) => told[(question - 1 + index) % told.length]).join(' ')
  return text
    .slice(0, lengths[question - 1])
    .trimEnd()
    .padEnd(lengths[question - 1] ?? 0, '.')
}

/** One participant's documents at that step. */
export function lifeAt(programme: Programme, person: Person, leader: string, step: Step, now: Instant): Life {
  const until = (wanted: Step) => steps.indexOf(step) >= steps.indexOf(wanted)
  const coaches = programme.coaches.map(coach => coach.person)
  const sessions = step === 'planned' ? [1] : [1, 2]
  let journey = invite(programme, person.id, person.name, leader, now)
  if (until('joined')) journey = ok(consent(journey, programme, coaches, now)).journey
  for (const no of until('planned') ? sessions : []) {
    const { coachee, topic, goal, day, line, rating } = story.sessions[no - 1] ?? story.sessions[0]
    journey = ok(plan(journey, programme, { coachee, topic, goal, plannedFor: day }, `form-${no}`, now)).journey
    if (!until('held')) continue
    journey = ok(record(journey, no, { heldOn: day, line, rating }, now, programme.zone)).journey
  }
  if (until('chosen')) journey = ok(choose(journey, programme, { best: 1, mostChallenging: 2 }, now)).journey
  const counts = until('complete') ? [16, 16] : until('writing') ? [5] : []
  const logs = counts.map((count, index) => withAnswers(programme, person.id, index + 1, count, now))
  journey = counted(journey, logs)
  if (step === 'writing') journey = { ...journey, open: { round: 1, session: 1, question: 6, since: now } }

  const snapshots: Snapshot[] = []
  for (const session of until('ready') ? [1, 2] : until('oneIn') ? [1] : []) {
    const log = logs[session - 1]
    if (!log) throw new Error('a log that is not written cannot be submitted')
    const submitted = ok(submit(journey, programme, log, now))
    journey = submitted.journey
    logs[session - 1] = submitted.log
    snapshots.push(submitted.snapshot)
  }
  for (const session of until('opened') ? [1, 2] : []) journey = ok(open(journey, 1, session, now)).journey
  if (until('reviewed')) journey = ok(review(journey, now)).journey
  return { journey, logs, snapshots }
}

function withAnswers(programme: Programme, person: string, session: number, count: number, now: Instant): LearningLog {
  let log = emptyLog(programme, person, 1, session)
  for (let question = 1; question <= count; question++) {
    const decided = answer(log, question, answerText(question, session), 0, now)
    if (decided.refused || decided.stale) throw new Error('an answer was not taken')
    log = decided.log
  }
  return log
}

function counted(journey: Journey, logs: readonly LearningLog[]): Journey {
  const round = currentRound(journey)
  const counts = logs.map(log => [log.session, { answered: answeredCount(log), snapshot: 0 }] as const)
  return withRound(journey, { ...round, logs: { ...round.logs, ...Object.fromEntries(counts) } })
}

/** The same life lived by somebody else. */
export function livedBy({ journey, logs, snapshots }: Life, { id: person, name }: Person): Life {
  return {
    journey: { ...journey, person, name },
    logs: logs.map(log => ({ ...log, person })),
    snapshots: snapshots.map(snapshot => ({ ...snapshot, person })),
  }
}
