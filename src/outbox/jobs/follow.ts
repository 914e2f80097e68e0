/** Brings the journeys of a programme to where the programme is: some at a time, each with what it promises in one batch. */

import type { Journey } from '../../domain/journey.ts'
import { followed, isBehind } from '../../domain/membership/following.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Follow } from '../../domain/tasks.ts'
import { type DocumentOf, document, keys, programmePartition } from '../../store/documents.ts'
import type { Store, Stored } from '../../store/store.ts'
import { forAnybody } from '../promising.ts'
import type { Worked, Working } from './working.ts'

/** With up to ten questions about coaches each, a batch stays below Cosmos DB's hundred writes and its time limit. */
const journeysAtOnce = 9

export async function follow(
  { programme: id }: Follow,
  { store, clock, renewLease: goesOn }: Working,
): Promise<Worked> {
  const docs = await store.query('programmeOf', { programme: id })
  const programme = docs.map(({ doc }) => doc).find(doc => doc.type === 'programme')
  if (!programme) return 'done'
  const behind = docs.flatMap(({ doc, etag }) =>
    doc.type === 'journey' && isBehind(doc, programme) ? [{ doc, etag }] : [],
  )
  let all = true
  for (let at = 0; at < behind.length; at += journeysAtOnce) {
    if (!(await goesOn())) return 'notYet'
    if (!(await together(store, programme, behind.slice(at, at + journeysAtOnce), clock()))) all = false
  }
  // Whoever was written meanwhile is looked at again.
  return all ? 'done' : 'notYet'
}

/** @returns false when somebody else was writing to one of them; then none of these was changed. */
async function together(
  store: Store,
  programme: Programme,
  journeys: readonly Stored<DocumentOf<'journey'>>[],
  now: string,
): Promise<boolean> {
  const writes = journeys.flatMap(({ doc, etag }) => {
    const { journey, notices } = followed(doc, programme)
    return [put(journey, etag), ...notices.map(notice => ({ op: 'put', doc: forAnybody(notice, now) }) as const)]
  })
  return (await store.commit(programmePartition(programme.programme), writes)).ok
}

function put(journey: Journey, etag: string) {
  return { op: 'put', doc: document(keys.journey(journey.programme, journey.person), journey), etag } as const
}
