/**
 * Who may post to the bot and whom the bot may call: both or neither are open. The strict way is the only one for
 * production; the open one is for the demo and the tests on this machine.
 */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import type { BotFrameworkAuthentication } from 'botframework-connector'
import { z } from 'zod'
import type { Report } from '../../base/report.ts'
import type { Cloud } from '../clouds.ts'
import { credentialFor, type Identity } from '../outbound/credentials.ts'
import { createTokens } from '../outbound/tokens.ts'
import { createKeys } from './keys.ts'
import { strangerIsRefused } from './selfCheck.ts'
import { StrictDoor } from './strictDoor.ts'

export type Access = {
  readonly door: BotFrameworkAuthentication
  /** The bearer token for a service URL; `fresh` when the last one was refused. Undefined where none is needed. */
  readonly token: (serviceUrl: string, fresh?: boolean) => Promise<string | undefined>
  /** Whether this address may be called, and so be given our token. */
  readonly mayCall: (url: URL) => boolean
  /** What must be so before the service is ready, by name. `origin`: where it can be reached, once it listens. */
  readonly checks: (origin: () => string | undefined) => Readonly<Record<string, () => Promise<void>>>
}

export type StrictOptions = {
  readonly app: string
  /** Where the app is registered; only its people are served. */
  readonly tenant: string
  readonly cloud: Cloud
  readonly identity: Identity
  readonly report: Report
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Milliseconds of a monotonic clock; `performance.now()` when absent. */
  readonly elapsed?: () => number
}

const guid = z.guid().refine(id => !/^[0-]+$/.test(id))

/**
 * Teams alone, of one tenant, by tokens of the cloud's connector. Asks nothing of the network yet.
 * @throws when an id is missing or no GUID: an empty app id is what switches the SDK's authentication off.
 */
export function strictAccess(options: StrictOptions): Access {
  const { app, tenant, cloud, identity, report, now = Date.now, elapsed = () => performance.now() } = options
  const clocks = { now, elapsed }
  if (!guid.safeParse(app).success) throw new Error('The bot needs its app id: set MicrosoftAppId.')
  if (!guid.safeParse(tenant).success) throw new Error('The bot needs its tenant: set MicrosoftAppTenantId.')
  if (identity.kind === 'secret') report('start.clientSecret', { advice: 'trying-out-only' })
  const keys = createKeys({ metadata: cloud.metadata, report, elapsed })
  return {
    door: new StrictDoor({ app, tenants: [tenant], cloud, keys, ...clocks }),
    token: createTokens({ credential: credentialFor({ identity, app, tenant, cloud }), cloud, report, ...clocks }),
    mayCall: cloud.serves,
    checks: origin => ({ keys: keys.warm, door: strangerIsRefused(origin) }),
  }
}

/**
 * LOCAL ONLY: no token is asked for, so anybody who reaches the port can be anybody; and whatever service URL an activity
 * names, only this machine is called. `host`: where the service listens. @throws when that is not this machine alone.
 */
export function openOnThisMachine({ host }: { readonly host: string }): Access {
  if (!loopback.has(host)) {
    throw new Error('Without authentication the bot listens on 127.0.0.1 alone: set HOST=127.0.0.1.')
  }
  return {
    // An empty app id switches the SDK's authentication off; spelt out here so that it can happen nowhere by accident.
    door: new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '' }),
    token: async () => undefined,
    mayCall: isLocal,
    checks: () => ({}),
  }
}

const loopback = new Set(['127.0.0.1', '[::1]', '::1', 'localhost'])

/** Where the bot may send while its door is open: to this machine only, whatever service URL an activity names. */
export function isLocal(serviceUrl: URL): boolean {
  return loopback.has(serviceUrl.hostname)
}
