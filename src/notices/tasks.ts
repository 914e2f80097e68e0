/**
 * Doing promised work (`domain/tasks.ts`). Like a notice it is in the store before anybody begins and leaves it when it is
 * done; whoever does it holds a lease, and when that runs out another goes on from what is written.
 */
import type { Report } from '../conversation/report.ts'
import type { Task } from '../domain/tasks.ts'
import { plusSeconds } from '../domain/values.ts'
import { type DocumentOf, document, keys } from '../store/documents.ts'
import { queryTexts } from '../store/queries.ts'
import type { Clock, Store, Stored } from '../store/store.ts'
import { follow } from './follow.ts'
import { createHands } from './hands.ts'

export type FoundTask = Stored<DocumentOf<'task'>>

/** What a piece of work is given. */
export type Working = {
  readonly store: Store
  readonly clock: Clock
  /**
   * Asked between two steps: whether to go on. It makes the lease longer in good time; no more when the process is ending,
   * or the lease is somebody else's.
   */
  readonly goesOn: () => Promise<boolean>
}

/** How it ended: all done; not all, since it was told not to go on, or others were writing; or to be tried again after a while. */
export type Worked = 'done' | 'notYet' | { readonly again: number }

export type TasksOptions = {
  readonly store: Store
  readonly clock: Clock
  readonly report: Report
  readonly leaseSeconds: number
}

/** One piece of work after the other, so that it leaves time for turns and notices. */
const atOnce = 1
/** Each is ended by its lease; this only frees the place. */
const handLimitMs = 15 * 60_000
/** After something went wrong: doubled each time, up to an hour. */
const backOff = { first: 5, most: 3600 } as const

export function createTasks(options: TasksOptions) {
  const { store, clock, report, leaseSeconds } = options
  const over = new AbortController()
  const hands = createHands(handLimitMs, report)
  const lane = hands.lane(atOnce)

  async function rewrite(found: FoundTask, change: { runAt: string; tries: number }): Promise<FoundTask | undefined> {
    const doc = document(keys.task(found.doc), { ...found.doc, ...change })
    const committed = await store.commit(doc.pk, [{ op: 'put', doc, etag: found.etag }])
    const etag = committed.ok ? committed.docs[0]?.etag : undefined
    return etag === undefined ? undefined : { doc, etag }
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
    let worked: Worked
    try {
      worked = await work(claimed.doc, { store, clock, goesOn })
    } catch (error) {
      worked = { again: Math.min(backOff.most, backOff.first * 2 ** claimed.doc.tries) }
      report('task.failed', { ...facts(claimed), error: error instanceof Error ? error.name : 'unknown' })
    }
    if (!held) return
    if (worked === 'done') {
      await store.removeIf(keys.task(held.doc), held.etag)
      report('task.done', facts(held))
      return
    }
    const tries = worked === 'notYet' ? held.doc.tries : held.doc.tries + 1
    await rewrite(held, { runAt: plusSeconds(clock(), worked === 'notYet' ? 0 : worked.again), tries })
  }

  return {
    /** Does what this process has just promised, unless somebody else has had a hand in it. */
    async run(promised: readonly Task[]): Promise<void> {
      for (const task of promised) {
        await lane(keys.task(task).id, async () => {
          const found = await store.get(keys.task(task))
          if (found && found.doc.tries === 0 && found.doc.runAt > clock()) await carryOut(found)
        })
      }
    },

    /** Goes on with whatever nobody is doing. */
    async poll(enough: AbortSignal = over.signal): Promise<void> {
      const page = await store.query('dueTasks', { now: clock() })
      for (const found of page.slice(0, queryTexts.dueTasks.atMost)) {
        if (enough.aborted || over.signal.aborted) return
        await lane(found.doc.id, async () => {
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
  }
}
