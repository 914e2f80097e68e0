/**
 * The closed set of queries, each with one text per engine. No ORDER BY and no aggregate: across partitions Cosmos DB
 * would plan those anew (one more request); callers sort.
 */
import type { Instant, PersonId, ProgrammeId } from '../domain/values.ts'
import type { DocumentOf } from './documents.ts'

export type Queries = {
  /** Notices whose lease has run out, in every partition. */
  dueNotices: { input: { now: Instant }; doc: DocumentOf<'notice'> }
  /** Notices that wait for this person to become reachable, in every partition. */
  noticesWaitingFor: { input: { to: PersonId }; doc: DocumentOf<'notice'> }
  /** All journeys of a programme: progress, never an answer. */
  journeysOf: { input: { programme: ProgrammeId }; doc: DocumentOf<'journey'> }
}

export type QueryName = keyof Queries
