/**
 * Master coach and co-coaches. Whoever joins later sees dates and counts, and reads nobody's logs until that participant
 * says yes. Who leaves reads nothing from that moment, and is new again on coming back.
 */
import { coachesToAccept, isAccepted, readersOf } from '../access.ts'
import { type Acceptance, isReady, type Journey } from '../journey.ts'
import { noOf, type Promised, toPerson } from '../notices.ts'
import { type Coach, hasName, isCoach, type Named, type Programme } from '../programme.ts'
import { readyNotice } from '../readiness.ts'
import { type Decided, refuse } from '../refusals.ts'
import { belongs, takesPart } from '../standing.ts'
import type { Instant, PersonId } from '../values.ts'

/** As many as an invitation can name and still be read. */
export const mostCoaches = 10

type Staffed = Decided<{ programme: Programme; notices: readonly Promised[] }>

/**
 * Adds a co-coach and promises them an invitation; each participant is then to be asked (`askToAccept`). `journey` is the
 * one this person has in the programme, if any: nobody reads the logs of those they learn with.
 */
export function addCoach(programme: Programme, who: Named, journey: Journey | undefined, now: Instant): Staffed {
  if (isCoach(programme, who.person)) return { programme, notices: [] }
  if (programme.closedAt) return refuse('programmeClosed')
  if (journey && belongs(journey)) return refuse('learnsHere')
  if (programme.coaches.length >= mostCoaches) return refuse('tooManyPeople', { limit: mostCoaches })
  const coach: Coach = { person: who.person, name: who.name, since: now }
  const invitation = toPerson('coachInvitation', programme.programme, who.person, noOf(now))
  return { programme: { ...programme, coaches: [...programme.coaches, coach] }, notices: [invitation] }
}

/** Takes a coach out, also of a closed programme; the last one stays, since somebody has to answer for it. */
export function removeCoach(programme: Programme, person: PersonId): Decided<{ programme: Programme }> {
  if (!isCoach(programme, person)) return { programme }
  const coaches = programme.coaches.filter(coach => coach.person !== person)
  return coaches.length > 0 ? { programme: { ...programme, coaches } } : refuse('lastCoach')
}

/** The people who would have nobody left to read their logs when this coach goes. */
export function readByNobodyElse(
  programme: Programme,
  journeys: readonly Journey[],
  person: PersonId,
): readonly Journey[] {
  return journeys.filter(takesPart).filter(journey => {
    const readers = readersOf(programme, journey)
    return readers.length > 0 && readers.every(each => each.person === person)
  })
}

/**
 * Whoever was added by an id alone gets their name when they come. A coach is new from that moment on: only now can
 * participants be told of whom they are asked.
 */
export function named(programme: Programme, { person, name }: Named, now: Instant): Programme {
  const nameless = (each: Named) => each.person === person && !hasName(each)
  if (!hasName({ name }) || ![...programme.coaches, ...programme.leaders].some(nameless)) return programme
  return {
    ...programme,
    coaches: programme.coaches.map(each => (nameless(each) ? { ...each, name, since: now } : each)),
    leaders: programme.leaders.map(each => (nameless(each) ? { ...each, name } : each)),
  }
}

/** Asks a participant about a coach who has joined; nothing for those who will see them in their invitation. */
export function askToAccept(journey: Journey, programme: Programme, person: PersonId): readonly Promised[] {
  const round = journey.rounds.at(-1)?.no
  return coachesToAccept(programme, journey)
    .filter(coach => coach.person === person)
    .map(coach => toPerson('coachJoined', journey.programme, journey.person, noOf(coach.since), round))
}

/** The participant says yes to a reader who joined later. What is ready already is promised to that coach now. */
export function acceptCoach(
  journey: Journey,
  programme: Programme,
  person: PersonId,
): Decided<{ journey: Journey; notices: readonly Promised[] }> {
  if (!journey.active) return refuse('notActive')
  const coach = programme.coaches.find(each => each.person === person)
  if (!coach) return refuse('notACoach')
  if (isAccepted(coach, journey)) return { journey, notices: [] }
  const { declinedCoaches = [], ...rest } = journey
  const declined = declinedCoaches.filter(each => each.coach !== person)
  const next = {
    ...rest,
    ...(declined.length > 0 ? { declinedCoaches: declined } : {}),
    acceptedCoaches: [...journey.acceptedCoaches.filter(each => each.coach !== person), acceptanceOf(coach)],
  }
  const open = journey.rounds.filter(round => isReady(round) && !round.reviewedAt)
  return { journey: next, notices: open.map(round => readyNotice(next, round, person)) }
}

/** The participant says no: the coach goes on seeing dates and counts alone, and is not asked about again. */
export function declineCoach(journey: Journey, programme: Programme, person: PersonId): Decided<{ journey: Journey }> {
  if (!journey.active) return refuse('notActive')
  const coach = programme.coaches.find(each => each.person === person)
  if (!coach) return refuse('notACoach')
  if (isAccepted(coach, journey)) return refuse('coachAccepted')
  if (!coachesToAccept(programme, journey).includes(coach)) return { journey }
  return { journey: { ...journey, declinedCoaches: [...(journey.declinedCoaches ?? []), acceptanceOf(coach)] } }
}

function acceptanceOf({ person, since }: Coach): Acceptance {
  return { coach: person, since }
}
