import { mayRead, relationsOf } from '../../domain/access.ts'
import { chosenSessions, currentRound, isReady, type Journey, logFacts, pointerOf } from '../../domain/journey.ts'
import { isCoach, isLeader, type Programme } from '../../domain/programme.ts'
import type { PersonId, ProgrammeId } from '../../domain/values.ts'
import type { DocumentOf } from '../../store/documents.ts'
import type { Stored } from '../../store/store.ts'
import type { TurnContext } from './turn-context.ts'

export function isCalled({ name }: Pick<Journey, 'name'>, typed: string): boolean {
  return name.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase())
}

export type Led = { readonly programme: Programme; readonly journeys: readonly Journey[] }

export async function ledBy(context: TurnContext, id: ProgrammeId): Promise<Led | undefined> {
  const found = await loadProgrammeAs(context, id, 'leader')
  if (!found) return undefined
  const { programme, journeys } = found
  const own = journeys.filter(journey => isLedBy(context.person, { programme, journey }))
  return { programme, journeys: own }
}

/** What each role asks: a coach also for what is promised in the programme and not out yet. */
const asks = {
  coach: { is: isCoach, query: 'glanceOf' },
  leader: { is: isLeader, query: 'programmeOf' },
} as const

export type ProgrammePeople = Led & { readonly notices: readonly Stored<DocumentOf<'notice'>>[] }

/**
 * The programme as it is now, with the journeys whose status this person may see, in one question; undefined for a
 * person who is neither its coach nor its leader. The profile's index decides nothing: for a person who is not in it the
 * programme is read first.
 */
export async function loadProgrammeAs(
  context: TurnContext,
  id: ProgrammeId,
  as: keyof typeof asks,
): Promise<ProgrammePeople | undefined> {
  const { person, profile, store, people } = context
  const { is, query } = asks[as]
  if (!profile.memberships.some(each => each.programme === id && each.role === as)) {
    const programme = await people.programmeNow(id)
    if (!programme || !is(programme, person)) return undefined
  }
  const found = await store.query(query, { programme: id })
  const programme = found.map(({ doc }) => doc).find(doc => doc.type === 'programme')
  if (!programme || !is(programme, person)) return undefined
  const journeys = found.flatMap(({ doc }) => (doc.type === 'journey' ? [doc] : []))
  return {
    programme,
    journeys: journeys.filter(journey => mayRead(person, 'status', { programme, journey })),
    notices: found.flatMap(({ doc, etag }) => (doc.type === 'notice' ? [{ doc, etag }] : [])),
  }
}

export type Of = { readonly programme: Programme; readonly journey: Journey }

/** Whether this person leads that participant, who has said so. */
export function isLedBy(person: PersonId, of: Of): boolean {
  const leads = isLeader(of.programme, person) && relationsOf(person, of).includes('teamLeader')
  return leads && mayRead(person, 'status', of)
}

/** The logs of one participant that this coach may read now, when the round is ready. */
export function readyToRead({ person }: TurnContext, programme: Programme, journey: Journey) {
  const round = currentRound(journey)
  const logs = (chosenSessions(round) ?? []).flatMap(session => {
    const pointer = pointerOf(round, session)
    const may = mayRead(person, 'submittedLog', { programme, journey }, { round: round.no, session })
    return pointer && may ? [{ session, pointer, opened: !!logFacts(round, session).openedAt }] : []
  })
  return isReady(round) && logs.length > 0
    ? { person: journey.person, name: journey.name, round: round.no, logs }
    : undefined
}
