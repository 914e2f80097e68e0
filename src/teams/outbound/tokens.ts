/**
 * The bot's own token for the Bot Connector: one for all chats, asked for by one request at a time, and in good time. (The
 * SDK asks once for every send that finds the token expired: 64 sends, 64 requests.)
 */
import type { Report } from '../../base/report.ts'
import { type Cloud, serviceAddress } from '../clouds.ts'
import { failure } from '../failure.ts'

/** As in the Azure SDK: times in milliseconds since 1970; null when there is no token to be had. */
export type Credential = { readonly getToken: (scope: string) => Promise<Given | null> }
type Given = { token: string; expiresOnTimestamp: number; refreshAfterTimestamp?: number | undefined }

export type TokensOptions = {
  /** Makes a credential that remembers no token yet. */
  readonly credential: () => Promise<Credential>
  readonly cloud: Pick<Cloud, 'scope' | 'serves'>
  readonly report: Report
  /** Milliseconds since 1970, by the clock that the credential goes by. */
  readonly now?: () => number
  /** Milliseconds of a monotonic clock; `performance.now()` when absent. */
  readonly elapsed?: () => number
  /** For one request. */
  readonly limitMs?: number
}

/**
 * The token to send to that service URL with; `fresh` when the connector has just refused the last one.
 * @throws when none can be had in time, and for an address that is not of Teams in this cloud: it gets no token.
 */
export type Tokens = (serviceUrl: string, fresh?: boolean) => Promise<string>

/** Not used so shortly before its end: it has to arrive while it is good. */
const marginMs = 60_000
/** Asked for anew in the background this long before; the Azure SDK gives out its old one until five minutes before. */
const earlyMs = 4 * 60_000
/** Whoever asks for another one so soon after it came has been refused the one before it. */
const justNowMs = 30_000
/** No token of Entra's lives longer: a managed identity's is the longest. */
const longestMs = 24 * 3_600_000
/** After a failure: whoever asks meanwhile is told at once, so that nobody is stormed who is down already. */
const pauseMs = 5_000

type Held = { readonly token: string; readonly at: number; readonly askAgainAt: number; readonly goodUntil: number }

export function createTokens(options: TokensOptions): Tokens {
  const { credential, cloud, report, now = Date.now, elapsed = () => performance.now(), limitMs = 3000 } = options
  let held: Held | undefined
  let notBefore = Number.NEGATIVE_INFINITY
  let running: Promise<string> | undefined

  function ask(): Promise<string> {
    running ??= request().finally(() => {
      running = undefined
    })
    return running
  }

  async function request(): Promise<string> {
    if (elapsed() < notBefore) throw new Error('there was no token to be had just now')
    try {
      // A new one each time: an old one may give out what it remembers, for as long as the wall clock calls that good.
      const source = await credential()
      const got = await inTime(limitMs, source.getToken(cloud.scope))
      if (!got) throw new Error('no token')
      held = aged(got, elapsed(), now(), held)
      return held.token
    } catch (error) {
      notBefore = elapsed() + pauseMs
      report('token.failed', { ...failure(error) })
      throw error
    }
  }

  return async (serviceUrl, fresh = false) => {
    if (!serviceAddress(cloud, serviceUrl)) throw new Error('no token for this address')
    const time = elapsed()
    if (!held || time >= held.goodUntil) return ask()
    if (fresh && time - held.at >= justNowMs) return ask()
    // Its failure is reported already, and the token is good for a while.
    if (time >= held.askAgainAt) ask().catch(() => {})
    return held.token
  }
}

/**
 * A token that has just come, with its times by the monotonic clock. The giver's are by the wall clock,
 * `now`: what they say of how long it lives counts at this moment alone. The same token as before does not become younger.
 */
function aged(got: Given, at: number, now: number, before: Held | undefined): Held {
  const { token, expiresOnTimestamp: end, refreshAfterTimestamp: half = end } = got
  const lives = Math.min(longestMs, end - now)
  const askAgainAt = at + Math.max(justNowMs, Math.min(half - now, lives - earlyMs))
  const same = before?.token === token ? before.goodUntil : Number.POSITIVE_INFINITY
  // It was given out this moment: where its end is over already, a clock is wrong.
  const goodUntil = Math.max(at + justNowMs, Math.min(at + lives - marginMs, same))
  return { token, at, askAgainAt, goodUntil }
}

/** @throws TimeoutError when the work takes longer; what comes of it then is nobody's business any more. */
async function inTime<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new DOMException('too slow', 'TimeoutError')), limitMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
