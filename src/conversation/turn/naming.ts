/** The name of a coach or a team leader whom somebody added by an id alone: known when they come. */
import { named } from '../../domain/membership/coaches.ts'
import { counted } from '../../domain/membership/following.ts'
import { hasName, type Programme } from '../../domain/programme.ts'
import type { Write } from '../../store/store.ts'
import { putProgramme } from './changing.ts'
import { leasedTask } from './commit-decision.ts'
import type { TurnContext } from './turn-context.ts'

/**
 * A person who was added by an id alone has come: from now on they have a name there, and participants are asked about a
 * coach whom they can be told. @returns the programme as it is now; somebody else writing to it is left for their next coming.
 */
export async function withOwnName(context: TurnContext, programme: Programme): Promise<Programme> {
  const { person, incoming, now, people, store } = context
  const { name } = incoming.actor
  const mine = [...programme.coaches, ...programme.leaders].filter(each => each.person === person)
  if (mine.every(hasName) || !hasName({ name })) return programme
  const before = await people.programmeStored(programme.programme)
  if (!before) return programme
  const after = counted(before.doc, named(before.doc, { person, name }, now))
  if (after.programme === before.doc) return before.doc
  // No lease: the next process that looks for work does it.
  const tasks = after.tasks.map((task): Write => ({ op: 'create', doc: leasedTask(task, now, 0) }))
  const committed = await store.commit(before.doc.pk, [putProgramme(before, after.programme), ...tasks])
  if (!committed.ok) return before.doc
  people.written(committed.docs)
  return after.programme
}
