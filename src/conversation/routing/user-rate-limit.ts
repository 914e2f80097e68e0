/**
 * How much one person may ask in a short time: a bucket of tokens for each, in front of everything that costs something.
 *
 * It is generous to people: sixteen answers pressed as fast as anybody can press them are less than a bucket, and one press
 * a second never ends. Who is faster is a machine or a key that sticks. Then nothing is taken for some seconds, of which
 * the person is told once: answering one message in five would leave nobody knowing what is saved. Counted in this process
 * alone; with two of them twice as much goes through, which is no harm.
 */
import type { PersonId } from '../../domain/values.ts'

export type UserRateLimit = {
  /** So much at once. */
  readonly burst: number
  readonly perSecond: number
  /** How long nothing is taken after more than that. */
  readonly pauseSeconds: number
}

export const usualRateLimit: UserRateLimit = { burst: 20, perSecond: 1, pauseSeconds: 10 }

/** `tell`: too fast, and the person does not know yet; `told`: the same pause still. */
export type RateVerdict = 'go' | 'tell' | 'told'

type Bucket = { readonly tokens: number; readonly at: number; readonly pausedUntil: number }

/** Who asked longest ago is forgotten first and begins anew with a full bucket. */
const rememberedAtMost = 10_000

/**
 * One question more, of this person, now.
 * @param elapsed milliseconds of a monotonic clock: setting the wall clock gains nobody anything, and makes no pause longer.
 */
export function createUserRateLimit({ burst, perSecond, pauseSeconds }: UserRateLimit, elapsed: () => number) {
  const buckets = new Map<PersonId, Bucket>()

  function remember(person: PersonId, bucket: Bucket): void {
    buckets.delete(person)
    if (buckets.size >= rememberedAtMost) {
      const [oldest] = buckets.keys()
      if (oldest !== undefined) buckets.delete(oldest)
    }
    buckets.set(person, bucket)
  }

  return (person: PersonId): RateVerdict => {
    const at = elapsed()
    const before = buckets.get(person) ?? { tokens: burst, at, pausedUntil: at }
    if (before.pausedUntil > at) return 'told'
    const tokens = Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond)
    if (tokens >= 1) {
      remember(person, { tokens: tokens - 1, at, pausedUntil: at })
      return 'go'
    }
    remember(person, { tokens, at, pausedUntil: at + pauseSeconds * 1000 })
    return 'tell'
  }
}
