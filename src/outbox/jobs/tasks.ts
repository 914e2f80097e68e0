/**
 * Doing promised work (`domain/tasks.ts`). Like a notice it is in the store before anybody begins and leaves it when it is
 * done; whoever does it holds a lease, and when that runs out another goes on from what is written.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../../base/report.ts'
import { leasedNotice } from '../../conversation/turn/commit-decision.ts'
import type { TeamReference } from '../../domain/import-counts.ts'
import type { Promised } from '../../domain/notices.ts'
import type { Task } from '../../domain/tasks.ts'
import { never, plusSeconds } from '../../domain/values.ts'
import { type DocumentOf, document, keys, keyText } from '../../store/documents.ts'
import { queryTexts } from '../../store/queries.ts'
import type { Clock, Store, Stored } from '../../store/store.ts'
import { createKeyedQueue } from '../keyed-queue.ts'
import type { NotSent } from '../sent.ts'
import { enrol } from './enrol.ts'
import { follow } from './follow.ts'
import { roster } from './roster.ts'
import type { RosterPage } from './roster-page.ts'
import type { Worked, Working } from './working.ts'

export type FoundTask = Stored<DocumentOf<'task'>>

export type TasksOptions = {
  readonly store: Store
  readonly clock: Clock
  readonly report: Report
  readonly leaseSeconds: number
  /** Asks the platform for a page of a team's list. */
  readonly roster: (team: TeamReference, token: string | undefined) => Promise<RosterPage | NotSent>
  /** Sends what this process has just promised. */
  readonly deliver: (promised: readonly Promised[]) => Promise<void>
  /** Waits so many milliseconds, or until it is over. */
  readonly pause?: (ms: number, over: AbortSignal) => Promise<void>
}

/**
 * Between two pages. Teams takes 14 requests a second and 3,600 an hour for the list of one team ("Optimize your bot with rate
 * limiting in Teams"). One process asks once a second, whatever there is to import, and the largest team is 125 pages.
 */
const pageEveryMs = 1_000
/** Of what rests, in seconds. */
const restSeconds = 7 * 86_400
const noTime = '9999-12-31T00:00:00.000Z'

/** One piece of work after the other, so that it leaves time for turns and notices. */
const atOnce = 1
/** Each is ended by its lease; this only frees the place. */
const handLimitMs = 15 * 60_000
/** After something went wrong: doubled each time, up to an hour. */
const backOff = { first: 5, most: 3600 } as const

export function createTasks(options: TasksOptions) {
  const { store, clock, report, leaseSeconds, roster: pageOf, deliver, pause = paused } = options
  const over = new AbortController()
  const hands = createKeyedQueue(handLimitMs, report)
  const lane = hands.lane(atOnce)

  let lastPage = Number.NEGATIVE_INFINITY

  async function rewrite(
    found: FoundTask,
    change: { runAt: string; tries: number },
    ttl?: number,
  ): Promise<FoundTask | undefined> {
    const doc = document(keys.task(found.doc), { ...found.doc, ...change })
    const committed = await store.commit(doc.pk, [{ op: 'put', doc, etag: found.etag, ...(ttl && { ttl }) }])
    const etag = committed.ok ? committed.docs[0]?.etag : undefined
    return etag === undefined ? undefined : { doc, etag }
  }

  /** One request at a time, since there is one piece of work at a time. */
  const page: Working['page'] = async ({ team, token }) => {
    const wait = lastPage + pageEveryMs - performance.now()
    if (wait > 0) await pause(wait, over.signal)
    lastPage = performance.now()
    return pageOf(team, token)
  }

  const leased = () => plusSeconds(clock(), leaseSeconds)
  const facts = ({ doc }: FoundTask) => ({ kind: doc.task, no: doc.no, tries: doc.tries })

  async function carryOut(claimed: FoundTask): Promise<void> {
    let held: FoundTask | undefined = claimed
    /** The lease is renewed when half of it is over. */
    const goesOn = async () => {
      if (over.signal.aborted || !held) return false
      const left = Date.parse(held.doc.runAt) - Date.parse(clock())
      if (left < leaseSeconds * 500) held = await rewrite(held, { runAt: leased(), tries: held.doc.tries })
      return held !== undefined
    }
    const step: Working['step'] = async (task, writes, told = []) => {
      if (!held) return 'lost'
      // A step that is done begins a new count; nought it is only while nobody but the promiser has had it in hand.
      const { promisedAt, tries } = held.doc
      const state = { runAt: leased(), tries: Math.min(tries, 1), promisedAt }
      const doc = document(keys.task(task), { ...task, ...state })
      const promises = told.map(notice => ({ op: 'create', doc: leasedNotice(notice, clock(), leaseSeconds) }) as const)
      const committed = await store.commit(doc.pk, [{ op: 'put', doc, etag: held.etag }, ...writes, ...promises])
      if (!committed.ok && committed.failed > 0) return 'raced'
      const etag = committed.ok ? committed.docs[0]?.etag : undefined
      held = etag === undefined ? undefined : { doc, etag }
      // Waited for by nobody: delivery ends what it has begun before the process does.
      if (held) void deliver(told)
      return held ? 'kept' : 'lost'
    }
    const tries = () => held?.doc.tries ?? 0
    let worked: Worked
    try {
      worked = await work(claimed.doc, { store, clock, renewLease: goesOn, step, tries, page, report })
    } catch (error) {
      worked = { again: Math.min(backOff.most, backOff.first * 2 ** (held ?? claimed).doc.tries) }
      report('task.failed', { ...facts(claimed), error: error instanceof Error ? error.name : 'unknown' })
    }
    if (!held) return
    if (worked === 'done') {
      await store.removeIf(keys.task(held.doc), held.etag)
      report('task.done', facts(held))
      return
    }
    if (worked === 'rests') {
      await rewrite(held, { runAt: noTime, tries: held.doc.tries }, restSeconds)
      report('task.rests', facts(held))
      return
    }
    const again = worked === 'notYet' ? 0 : worked.again
    await rewrite(held, { runAt: plusSeconds(clock(), again), tries: held.doc.tries + (again > 0 ? 1 : 0) })
  }

  return {
    /** Does what this process has just promised, unless somebody else has had a hand in it. */
    async run(promised: readonly Task[]): Promise<void> {
      for (const task of promised) {
        await lane(keyText(keys.task(task)), async () => {
          const found = await store.get(keys.task(task))
          if (found && found.doc.tries === 0 && found.doc.runAt > clock()) await carryOut(found)
        })
      }
    },

    /** Goes on with whatever nobody is doing. */
    async poll(enough: AbortSignal = over.signal): Promise<void> {
      const page = await store.query('dueTasks', { now: clock() })
      for (const found of page.slice(0, queryTexts.dueTasks.atMost)) {
        if (enough.aborted) return
        await lane(keyText(found.doc), async () => {
          const claimed = await rewrite(found, { runAt: leased(), tries: found.doc.tries + 1 })
          if (claimed) await carryOut(claimed)
        })
      }
    },

    /** No step begins any more; what is left is written down and anybody's. */
    async stop(): Promise<void> {
      over.abort()
      await hands.idle()
    },
  }
}

function work(task: Task, working: Working): Promise<Worked> {
  switch (task.task) {
    case 'follow':
      return follow(task, working)
    case 'roster':
      return roster(task, working)
    case 'enrol':
      return enrol(task, working)
    default:
      return never(task)
  }
}

function paused(ms: number, over: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal: over }).catch(() => {})
}
