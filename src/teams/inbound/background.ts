/** Work that goes on after a turn was answered, counted so that a shutdown can wait for it. */
import type { Report } from '../../base/report.ts'
import { failure } from '../failure.ts'

export type Background = {
  /** Begins `work` once what is being answered now is on its way. Its failure is reported, never thrown. */
  readonly run: (name: string, work: () => Promise<void>) => void
  /** Counts work that has begun. The promise never rejects: a failure is reported. */
  readonly watch: (name: string, work: Promise<void>) => Promise<void>
  /** Resolves when nothing runs any more, including what was begun meanwhile. */
  readonly settled: () => Promise<void>
}

export function createBackground(report: Report): Background {
  const running = new Set<Promise<void>>()

  async function afterAnswer(work: () => Promise<void>): Promise<void> {
    // An HTTP answer is written in microtasks of the turn that made it: the next round of the event loop is after it.
    await new Promise(resolve => setImmediate(resolve))
    await work()
  }

  function watch(name: string, work: Promise<void>): Promise<void> {
    const job = work
      .catch((error: unknown) => report('background.failed', { work: name, ...failure(error) }))
      .finally(() => running.delete(job))
    running.add(job)
    return job
  }

  return {
    run: (name, work) => void watch(name, afterAnswer(work)),
    watch,
    settled: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
