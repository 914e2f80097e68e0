/** Inviting by name, again after a removal, and saying no. An invited person is known by id and name, nothing else. */
import { currentRound, type Journey } from '../journey.ts'
import { noOf, type Promised, toPerson } from '../notices.ts'
import { isCoach, type Named, type Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import { askedAt, awaitsConsent, belongs, saidNo } from '../standing.ts'
import type { Instant, PersonId } from '../values.ts'
import { invite } from './consent.ts'
import { notTheirLeader } from './leaders.ts'

type Invited = Decided<{ journey: Journey; notices: readonly Promised[] }>

/**
 * A coach invites somebody, `by`. `before`: the journey this person has here already. Who was removed is asked to come back
 * and keeps everything meanwhile. Whether the inviter may write to this person at all is `mayBeInvited`'s to say.
 */
export function invitePerson(
  programme: Programme,
  before: Journey | undefined,
  { person, name }: Named,
  leader: PersonId | undefined,
  now: Instant,
  by: PersonId,
): Invited {
  if (programme.closedAt) return refuse('programmeClosed')
  if ((before && belongs(before)) || isCoach(programme, person)) return refuse('alreadyIn')
  if (before && saidNo(before)) return refuse('notInvitable')
  const no = notTheirLeader(programme, person, leader)
  if (no) return no
  const invited = { ...invite(programme, person, name, leader, now), invitedBy: by }
  if (!before) return { journey: invited, notices: [invitation(invited)] }
  const { leader: _before, ...rest } = before
  // Who is known by name is not made a stranger by an id without one.
  const again = {
    ...rest,
    name: name || before.name,
    ...(leader === undefined ? {} : { leader }),
    invitedAgainAt: now,
    invitedBy: by,
  }
  return { journey: again, notices: [invitation(again)] }
}

/** Whoever was invited by an id alone has no name until they come. */
export function withName(journey: Journey, name: string): Journey {
  return journey.name.trim() || !name.trim() ? journey : { ...journey, name }
}

/** With an invitation each they are one batch, below Cosmos DB's hundred writes and its time limit. */
export const mostAtOnce = 40

/** Why these are too many for one press, if so: asked before anything is looked up. */
export function tooManyAtOnce(people: readonly Named[]): Refused | undefined {
  return people.length > mostAtOnce ? refuse('tooManyAtOnce', { limit: mostAtOnce }) : undefined
}

/** What becomes of several people at once. `unwilling`: who is not to be asked any more. */
export type Asked = {
  readonly invited: readonly { readonly journey: Journey; readonly notices: readonly Promised[] }[]
  readonly already: readonly Named[]
  readonly unwilling: readonly Named[]
}

/** Each is decided for themselves; a closed programme, or a leader who cannot be theirs, is a no to all of it. */
export function inviteEach(
  programme: Programme,
  journeys: ReadonlyMap<PersonId, Journey>,
  people: readonly Named[],
  leader: PersonId | undefined,
  now: Instant,
  by: PersonId,
): Decided<Asked> {
  const invited: Asked['invited'][number][] = []
  const already: Named[] = []
  const unwilling: Named[] = []
  for (const who of people) {
    const { person } = who
    const before = journeys.get(person)
    const decided = invitePerson(programme, before, who, leader, now, by)
    const known = before ?? programme.coaches.find(coach => coach.person === person)
    if (!decided.refused) invited.push(decided)
    else if (decided.refused === 'alreadyIn') already.push({ person, name: known?.name || who.name })
    else if (decided.refused === 'notInvitable') unwilling.push({ person, name: who.name || (known?.name ?? '') })
    else return decided
  }
  return { invited, already, unwilling }
}

/** The latest asking, as a promised notice. */
export function invitation(journey: Journey): Promised {
  const round = currentRound(journey).no
  return toPerson('invitation', journey.programme, journey.person, noOf(askedAt(journey)), round)
}

/**
 * Saying no to the invitation of that moment (`askedAt` when its card was drawn), so that the same press twice is one no.
 * It closes no door: the invitation can still be accepted.
 */
export function declineInvitation(journey: Journey, asked: Instant): Decided<{ journey: Journey }> {
  if (!awaitsConsent(journey)) return refuse(journey.removedAt ? 'notActive' : 'alreadyConsented')
  const { declined = [] } = journey
  const known = declined.includes(asked) || saidNo(journey)
  return { journey: known ? journey : { ...journey, declined: [...declined, asked] } }
}
