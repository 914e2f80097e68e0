/**
 * Importing the people of a team. First everybody is counted, and nothing is kept of them but the counts; only what a
 * coach then confirms invites anybody. Each member of the team meets exactly one fate, and the counts of all of them are
 * what the coach is told in the end.
 */
import { type Confirmed, type Fate, type Fates, fates, type Headcount, type Offer } from '../import-counts.ts'
import type { Journey } from '../journey.ts'
import { invitePerson } from '../membership/inviting.ts'
import type { Promised } from '../notices.ts'
import { isCoach, type Programme } from '../programme.ts'
import { type InviterBlocks, mayBeInvited } from '../quotas/limits.ts'
import { belongs, saidNo } from '../standing.ts'
import type { Instant, PersonId } from '../values.ts'

/**
 * One entry of a team's list. `other`: an app, an anonymous visitor, or whoever else has no Entra object id of their own:
 * shown in the counts, never invited. `account`: what the platform calls them where a chat with them is opened.
 */
export type Member =
  | { readonly who: 'person' | 'guest'; readonly person: PersonId; readonly name: string; readonly account: string }
  | { readonly who: 'other' }

/** As many programmes as one choice shows. */
export const mostOffers = 10

export function withMembers(seen: Headcount, members: readonly Member[]): Headcount {
  const of = (who: Member['who']) => members.filter(member => member.who === who).length
  return { people: seen.people + of('person'), guests: seen.guests + of('guest'), others: seen.others + of('other') }
}

/** The offer with these members as well. `inside`: everybody of that programme whom an invitation would find in already. */
export function offerWith(offer: Offer, members: readonly Member[], inside: ReadonlySet<PersonId>): Offer {
  const of = (who: 'person' | 'guest') =>
    members.filter(member => member.who === who && inside.has(member.person)).length
  return { ...offer, people: offer.people + of('person'), guests: offer.guests + of('guest') }
}

/** Everybody whom an invitation to this programme would find in already. */
export function insideOf(programme: Programme, journeys: readonly Journey[]): ReadonlySet<PersonId> {
  return new Set([...programme.coaches, ...journeys.filter(belongs)].map(({ person }) => person))
}

/** How many people a coach confirms: those who are not in already. */
export function toInvite(seen: Headcount, offer: Offer, guests: boolean): number {
  return Math.max(0, seen.people - offer.people) + (guests ? Math.max(0, seen.guests - offer.guests) : 0)
}

/** `again`: invited by this very import already, and counted then. */
export type Enrolled =
  | { readonly fate: 'invited'; readonly journey: Journey; readonly notices: readonly Promised[] }
  | { readonly fate: Exclude<Fate, 'invited'> | 'again' }

/**
 * What becomes of one member. Whoever confirms an import is in the team with those they invite, so that they are no
 * stranger to them; who has blocked them is left in peace all the same.
 * @param before the journey this person has in the programme. @param room how many more may be invited.
 */
export function enrolMember(
  programme: Programme,
  before: Journey | undefined,
  shield: InviterBlocks | undefined,
  member: Member,
  { by, guests, since }: Confirmed,
  room: number,
  now: Instant,
): Enrolled {
  if (member.who === 'other') return { fate: 'other' }
  if (before?.invitedBy === by && before.invitedAt >= since) return { fate: 'again' }
  if (before && saidNo(before)) return { fate: 'saidNo' }
  if (isCoach(programme, member.person) || (before && belongs(before))) return { fate: 'already' }
  if (member.who === 'guest' && !guests) return { fate: 'guest' }
  if (before?.removedAt) return { fate: 'removed' }
  if (mayBeInvited(shield, by, false, now).refused) return { fate: 'blocked' }
  const { person, name, account } = member
  // Clocks of two processes differ: what this import does is never before its own beginning.
  const at = now > since ? now : since
  const invited = invitePerson(programme, before, { person, name }, undefined, at, by)
  // Closed: whoever does the work asks that first.
  if (invited.refused) return { fate: 'already' }
  if (room < 1) return { fate: 'later' }
  const { journey } = invited
  return { fate: 'invited', journey, notices: invited.notices.map(notice => ({ ...notice, account })) }
}

/** Counted by fate, on top of what was counted before. */
export function withFates(before: Fates, met: readonly Enrolled[]): Fates {
  const of = (fate: Fate) => before[fate] + met.filter(each => each.fate === fate).length
  return Object.fromEntries(fates.map(fate => [fate, of(fate)])) as Fates
}
