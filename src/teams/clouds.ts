/**
 * Microsoft's clouds in which a Teams bot can live: who signs what comes in, where keys and tokens are asked for, and
 * which hosts may be called. Sources, all Microsoft's: Learn "Authentication with the Bot Connector API" (issuer,
 * metadata, scope); "Configure a bot in Microsoft Azure operated by 21Vianet"; "Configure Bot Framework bots for US
 * government customers"; Teams "Proactive messages" and Teams SDK "Service URL validation" (hosts); Entra "Configure an
 * application to trust a managed identity" (exchange). GCC has its own Teams hosts and for all else the public cloud.
 */
export type Cloud = {
  /** `iss` in every token of the Bot Connector. */
  readonly issuer: string
  /** The OpenID metadata that names the connector's signing keys. */
  readonly metadata: string
  /** What the bot's own token is asked for. */
  readonly scope: string
  /** Where Microsoft Entra gives it. */
  readonly authority: string
  /** The audience of the managed identity's token that an app registration takes in place of a secret. */
  readonly exchange: string
  /** Whether this is an address of Teams in this cloud, and so may post to us and be given our token. */
  readonly serves: (url: URL) => boolean
}

const commercial = {
  issuer: 'https://api.botframework.com',
  metadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  scope: 'https://api.botframework.com/.default',
  authority: 'https://login.microsoftonline.com',
  exchange: 'api://AzureADTokenExchange',
}

const government = {
  issuer: 'https://api.botframework.us',
  metadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  scope: 'https://api.botframework.us/.default',
  authority: 'https://login.microsoftonline.us',
  exchange: 'api://AzureADTokenExchangeUSGov',
}

export const clouds = {
  public: { ...commercial, serves: only('smba.trafficmanager.net', 'smba.onyx.prod.teams.trafficmanager.net') },
  gcc: { ...commercial, serves: only('smba.infra.gcc.teams.microsoft.com') },
  gccHigh: { ...government, serves: only('smba.infra.gov.teams.microsoft.us') },
  dod: { ...government, serves: only('smba.infra.dod.teams.microsoft.us') },
  china: {
    issuer: 'https://api.botframework.azure.cn',
    metadata: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    scope: 'https://api.botframework.azure.cn/.default',
    authority: 'https://login.partner.microsoftonline.cn',
    exchange: 'api://AzureADTokenExchangeChina',
    serves: only('frontend.botapi.msg.infra.teams.microsoftonline.cn'),
  },
} satisfies Record<string, Cloud>

export type CloudName = keyof typeof clouds

/**
 * Where people open Teams in each cloud, for links: the hosts that Microsoft's own TeamsJS takes for Teams (its
 * `validDomains.json`). GCC has the public one.
 */
export const teamsClients = {
  public: 'https://teams.microsoft.com',
  gcc: 'https://teams.microsoft.com',
  gccHigh: 'https://gov.teams.microsoft.us',
  dod: 'https://dod.teams.microsoft.us',
  china: 'https://teams.microsoftonline.cn',
} satisfies Record<CloudName, string>

/** These hosts to the letter, by https on its own port, and nothing hung on the address. */
function only(...hosts: readonly string[]): Cloud['serves'] {
  return ({ protocol, host, username, password, search, hash }) =>
    protocol === 'https:' && hosts.includes(host) && `${username}${password}${search}${hash}` === ''
}

const plainPath = /^(\/[\w.-]+)*\/?$/

/**
 * An activity's service URL as an address of that cloud, or undefined. Only the plain spelling counts: two parsers could
 * read anything else (`\`, `/../`, `%2e`, an upper-case host, a port that is the default) in two ways.
 */
export function serviceAddress(cloud: Pick<Cloud, 'serves'>, serviceUrl: string): URL | undefined {
  const url = URL.parse(serviceUrl)
  if (!url || !cloud.serves(url) || !plainPath.test(url.pathname)) return undefined
  const plain = `${url.origin}${url.pathname}`
  return plain === serviceUrl || plain === `${serviceUrl}/` ? url : undefined
}
