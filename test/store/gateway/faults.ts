/** Faults on order: the next requests of a kind are not answered as they should be. */
import type { Answer } from './answer.ts'

export type RequestKind =
  | 'account'
  | 'database'
  | 'container'
  | 'ranges'
  | 'read'
  | 'delete'
  | 'upsert'
  | 'batch'
  | 'plan'
  | 'query'
  | 'unknown'

export type Fault = {
  readonly on: RequestKind
  /**
   * `before`: nothing is done. `after`: it is done, and the answer lost. `late`: it is done when whoever asked has given
   * up waiting (after 1.2 s, or when the gateway's `arrive` says so).
   */
  readonly when: 'before' | 'after' | 'late'
  /**
   * A status; a connection that breaks, or breaks amid the answer; an answer that never comes; some proxy's page; or an
   * answer the test makes out of the real one, in its own time.
   */
  readonly answer: number | 'reset' | 'cut' | 'hang' | 'page' | ((real: Answer) => Answer | Promise<Answer>)
  /** The header `x-ms-retry-after-ms`. */
  readonly retryAfterMs?: number
  /** How many requests; 1 when absent. */
  readonly times?: number
  /** How many are answered as they should be first; none when absent. */
  readonly skip?: number
}

export function createFaults() {
  let waiting: { fault: Fault; skip: number; left: number }[] = []
  return {
    script(...faults: readonly Fault[]): void {
      waiting.push(...faults.map(fault => ({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 })))
    },
    mend(): void {
      waiting = []
    },
    isMended: () => waiting.length === 0,
    next(kind: RequestKind): Fault | undefined {
      const found = waiting.find(({ fault, left }) => fault.on === kind && left > 0)
      if (found && found.skip > 0) {
        found.skip--
        return undefined
      }
      if (found) found.left--
      waiting = waiting.filter(({ left }) => left > 0)
      return found?.fault
    },
  }
}
