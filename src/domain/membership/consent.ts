/** Coming in and going: who was invited, what they say yes to, and what a removal or a closed programme means for them. */
import type { Journey } from '../journey.ts'
import { namedCoaches, type Programme } from '../programme.ts'
import { type Decided, refuse } from '../refusals.ts'
import { awaitsConsent } from '../standing.ts'
import type { Instant, PersonId } from '../values.ts'
import { answeredLeader, type LeaderAnswer } from './leaders.ts'

/** The version of "who will see what" a person consented to; a new text means a new version. */
export const consentVersion = 1

/**
 * A person who was invited and has not consented: id and name, nothing else. Where the one team leader there is coaches as
 * well, as in a Buddy programme, they are taken to lead this person until consent says otherwise, so that it is said first.
 */
export function invite(
  programme: Programme,
  person: PersonId,
  name: string,
  named: PersonId | undefined,
  now: Instant,
): Journey {
  const leader = named ?? coachingLeader(programme)
  return {
    programme: programme.programme,
    person,
    name,
    ...(leader === undefined ? {} : { leader }),
    invitedAt: now,
    acceptedCoaches: [],
    active: false,
    rounds: [{ no: 1, extraDays: 0, sessions: [], logs: {}, readyNo: 0 }],
  }
}

function coachingLeader({ leaders, coaches }: Programme): PersonId | undefined {
  const [only, ...others] = leaders
  return only && others.length === 0 && coaches.some(coach => coach.person === only.person) ? only.person : undefined
}

/**
 * Only consent makes a member. It covers the coaches the person was `shown`; when another has joined since, they are to be
 * shown again. It says who their team leader is. Consenting again is refused, so that the kept date and version stay the
 * first; who was removed and invited again consents anew.
 */
export function consent(
  journey: Journey,
  programme: Programme,
  shown: readonly PersonId[],
  now: Instant,
  answer: LeaderAnswer = 'asNamed',
): Decided<{ journey: Journey }> {
  if (programme.closedAt || (journey.removedAt && !journey.invitedAgainAt)) return refuse('notActive')
  if (!awaitsConsent(journey)) return refuse('alreadyConsented')
  const readers = namedCoaches(programme)
  const coaches = readers.map(coach => coach.person)
  if (!coaches.every(coach => shown.includes(coach))) return refuse('readersChanged')
  const led = answeredLeader(journey, programme, answer)
  if (led.refused) return led
  const { removedAt: _r, invitedAgainAt: _i, declined: _d, declinedCoaches: _c, leader: _l, ...rest } = journey
  return {
    journey: {
      ...rest,
      ...(led.leader === undefined ? {} : { leader: led.leader }),
      consent: { version: consentVersion, at: now, coaches },
      acceptedCoaches: readers.map(({ person, since }) => ({ coach: person, since })),
      active: true,
    },
  }
}

/** Removal takes the membership and nothing else; what was written stays its writer's. */
export function remove(journey: Journey, now: Instant): Journey {
  const { open: _closed, invitedAgainAt: _asked, ...rest } = journey
  return { ...rest, active: false, removedAt: journey.removedAt ?? now }
}

/** What closing or reopening a programme means for one journey. */
export function followProgramme(journey: Journey, programme: Programme): Journey {
  return { ...journey, active: !!journey.consent && !journey.removedAt && !programme.closedAt }
}
