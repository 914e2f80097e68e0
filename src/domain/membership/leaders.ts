/**
 * Team leaders: whom a programme has, and who leads whom. A participant says at consent who theirs is; later a coach may
 * set it right. A leader who goes sees nothing from that moment, whatever a journey still says.
 */
import type { Journey } from '../journey.ts'
import { noOf, type Promised, toPerson } from '../notices.ts'
import { isLeader, type Named, type Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import type { Instant, PersonId } from '../values.ts'

/** A choice among more than these would not be one. */
export const mostLeaders = 100

/** At consent: it is as the invitation says, or this person, or (`undefined`) nobody. */
export type LeaderAnswer = 'asNamed' | { readonly leader: PersonId | undefined }

/** Adds a team leader and promises them an invitation. Somebody who is one already changes nothing. */
export function addLeader(
  programme: Programme,
  who: Named,
  now: Instant,
): Decided<{ programme: Programme; notices: readonly Promised[] }> {
  if (isLeader(programme, who.person)) return { programme, notices: [] }
  if (programme.closedAt) return refuse('programmeClosed')
  if (programme.leaders.length >= mostLeaders) return refuse('tooManyPeople', { limit: mostLeaders })
  const invitation = toPerson('leaderInvitation', programme.programme, who.person, noOf(now))
  return { programme: withLeader(programme, who), notices: [invitation] }
}

export function withLeader(programme: Programme, { person, name }: Named): Programme {
  return { ...programme, leaders: [...programme.leaders, { person, name }] }
}

/** Takes a leader out, also of a closed programme. Their people are without one: `withoutGoneLeader` for each. */
export function removeLeader(programme: Programme, person: PersonId): Programme {
  return { ...programme, leaders: programme.leaders.filter(leader => leader.person !== person) }
}

/** What a removed leader means for one journey; the same journey where nothing changes. */
export function withoutGoneLeader(journey: Journey, programme: Programme): Journey {
  const { leader, ...rest } = journey
  return leader === undefined || isLeader(programme, leader) ? journey : rest
}

/** A coach sets right who leads somebody; `undefined`: nobody does. */
export function moveLeader(
  journey: Journey,
  programme: Programme,
  leader: PersonId | undefined,
): Decided<{ journey: Journey }> {
  if (journey.leader === leader) return { journey }
  if (programme.closedAt) return refuse('programmeClosed')
  if (journey.removedAt) return refuse('noLongerIn')
  const no = notTheirLeader(programme, journey.person, leader)
  if (no) return no
  const { leader: _before, ...rest } = journey
  return { journey: leader === undefined ? rest : { ...rest, leader } }
}

/** Why this person cannot lead that one here, if so. */
export function notTheirLeader(
  programme: Programme,
  person: PersonId,
  leader: PersonId | undefined,
): Refused | undefined {
  if (leader === undefined) return undefined
  if (leader === person) return refuse('ownLeader')
  return isLeader(programme, leader) ? undefined : refuse('notALeader')
}

/** Who leads from now on, by the participant's own word. A leader named before who has gone is nobody. */
export function answeredLeader(
  journey: Journey,
  programme: Programme,
  answer: LeaderAnswer,
): Decided<{ leader: PersonId | undefined }> {
  if (answer === 'asNamed') return { leader: withoutGoneLeader(journey, programme).leader }
  return notTheirLeader(programme, journey.person, answer.leader) ?? answer
}
