/**
 * A programme at a glance, for its coaches; and its counts alone, for the coach of the programme it came from. Made of
 * dates, counts, names and closed lists: there is no field for a word anybody wrote.
 */
import { today, todayIn } from '../calendar.ts'
import { currentRound, type Journey, type Stage, stageOf, stages } from '../journey.ts'
import type { Promised } from '../notices.ts'
import type { Named, Programme } from '../programme.ts'
import { awaitsConsent, belongs, takesPart } from '../standing.ts'
import type { Instant, PersonId } from '../values.ts'
import { isLate } from '../window.ts'
import { notNudgeable } from './nudging.ts'
import { type Stuck, stuck } from './stuck.ts'

/** Asked and not in yet, or how far the round under way is. */
export const standings = ['invited', ...stages] as const
export type Standing = 'invited' | Stage

/**
 * Why a message does not reach somebody. `neverCame`: they have not opened the bot yet. `away`: it cannot write to them at
 * the moment. `undelivered`: nothing more is tried by itself; an operator's task.
 */
export const unreached = ['neverCame', 'away', 'undelivered'] as const
export type Unreached = (typeof unreached)[number]

/** What is known of a promised message that is not out yet. */
export type Pending = Pick<Promised, 'kind' | 'to'> & {
  readonly state: 'promised' | 'later' | 'waiting' | 'failed'
}

export type Seen = Named & {
  readonly standing: Standing
  readonly stuck?: Stuck
  readonly late: boolean
  readonly unreached?: Unreached
  /** A nudge would be taken now. */
  readonly nudgeable: boolean
}

export type Counts = {
  readonly people: number
  readonly standings: Readonly<Record<Standing, number>>
  readonly late: number
}

export type ProgrammeOverview = {
  readonly counts: Counts
  readonly people: readonly Seen[]
  /** Coaches and leaders whom a message does not reach. */
  readonly staffUnreached: readonly (Named & { readonly unreached: Unreached })[]
}

/** Everybody, in the order of the journeys. `pending`: the programme's notices. */
export function overviewOf(
  programme: Programme,
  journeys: readonly Journey[],
  pending: readonly Pending[],
  now: Instant,
): ProgrammeOverview {
  const here = todayIn(programme.zone, now)
  const waiting = Map.groupBy(pending, ({ to }) => to)
  const pendingTo = (person: PersonId) => waiting.get(person) ?? []
  const people = journeys.filter(belongs).map((journey): Seen => {
    const { person, name } = journey
    return {
      person,
      name,
      standing: standingOf(journey),
      stuck: stuck(journey, programme, here),
      late: isLate(journey, programme, here.day),
      unreached: whyUnreached(pendingTo(person), journey.consent !== undefined),
      nudgeable: !notNudgeable(journey, programme, now),
    }
  })
  const staff = new Map([...programme.coaches, ...programme.leaders].map(({ person, name }) => [person, name]))
  const staffUnreached = [...staff].flatMap(([person, name]) => {
    const why = whyUnreached(pendingTo(person), !isInvited(pendingTo(person)))
    return why ? [{ person, name, unreached: why }] : []
  })
  return { counts: countsOf(people), people, staffUnreached }
}

/** Somebody whom a kind word may help on, and who would be sent one now. */
export function worthANudge({ late, stuck: on, nudgeable }: Seen): boolean {
  return nudgeable && (late || on !== undefined)
}

/** How many are where. */
export function programmeCounts(programme: Programme, journeys: readonly Journey[], now: Instant): Counts {
  const day = today(now, programme.zone)
  return countsOf(
    journeys.filter(belongs).map(journey => ({ standing: standingOf(journey), late: isLate(journey, programme, day) })),
  )
}

function countsOf(people: readonly Pick<Seen, 'standing' | 'late'>[]): Counts {
  const counted = Object.fromEntries(standings.map(each => [each, 0])) as Record<Standing, number>
  for (const { standing } of people) counted[standing]++
  return { people: people.length, standings: counted, late: people.filter(({ late }) => late).length }
}

/** In counts of fewer people than these somebody could be recognised. */
export const fewestCounted = 3

/** What the coach of the programme it came from gets of one: how many are where, and how many logs are in. */
export type ParentSummary = Pick<Counts, 'people' | 'standings'> & { readonly logs: number }

/** Undefined where too few take part; those who were only asked hide nobody. */
export function parentSummary(
  programme: Programme,
  journeys: readonly Journey[],
  now: Instant,
): ParentSummary | undefined {
  const there = journeys.filter(takesPart)
  if (there.length < fewestCounted) return undefined
  const { people, standings } = programmeCounts(programme, journeys, now)
  const logs = there.flatMap(({ rounds }) => rounds.flatMap(round => Object.values(round.logs)))
  return { people, standings, logs: logs.filter(each => each.submittedAt).length }
}

function standingOf(journey: Journey): Standing {
  return awaitsConsent(journey) ? 'invited' : stageOf(currentRound(journey))
}

/** Who has come once cannot be somebody who never came. */
function whyUnreached(pendingToThem: readonly Pending[], hasCome: boolean): Unreached | undefined {
  const states = pendingToThem.map(({ state }) => state)
  if (states.includes('waiting')) return hasCome ? 'away' : 'neverCame'
  return states.includes('failed') ? 'undelivered' : undefined
}

function isInvited(pendingToThem: readonly Pending[]): boolean {
  return pendingToThem.some(({ kind }) => kind === 'coachInvitation' || kind === 'leaderInvitation')
}
