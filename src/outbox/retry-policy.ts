/**
 * What becomes of a notice that was not sent: the table of errors in the reliability notes, row by row. Pure; whoever sends
 * does what it says.
 */
import { type Instant, isAhead, never } from '../domain/values.ts'
import type { Notice } from '../store/documents.ts'
import type { NotSent } from './sent.ts'

/** Beside the platform's reasons: `broken`, it could not even be tried (the store did not answer, the card was not drawn). */
export type Trouble = NotSent['why'] | 'broken'

export type NextTry =
  /** Until the person comes. */
  | { readonly do: 'wait' }
  /** Known not to have been sent. `pause`: nothing else goes there before. */
  | { readonly do: 'again'; readonly seconds: number; readonly pause?: 'tenant' | 'everybody' }
  /** Nobody knows whether it was sent: the next one says that it may be a repeat. */
  | { readonly do: 'repeat'; readonly seconds: number }
  /** Nothing more is tried by itself: it is somebody's task. */
  | { readonly do: 'handOver' }

/** Known not to have left, so often: an operator's. */
const mostTries = 8
/** Whatever passes, or is ours to mend, has had its time: an operator's. */
const longestSeconds = 24 * 3600
const backOff = { first: 2, most: 60, patient: 15 * 60 } as const
const repeatSeconds = 600
/** Until our token is looked at again, which an operator has been told of. */
const pauseSeconds = 300

/** @param random from 0 to 1: notices that failed together, and replicas, do not come back together. */
export function retryPolicy(
  doc: Notice,
  { why, retryAfterSeconds }: { readonly why: Trouble; readonly retryAfterSeconds?: number | undefined },
  now: Instant,
  random: number,
): NextTry {
  const { attempts, since } = counted(doc, why, now)
  const tooLong = (Date.parse(now) - Date.parse(since)) / 1000 >= longestSeconds
  const again = (seconds: number, pause?: 'tenant' | 'everybody'): NextTry =>
    tooLong ? { do: 'handOver' } : { do: 'again', seconds, ...(pause && { pause }) }
  const grown = (most: number) => jittered(Math.min(most, backOff.first * 2 ** (attempts - 1)), random)
  switch (why) {
    case 'unreachable':
    case 'noConversation':
      return { do: 'wait' }
    case 'throttled':
      return again(Math.max(backOff.first, retryAfterSeconds ?? grown(backOff.patient)), 'tenant')
    case 'notDelivered':
      return attempts >= mostTries ? { do: 'handOver' } : again(grown(backOff.most))
    case 'ambiguous':
      return doc.unknownSends > 0 ? { do: 'handOver' } : { do: 'repeat', seconds: repeatSeconds }
    case 'unauthorised':
      return again(pauseSeconds, 'everybody')
    case 'misdirected':
      return again(jittered(backOff.patient, random))
    case 'broken':
      return again(grown(backOff.patient))
    case 'refused':
    case 'noActivity':
      return { do: 'handOver' }
    default:
      return never(why)
  }
}

/** The trouble a notice has, counted: how often the same one in a row, and since when it fails, or else waits. */
export function counted(doc: Notice, why: Trouble, now: Instant) {
  const before = waits(doc.lastError) === waits(why) ? doc.since : undefined
  const since = before && !isAhead(before, now) ? before : now
  return { attempts: doc.lastError === why ? doc.attempts + 1 : 1, lastError: why, since } as const
}

/** A chat that is not there any more is put off as a person out of reach. */
const waits = (why: string | undefined) => why === 'unreachable'

/** Between half and all of it, and never less than the first wait. */
function jittered(seconds: number, random: number): number {
  return Math.max(backOff.first, seconds * (0.5 + random / 2))
}
