/** For coach actions that need the programme and at most a few named people. */
import { someAtOnce } from '../../base/some-at-once.ts'
import type { Journey } from '../../domain/journey.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import type { PersonId, ProgrammeId } from '../../domain/values.ts'
import { keys } from '../../store/documents.ts'
import { denied, type Outcome, type TurnContext } from './turn-context.ts'

/** The programme as it is now; undefined for a person who is not its coach. */
export async function coachedProgramme(
  { people, person }: TurnContext,
  id: ProgrammeId,
): Promise<Programme | undefined> {
  const programme = await people.programmeNow(id)
  return programme && isCoach(programme, person) ? programme : undefined
}

/** Runs a row for a coach of this programme; everybody else gets what a stranger gets. */
export async function withCoachedProgramme(
  context: TurnContext,
  id: ProgrammeId,
  run: (programme: Programme) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const programme = await coachedProgramme(context, id)
  return programme ? run(programme) : denied(context)
}

/** At once; each is one small read. */
const atOnce = 10

/** The journeys of these people in a programme, those who have one, by person. */
export async function journeysOf(
  { store }: TurnContext,
  programme: ProgrammeId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Journey>> {
  const found = new Map<PersonId, Journey>()
  await someAtOnce(people, atOnce, async person => {
    const journey = (await store.get(keys.journey(programme, person)))?.doc
    if (journey) found.set(person, journey)
  })
  return found
}
