/** A notice that work for many promises: nobody's in particular, and so sent by whoever looks next. */
import type { Promised } from '../domain/notices.ts'
import type { Instant } from '../domain/values.ts'
import { document, keys } from '../store/documents.ts'

/** Known not to have been sent, whoever dies. */
export function forAnybody(notice: Promised, now: Instant) {
  const state = {
    state: 'later',
    runAt: now,
    unknownSends: 0,
    attempts: 0,
    lastError: 'promised',
    promisedAt: now,
  } as const
  return document(keys.notice(notice), { ...notice, ...state })
}
