/**
 * The environment of `npm start`, parsed once. What is wrong is told all at once, each with its mend, and never with its
 * value. Names with `MicrosoftApp…` are Microsoft's own, so that an administrator finds what the portal calls them.
 */
import dotenv from 'dotenv'
import { z } from 'zod'
import type { Links } from '../conversation/turn/links.ts'
import type { Creators } from '../domain/programme/creating.ts'
import { clouds, teamsClients } from '../teams/clouds.ts'
import type { Identity } from '../teams/outbound/credentials.ts'
import { logLevels } from './observability/log.ts'

const cloudNames = Object.keys(clouds) as (keyof typeof clouds)[]

/** Each variable with what must be so; this is also how a wrong one is mended. */
const mends = {
  PORT: 'must be a whole number from 0 to 65535 (0: any free port)',
  HOST: 'must be a host name or address to listen on, such as 127.0.0.1 or 0.0.0.0',
  LOG_LEVEL: `must be one of ${logLevels.join(', ')}`,
  LOG_KEY: 'must be at least 16 characters: people are hashed with it in the log',
  APPLICATIONINSIGHTS_CONNECTION_STRING:
    'must be the connection string of an Application Insights resource: InstrumentationKey=…;IngestionEndpoint=…',
  CARD_BUTTONS: 'must be execute, or submit where Teams on a phone does not answer to presses',
  CLOUD: `must be one of ${cloudNames.join(', ')}`,
  MicrosoftAppType: 'must be UserAssignedMSI or SingleTenant, spelt exactly so (multi-tenant bots are no longer made)',
  MicrosoftAppId: 'must be the id of the bot’s app registration or managed identity: a GUID, not all zeros',
  MicrosoftAppTenantId: 'must be the id of your tenant: a GUID, not all zeros',
  MicrosoftAppPassword:
    'belongs to SingleTenant only, and is for trying out: remove it where a managed identity is used',
  AZURE_CLIENT_ID:
    'must be the client id of the managed identity that SingleTenant is federated with, or there must be a MicrosoftAppPassword',
  COSMOS_ENDPOINT:
    'must be the account’s address, https://….documents.azure.com:443/. To keep everything in one file on this machine instead, leave it out and set STORE_FILE',
  COSMOS_DATABASE: 'must be a name without / \\ ? #',
  COSMOS_CONTAINER: 'must be a name without / \\ ? #',
  COSMOS_KEY:
    'is for an emulator on this machine only: give the bot’s identity the role Cosmos DB Built-in Data Contributor',
  TEAMS_APP_ID: 'must be the id the app has in your organisation’s catalogue in the Teams admin center: a GUID',
  STORE_FILE: 'must be the path of the SQLite file, such as data/learning-log.sqlite, and goes without COSMOS_ENDPOINT',
  PROGRAMME_CREATORS:
    'must say who may start a programme: Entra object ids with commas or blanks between them, or the word anyone',
  BUDDY_PROGRAMMES: 'must be on, or off where graduates may not run a Buddy programme of their own',
} as const

type Variable = keyof typeof mends

/** Settings of the SDK that would let somebody else say who may post to the bot, or where its token goes. */
const overrides = [
  'BotOpenIdMetadata',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'OAuthUrl',
  'ChannelService',
] as const

/** Switches with which libraries write addresses and errors, and with them ids and texts, past our log. */
const chatty = ['AZURE_LOG_LEVEL', 'DEBUG', 'NODE_DEBUG'] as const

const guid = z
  .guid()
  .toLowerCase()
  .refine(id => id !== '00000000-0000-0000-0000-000000000000')
const name = z
  .string()
  .regex(/^[^/\\?#]{1,255}$/)
  .default('learning-log')

/** Ids as they come in from Teams: in small letters. */
const creators = z
  .string()
  .transform(text =>
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  )
  .pipe(z.union([z.tuple([z.literal('anyone')]), z.array(guid).min(1)]))
  .transform((said): Creators['creators'] => (said[0] === 'anyone' ? 'anyone' : [...new Set(said)]))

const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine(port => port <= 65_535)
    .default(3978),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  LOG_KEY: z.string().min(16).optional(),
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .regex(/^(?=.*InstrumentationKey=[\da-f-]{36})(?=.*IngestionEndpoint=https:)/i)
    .optional(),
  CARD_BUTTONS: z.enum(['execute', 'submit']).default('execute'),
  CLOUD: z.enum(cloudNames).default('public'),
  MicrosoftAppType: z.enum(['UserAssignedMSI', 'SingleTenant']),
  MicrosoftAppId: guid,
  MicrosoftAppTenantId: guid,
  MicrosoftAppPassword: z.string().optional(),
  AZURE_CLIENT_ID: guid.optional(),
  COSMOS_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  COSMOS_DATABASE: name,
  COSMOS_CONTAINER: name,
  COSMOS_KEY: z.string().optional(),
  TEAMS_APP_ID: guid.optional(),
  STORE_FILE: z.string().optional(),
  PROGRAMME_CREATORS: creators,
  BUDDY_PROGRAMMES: z.enum(['on', 'off']).default('on'),
})

type Environment = z.infer<typeof schema>

export type Config = {
  readonly port: number
  readonly host: string
  readonly logLevel: (typeof logLevels)[number]
  readonly logKey: string | undefined
  /** Where measurements go; absent: nowhere. */
  readonly telemetry: string | undefined
  /** The managed identity this program runs as, by client id; absent: whoever is signed in on this machine. */
  readonly managedIdentity: string | undefined
  readonly buttons: 'execute' | 'submit'
  readonly cloud: keyof typeof clouds
  readonly app: string
  readonly tenant: string
  readonly identity: Identity
  /** Who may start a programme. */
  readonly creators: Creators
  readonly links: Links
  readonly store:
    | { readonly kind: 'sqlite'; readonly file: string }
    | {
        readonly kind: 'cosmos'
        readonly endpoint: string
        readonly database: string
        readonly container: string
        /** For an emulator on this machine; otherwise the identity is used. */
        readonly key: string | undefined
      }
}

/** @throws one Error that names every wrong variable and how to mend it. Empty is the same as absent. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  )
  const { error } = schema.safeParse(given)
  const wrong = new Set<string>(error?.issues.map(issue => String(issue.path[0])))
  for (const each of wrongTogether(given)) wrong.add(each)
  const told = (Object.keys(mends) as Variable[]).filter(each => wrong.has(each)).map(each => `${each} ${mends[each]}`)
  for (const each of overrides.filter(each => given[each] !== undefined)) {
    told.push(`${each} must not be set: who may post to the bot is decided by CLOUD alone`)
  }
  for (const each of chatty.filter(each => given[each] !== undefined)) {
    told.push(`${each} must not be set: libraries would write people’s ids and texts past the log`)
  }
  if (given.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    told.push('NODE_TLS_REJECT_UNAUTHORIZED must not be 0: nobody would be asked who they are')
  }
  if (told.length > 0) {
    throw new Error(['The environment (or .env) needs mending:', ...told.map(each => `  ${each}`)].join('\n'))
  }
  return configOf(schema.parse(given))
}

/** What is right by itself and wrong beside the rest. */
function* wrongTogether(given: Readonly<Record<string, string>>): Generator<Variable> {
  const { MicrosoftAppType: type, MicrosoftAppPassword: secret, AZURE_CLIENT_ID: client } = given
  if (type === 'UserAssignedMSI' && secret) yield 'MicrosoftAppPassword'
  if (type === 'SingleTenant' && !secret && !client) yield 'AZURE_CLIENT_ID'
  const { COSMOS_ENDPOINT: endpoint, STORE_FILE: file, COSMOS_KEY: key } = given
  if (!endpoint && !file) yield 'COSMOS_ENDPOINT'
  if (endpoint && file) yield 'STORE_FILE'
  const url = endpoint === undefined ? undefined : URL.parse(endpoint)
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '')
  if (key && !local) yield 'COSMOS_KEY'
  if (url && !local && url.protocol !== 'https:') yield 'COSMOS_ENDPOINT'
}

function configOf(env: Environment): Config {
  return {
    port: env.PORT,
    host: env.HOST,
    logLevel: env.LOG_LEVEL,
    logKey: env.LOG_KEY,
    telemetry: env.APPLICATIONINSIGHTS_CONNECTION_STRING,
    managedIdentity: env.MicrosoftAppType === 'UserAssignedMSI' ? env.MicrosoftAppId : env.AZURE_CLIENT_ID,
    buttons: env.CARD_BUTTONS,
    cloud: env.CLOUD,
    app: env.MicrosoftAppId,
    tenant: env.MicrosoftAppTenantId,
    identity: identityOf(env),
    links: { teams: teamsClients[env.CLOUD], ...(env.TEAMS_APP_ID && { app: env.TEAMS_APP_ID }) },
    creators: { creators: env.PROGRAMME_CREATORS, buddies: env.BUDDY_PROGRAMMES === 'on' },
    store: storeOf(env),
  }
}

function identityOf({
  MicrosoftAppType,
  MicrosoftAppPassword: secret,
  AZURE_CLIENT_ID: client = '',
}: Environment): Identity {
  if (MicrosoftAppType === 'UserAssignedMSI') return { kind: 'managed' }
  return secret ? { kind: 'secret', secret } : { kind: 'federated', managedIdentity: client }
}

function storeOf(env: Environment): Config['store'] {
  const { COSMOS_ENDPOINT: endpoint, STORE_FILE: file = '', COSMOS_KEY: key } = env
  if (!endpoint) return { kind: 'sqlite', file }
  return { kind: 'cosmos', endpoint, database: env.COSMOS_DATABASE, container: env.COSMOS_CONTAINER, key }
}

/** Reads `.env`, where there is one, below what the environment says already. */
export function loadConfig(): Config {
  dotenv.config({ quiet: true })
  return readConfig(process.env)
}
