import type { Journey } from '../../domain/journey.ts'
import type { Role } from '../../domain/profile.ts'
import type { Programme } from '../../domain/programme.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { type Document, type DocumentOf, document, type Kind, keys } from '../../store/documents.ts'
import type { Stored, Write } from '../../store/store.ts'
import type { TurnContext } from './turn-context.ts'

/** The actor's own journey, with its programme. The journey is the authority. */
export type OwnJourney = { readonly programme: Programme; readonly journey: Stored<DocumentOf<'journey'>> }

export async function loadOwnJourney(context: TurnContext, id: ProgrammeId): Promise<OwnJourney | undefined> {
  const programme = await context.people.programme(id)
  const journey = programme && (await context.store.get(keys.journey(id, context.person)))
  return programme && journey && { programme, journey }
}

/** Replaces exactly the version that was decided upon. */
export function putJourney(before: Stored<DocumentOf<'journey'>>, journey: Journey): Write {
  return { op: 'put', doc: document(keys.journey(journey.programme, journey.person), journey), etag: before.etag }
}

/** The journey among what a batch wrote, so that the next card needs no further read. */
export function journeyIn(docs: readonly (Stored<Document> | undefined)[]): Stored<DocumentOf<'journey'>> {
  return writtenIn(docs, 'journey')
}

/** The first document of this kind that a batch has left behind. */
export function writtenIn<K extends Kind>(docs: readonly (Stored<Document> | undefined)[], type: K) {
  const found = docs.find(stored => stored?.doc.type === type)
  if (!found) throw new Error(`This batch wrote no ${type}.`)
  return found as Stored<DocumentOf<K>>
}

/** The programme that a word without a card is about: the one last used in that role, or the first. */
export function programmeAs({ profile }: TurnContext, role: Role): ProgrammeId | undefined {
  const mineAs = profile.memberships.filter(membership => membership.role === role)
  return (mineAs.find(membership => membership.programme === profile.lastProgramme) ?? mineAs[0])?.programme
}
