/**
 * The bot's own token for the Bot Connector: one for all chats, asked for by one request at a time, and in good time. (The
 * SDK asks once for every send that finds the token expired: 64 sends, 64 requests.)
 */
import type { Report } from '../conversation/report.ts'
import { type Cloud, serviceAddress } from './clouds.ts'
import { failure } from './failure.ts'

/** As in the Azure SDK: times in milliseconds since 1970; null when there is no token to be had. */
export type Credential = {
  readonly getToken: (
    scope: string,
  ) => Promise<{ token: string; expiresOnTimestamp: number; refreshAfterTimestamp?: number | undefined } | null>
}

export type TokensOptions = {
  /** Makes a credential that remembers no token yet. */
  readonly credential: () => Promise<Credential>
  readonly cloud: Pick<Cloud, 'scope' | 'serves'>
  readonly report: Report
  /** Milliseconds since 1970. */
  readonly now?: () => number
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
/** After a failure: whoever asks meanwhile is told at once, so that nobody is stormed who is down already. */
const pauseMs = 5_000

export function createTokens({ credential, cloud, report, now = Date.now, limitMs = 3000 }: TokensOptions): Tokens {
  let held: { token: string; at: number; askAgainAt: number; goodUntil: number } | undefined
  let source: Credential | undefined
  let notBefore = 0
  let running: Promise<string> | undefined

  function ask(): Promise<string> {
    running ??= request().finally(() => {
      running = undefined
    })
    return running
  }

  async function request(): Promise<string> {
    if (now() < notBefore) throw new Error('there was no token to be had just now')
    try {
      source ??= await credential()
      const got = await inTime(limitMs, source.getToken(cloud.scope))
      if (!got) throw new Error('no token')
      const { token, expiresOnTimestamp: end, refreshAfterTimestamp: half = end } = got
      const at = now()
      const askAgainAt = Math.max(at + justNowMs, Math.min(half, end - earlyMs))
      held = { token, at, askAgainAt, goodUntil: end - marginMs }
      return token
    } catch (error) {
      notBefore = now() + pauseMs
      report('token.failed', { ...failure(error) })
      throw error
    }
  }

  return async (serviceUrl, fresh = false) => {
    if (!serviceAddress(cloud, serviceUrl)) throw new Error('no token for this address')
    const time = now()
    if (!held || time >= held.goodUntil) return ask()
    if (fresh && time - held.at >= justNowMs) {
      // A new credential, because the old one would give out what it remembers.
      source = undefined
      return ask()
    }
    // Its failure is reported already, and the token is good for a while.
    if (time >= held.askAgainAt) ask().catch(() => {})
    return held.token
  }
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
