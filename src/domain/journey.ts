/**
 * A participant's state in one programme, without any answer: membership, sessions, the two pointers, counts, dates.
 * The journey is the authority for who may do what. Stages and log states are derived from facts, never stored.
 */

import { type Refused, refuse } from './refusals.ts'
import type { CalendarDate, Instant, PersonId, ProgrammeId } from './values.ts'

export const pointers = ['best', 'mostChallenging'] as const
export type Pointer = (typeof pointers)[number]

export type CoachingSession = {
  readonly no: number
  /** Names the form that planned it, so that the same press delivered twice plans one session. */
  readonly form: string
  /** An alias or initials by default: the coachee is a data subject, never a bot user. */
  readonly coachee: string
  readonly topic: string
  readonly goal: string
  readonly plannedFor?: CalendarDate
  readonly heldOn?: CalendarDate
  readonly line?: string
  /** How well it went, 1 to 5. */
  readonly rating?: number
  readonly cancelledAt?: Instant
}

/** Facts about one session's learning log, kept here so that nobody needs the answers to know how far it is. */
export type LogFacts = {
  readonly answered: number
  /** Number of the last frozen snapshot; 0 before the first submit. */
  readonly snapshot: number
  readonly submittedAt?: Instant
  readonly openedAt?: Instant
  /** The snapshot a coach last opened: theirs to keep, also after a log went back. */
  readonly openedSnapshot?: number
  readonly publishedAt?: Instant
  /** When an answer was last saved: a date, so that a coach can ask how it is going. */
  readonly savedAt?: Instant
  readonly sentBack?: { readonly at: Instant; readonly by: PersonId; readonly reason: string }
}

export type Round = {
  readonly no: number
  /** In the programme's zone. Absent in the first round, which begins with the programme. */
  readonly firstDay?: CalendarDate
  /** Days this person was given on top of everybody's. */
  readonly extraDays: number
  readonly sessions: readonly CoachingSession[]
  readonly best?: number
  readonly mostChallenging?: number
  /** The participant confirmed that one held session means one log. */
  readonly oneLog?: boolean
  /** By session number. */
  readonly logs: { readonly [session: string]: LogFacts }
  /** How often this round has become ready. */
  readonly readyNo: number
  readonly readyAt?: Instant
  readonly reviewedAt?: Instant
}

/** The question a typed message answers, until it is put away or 12 hours have passed. */
export type OpenQuestion = {
  readonly round: number
  readonly session: number
  readonly question: number
  readonly since: Instant
}

/** A coach, and since when they had been one: who leaves and comes back is not accepted by this any more. */
export type Acceptance = { readonly coach: PersonId; readonly since: Instant }

export type Journey = {
  readonly programme: ProgrammeId
  readonly person: PersonId
  readonly name: string
  readonly leader?: PersonId
  readonly invitedAt: Instant
  /** Who asked by name; nobody for who came by a code. */
  readonly invitedBy?: PersonId
  /** To what text, when, and to which coaches as readers: those the person was shown. */
  readonly consent?: { readonly version: number; readonly at: Instant; readonly coaches: readonly PersonId[] }
  /** The readers this person has said yes to: with consent to those of that day, later to one at a time. */
  readonly acceptedCoaches: readonly Acceptance[]
  /** Coaches who joined later and about whom this person was asked. */
  readonly askedCoaches?: readonly Acceptance[]
  /** How many of its programme's changes this journey has followed. */
  readonly follows?: number
  /** Those they would rather not have as a reader; they can still change their mind. */
  readonly declinedCoaches?: readonly Acceptance[]
  /** The moments of the invitations this person has said no to. */
  readonly declined?: readonly Instant[]
  /** False before consent, after removal, in a closed programme. Every write checks it. */
  readonly active: boolean
  readonly removedAt?: Instant
  /** Removed, and asked to come back: until they say yes, everything is as after the removal. */
  readonly invitedAgainAt?: Instant
  readonly nudgedAt?: Instant
  readonly nudgedBy?: PersonId
  readonly rounds: readonly Round[]
  readonly open?: OpenQuestion
}

export type LogState = 'draft' | 'submitted' | 'opened' | 'published'
export const stages = ['planning', 'choosing', 'reflecting', 'ready', 'inReview', 'reviewed'] as const
export type Stage = (typeof stages)[number]

export const noLog: LogFacts = { answered: 0, snapshot: 0 }

/** Why nothing in this round may be changed now, if so. */
export function closedTo(journey: Journey, round: Round): Refused | undefined {
  if (!journey.active) return refuse('notActive')
  return round.reviewedAt ? refuse('roundReviewed') : undefined
}

/** The round under way: the last one. */
export function currentRound(journey: Journey): Round {
  const round = journey.rounds.at(-1)
  if (!round) throw new Error('A journey has at least one round.')
  return round
}

export function roundOf(journey: Journey, no: number): Round | undefined {
  return journey.rounds.find(round => round.no === no)
}

export function withRound(journey: Journey, round: Round): Journey {
  return { ...journey, rounds: journey.rounds.map(each => (each.no === round.no ? round : each)) }
}

export function logFacts(round: Round, session: number): LogFacts {
  return round.logs[session] ?? noLog
}

export function logState(facts: LogFacts): LogState {
  if (facts.publishedAt) return 'published'
  if (facts.openedAt) return 'opened'
  return facts.submittedAt ? 'submitted' : 'draft'
}

/** Which pointer names this session, if any. */
export function pointerOf(round: Round, session: number): Pointer | undefined {
  return pointers.find(pointer => round[pointer] === session)
}

/** The sessions whose logs make this round ready, or undefined while the choice is incomplete. */
export function chosenSessions(round: Round): readonly number[] | undefined {
  const { best, mostChallenging, oneLog } = round
  const chosen = best === undefined ? [] : [best]
  if (mostChallenging !== undefined) chosen.push(mostChallenging)
  return chosen.length === (oneLog ? 1 : 2) ? chosen : undefined
}

export function isReady(round: Round): boolean {
  return !!chosenSessions(round)?.every(session => logFacts(round, session).submittedAt)
}

export function stageOf(round: Round): Stage {
  if (round.reviewedAt) return 'reviewed'
  if (isReady(round)) {
    const opened = chosenSessions(round)?.some(session => logFacts(round, session).openedAt)
    return opened ? 'inReview' : 'ready'
  }
  if (chosenSessions(round)) return 'reflecting'
  return heldSessions(round).length > 0 ? 'choosing' : 'planning'
}

export function liveSessions(round: Round): readonly CoachingSession[] {
  return round.sessions.filter(session => !session.cancelledAt)
}

export function heldSessions(round: Round): readonly CoachingSession[] {
  return liveSessions(round).filter(session => session.heldOn)
}
