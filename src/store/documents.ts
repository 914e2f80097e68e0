/** The kinds of document, their keys, and how they are stamped. One container, partition key `/pk`. */
import type { Journey } from '../domain/journey.ts'
import type { LearningLog } from '../domain/logs/log.ts'
import type { Snapshot } from '../domain/logs/log-states.ts'
import type { Profile } from '../domain/profile.ts'
import type { Programme } from '../domain/programme.ts'
import type { DailyLimits, InviterBlocks } from '../domain/quotas/limits.ts'
import type { Promised } from '../domain/readiness.ts'
import type { Task } from '../domain/tasks.ts'
import type { Instant, PersonId, ProgrammeId } from '../domain/values.ts'

/** A promised message with the state of its delivery. */
export type Notice = Promised & {
  /**
   * `promised`: somebody holds a lease on it until `runAt`; when that runs out, nobody knows whether it was sent.
   * `later`: known not to have been sent; tried again at `runAt`. `waiting`: the recipient cannot be reached yet.
   * `failed`: nothing more is tried by itself; an operator's task.
   */
  readonly state: 'promised' | 'later' | 'waiting' | 'failed'
  /** When it may be claimed. */
  readonly runAt: Instant
  /** How often a send ended without anybody knowing its outcome. */
  readonly unknownSends: number
  /** How often in a row it was not sent for the same reason, `lastError`. */
  readonly attempts: number
  readonly lastError?: string
  /** Since when it has been failing, or waiting. */
  readonly since?: Instant
  readonly promisedAt: Instant
}

/** A promised piece of work with the state of its doing. Whoever does it holds a lease until `runAt`. */
export type TaskState = Task & {
  readonly runAt: Instant
  /** How often it was begun, or went wrong. */
  readonly tries: number
  readonly promisedAt: Instant
}

/** Written with the effect of an activity, so that its redelivery is recognised. Expires by itself. */
export type Marker = { readonly at: Instant }

/** By the random id of each process that runs on this store: when it was last there. Expires with the last of them. */
export type Replicas = { readonly seen: Readonly<Record<string, Instant>> }

type Bodies = {
  programme: Programme
  journey: Journey
  log: LearningLog
  snapshot: Snapshot
  notice: Notice
  marker: Marker
  task: TaskState
  profile: Profile
  limits: DailyLimits
  shield: InviterBlocks
  replicas: Replicas
}

export type Kind = keyof Bodies

/** The version of the documents' shape that this program writes. */
export const schemaVersion = 2

export type DocumentOf<K extends Kind> = {
  [Each in K]: {
    readonly pk: string
    readonly id: string
    readonly type: Each
    readonly schemaVersion: number
  } & Bodies[Each]
}[K]
export type Document = DocumentOf<Kind>

export type Key<K extends Kind> = { readonly pk: string; readonly id: string; readonly type: K }

/** What every document carries, whatever else is in it. */
export type Stamped = Key<Kind> & { readonly schemaVersion: number }

export const programmePartition = (programme: ProgrammeId) => `p:${programme}`
export const personPartition = (person: PersonId) => `u:${person}`

/** The keys of domain and design: ids hold person ids from verified activities, never from a card. */
export const keys = {
  programme: (programme: ProgrammeId) => key('programme', programmePartition(programme), 'p'),
  journey: (programme: ProgrammeId, person: PersonId) => key('journey', programmePartition(programme), `j:${person}`),
  log: (programme: ProgrammeId, person: PersonId, round: number, session: number) =>
    key('log', programmePartition(programme), `l:${person}:${round}:${session}`),
  snapshot: (programme: ProgrammeId, person: PersonId, round: number, session: number, no: number) =>
    key('snapshot', programmePartition(programme), `r:${person}:${round}:${session}:${no}`),
  notice: (notice: Promised) =>
    key(
      'notice',
      programmePartition(notice.programme),
      `n:${notice.kind}:${notice.person}:${notice.round}:${notice.no}:${notice.to}`,
    ),
  /** `activity` names the delivery among everything that comes from this person: see `conversation/turn/commit-decision.ts`. */
  marker: (programme: ProgrammeId, person: PersonId, activity: string) =>
    key('marker', programmePartition(programme), `a:${person}:${activity}`),
  task: (task: Pick<Task, 'task' | 'programme' | 'no'>) =>
    key('task', programmePartition(task.programme), `t:${task.task}:${task.no}`),
  profile: (person: PersonId) => key('profile', personPartition(person), 'profile'),
  /** What this person has done today that is limited. Expires by itself. */
  limits: (person: PersonId) => key('limits', personPartition(person), 'limits'),
  /** Whom this person does not want to be invited by, and how many strangers have invited them today. */
  shield: (person: PersonId) => key('shield', personPartition(person), 'shield'),
  /** Who is running: about processes, and no part of the data. */
  replicas: () => key('replicas', 's:replicas', 'replicas'),
}

function key<K extends Kind>(type: K, pk: string, id: string): Key<K> {
  return { pk, id, type }
}

/** A key as one text, to tell documents of all partitions apart: an id is unique in its partition only. */
export function keyText({ pk, id }: Pick<Key<Kind>, 'pk' | 'id'>): string {
  return `${pk} ${id}`
}

/** A body under its key, stamped with the version of its shape. */
export function document<K extends Kind>(at: Key<K>, body: Bodies[K]): DocumentOf<K> {
  return { ...body, pk: at.pk, id: at.id, type: at.type, schemaVersion } as DocumentOf<K>
}
