/**
 * Whether a bearer token is the Bot Connector's, for this bot. Source: Microsoft Learn, "Authentication with the Bot
 * Connector API", step 4; the live claims are `aud`, `exp`, `iss`, `nbf` and `serviceurl`, the last in lower case.
 */
import { hash } from 'node:crypto'
import { errors, type JWTHeaderParameters, jwtVerify } from 'jose'
import type { SigningKeys } from './keys.ts'
import { Refused } from './refusals.ts'

export type BearerOptions = {
  /** The bot's app id, in lower case. */
  readonly app: string
  readonly issuer: string
  readonly keys: SigningKeys
  /** Milliseconds since 1970, as a token's own times are. */
  readonly now?: () => number
  /** Milliseconds of a monotonic clock; `performance.now()` when absent. */
  readonly elapsed?: () => number
}

/** What the token says beyond being genuine: the address it was given out for. */
export type Verified = { readonly serviceUrl: string }

/** Exactly one token of three parts, in the spelling the connector uses. */
const oneToken = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/
/** Ten times what the connector sends. */
const longestHeader = 10_000
const skewSeconds = 300
const rememberMs = 300_000
const mostRemembered = 1_000

/**
 * Reads the Authorization header. @throws Refused for whatever is not a genuine token, NoKeys when nobody can tell.
 *
 * A genuine token is remembered for five minutes, and not past its end: verifying costs more than all the rest of a
 * turn's beginning. The five minutes are real ones, so that a wrong clock at verification is forgotten with them. Only what was verified is remembered, by its hash, so that neither strangers nor many chats can fill
 * the memory and no token lies in it.
 */
export function bearerReader(options: BearerOptions) {
  const { app, issuer, keys, now = Date.now, elapsed = () => performance.now() } = options
  const remembered = new Map<string, Verified & { readonly ends: number; readonly until: number }>()

  return async (header: string): Promise<Verified> => {
    const token = header.length <= longestHeader ? oneToken.exec(header)?.[1] : undefined
    if (token === undefined) throw new Refused('header')
    const id = hash('sha256', token, 'base64url')
    const before = remembered.get(id)
    if (before && now() < before.ends && elapsed() < before.until) return before
    const verified = await verify(token)
    remembered.delete(id)
    for (const oldest of remembered.keys()) {
      if (remembered.size < mostRemembered) break
      remembered.delete(oldest)
    }
    remembered.set(id, verified)
    return verified
  }

  async function verify(token: string) {
    // The key is the issuer's, by its id. What a header offers besides (`jwk`, `jku`, `x5u`) is looked at by nobody.
    const { aud, exp = 0, serviceurl } = await claimsOf(token)
    // A list of audiences is allowed by the standard, but a token for several is not what the connector gives out.
    if (typeof aud !== 'string' || aud.toLowerCase() !== app || typeof serviceurl !== 'string')
      throw new Refused('token')
    return { serviceUrl: serviceurl, ends: exp * 1000, until: elapsed() + rememberMs }
  }

  async function claimsOf(token: string) {
    try {
      const { payload } = await jwtVerify(token, keyOf, {
        // One algorithm and no other: with a choice, a public key can be passed off as a shared secret.
        algorithms: ['RS256'],
        issuer,
        requiredClaims: ['exp', 'serviceurl'],
        clockTolerance: skewSeconds,
        currentDate: new Date(now()),
      })
      return payload
    } catch (error) {
      throw error instanceof errors.JOSEError ? new Refused('token') : error
    }
  }

  async function keyOf({ kid, crit }: JWTHeaderParameters) {
    // `crit` names what must be understood; the connector uses no such thing, so there is nothing to understand.
    const key = typeof kid === 'string' && crit === undefined ? await keys.find(kid) : undefined
    if (!key) throw new Refused('key')
    return key
  }
}
