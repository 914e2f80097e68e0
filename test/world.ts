/**
 * A small world of people in every relation to one another, with a different canary word in every kind of text, made by
 * the rules themselves. The access matrix looks for the canaries in what each person is shown.
 */
import { choose } from '../src/domain/choosing.ts'
import { consent, invite, type Journey, remove } from '../src/domain/journey.ts'
import { answer, emptyLog, type LearningLog } from '../src/domain/log.ts'
import { type Snapshot, submit } from '../src/domain/log-states.ts'
import { newProfile, type Role } from '../src/domain/person.ts'
import type { Programme } from '../src/domain/programme.ts'
import { plan, record } from '../src/domain/sessions.ts'
import { document, keys } from '../src/store/documents.ts'
import type { Store, Write } from '../src/store/store.ts'
import { ok } from './domain/given.ts'

export const now = '2026-11-23T09:00:00.000Z'
const early = '2026-10-01T00:00:00.000Z'
const consented = '2026-11-02T08:00:00.000Z'

export const people = {
  ready: 'person-ready',
  drafting: 'person-drafting',
  other: 'person-other',
  removed: 'person-removed',
  invited: 'person-invited',
  coach: 'person-coach',
  newCoach: 'person-newcoach',
  removedCoach: 'person-removedcoach',
  leader: 'person-leader',
  otherLeader: 'person-otherleader',
  parentCoach: 'person-parentcoach',
  stranger: 'person-stranger',
} as const
export type Who = keyof typeof people
export type Writer = 'ready' | 'drafting' | 'other' | 'removed'

const of = (role: string, person: string) => ({ person, name: `Name of ${role}` })

export const parent: Programme = {
  programme: 'mother',
  name: 'Mother programme',
  language: 'en',
  zone: 'Europe/Berlin',
  startDate: '2026-06-01',
  weeks: 6,
  maxSessions: 5,
  questionSet: 'leadership-learning-log@1',
  coaches: [{ ...of('parent coach', people.parentCoach), since: early }],
  leaders: [],
}

export const programme: Programme = {
  ...parent,
  programme: 'spring',
  name: 'Spring programme',
  startDate: '2026-11-02',
  parent: 'mother',
  coaches: [
    { ...of('coach', people.coach), since: early },
    { ...of('new coach', people.newCoach), since: '2026-11-20T00:00:00.000Z' },
  ],
  leaders: [of('leader', people.leader), of('other leader', people.otherLeader)],
}

/** Before the new coach came. */
const before: Programme = { ...programme, coaches: programme.coaches.slice(0, 1) }

export const kinds = ['alias', 'detail', 'draft', 'submitted', 'status'] as const
export type CanaryKind = (typeof kinds)[number]

/** One word of its own for each writer and each kind of text; a status carries the name it is about. */
export function canary(kind: CanaryKind, writer: Writer): string {
  if (kind === 'status') return `Name of ${writer}`
  return `CANARY-${kind}-${writer}`
}

function filled(of: Programme, person: string, session: number, text: string): LearningLog {
  let log = emptyLog(of, person, 1, session)
  for (let question = 1; question <= 16; question++) {
    const decided = answer(log, question, `${text} ${question}`, 0, consented)
    if (decided.refused || decided.stale) throw new Error('an answer was not taken')
    log = decided.log
  }
  return log
}

/** Three held sessions, the first two chosen, a draft in the third and, unless both are submitted, in the chosen ones. */
function writer(who: Writer, both: boolean) {
  const person = people[who]
  let journey = ok(
    consent(invite(programme, person, `Name of ${who}`, people.leader, consented), before, [people.coach], consented),
  ).journey
  for (const no of [1, 2, 3]) {
    const detail = canary('detail', who)
    const input = {
      coachee: `${canary('alias', who)} ${no}`,
      topic: `Topic ${canary('alias', who)}`,
      goal: detail,
      plannedFor: '2026-11-09',
    }
    journey = ok(plan(journey, programme, input, `form-${no}`)).journey
    journey = ok(record(journey, no, { heldOn: '2026-11-10', line: detail, rating: 4 }, now, 'Europe/Berlin')).journey
  }
  journey = ok(choose(journey, programme, { best: 1, mostChallenging: 2 }, consented)).journey
  const logs: LearningLog[] = [filled(programme, person, 3, canary('draft', who))]
  const snapshots: Snapshot[] = []
  for (const session of [1, 2]) {
    const log = filled(programme, person, session, canary(both ? 'submitted' : 'draft', who))
    if (!both && session === 2) {
      logs.push(log)
      continue
    }
    // One submitted log alone makes nothing readable: its text counts as a draft's until the round is ready.
    const decided = ok(submit(journey, programme, log, consented))
    journey = decided.journey
    logs.push(decided.log)
    snapshots.push(decided.snapshot)
  }
  return { journey, logs, snapshots }
}

/** Everybody's memberships, as the index in the profile has them; removed people are still in it, for it is no authority. */
const memberships: Partial<Record<Who, readonly { programme: string; role: Role }[]>> = {
  ready: [{ programme: 'spring', role: 'participant' }],
  drafting: [{ programme: 'spring', role: 'participant' }],
  other: [{ programme: 'spring', role: 'participant' }],
  removed: [{ programme: 'spring', role: 'participant' }],
  invited: [{ programme: 'spring', role: 'participant' }],
  coach: [{ programme: 'spring', role: 'coach' }],
  newCoach: [{ programme: 'spring', role: 'coach' }],
  removedCoach: [{ programme: 'spring', role: 'coach' }],
  leader: [{ programme: 'spring', role: 'leader' }],
  otherLeader: [{ programme: 'spring', role: 'leader' }],
  parentCoach: [{ programme: 'mother', role: 'coach' }],
}

function springWrites(): readonly Write[] {
  const journeys: Journey[] = []
  const writes: Write[] = [{ op: 'put', doc: document(keys.programme('spring'), programme) }]
  for (const who of ['ready', 'drafting', 'other', 'removed'] as const) {
    const { journey, logs, snapshots } = writer(who, who !== 'drafting')
    journeys.push(who === 'removed' ? remove(journey, now) : journey)
    for (const log of logs)
      writes.push({ op: 'put', doc: document(keys.log('spring', log.person, 1, log.session), log) })
    for (const each of snapshots) {
      writes.push({
        op: 'put',
        doc: document(keys.snapshot('spring', each.person, 1, each.session, each.snapshot), each),
      })
    }
  }
  journeys.push(invite(programme, people.invited, 'Name of invited', people.leader, consented))
  for (const journey of journeys)
    writes.push({ op: 'put', doc: document(keys.journey('spring', journey.person), journey) })
  return writes
}

/** Made once: it is the same for every store. */
let spring: readonly Write[] | undefined

export async function settleWorld(store: Store): Promise<void> {
  spring ??= springWrites()
  await must(store, 'p:spring', spring)
  await must(store, 'p:mother', [{ op: 'put', doc: document(keys.programme('mother'), parent) }])
  for (const who of Object.keys(people) as Who[]) {
    const profile = { ...newProfile(people[who], `Name of ${who}`), memberships: memberships[who] ?? [] }
    const doc = document(keys.profile(people[who]), profile)
    await must(store, doc.pk, [{ op: 'put', doc }])
  }
}

async function must(store: Store, pk: string, writes: readonly Write[]): Promise<void> {
  const committed = await store.commit(pk, writes)
  if (!committed.ok) throw new Error(`seeding failed: ${committed.conflict}`)
}
