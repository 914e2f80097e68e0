/**
 * The Bot Connector's signing keys, fetched by us: the SDK asks without a time limit and forgets its keys when the issuer
 * is away for a day. Source: Microsoft Learn, "Authentication with the Bot Connector API", steps 2 and 3.
 */
import { importJWK } from 'jose'
import { z } from 'zod'
import type { Report } from '../../base/report.ts'
import { failure } from '../failure.ts'
import { NoKeys } from './refusals.ts'

type SigningKey = Awaited<ReturnType<typeof importJWK>>

export type SigningKeys = {
  /**
   * The key with that id, if it may sign for Teams. An id nobody has heard of makes the issuer be asked, though no more
   * than once an hour (while it does not answer, every ten seconds). @throws NoKeys when there are none to choose from.
   */
  readonly find: (kid: string) => Promise<SigningKey | undefined>
  /** Fetches the keys, if that is not done yet. @throws NoKeys when they cannot be had. */
  readonly warm: () => Promise<void>
}

export type KeysOptions = {
  readonly metadata: string
  readonly report: Report
  /** Milliseconds of a monotonic clock; `performance.now()` when absent. */
  readonly elapsed?: () => number
  /** For both requests together. */
  readonly limitMs?: number
}

const hour = 3_600_000
/** After this they are asked for again, while the old ones go on being used. */
const refreshAfter = 24 * hour
/** After this they are not used any more. Microsoft: "may be cached for long periods (by default, 5 days …)". */
const staleAfter = 120 * hour
const betweenRefreshes = hour
const afterFailure = 10_000
/** Some dozen keys with certificates and endorsements are far below this. */
const bodyLimitBytes = 1024 * 1024

/** Keeps no timer: whoever needs a key, or asks whether the service is ready, sees to it that they are young. */
export function createKeys(options: KeysOptions): SigningKeys {
  const { metadata, report, elapsed = () => performance.now(), limitMs = 3000 } = options
  let known: { readonly keys: ReadonlyMap<string, SigningKey>; readonly at: number } | undefined
  let notBefore = Number.NEGATIVE_INFINITY
  let running: Promise<void> | undefined

  /** Asks the issuer, unless that was done a while ago. Never rejects: what is known stays known. */
  async function refresh(): Promise<void> {
    if (elapsed() < notBefore) return
    running ??= ask().finally(() => {
      running = undefined
    })
    await running
  }

  async function ask(): Promise<void> {
    try {
      known = { keys: await fetchKeys(metadata, AbortSignal.timeout(limitMs)), at: elapsed() }
      notBefore = elapsed() + betweenRefreshes
    } catch (error) {
      notBefore = elapsed() + afterFailure
      report('keys.failed', { ...failure(error) })
    }
  }

  const olderThan = (age: number) => !known || elapsed() - known.at > age

  async function usable(): Promise<ReadonlyMap<string, SigningKey>> {
    if (olderThan(staleAfter)) await refresh()
    else if (olderThan(refreshAfter)) void refresh()
    if (!known || olderThan(staleAfter)) throw new NoKeys()
    return known.keys
  }

  return {
    find: async kid => {
      const key = (await usable()).get(kid)
      if (key) return key
      await refresh()
      return (await usable()).get(kid)
    },
    warm: async () => void (await usable()),
  }
}

const openIdMetadata = z.object({ jwks_uri: z.url() })
const keySet = z.object({ keys: z.array(z.unknown()) })
/** What may sign for Teams: RSA of 2,048 bits at least, and endorsed. The SDK lets keys without endorsements sign for all. */
const teamsKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string().refine(n => Buffer.from(n, 'base64url').length >= 256),
  e: z.string(),
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
  endorsements: z.array(z.string()).refine(channels => channels.includes('msteams')),
})

async function fetchKeys(metadata: string, signal: AbortSignal): Promise<ReadonlyMap<string, SigningKey>> {
  const { jwks_uri } = openIdMetadata.parse(await fetchJson(metadata, signal))
  if (URL.parse(jwks_uri)?.protocol !== URL.parse(metadata)?.protocol) throw new Error('the keys are not at https')
  const { keys } = keySet.parse(await fetchJson(jwks_uri, signal))
  // One that is broken, or not for us, must not spoil the others.
  const ours = keys.flatMap(key => teamsKey.safeParse(key).data ?? [])
  if (ours.length === 0) throw new Error('no key for Teams')
  return new Map(await Promise.all(ours.map(async ({ kid, ...jwk }) => [kid, await importJWK(jwk, 'RS256')] as const)))
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, redirect: 'error' })
  if (!response.ok) throw new Error(`answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > bodyLimitBytes) throw new Error('too large')
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
