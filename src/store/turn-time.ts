/**
 * The time of a turn: a person waits for the answer, so all that is asked of the store on their behalf has one limit
 * together, however many questions it takes and whoever asks them.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

const ends = new AsyncLocalStorage<number>()

/** Does `work`; what it asks of the store in all has so many milliseconds, and fails as unavailable after that. */
export function inTime<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  return ends.run(performance.now() + milliseconds, work)
}

/** When the turn this is asked in has to be over, on the clock of `performance`; outside a turn, never. */
export function endOfTurn(): number {
  return ends.getStore() ?? Number.POSITIVE_INFINITY
}
