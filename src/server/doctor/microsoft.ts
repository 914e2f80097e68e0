/** Microsoft's side: the keys that sign what Teams sends, our own token to send with, and the time. */
import { decodeJwt } from 'jose'
import { clouds } from '../../teams/clouds.ts'
import { codeOf, type Failure, failure } from '../../teams/failure.ts'
import { createKeys } from '../../teams/inbound/keys.ts'
import { credentialFor } from '../../teams/outbound/credentials.ts'
import type { Config } from '../config.ts'
import { type Finding, mend, skipped, well } from './finding.ts'

const limitMs = 10_000
/** Leases last half a minute and are held by several machines. Tokens are refused from five minutes on. */
const mostSecondsOff = 5

export async function keys(cloud: Config['cloud']): Promise<Finding> {
  const { metadata } = clouds[cloud]
  const { host } = new URL(metadata)
  let why: Failure | undefined
  const report = (_event: string, fields: object) => {
    why = fields as Failure
  }
  try {
    await createKeys({ metadata, report, limitMs }).warm()
    return well('keys', `${host} gives the keys of Teams`)
  } catch {
    const word = why?.cause ?? why?.code ?? why?.error ?? 'unknown'
    const mended = /^(Error|ZodError|SyntaxError)$/.test(word)
      ? `Something else answers for ${host} (${word}), perhaps a proxy: let this machine reach it by https as it is`
      : /CERT|SIGNATURE|ISSUER/.test(word)
        ? `${host} shows a certificate that is not trusted (${word}): a proxy reads along; except the host, or name its certificate in NODE_EXTRA_CA_CERTS`
        : `${host} does not answer (${word}): let this machine resolve it and reach it by https`
    return mend('keys', `${mended}. A bot that runs goes on with its keys for five days.`)
  }
}

/** Entra's own numbers for what an administrator can mend. Source: Microsoft Learn, "Microsoft Entra error codes". */
const entra: readonly (readonly [RegExp, string])[] = [
  [/^AADSTS7000215$/, 'MicrosoftAppPassword is not the secret’s value: copy the value, not its id.'],
  [/^AADSTS7000222$/, 'MicrosoftAppPassword has run out: make a new one, or better use a managed identity.'],
  [
    /^AADSTS700016$/,
    'There is no such app in that tenant: compare MicrosoftAppId and MicrosoftAppTenantId with the portal.',
  ],
  [
    /^AADSTS90002$/,
    'There is no such tenant: compare MicrosoftAppTenantId with the portal, and CLOUD with where it is.',
  ],
  [
    /^AADSTS7002\d+$/,
    'The app registration does not trust the managed identity: make its federated credential as infra/README.md says, with the subject IDENTITY_PRINCIPAL_ID.',
  ],
]

export async function identity({ app, tenant, cloud, identity }: Config): Promise<Finding> {
  const { scope } = clouds[cloud]
  try {
    const { token, expiresOnTimestamp } = await tokenFor({ app, tenant, cloud, identity }, scope)
    const { appid, azp, tid } = claimsOf(token)
    const [whose, where] = [appid ?? azp ?? app, tid ?? tenant].map(id => String(id).toLowerCase())
    if (whose !== app)
      return mend('identity', 'The token is another app’s: MicrosoftAppId must be the identity’s client id.')
    if (where !== tenant) {
      return mend(
        'identity',
        'The identity lives in another tenant, whose people alone would be served: set MicrosoftAppTenantId to it.',
      )
    }
    const minutes = Math.round((expiresOnTimestamp - Date.now()) / 60_000)
    return well('identity', `a token for the Bot Connector (${identity.kind}), good for ${minutes} minutes`)
  } catch (error) {
    const number = entraNumber(error)
    const told = entra.find(([numbers]) => number && numbers.test(number))?.[1]
    const word = number ?? codeOf(error) ?? failure(error).error
    const mended =
      told ??
      (identity.kind === 'secret'
        ? `Entra gives no token (${word}): let this machine reach ${new URL(clouds[cloud].authority).host} by https.`
        : `The managed identity gives no token (${word}): it must be assigned to this app in Azure, and its client id be ${
            identity.kind === 'managed' ? 'MicrosoftAppId' : 'AZURE_CLIENT_ID'
          }. Elsewhere than in Azure there is none.`)
    return mend('identity', mended)
  }
}

async function tokenFor(
  { app, tenant, cloud, identity }: Pick<Config, 'app' | 'tenant' | 'cloud' | 'identity'>,
  scope: string,
) {
  const credential = await credentialFor({ identity, app, tenant, cloud: clouds[cloud], limitMs })()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new DOMException('too slow', 'TimeoutError')), limitMs)
  try {
    const got = await Promise.race([credential.getToken(scope), late.promise])
    if (!got) throw new Error('no token')
    return got
  } finally {
    clearTimeout(timer)
  }
}

/** What Entra's token says of itself; nothing when it is not for us to read. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token)
  } catch {
    return {}
  }
}

/** The number alone: the sentence around it names ids and addresses. */
function entraNumber(error: unknown): string | undefined {
  const found = error instanceof Error ? /\bAADSTS\d{4,7}\b/.exec(error.message)?.[0] : undefined
  return found ?? (error instanceof Error && error.cause instanceof Error ? entraNumber(error.cause) : undefined)
}

/** By how much our clock is ahead of somebody else's. */
export type Ahead = { readonly of: string; readonly seconds: number }

/** By the time that HTTP carries with each answer, and ours when it came; undefined when there was none. It has whole seconds only. */
export function aheadOf(of: string, date: string | null | undefined, at: number): Ahead | undefined {
  const theirs = Date.parse(date ?? '')
  return Number.isNaN(theirs) ? undefined : { of, seconds: (at - theirs - 500) / 1000 }
}

export async function aheadOfMicrosoft(cloud: Config['cloud']): Promise<Ahead | undefined> {
  const { metadata } = clouds[cloud]
  try {
    const response = await fetch(metadata, { redirect: 'error', signal: AbortSignal.timeout(limitMs) })
    const at = Date.now()
    await response.body?.cancel()
    return aheadOf(new URL(metadata).host, response.headers.get('date'), at)
  } catch {
    return undefined
  }
}

export function clock(others: readonly (Ahead | undefined)[]): Finding {
  const known = others.filter(each => each !== undefined)
  if (known.length === 0) return skipped('clock', 'nobody told the time: mend the keys or the store first')
  const off = known.find(({ seconds }) => Math.abs(seconds) > mostSecondsOff)
  if (!off) return well('clock', `within ${mostSecondsOff} s of ${known.map(({ of }) => of).join(' and ')}`)
  const by = `${Math.round(Math.abs(off.seconds))} s ${off.seconds > 0 ? 'ahead of' : 'behind'} ${off.of}`
  return mend(
    'clock',
    `This machine’s clock is ${by}: let it follow a time server (timedatectl set-ntp true). From 300 s on no message of Teams is let in.`,
  )
}
