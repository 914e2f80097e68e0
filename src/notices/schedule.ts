/** The tick that finds what a dead process promised. One run at a time; the next begins a pause after the last ended. */
import type { Report } from '../conversation/report.ts'

export type Schedule = { readonly stop: () => Promise<void> }

/** Runs `work` every `pauseMs` until stopped. A failing run is reported and does not end the schedule. */
export function schedule(work: () => Promise<unknown>, pauseMs: number, report: Report): Schedule {
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const next = () => {
    if (!stopped) timer = setTimeout(tick, pauseMs)
  }
  const tick = () => {
    running = work()
      .catch((error: unknown) => report('schedule.failed', { error: error instanceof Error ? error.name : 'unknown' }))
      .then(next)
  }
  next()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
