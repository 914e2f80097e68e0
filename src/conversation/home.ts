/** Home: the card to come back to, whoever you are in a programme. */
import type { Alert } from '../cards/reader.ts'
import type { Role } from '../domain/person.ts'
import type { ProgrammeId } from '../domain/values.ts'
import { homeOf, mine, programmeAs } from './membership.ts'
import { coachHome, progressOfMine } from './overview.ts'
import { done, neutral, type Outcome, type Scope } from './scope.ts'

/** Of the programme the card was about, or of the one last used: as participant, else as coach, else as team leader. */
export async function home(scope: Scope, id?: ProgrammeId, alert?: Alert): Promise<Outcome> {
  const asked = (role: Role) => id ?? programmeAs(scope, role)
  const participant = asked('participant')
  const found = participant === undefined ? undefined : await mine(scope, participant)
  if (found) return done(await homeOf(scope, found, alert))
  const coach = asked('coach')
  const asCoach = coach === undefined ? undefined : await coachHome(scope, coach, 1, alert)
  if (asCoach) return asCoach
  const leader = asked('leader')
  const asLeader =
    leader === undefined ? undefined : await progressOfMine(scope, { programme: leader, page: 1, sort: 'stage' })
  return asLeader ?? neutral(scope)
}
