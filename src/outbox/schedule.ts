/** The tick that finds what a dead process promised. One run at a time; the next begins a pause after the last ended. */
import type { Report } from '../base/report.ts'
import { within } from '../base/within.ts'

export type Schedule = {
  /** No run begins any more, and one that runs is told so. Resolves when it has ended. */
  readonly stop: () => Promise<void>
}

export type ScheduleOptions = {
  /** Between two runs, on average: a quarter more or less, so that replicas do not tick together. */
  readonly pauseMs: number
  /** A run that takes longer is reported and no longer waited for: one that never ends would be the last. */
  readonly limitMs: number
  readonly report: Report
  /** Whether the first run begins at once, rather than after a pause. */
  readonly atOnce?: boolean
  /** From 0 to 1. */
  readonly random?: () => number
}

/** Node takes a longer one for none at all. */
const longestMs = 2 ** 31 - 1

/** Runs `work` until stopped; its signal says when. A failing run is reported and does not end the schedule. */
export function schedule(
  work: (stopped: AbortSignal) => Promise<unknown>,
  { pauseMs, limitMs, report, atOnce = false, random = Math.random }: ScheduleOptions,
): Schedule {
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const stopped = new AbortController()

  const run = async () => {
    try {
      if (!(await within(limitMs, work(stopped.signal), { ref: false })))
        report('schedule.stuck', { error: 'TimeoutError' })
    } catch (error) {
      report('schedule.failed', { error: error instanceof Error ? error.name : 'unknown' })
    }
  }
  const next = () => {
    if (!stopped.signal.aborted) timer = setTimeout(tick, Math.min(longestMs, pauseMs * (0.75 + random() / 2)))
  }
  const tick = () => {
    running = run().finally(next)
  }
  if (atOnce) tick()
  else next()
  return {
    stop: async () => {
      stopped.abort()
      clearTimeout(timer)
      await running
    },
  }
}
