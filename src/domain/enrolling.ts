/**
 * Importing the people of a team. First everybody is counted, and nothing is kept of them but the counts; only what a
 * coach then confirms invites anybody. Each member of the team meets exactly one fate, and the counts of all of them are
 * what the coach is told in the end.
 */
import { invitePerson } from './inviting.ts'
import type { Journey } from './journey.ts'
import { mayBeInvited, type Shield } from './limits.ts'
import { belongs, saidNo } from './membership.ts'
import type { Promised } from './notices.ts'
import { isCoach, type Programme } from './programme.ts'
import type { Instant, PersonId, ProgrammeId } from './values.ts'

/**
 * One entry of a team's list. `other`: an app, an anonymous visitor, or whoever else has no Entra object id of their own:
 * shown in the counts, never invited. `account`: what the platform calls them where a chat with them is opened.
 */
export type Member =
  | { readonly who: 'person' | 'guest'; readonly person: PersonId; readonly name: string; readonly account: string }
  | { readonly who: 'other' }

/** Where a team's list is read. It carries no secret and no authority: whoever is asked decides anew. */
export type TeamReference = { readonly team: string; readonly serviceUrl: string; readonly tenant: string }

/** How many there are in a team. */
export type Headcount = { readonly people: number; readonly guests: number; readonly others: number }

/** A programme that the coach may import into, and how many of the team are in it already. */
export type Offer = {
  readonly programme: ProgrammeId
  readonly name: string
  readonly people: number
  readonly guests: number
}

/**
 * `already`: takes part, is asked, or coaches there. `removed`: a coach took them out, which only an invitation by name
 * undoes. `saidNo`: often enough to be left in peace. `blocked`: does not want this coach's invitations. `guest`: left out,
 * as the coach chose. `later`: came to the team after it was counted, and so was not confirmed.
 */
export const fates = ['invited', 'already', 'removed', 'saidNo', 'blocked', 'guest', 'other', 'later'] as const
export type Fate = (typeof fates)[number]
export type Fates = Readonly<Record<Fate, number>>

/** Why a team's list could not be read to its end. `notThere`: the bot is not in that team, or not any more. */
export type RosterTrouble = 'notThere' | 'notInTeam' | 'unavailable'

/** What a coach is told about an import. */
export type RosterNews =
  | { readonly news: 'asks'; readonly no: string; readonly seen: Headcount; readonly offers: readonly Offer[] }
  | { readonly news: 'done'; readonly fates: Fates }
  | { readonly news: 'failed'; readonly why: RosterTrouble; readonly fates?: Fates }

export const nobodySeen: Headcount = { people: 0, guests: 0, others: 0 }
export const noFates = Object.fromEntries(fates.map(fate => [fate, 0])) as Fates

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

/** What was confirmed, by whom, and when. */
export type Confirmed = { readonly by: PersonId; readonly guests: boolean; readonly since: Instant }

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
  shield: Shield | undefined,
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
