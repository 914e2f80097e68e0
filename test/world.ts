/**
 * A small world of people in every relation to one another, with a different canary word in every kind of text, made by
 * the rules themselves. The access matrix looks for the canaries in what each person is shown.
 */

import type { Journey } from '../src/domain/journey.ts'
import { answer, emptyLog, type LearningLog } from '../src/domain/logs/log.ts'
import { type Snapshot, submit } from '../src/domain/logs/log-states.ts'
import { consent, invite, remove } from '../src/domain/membership/consent.ts'
import { newProfile, type Role } from '../src/domain/profile.ts'
import type { Programme } from '../src/domain/programme.ts'
import { choose } from '../src/domain/sessions/choosing.ts'
import { plan, record } from '../src/domain/sessions/sessions.ts'
import { document, keys, type Notice } from '../src/store/documents.ts'
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
  secondLeader: 'person-secondleader',
  parentCoach: 'person-parentcoach',
  removedLeader: 'person-removedleader',
  /** Has been through the mother programme, and runs a Buddy programme: its coach, and its team leader. */
  graduate: 'person-graduate',
  /** Takes part in the Buddy programme, and leads nobody. */
  report: 'person-report',
  stranger: 'person-stranger',
} as const
export type Who = keyof typeof people
export const writers = ['ready', 'drafting', 'other', 'removed', 'invited', 'report'] as const
export type Writer = (typeof writers)[number]

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
  leaders: [of('leader', people.leader), of('second leader', people.secondLeader)],
}

/** Before the new coach came. */
const before: Programme = { ...programme, coaches: programme.coaches.slice(0, 1) }

/** A child of the mother programme, whose coach is its team leader too. */
export const buddy: Programme = {
  ...parent,
  programme: 'buddy',
  name: 'Buddy programme',
  startDate: '2026-11-02',
  parent: 'mother',
  coaches: [{ ...of('graduate', people.graduate), since: early }],
  leaders: [of('graduate', people.graduate)],
}

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
function writer(who: Writer, both: boolean, programme: Programme, leader: string) {
  const person = people[who]
  const shown = programme.coaches.map(coach => coach.person)
  const invited = invite(programme, person, `Name of ${who}`, leader, consented)
  let journey = ok(consent(invited, programme, shown, consented)).journey
  for (const no of [1, 2, 3]) {
    const detail = canary('detail', who)
    const input = {
      coachee: `${canary('alias', who)} ${no}`,
      topic: `Topic ${canary('alias', who)}`,
      goal: detail,
      plannedFor: '2026-11-09',
    }
    journey = ok(plan(journey, programme, input, `form-${no}`, now)).journey
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
  secondLeader: [{ programme: 'spring', role: 'leader' }],
  parentCoach: [{ programme: 'mother', role: 'coach' }],
  removedLeader: [{ programme: 'spring', role: 'leader' }],
  graduate: [
    { programme: 'mother', role: 'participant' },
    { programme: 'buddy', role: 'coach' },
    { programme: 'buddy', role: 'leader' },
  ],
  report: [{ programme: 'buddy', role: 'participant' }],
}

/** All that is written, by programme. */
function everything(): readonly (readonly [string, readonly Write[]])[] {
  const spring = (['ready', 'drafting', 'other', 'removed'] as const).map(who =>
    writer(who, who !== 'drafting', before, people.leader),
  )
  const invited = invite(programme, people.invited, 'Name of invited', people.leader, consented)
  const graduated = { ...invite(parent, people.graduate, 'Name of graduate', undefined, early), ...reviewedThen }
  return [
    ['p:spring', writesOf(programme, [...spring, onlyJourney(invited)])],
    ['p:buddy', writesOf(buddy, [writer('report', true, buddy, people.graduate)])],
    ['p:mother', writesOf(parent, [onlyJourney(graduated)])],
  ]
}

/** Made once: it is the same for every store. */
let made: ReturnType<typeof everything> | undefined

export async function settleWorld(store: Store): Promise<void> {
  made ??= everything()
  for (const [pk, writes] of made) await must(store, pk, writes)
  await must(store, 'p:spring', [{ op: 'put', doc: document(keys.notice(undelivered), undelivered) }])
  for (const who of Object.keys(people) as Who[]) {
    const profile = { ...newProfile(people[who], `Name of ${who}`), memberships: memberships[who] ?? [] }
    const doc = document(keys.profile(people[who]), profile)
    await must(store, doc.pk, [{ op: 'put', doc }])
  }
}

type Written = ReturnType<typeof writer>

const onlyJourney = (journey: Journey): Written => ({ journey, logs: [], snapshots: [] })

/** A journey that is over: what a graduate is known by. */
const reviewedThen: Partial<Journey> = {
  consent: { version: 1, at: early, coaches: [people.parentCoach] },
  acceptedCoaches: [{ coach: people.parentCoach, since: early }],
  active: true,
  rounds: [{ no: 1, extraDays: 0, sessions: [], logs: {}, readyNo: 1, reviewedAt: '2026-08-01T08:00:00.000Z' }],
}

/** A programme with its people and all they have written. */
function writesOf(of: Programme, all: readonly Written[]): readonly Write[] {
  const { programme: id } = of
  const writes: Write[] = [{ op: 'put', doc: document(keys.programme(id), of) }]
  for (const { journey, logs, snapshots } of all) {
    const left = journey.person === people.removed ? remove(journey, now) : journey
    writes.push({ op: 'put', doc: document(keys.journey(id, journey.person), left) })
    for (const log of logs) writes.push({ op: 'put', doc: document(keys.log(id, log.person, 1, log.session), log) })
    for (const each of snapshots) {
      const key = keys.snapshot(id, each.person, 1, each.session, each.snapshot)
      writes.push({ op: 'put', doc: document(key, each) })
    }
  }
  return writes
}

/** A message that nobody tries to send any more: a coach's task. */
export const undelivered: Notice = {
  ...{ kind: 'nudge', programme: 'spring', person: people.other, to: people.other, round: 1, no: 1 },
  ...{ state: 'failed', runAt: '9999-12-31T00:00:00.000Z', unknownSends: 0, attempts: 8, promisedAt: consented },
}

async function must(store: Store, pk: string, writes: readonly Write[]): Promise<void> {
  const committed = await store.commit(pk, writes)
  if (!committed.ok) throw new Error(`seeding failed: ${committed.conflict}`)
}
