/** Home: the card to come back to, whoever you are in a programme. */
import type { Alert } from '../cards/reader.ts'
import { type Role, roles } from '../domain/person.ts'
import type { ProgrammeId } from '../domain/values.ts'
import { homeOf, mine, programmeAs } from './membership.ts'
import { coachHome, progressOfMine } from './overview.ts'
import { done, neutral, type Outcome, type Scope } from './scope.ts'

/** Of the programme the card was about, or of the one last used: as participant, else as coach, else as team leader. */
export async function home(scope: Scope, id?: ProgrammeId, alert?: Alert): Promise<Outcome> {
  // The index says where to look first, so that a coach costs no look for a journey; the rest is asked all the same.
  const indexed = scope.profile.memberships.filter(each => each.programme === id).map(each => each.role)
  const order = roles.toSorted((a, b) => Number(indexed.includes(b)) - Number(indexed.includes(a)))
  for (const role of order) {
    const programme = id ?? programmeAs(scope, role)
    const found = programme === undefined ? undefined : await homeAs[role](scope, programme, alert)
    if (found) return found
  }
  return neutral(scope)
}

const homeAs: {
  readonly [role in Role]: (scope: Scope, id: ProgrammeId, alert?: Alert) => Promise<Outcome | undefined>
} = {
  participant: async (scope, id, alert) => {
    const found = await mine(scope, id)
    return found && done(await homeOf(scope, found, alert))
  },
  coach: (scope, id, alert) => coachHome(scope, id, 1, alert),
  leader: (scope, id) => progressOfMine(scope, { programme: id, page: 1, sort: 'stage' }),
}
