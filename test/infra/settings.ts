/** What the service is told, given to the service's own reader: it must understand all of it, and lack nothing. */
import { isDeepStrictEqual } from 'node:util'
import { type Config, readConfig } from '../../src/server/config.ts'
import { answers, identity } from './answers.ts'
import { sample, type Value } from './bicep/functions.ts'
import type { Body, Deployed } from './bicep/resource.ts'

/** Meant for App Service itself. */
const platform: Readonly<Record<string, RegExp>> = {
  WEBSITE_RUN_FROM_PACKAGE: /^1$/,
  SCM_DO_BUILD_DURING_DEPLOYMENT: /^false$/,
  // More than the ten seconds the service takes to finish, at most what Azure allows.
  WEBSITES_CONTAINER_STOP_TIME_LIMIT: /^(1[1-9]|[2-9]\d|1[01]\d|120)$/,
}

/** Where it does not matter what a value is but that there is one: a value no variable may have. */
const nonsense = '?'

export function* settingsFindings(resources: readonly Deployed[], given: Body): Generator<string> {
  const settings = resources.find(({ type }) => type.startsWith('Microsoft.Web/sites/config@'))?.body.properties
  if (!settings) {
    yield 'the service is told nothing'
    return
  }
  const told = settings as Record<string, string>
  for (const [name, value] of Object.entries(told)) {
    const fits = platform[name]
    if (fits ? !fits.test(value) : !isKnown(name, told)) {
      yield `the setting ${name} ${fits ? `must not be ${value}` : 'is not known to src/server/config.ts'}`
    }
  }
  for (const name of Object.keys(platform).filter(name => !(name in told))) yield `the setting ${name} is missing`
  try {
    yield* misunderstood(readConfig({ ...told, PORT: '8080' }), given)
  } catch (error) {
    yield error instanceof Error ? error.message : String(error)
  }
}

/** Known is what makes a difference: the reader complains of nonsense in it, or reads another configuration. */
function isKnown(name: string, told: Record<string, string>): boolean {
  const read = (settings: Record<string, string>) => {
    try {
      return readConfig(settings)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
  return !isDeepStrictEqual(read(told), read({ ...told, [name]: nonsense }))
}

/** What the service would be, against what was asked for. */
function* misunderstood(config: Config, given: Body): Generator<string> {
  const own = given.botAppId || undefined
  const endpoint = answers['Microsoft.DocumentDB/databaseAccounts']?.['properties.documentEndpoint']
  const telemetry = answers['Microsoft.Insights/components']?.['properties.ConnectionString']
  const expected: { [K in keyof Config]?: Value | undefined | object } = {
    port: 8080,
    // On any other address nobody outside its container reaches it.
    host: '0.0.0.0',
    logKey: given.logKey || undefined,
    telemetry,
    managedIdentity: identity.clientId,
    buttons: given.cardButtons || 'execute',
    cloud: given.cloud || 'public',
    app: own ?? identity.clientId,
    tenant: sample.tenant,
    identity: own ? { kind: 'federated', managedIdentity: identity.clientId } : { kind: 'managed' },
    links: {
      teams:
        {
          gccHigh: 'https://gov.teams.microsoft.us',
          dod: 'https://dod.teams.microsoft.us',
          china: 'https://teams.microsoftonline.cn',
        }[String(given.cloud)] ?? 'https://teams.microsoft.com',
      ...(given.teamsAppId ? { app: String(given.teamsAppId) } : {}),
    },
    creators: {
      creators: given.programmeCreators === 'anyone' ? 'anyone' : [String(given.programmeCreators)],
      buddies: given.buddyProgrammes !== 'off',
    },
    store: {
      kind: 'cosmos',
      endpoint,
      database: 'learning-log',
      container: 'learning-log',
      key: undefined,
    },
  }
  for (const [name, value] of Object.entries(expected)) {
    const found = config[name as keyof Config]
    if (!isDeepStrictEqual(found, value)) yield `the service reads ${name} as ${JSON.stringify(found)}`
  }
}
