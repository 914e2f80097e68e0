/**
 * Counting a team for a coach: page by page, of which nothing is kept but the counts and where the next page begins. The
 * question to the coach is promised in the batch of the last page, so that it is asked once, whoever dies.
 */

import { nobodySeen, type RosterNews, type RosterTrouble } from '../../domain/import-counts.ts'
import { noOf, type Promised, toPerson } from '../../domain/notices.ts'
import type { Enrol, Roster } from '../../domain/tasks.ts'
import { insideOf, offerWith, withMembers } from '../../domain/team-import/enrolling.ts'
import type { Instant, PersonId, ProgrammeId } from '../../domain/values.ts'
import type { Store } from '../../store/store.ts'
import { rosterTrouble } from './roster-page.ts'
import type { Worked, Working } from './working.ts'

export async function roster(task: Roster, working: Working): Promise<Worked> {
  const { store, clock, renewLease: goesOn, page, step } = working
  if (task.ended) return task.met ? 'rests' : 'done'
  const inside = new Map<ProgrammeId, ReadonlySet<PersonId>>()
  for (const { programme } of task.offers) inside.set(programme, await insideNow(store, programme))
  for (let now = task; await goesOn(); ) {
    const { seen, offers, by } = now
    const read = await page(now)
    if ('why' in read) {
      const trouble = rosterTrouble(read, working.tries(), now)
      if (trouble.do === 'again') return { again: trouble.seconds }
      if (trouble.do === 'giveUp') return giveUp({ ...now, met: false }, trouble.why, working)
      now = startedOver(now)
    } else {
      const { members, next } = read
      const met = now.met || members.some(member => member.who !== 'other' && member.person === by)
      const counted: Roster = {
        ...withPage(now, next),
        seen: withMembers(seen, members),
        offers: offers.map(offer => offerWith(offer, members, inside.get(offer.programme) ?? new Set())),
        met,
      }
      if (next === undefined) {
        if (!met) return giveUp(counted, 'notInTeam', working)
        const { no } = now
        const news = { news: 'asks', no, seen: counted.seen, offers: counted.offers } as const
        return (await step({ ...counted, ended: clock() }, [], [telling(now, news, clock())])) === 'kept'
          ? 'rests'
          : 'notYet'
      }
      if ((await step(counted, [])) !== 'kept') return 'notYet'
      now = counted
    }
  }
  return 'notYet'
}

/** Nothing of what was counted is right any more. */
function startedOver({ token: _gone, ...task }: Roster): Roster {
  const offers = task.offers.map(offer => ({ ...offer, people: 0, guests: 0 }))
  return { ...task, restarts: task.restarts + 1, seen: nobodySeen, offers, met: false }
}

async function insideNow(store: Store, id: ProgrammeId): Promise<ReadonlySet<PersonId>> {
  const docs = (await store.query('programmeOf', { programme: id })).map(({ doc }) => doc)
  const programme = docs.find(doc => doc.type === 'programme')
  return programme
    ? insideOf(
        programme,
        docs.filter(doc => doc.type === 'journey'),
      )
    : new Set()
}

async function giveUp(task: Roster, why: RosterTrouble, { clock, step, report }: Working): Promise<Worked> {
  report('roster.unread', { why, error: why })
  const ended = { ...task, met: false, ended: clock() }
  return (await step(ended, [], [telling(task, { news: 'failed', why }, clock())])) === 'kept' ? 'done' : 'notYet'
}

/** Where the reading goes on. */
export function withPage<T extends Roster | Enrol>(task: T, next: string | undefined): T {
  const { token: _read, ...rest } = task
  return { ...rest, ...(next !== undefined && { token: next }) } as T
}

/** News for the coach. */
export function telling(
  { programme, by }: Pick<Roster, 'programme' | 'by'>,
  roster: RosterNews,
  now: Instant,
): Promised {
  return { ...toPerson('enrol', programme, by, noOf(now)), roster }
}
