/** What this process is doing about notices: about each one thing at a time, so many at once, and nothing for ever. */
import type { Report } from '../base/report.ts'
import { within } from '../base/within.ts'

/**
 * Runs `work` for this document, named by its whole key (`keyText`), unless something runs for it already. Resolves when it
 * is over; never rejects.
 */
export type Take = (name: string, work: () => Promise<unknown>) => Promise<void>

export type KeyedQueue = {
  /** A lane of its own, in which so many things are done at once; the rest wait in their order. */
  readonly lane: (atOnce: number) => Take
  /** Resolves when nothing is being done any more, including what was begun meanwhile. */
  readonly idle: () => Promise<void>
}

/**
 * @param limitMs after so long the next one begins and this notice may be taken again, whatever became of the work: a
 *   store or connector that never answers must not hold up everybody else's.
 */
export function createKeyedQueue(limitMs: number, report: Report): KeyedQueue {
  const held = new Map<string, Promise<void>>()

  async function bounded(work: () => Promise<unknown>): Promise<void> {
    try {
      if (!(await within(limitMs, work(), { ref: false }))) report('notice.stuck', { error: 'TimeoutError' })
    } catch (error) {
      report('notice.failed', { error: error instanceof Error ? error.name : 'unknown' })
    }
  }

  return {
    lane: atOnce => {
      let free = atOnce
      const waiting: (() => void)[] = []

      async function inTurn(work: () => Promise<unknown>): Promise<void> {
        if (free > 0) free--
        else await new Promise<void>(resolve => waiting.push(resolve))
        await bounded(work)
        // Whoever waits takes over the place that became free.
        const next = waiting.shift()
        if (next) next()
        else free++
      }

      return async (id, work) => {
        if (held.has(id)) return
        const job = inTurn(work).finally(() => held.delete(id))
        held.set(id, job)
        await job
      }
    },
    idle: async () => {
      while (held.size > 0) await Promise.all(held.values())
    },
  }
}
