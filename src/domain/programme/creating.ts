/** Who may start a programme: those the organisation named, anyone where it says so, and whoever has been through one. */
import type { Journey } from '../journey.ts'
import { type Decided, refuse } from '../refusals.ts'
import type { PersonId, ProgrammeId } from '../values.ts'

/** What the organisation allows. `buddies`: graduates may run a programme of their own. */
export type Creators = { readonly creators: 'anyone' | readonly PersonId[]; readonly buddies: boolean }

export const onlyGraduates: Creators = { creators: [], buddies: true }

/** As what somebody starts a programme; it also says how many people they may invite. */
export const creations = ['named', 'anyone', 'graduate'] as const
export type Creation = (typeof creations)[number]

/** A round of theirs is reviewed. It stays so, also when they have left the programme. */
export function isGraduate(journey: Journey): boolean {
  return journey.rounds.some(round => round.reviewedAt)
}

/**
 * As what this person may start one, the strongest first, and from which programmes as a Buddy programme. `journeys`: all
 * of this person's own.
 */
export function mayCreate(
  person: PersonId,
  { creators, buddies }: Creators,
  journeys: readonly Journey[],
): Decided<{ as: Creation; parents: readonly ProgrammeId[] }> {
  const graduated = buddies ? journeys.filter(each => each.person === person && isGraduate(each)) : []
  const parents = graduated.map(journey => journey.programme)
  if (isNamed(person, creators)) return { as: 'named', parents }
  if (creators === 'anyone') return { as: 'anyone', parents }
  return parents.length > 0 ? { as: 'graduate', parents } : refuse('mayNotCreate')
}

export function isNamed(person: PersonId, creators: Creators['creators']): boolean {
  return creators !== 'anyone' && creators.includes(person)
}
