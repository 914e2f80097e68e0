/** What an import of a team is told by: where the team is, how many are in it, and what became of them. Counts, never a person. */
import type { Instant, PersonId, ProgrammeId } from './values.ts'

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

/** What was confirmed, by whom, and when. */
export type Confirmed = { readonly by: PersonId; readonly guests: boolean; readonly since: Instant }
