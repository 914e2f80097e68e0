/**
 * How fast this process sends by itself: its share of what the platform lets the app send. The platform counts per chat and
 * per app and tenant; what is over is refused with 429, and who goes on then is throttled longer. Figures: Microsoft Learn,
 * "Optimize your bot with rate limiting in Teams" (the tenant's is 50 a second there today and was 30; the lower one leaves
 * room for answers to people).
 */
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

export type SendRateLimit = {
  /** Milliseconds until a message may go there; 0: now, and it is counted. */
  readonly take: (to: Place) => number
  /** Nothing goes to this tenant, or to anybody, for so long. A pause is never made shorter. */
  readonly pause: (whom: { readonly tenant: string } | 'everybody', seconds: number) => void
}

/**
 * @param replicas how many processes share what is allowed, asked each time. Each sends at least one message in each time,
 *   so more than seven of them that write to the same chat at once, or thirty to one tenant, may meet a 429 and its pause.
 * @param elapsed milliseconds of a monotonic clock, by which rates and pauses are kept.
 */
export function createSendRateLimit(
  replicas: () => number,
  elapsed: () => number = () => performance.now(),
): SendRateLimit {
  const paused = new Map<string, number>()
  let allPaused = Number.NEGATIVE_INFINITY
  let sent: readonly (Place & { readonly at: number })[] = []

  const pausedUntil = (tenant: string) => Math.max(allPaused, paused.get(tenant) ?? allPaused)

  return {
    take: ({ tenant, conversation }) => {
      const now = elapsed()
      sent = sent.filter(({ at }) => at > now - longestMs)
      const inChat = sent.filter(each => each.conversation === conversation)
      const inTenant = sent.filter(each => each.tenant === tenant)
      const wait = Math.max(
        0,
        pausedUntil(tenant) - now,
        waitOf(perChat, replicas(), inChat, now),
        waitOf(perTenant, replicas(), inTenant, now),
      )
      if (wait === 0) sent = [...sent, { tenant, conversation, at: now }]
      return wait
    },
    pause: (whom, seconds) => {
      const until = elapsed() + seconds * 1000
      if (whom === 'everybody') allPaused = Math.max(allPaused, until)
      else paused.set(whom.tenant, Math.max(pausedUntil(whom.tenant), until))
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
