/** Who is running on a store, by the one document in which every process says when it was last there (`outbox/replicas.ts`). */
import type { Instant } from '../domain/values.ts'
import type { Replicas } from './documents.ts'

/** After so many seconds without a word a process counts as gone; each says about every 30 seconds that it is there. */
export const goneAfterSeconds = 90

/**
 * Those that were there less than 90 seconds before `now`, each with its moment. Machines' clocks differ, so a moment that
 * is as little ahead counts as well; what lies further in the future is nobody's.
 */
export function running(replicas: Replicas | undefined, now: Instant): Replicas['seen'] {
  const isThere = (at: Instant) => Math.abs(Date.parse(now) - Date.parse(at)) < goneAfterSeconds * 1000
  return Object.fromEntries(Object.entries(replicas?.seen ?? {}).filter(([, at]) => isThere(at)))
}
