/**
 * The closed set of queries, each with one text per engine. No ORDER BY and no aggregate: across partitions Cosmos DB
 * would plan those anew (one more request); callers sort. A new query is a type and a row, nothing else.
 */
import type { Instant, PersonId, ProgrammeId } from '../domain/values.ts'
import { type DocumentOf, keys, programmePartition } from './documents.ts'

export type Queries = {
  /** Notices whose time has come: a lease ran out, or they are to be tried again. In every partition, some at a time. */
  dueNotices: { input: { now: Instant }; doc: DocumentOf<'notice'> }
  /** Promised pieces of work that nobody is doing, in every partition, some at a time. */
  dueTasks: { input: { now: Instant }; doc: DocumentOf<'task'> }
  /** Notices that wait for this person to become reachable, in every partition. */
  noticesWaitingFor: { input: { to: PersonId }; doc: DocumentOf<'notice'> }
  /** A programme and all its journeys: progress, never an answer. */
  programmeOf: { input: { programme: ProgrammeId }; doc: DocumentOf<'programme' | 'journey'> }
  /** The same with what is promised there and not out yet. */
  glanceOf: { input: { programme: ProgrammeId }; doc: DocumentOf<'programme' | 'journey' | 'notice'> }
  /** What is promised in a programme and nobody tries to send any more. */
  failedNoticesOf: { input: { programme: ProgrammeId }; doc: DocumentOf<'notice'> }
  /** A programme, one person's journey, and what is promised to them there. */
  personOf: {
    input: { programme: ProgrammeId; person: PersonId }
    doc: DocumentOf<'programme' | 'journey' | 'notice'>
  }
  /** A programme and those that came from it, wherever they lie. */
  childrenOf: { input: { parent: ProgrammeId }; doc: DocumentOf<'programme'> }
  /** The journeys of a few programmes, `mostPartitions` at most: progress, never an answer. */
  journeysIn: { input: { programmes: readonly ProgrammeId[] }; doc: DocumentOf<'journey'> }
}

/** So many programmes are asked about at once. */
export const mostPartitions = 8
const places = Array.from({ length: mostPartitions }, (_, no) => `p${no}`)

export type QueryName = keyof Queries

export type Parameters = { readonly pk?: string } & Readonly<Record<string, string | number>>

export type QueryText<N extends QueryName> = {
  /**
   * The parameters of both texts. One named `pk` keeps the query within that partition. `version` is that of this
   * program's shapes: a query that leaves out newer documents goes on working while a newer program is being deployed.
   */
  readonly given: (input: Queries[N]['input'], version: number) => Parameters
  /** The condition over table `documents`; selecting, and leaving out what has expired, is the engine's. */
  readonly sqlite: string
  /** What makes it quick, in the same expressions, unless the key does. A changed one is built when the file is opened. */
  readonly sqliteIndex?: string
  /** The condition over container `c`. */
  readonly cosmos: string
  /**
   * How many it gives at most; absent: all. Only for documents that no longer match once they have been dealt with, so
   * that asking again gets at those left over.
   */
  readonly atMost?: number
}

export const queryTexts: { readonly [N in QueryName]: QueryText<N> } = {
  dueNotices: {
    given: ({ now }, version) => ({ now, version }),
    sqlite: "type = 'notice' AND body ->> 'runAt' <= :now AND body ->> 'schemaVersion' <= :version",
    sqliteIndex: "(body ->> 'runAt') WHERE type = 'notice'",
    cosmos: 'c.type = "notice" AND c.runAt <= @now AND c.schemaVersion <= @version',
    // Whoever takes one moves its `runAt` first.
    atMost: 100,
  },
  dueTasks: {
    given: ({ now }, version) => ({ now, version }),
    sqlite: "type = 'task' AND body ->> 'runAt' <= :now AND body ->> 'schemaVersion' <= :version",
    sqliteIndex: "(body ->> 'runAt') WHERE type = 'task'",
    cosmos: 'c.type = "task" AND c.runAt <= @now AND c.schemaVersion <= @version',
    // Whoever takes one moves its `runAt` first.
    atMost: 20,
  },
  noticesWaitingFor: {
    given: ({ to }, version) => ({ to, version }),
    sqlite:
      "type = 'notice' AND body ->> 'state' = 'waiting' AND body ->> 'to' = :to AND body ->> 'schemaVersion' <= :version",
    sqliteIndex: "(body ->> 'to', body ->> 'state') WHERE type = 'notice'",
    cosmos: 'c.type = "notice" AND c.state = "waiting" AND c["to"] = @to AND c.schemaVersion <= @version',
  },
  programmeOf: {
    given: ({ programme }) => ({ pk: programmePartition(programme) }),
    // The range is what the key of a journey begins with, so that the primary key steps over logs and snapshots.
    sqlite:
      "pk = :pk AND id IN (SELECT 'p' UNION ALL SELECT id FROM documents WHERE pk = :pk AND id >= 'j:' AND id < 'j;')",
    cosmos: 'c.pk = @pk AND (c.type = "programme" OR c.type = "journey")',
  },
  glanceOf: {
    given: ({ programme }) => ({ pk: programmePartition(programme) }),
    sqlite:
      "pk = :pk AND id IN (SELECT 'p' UNION ALL SELECT id FROM documents WHERE pk = :pk AND id >= 'j:' AND id < 'j;'" +
      " UNION ALL SELECT id FROM documents WHERE pk = :pk AND id >= 'n:' AND id < 'n;')",
    cosmos: 'c.pk = @pk AND (c.type = "programme" OR c.type = "journey" OR c.type = "notice")',
  },
  failedNoticesOf: {
    given: ({ programme }) => ({ pk: programmePartition(programme) }),
    sqlite: "pk = :pk AND id >= 'n:' AND id < 'n;' AND body ->> 'state' = 'failed'",
    cosmos: 'c.pk = @pk AND c.type = "notice" AND c.state = "failed"',
  },
  personOf: {
    given: ({ programme, person }) => ({
      pk: programmePartition(programme),
      journey: keys.journey(programme, person).id,
      person,
    }),
    sqlite:
      "pk = :pk AND id IN (SELECT 'p' UNION ALL SELECT :journey UNION ALL SELECT id FROM documents" +
      " WHERE pk = :pk AND id >= 'n:' AND id < 'n;' AND body ->> 'to' = :person)",
    cosmos: 'c.pk = @pk AND (c.id = "p" OR c.id = @journey OR (c.type = "notice" AND c["to"] = @person))',
  },
  childrenOf: {
    given: ({ parent }) => ({ parent, mother: programmePartition(parent) }),
    sqlite:
      "id = 'p' AND pk IN (SELECT :mother UNION ALL SELECT pk FROM documents" +
      " WHERE type = 'programme' AND body ->> 'parent' = :parent)",
    sqliteIndex: "(body ->> 'parent') WHERE type = 'programme'",
    cosmos: 'c.type = "programme" AND (c.parent = @parent OR c.pk = @mother)',
  },
  journeysIn: {
    // A place that is not needed names no partition.
    given: ({ programmes }) =>
      Object.fromEntries(
        places.map((place, at) => [place, programmes[at] === undefined ? '' : programmePartition(programmes[at])]),
      ),
    sqlite: `pk IN (${places.map(place => `:${place}`).join(', ')}) AND id >= 'j:' AND id < 'j;'`,
    cosmos: `c.type = "journey" AND (${places.map(place => `c.pk = @${place}`).join(' OR ')})`,
  },
}
