/**
 * How fast this process sends by itself: its share of what the platform lets the app send. The platform counts per chat and
 * per app and tenant; what is over is refused with 429, and who goes on then is throttled longer. Figures: Microsoft Learn, "Optimize your bot with rate limiting in Teams"
 * (the tenant's is 50 a second there today and was 30; the lower one leaves room for answers to people).
 */
import { type Instant, plusSeconds } from '../domain/values.ts'
import type { Clock } from '../store/store.ts'

type Rule = { readonly most: number; readonly inMs: number }

const perChat: readonly Rule[] = [
  { most: 7, inMs: 1_000 },
  { most: 8, inMs: 2_000 },
  { most: 60, inMs: 30_000 },
]
const perTenant: readonly Rule[] = [{ most: 30, inMs: 1_000 }]
/** As far as any rule looks back. */
const longestMs = 30_000

export type Place = { readonly tenant: string; readonly conversation: string }

export type Pace = {
  /** Milliseconds until a message may go there; 0: now, and it is counted. */
  readonly take: (to: Place) => number
  /** Nothing goes to this tenant, or to anybody, for so long. A pause is never made shorter. */
  readonly pause: (whom: { readonly tenant: string } | 'everybody', seconds: number) => void
}

/**
 * @param clock by which pauses are kept: they are told in the platform's seconds and lie in notices as moments.
 * @param replicas how many processes share what is allowed, asked each time. Each sends at least one message in each time,
 *   so more than seven of them that write to the same chat at once, or thirty to one tenant, may meet a 429 and its pause.
 * @param elapsed by which rates are kept, in milliseconds; it never jumps.
 */
export function createPace(
  clock: Clock,
  replicas: () => number,
  elapsed: () => number = () => performance.now(),
): Pace {
  const paused = new Map<string, Instant>()
  let allPaused: Instant = ''
  let sent: readonly (Place & { readonly at: number })[] = []

  function pausedMs(tenant: string): number {
    const until = later(allPaused, paused.get(tenant) ?? '')
    return until ? Math.max(0, Date.parse(until) - Date.parse(clock())) : 0
  }

  return {
    take: ({ tenant, conversation }) => {
      const now = elapsed()
      sent = sent.filter(({ at }) => at > now - longestMs)
      const inChat = sent.filter(each => each.conversation === conversation)
      const inTenant = sent.filter(each => each.tenant === tenant)
      const waits = [waitOf(perChat, replicas(), inChat, now), waitOf(perTenant, replicas(), inTenant, now)]
      const wait = Math.max(pausedMs(tenant), ...waits)
      if (wait === 0) sent = [...sent, { tenant, conversation, at: now }]
      return wait
    },
    pause: (whom, seconds) => {
      const until = plusSeconds(clock(), seconds)
      if (whom === 'everybody') allPaused = later(allPaused, until)
      else paused.set(whom.tenant, later(paused.get(whom.tenant) ?? '', until))
    },
  }
}

/** Until the n-th last send is so long ago that another makes no more than our share of `most` within the time. */
function waitOf(
  rules: readonly Rule[],
  replicas: number,
  sent: readonly { readonly at: number }[],
  now: number,
): number {
  const until = ({ most, inMs }: Rule) => {
    const share = Math.max(1, Math.floor(most / replicas))
    return (sent.at(-share)?.at ?? Number.NEGATIVE_INFINITY) + inMs
  }
  return Math.max(0, ...rules.map(rule => until(rule) - now))
}

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other)
