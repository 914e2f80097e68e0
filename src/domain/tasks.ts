/**
 * Work that a change means for many people. It is promised in the same batch as the change and done in steps, each of
 * which is harmless twice, so that whoever finds it left half done can go on with it.
 */
import type { Confirmed, Fates, Headcount, Offer, TeamReference } from './import-counts.ts'
import type { Instant, PersonId, ProgrammeId } from './values.ts'

/** Brings every journey to where its programme is by now (`following.ts`). */
export type Follow = {
  readonly task: 'follow'
  readonly programme: ProgrammeId
  /** The change of the programme it is about. */
  readonly no: number
}

/** What both parts of an import have in common: a team's list, read page by page. */
type Reading = {
  /** Stands for the coach and the team: there is one of each at a time. */
  readonly no: string
  readonly by: PersonId
  readonly team: TeamReference
  /** The platform's word for the next page; absent: the first one. */
  readonly token?: string
  /** How often it had to begin again with the first page. */
  readonly restarts: number
  /** Its last step is done: the coach has been promised the news. */
  readonly ended?: Instant
}

/**
 * Counts the people of a team for a coach, who is then asked (`enrolling.ts`). Until they answer it stays as their pending
 * import, and after a week it is gone by itself. It lies with one of their programmes.
 */
export type Roster = Reading & {
  readonly task: 'roster'
  readonly programme: ProgrammeId
  readonly seen: Headcount
  readonly offers: readonly Offer[]
  /** Whether the coach was met in the list. */
  readonly met: boolean
}

/** Invites the people of a team, as their coach confirmed. */
export type Enrol = Reading &
  Confirmed & {
    readonly task: 'enrol'
    readonly programme: ProgrammeId
    /** How many people were confirmed. */
    readonly most: number
    readonly fates: Fates
  }

export type Task = Follow | Roster | Enrol
