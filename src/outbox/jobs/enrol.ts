/**
 * Inviting the people of a team, as a coach confirmed: page by page, and within a page some at a time. Who was invited,
 * their invitation and the count of it lie in one batch with the place where the work is, under the version of whoever
 * holds it. A page that was left half done is looked at again: whoever this import has invited is known by their journey.
 */

import type { Journey } from '../../domain/journey.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import type { InviterBlocks } from '../../domain/quotas/limits.ts'
import type { Enrol } from '../../domain/tasks.ts'
import { type Enrolled, enrolMember, type Member, withFates } from '../../domain/team-import/enrolling.ts'
import type { Instant, PersonId, ProgrammeId } from '../../domain/values.ts'
import { document, keys } from '../../store/documents.ts'
import type { Store, Write } from '../../store/store.ts'
import { forAnybody } from '../promising.ts'
import { telling, withPage } from './roster.ts'
import { rosterTrouble } from './roster-page.ts'
import type { Step, Worked, Working } from './working.ts'

/** A journey and an invitation each; with the task a batch stays below Cosmos DB's hundred writes and its time limit. */
const peopleAtOnce = 30
/** Point reads of what people have said about who may invite them. */
const shieldsAtOnce = 10
/** A page is decided anew so often while others are writing to the same people. */
const mostRaces = 5

export async function enrol(task: Enrol, working: Working): Promise<Worked> {
  const { clock, renewLease: goesOn, page, step } = working
  if (task.ended) return 'done'
  for (let now = task; await goesOn(); ) {
    const read = await page(now)
    if ('why' in read) {
      const trouble = rosterTrouble(read, working.tries(), now)
      if (trouble.do === 'again') return { again: trouble.seconds }
      if (trouble.do === 'startOver') now = startedOver(now)
      else {
        const { why } = trouble
        working.report('roster.unread', { why, error: why })
        const news = { news: 'failed', why, fates: now.fates } as const
        const ended = await step({ ...now, ended: clock() }, [], [telling(now, news, clock())])
        return ended === 'kept' ? 'done' : 'notYet'
      }
    } else {
      const done = await invitePage(now, read.members, read.next, working)
      if (done === undefined) return 'notYet'
      if (done.ended) return 'done'
      now = done
    }
  }
  return 'notYet'
}

/** Whoever was invited stays counted; everybody else is met again. */
function startedOver({ token: _gone, ...task }: Enrol): Enrol {
  const none = withFates(task.fates, [])
  const zero = Object.fromEntries(Object.keys(none).map(fate => [fate, 0])) as Enrol['fates']
  return { ...task, restarts: task.restarts + 1, fates: { ...zero, invited: task.fates.invited } }
}

/** @returns where the work is now; undefined when it is not to go on: told so, or no longer ours. */
async function invitePage(
  task: Enrol,
  listed: readonly Member[],
  next: string | undefined,
  { store, clock, renewLease: goesOn, step }: Working,
): Promise<Enrol | undefined> {
  const members = onceEach(listed)
  let now = task
  for (let races = 0; races < mostRaces; races++) {
    const found = await everybodyOf(store, now.programme)
    // Closed, or led by others, since it was confirmed: nobody is asked any more, and there is nobody to tell.
    if (!found || found.programme.closedAt || !isCoach(found.programme, now.by)) {
      const ended = { ...now, ended: clock() }
      return (await step(ended, [])) === 'kept' ? ended : undefined
    }
    const met = await decided(store, found, members, now, clock())
    const invited = met.flatMap(each => (each.fate === 'invited' ? [each] : []))
    let kept: Step = 'kept'
    for (let at = 0; at < invited.length && kept === 'kept'; at += peopleAtOnce) {
      if (!(await goesOn())) return undefined
      const some = invited.slice(at, at + peopleAtOnce)
      const counted = { ...now, fates: withFates(now.fates, some) }
      kept = await step(
        counted,
        some.flatMap(each => writesOf(each, clock())),
      )
      if (kept === 'kept') now = counted
    }
    if (kept === 'lost') return undefined
    if (kept === 'kept') {
      const fates = withFates(
        now.fates,
        met.filter(({ fate }) => fate !== 'invited'),
      )
      const read = { ...withPage(now, next), fates }
      const after = next === undefined ? { ...read, ended: clock() } : read
      const news = next === undefined ? [telling(now, { news: 'done', fates }, clock())] : []
      return (await step(after, [], news)) === 'kept' ? after : undefined
    }
  }
  return undefined
}

/** A list may name somebody twice while it changes. */
function onceEach(members: readonly Member[]): readonly Member[] {
  const known = new Set<PersonId>()
  return members.filter(member => {
    if (member.who === 'other') return true
    const first = !known.has(member.person)
    known.add(member.person)
    return first
  })
}

type Everybody = { readonly programme: Programme; readonly journeys: ReadonlyMap<PersonId, Journey> }

async function everybodyOf(store: Store, id: ProgrammeId): Promise<Everybody | undefined> {
  const docs = (await store.query('programmeOf', { programme: id })).map(({ doc }) => doc)
  const programme = docs.find(doc => doc.type === 'programme')
  const journeys = docs.filter(doc => doc.type === 'journey')
  return programme && { programme, journeys: new Map(journeys.map(journey => [journey.person, journey])) }
}

async function decided(
  store: Store,
  { programme, journeys }: Everybody,
  members: readonly Member[],
  task: Enrol,
  now: Instant,
): Promise<readonly Enrolled[]> {
  const met: Enrolled[] = []
  let room = task.most - task.fates.invited
  for (let at = 0; at < members.length; at += shieldsAtOnce) {
    const some = members.slice(at, at + shieldsAtOnce)
    const shields = await Promise.all(some.map(member => shieldOf(store, journeys, member)))
    some.forEach((member, index) => {
      const before = member.who === 'other' ? undefined : journeys.get(member.person)
      const each = enrolMember(programme, before, shields[index], member, task, room, now)
      if (each.fate === 'invited') room--
      met.push(each)
    })
  }
  return met
}

/** Asked for only where it may matter: whoever has a journey here is not invited by an import. */
async function shieldOf(
  store: Store,
  journeys: Everybody['journeys'],
  member: Member,
): Promise<InviterBlocks | undefined> {
  if (member.who === 'other' || journeys.has(member.person)) return undefined
  return (await store.get(keys.shield(member.person)))?.doc
}

function writesOf({ journey, notices }: Extract<Enrolled, { fate: 'invited' }>, now: Instant): readonly Write[] {
  const doc = document(keys.journey(journey.programme, journey.person), journey)
  return [{ op: 'create', doc }, ...notices.map(notice => ({ op: 'create', doc: forAnybody(notice, now) }) as const)]
}
