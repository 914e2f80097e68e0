/**
 * People in the middle of their journey, prepared by the rules themselves and put into the store directly. Each is alone
 * in a programme with a coach of their own, or with the few it is about, so that nothing of one run is remembered in the
 * next.
 */

import type { Journey } from '../../src/domain/journey.ts'
import { answer, emptyLog, type LearningLog } from '../../src/domain/logs/log.ts'
import { type Snapshot, submit } from '../../src/domain/logs/log-states.ts'
import { consent, invite } from '../../src/domain/membership/consent.ts'
import { newProfile, type Role } from '../../src/domain/profile.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { choose } from '../../src/domain/sessions/choosing.ts'
import { plan, record } from '../../src/domain/sessions/sessions.ts'
import { document, keys } from '../../src/store/documents.ts'
import type { Write } from '../../src/store/store.ts'
import { ok } from '../domain/given.ts'
import type { World } from './world.ts'

export type Participant = {
  readonly programme: string
  readonly person: string
  readonly coach: string
  /** Nobody else's, so that a card to the coach tells whom it is about. */
  readonly name: string
}

/**
 * How far they are. `chosen`: both logs are empty. `lastTwo`: one log is submitted, the other lacks its last answer,
 * `lastOne`: that other one is complete. `second`: the second one alone is complete, none is submitted. `complete`: both
 * are, none is submitted. `ready`: both are submitted.
 */
export type Stage = 'chosen' | 'lastTwo' | 'lastOne' | 'second' | 'complete' | 'ready'

const filledTo: Record<Stage, readonly [number, number]> = {
  chosen: [0, 0],
  lastTwo: [16, 15],
  lastOne: [16, 16],
  second: [0, 16],
  complete: [16, 16],
  ready: [16, 16],
}
const submittedAt: Record<Stage, readonly number[]> = {
  chosen: [],
  lastTwo: [1],
  lastOne: [1],
  second: [],
  complete: [],
  ready: [1, 2],
}
const zone = 'Europe/Berlin'
const language = 'en'

/** The text of an answer that is there from the beginning. */
export const preparedText = (session: number, question: number) => `Session ${session}, answer ${question}.`

export const chatOf = (person: string) => `chat-${person}`

/** Their own too: what the platform counts per tenant, one run does not take from another. */
export const tenantOf = ({ programme }: Pick<Participant, 'programme'>) => `tenant-${programme}`

/** Somebody who is alone in a programme. */
export async function prepare(world: World, no: number, stage: Stage): Promise<Participant> {
  const [who] = await prepareAll(world, no, stage, 1)
  if (!who) throw new Error('Nobody was prepared.')
  return who
}

/** As many people in one programme, each as far as the others. */
export async function prepareAll(
  { store, connector }: World,
  no: number,
  stage: Stage,
  people: number,
): Promise<readonly Participant[]> {
  const digits = String(no).padStart(12, '0')
  const of = { programme: `run-${no}`, coach: `c0000000-0000-4000-8000-${digits}` }
  const all = Array.from({ length: people }, (_, index): Participant => {
    const person = `a${String(index).padStart(7, '0')}-0000-4000-8000-${digits}`
    return { ...of, person, name: index === 0 ? `Anna ${no}` : `Anna ${no}.${index + 1}` }
  })
  const now = new Date().toISOString()
  const programme: Programme = {
    programme: of.programme,
    name: 'Coaching Master Class',
    language,
    zone,
    startDate: now.slice(0, 10),
    weeks: 6,
    maxSessions: 5,
    questionSet: 'leadership-learning-log@1',
    coaches: [{ person: of.coach, name: `Carla ${no}`, since: now }],
    leaders: [],
  }
  // Created, not put: so the store itself tries again when the machine is busy and an answer is lost.
  await write([{ op: 'create', doc: document(keys.programme(of.programme), programme) }])
  for (const who of all) {
    await write(writtenBy(programme, who, stage, now))
    await write([profile(who.person, who.name, 'participant')])
  }
  await write([profile(of.coach, `Carla ${no}`, 'coach')])
  return all

  async function write(writes: readonly Extract<Write, { doc: object }>[]): Promise<void> {
    const committed = await store.commit(writes[0]?.doc.pk ?? '', writes)
    if (!committed.ok) throw new Error(`The scene was not written: ${committed.conflict}`)
  }

  function profile(person: string, name: string, role: Role) {
    const chat = {
      serviceUrl: connector.serviceUrl,
      conversation: chatOf(person),
      tenant: tenantOf(of),
      bot: '28:bot',
      account: `29:${person}`,
    }
    const memberships = [{ programme: of.programme, role }]
    const body = { ...newProfile(person, name), chat, language, zone, welcomedAt: now, memberships } as const
    return { op: 'create', doc: document(keys.profile(person), body) } as const
  }
}

/** The journey, the logs that have an answer, and what is submitted of them. */
function writtenBy(programme: Programme, who: Participant, stage: Stage, now: string) {
  let journey = begun(programme, who, now)
  const logs: LearningLog[] = []
  const snapshots: Snapshot[] = []
  for (const session of [1, 2]) {
    const log = filled(programme, who, session, filledTo[stage][session - 1] ?? 0, now)
    const decided = submittedAt[stage].includes(session) ? ok(submit(journey, programme, log, now)) : undefined
    if (decided) {
      journey = decided.journey
      snapshots.push(decided.snapshot)
    } else journey = withCount(journey, session, Object.keys(log.answers).length)
    logs.push(decided?.log ?? log)
  }
  const keysOf = [who.programme, who.person] as const
  const docs = [
    document(keys.journey(...keysOf), journey),
    ...logs
      .filter(log => Object.keys(log.answers).length > 0)
      .map(log => document(keys.log(...keysOf, 1, log.session), log)),
    ...snapshots.map(each => document(keys.snapshot(...keysOf, 1, each.session, each.snapshot), each)),
  ]
  return docs.map(doc => ({ op: 'create', doc }) as const)
}

/** Two sessions held, both chosen. */
function begun(programme: Programme, { person, name, coach }: Participant, now: string): Journey {
  let journey = ok(consent(invite(programme, person, name, undefined, now), programme, [coach], now)).journey
  for (const no of [1, 2]) {
    const input = { coachee: `C.${no}`, topic: `Topic ${no}`, goal: '', plannedFor: '' }
    journey = ok(plan(journey, programme, input, `form-${no}`, now)).journey
    journey = ok(record(journey, no, { heldOn: now.slice(0, 10), line: '', rating: 4 }, now, zone)).journey
  }
  return ok(choose(journey, programme, { best: 1, mostChallenging: 2 }, now)).journey
}

function filled(programme: Programme, who: Participant, session: number, questions: number, now: string): LearningLog {
  let log = emptyLog(programme, who.person, 1, session)
  for (let question = 1; question <= questions; question++) {
    const decided = answer(log, question, preparedText(session, question), 0, now)
    if (decided.refused || decided.stale) throw new Error('An answer was not taken.')
    log = decided.log
  }
  return log
}

function withCount(journey: Journey, session: number, answered: number): Journey {
  return {
    ...journey,
    rounds: journey.rounds.map(round => ({
      ...round,
      logs: { ...round.logs, [session]: { answered, snapshot: 0 } },
    })),
  }
}
