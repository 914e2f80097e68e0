/**
 * Lets in what Teams sends for this bot and this tenant, and nothing else.
 *
 * It stands in place of the SDK's authentication, of which no line runs here. The SDK chooses by what the unverified
 * token and activity say of themselves whether to believe the emulator's, a skill's or the channel's issuer, so that any
 * Entra token made for the bot's app id, of any tenant, passes as Teams; and it keeps every tenant id it is told for ever.
 */
import type { Activity } from 'botbuilder'
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  BotFrameworkAuthentication,
  ClaimsIdentity,
} from 'botframework-connector'
import { z } from 'zod'
import { type Cloud, serviceAddress } from '../clouds.ts'
import { bearerReader } from './bearer.ts'
import type { SigningKeys } from './keys.ts'
import { Refused } from './refusals.ts'

export type StrictDoorOptions = {
  /** The bot's app id. */
  readonly app: string
  /** Whose people are served: tenant ids. */
  readonly tenants: readonly string[]
  readonly cloud: Cloud
  readonly keys: SigningKeys
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Milliseconds of a monotonic clock. */
  readonly elapsed?: () => number
}

const tenantId = z.string().toLowerCase().nullish()

/** Where an activity says where it comes from. */
const envelope = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.string(),
  conversation: z.object({ tenantId }).nullish(),
  channelData: z.object({ tenant: z.object({ id: tenantId }).nullish() }).nullish(),
})

export class StrictDoor extends BotFrameworkAuthentication {
  readonly #cloud: Cloud
  readonly #tenants: ReadonlySet<string>
  readonly #read: ReturnType<typeof bearerReader>
  readonly #identity: ClaimsIdentity

  constructor({ app, tenants, cloud, keys, now, elapsed }: StrictDoorOptions) {
    super()
    this.#cloud = cloud
    this.#tenants = new Set(tenants.map(tenant => tenant.toLowerCase()))
    const clocks = { ...(now && { now }), ...(elapsed && { elapsed }) }
    this.#read = bearerReader({ app: app.toLowerCase(), issuer: cloud.issuer, keys, ...clocks })
    this.#identity = new ClaimsIdentity([{ type: AuthenticationConstants.AudienceClaim, value: app }], true)
  }

  /**
   * @throws Refused for all that is not Teams speaking of one of our tenants, always with the same answer: somebody
   * else's tenant gets no turn, and learns nothing either. NoKeys when nobody can tell.
   */
  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const { serviceUrl } = await this.#read(authHeader)
    const { data: told, error } = envelope.safeParse(activity)
    if (!told) throw new Refused(error.issues[0]?.path[0] === 'channelId' ? 'channel' : 'activity')
    if (told.serviceUrl !== serviceUrl || !serviceAddress(this.#cloud, serviceUrl)) {
      // The genuine token's own word: when Teams should move one day, this tells the operator where to.
      throw new Refused('serviceUrl', URL.parse(serviceUrl)?.hostname)
    }
    // The token names no tenant: this is the connector's word in the body. Where it says it twice, both must be ours.
    const tenants = [told.conversation?.tenantId, told.channelData?.tenant?.id].flatMap(tenant => tenant ?? [])
    if (tenants.length === 0 || !tenants.every(tenant => this.#tenants.has(tenant))) throw new Refused('tenant')
    return { audience: this.#cloud.scope, claimsIdentity: this.#identity }
  }

  /** The way in for sockets and pipes: closed. */
  override authenticateStreamingRequest(): Promise<never> {
    return Promise.reject(new Refused('streaming'))
  }

  override createConnectorFactory(): never {
    throw notServed()
  }

  override createUserTokenClient(): Promise<never> {
    return Promise.reject(notServed())
  }
}

function notServed(): Error {
  return new Error('this bot sends through its messenger, and signs nobody in')
}
