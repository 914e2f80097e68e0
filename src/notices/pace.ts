/**
 * How fast this process sends by itself. The platform counts per chat and per app and tenant; what is over is refused with
 * 429, and who goes on then is throttled longer. Figures: Microsoft Learn, "Optimize your bot with rate limiting in Teams"
 * (the tenant's is 50 a second there today and was 30; the lower one leaves room for answers to people).
 */
import { type Instant, plusSeconds } from '../domain/values.ts'
import type { Clock } from '../store/store.ts'

type Rule = { readonly most: number; readonly inMs: number }

const perChat: readonly Rule[] = [
  { most: 7, inMs: 1_000 },
  { most: 8, inMs: 2_000 },
  { most: 60, inMs: 30_000 },
  { most: 1_800, inMs: 3_600_000 },
]
const perTenant: readonly Rule[] = [{ most: 30, inMs: 1_000 }]

/** Two processes keep to the limits together. If ever there are more, 429 and its pause are what is left. */
const processes = 2
const chatsRememberedAtMost = 5_000

export type Place = { readonly tenant: string; readonly conversation: string }

export type Pace = {
  /** Milliseconds until a message may go there; 0: now, and it is counted. */
  readonly take: (to: Place) => number
  /** Nothing goes to this tenant, or to anybody, for so long. A pause is never made shorter. */
  readonly pause: (whom: { readonly tenant: string } | 'everybody', seconds: number) => void
}

/**
 * @param clock by which pauses are kept: they are told in the platform's seconds and lie in notices as moments.
 * @param elapsed by which rates are kept, in milliseconds; it never jumps.
 */
export function createPace(clock: Clock, elapsed: () => number = () => performance.now()): Pace {
  const chats = new Map<string, number[]>()
  const tenants = new Map<string, number[]>()
  const paused = new Map<string, Instant>()
  let allPaused: Instant = ''

  function pausedMs(tenant: string): number {
    const until = later(allPaused, paused.get(tenant) ?? '')
    return until ? Math.max(0, Date.parse(until) - Date.parse(clock())) : 0
  }

  return {
    take: ({ tenant, conversation }) => {
      const now = elapsed()
      const wait = Math.max(
        pausedMs(tenant),
        waitOf(perChat, chats.get(conversation), now),
        waitOf(perTenant, tenants.get(tenant), now),
      )
      if (wait > 0) return wait
      if (chats.size >= chatsRememberedAtMost) forgetIdle(chats, now)
      count(perChat, chats, conversation, now)
      count(perTenant, tenants, tenant, now)
      return 0
    },
    pause: (whom, seconds) => {
      const until = plusSeconds(clock(), seconds)
      if (whom === 'everybody') allPaused = later(allPaused, until)
      else paused.set(whom.tenant, later(paused.get(whom.tenant) ?? '', until))
    },
  }
}

const share = ({ most }: Rule) => Math.floor(most / processes)

/** Until the n-th last send is so long ago that another makes no more than `most` within the time. */
function waitOf(rules: readonly Rule[], sent: readonly number[] = [], now: number): number {
  return Math.max(0, ...rules.map(rule => (sent.at(-share(rule)) ?? Number.NEGATIVE_INFINITY) + rule.inMs - now))
}

function count(rules: readonly Rule[], all: Map<string, number[]>, key: string, now: number): void {
  const sent = all.get(key) ?? []
  sent.push(now)
  if (sent.length > Math.max(...rules.map(share))) sent.shift()
  all.set(key, sent)
}

/** Whoever was sent nothing for as long as any rule looks back. */
function forgetIdle(chats: Map<string, number[]>, now: number): void {
  const longest = Math.max(...perChat.map(rule => rule.inMs))
  for (const [key, sent] of chats) if ((sent.at(-1) ?? 0) + longest < now) chats.delete(key)
}

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other)
