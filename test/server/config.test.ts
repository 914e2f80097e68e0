/** What stops `npm start`, and what it is told: every trap is refused, with its mend, and none with its value. */
import assert from 'node:assert/strict'
import { readConfig } from '../../src/server/config.ts'

const app = '0F000000-1111-2222-3333-444444444444'
const tenant = '0f000000-5555-6666-7777-888888888888'
const managed = '0f000000-9999-2222-3333-444444444444'
const endpoint = 'https://log.documents.azure.com:443/'
const good = {
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: app,
  MicrosoftAppTenantId: tenant,
  COSMOS_ENDPOINT: endpoint,
  PROGRAMME_CREATORS: 'anyone',
}
const single = { ...good, MicrosoftAppType: 'SingleTenant' }
const id = app.toLowerCase()

/** The variables that are named, in order. */
function named(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    assert.ok(error instanceof Error)
    return error.message
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(' ')[0] ?? '')
  }
}

describe('config', () => {
  it('has a safe answer for whatever need not be said', () => {
    const defaults = {
      port: 3978,
      host: '127.0.0.1',
      logLevel: 'info',
      logKey: undefined,
      telemetry: undefined,
      managedIdentity: id,
      buttons: 'execute',
      cloud: 'public',
      app: id,
      tenant,
      identity: { kind: 'managed' },
      creators: { creators: 'anyone', buddies: true },
      links: { teams: 'https://teams.microsoft.com' },
      store: {
        kind: 'cosmos',
        endpoint,
        database: 'learning-log',
        container: 'learning-log',
        key: undefined,
      },
    }
    assert.deepEqual(readConfig(good), defaults)
    assert.deepEqual(readConfig({ ...good, PORT: '', HOST: ' ', PATH: '/bin', STORE_FILE: '' }), defaults)
  })

  it('takes what is said', () => {
    const said = { PORT: '80', HOST: '0.0.0.0', LOG_LEVEL: 'debug', LOG_KEY: 'k'.repeat(16), CLOUD: 'china' }
    const config = readConfig({ ...good, ...said, CARD_BUTTONS: 'submit' })
    assert.deepEqual(
      [config.port, config.host, config.logLevel, config.logKey],
      [80, '0.0.0.0', 'debug', 'k'.repeat(16)],
    )
    assert.deepEqual([config.cloud, config.buttons], ['china', 'submit'])
    const { COSMOS_ENDPOINT: _none, ...without } = good
    assert.deepEqual(readConfig({ ...without, STORE_FILE: 'x.sqlite' }).store, { kind: 'sqlite', file: 'x.sqlite' })
    const emulator = { COSMOS_ENDPOINT: 'http://127.0.0.1:8081/', COSMOS_KEY: 'a2V5', COSMOS_DATABASE: 'db' }
    const { store } = readConfig({ ...good, ...emulator })
    assert.deepEqual(store.kind === 'cosmos' && [store.endpoint, store.key, store.database], [
      'http://127.0.0.1:8081/',
      'a2V5',
      'db',
    ])
  })

  it('knows three identities', () => {
    assert.deepEqual(readConfig({ ...single, AZURE_CLIENT_ID: managed }).identity, {
      kind: 'federated',
      managedIdentity: managed,
    })
    const secret = { kind: 'secret', secret: 'not-a-secret' }
    assert.deepEqual(readConfig({ ...single, MicrosoftAppPassword: 'not-a-secret' }).identity, secret)
    const both = { ...single, MicrosoftAppPassword: 'not-a-secret', AZURE_CLIENT_ID: managed }
    assert.deepEqual(readConfig(both).identity, secret)
  })

  it('knows who may start a programme', () => {
    const creators = (said: string, more = {}) => readConfig({ ...good, PROGRAMME_CREATORS: said, ...more }).creators
    assert.deepEqual(creators(`${app}, ${managed}\n${app.toUpperCase()}`), { creators: [id, managed], buddies: true })
    assert.deepEqual(creators(`${managed} ${id};`), { creators: [managed, id], buddies: true })
    assert.deepEqual(creators('Anyone', { BUDDY_PROGRAMMES: 'off' }), { creators: 'anyone', buddies: false })
  })

  it('names all that is missing at once', () => {
    const all = ['MicrosoftAppType', 'MicrosoftAppId', 'MicrosoftAppTenantId', 'COSMOS_ENDPOINT', 'PROGRAMME_CREATORS']
    assert.deepEqual(named({}), all)
  })

  const traps: readonly (readonly [string, Record<string, string | undefined>, string])[] = [
    ['a misspelt type', { ...good, MicrosoftAppType: 'SingelTenant' }, 'MicrosoftAppType'],
    ['a type in other letters', { ...good, MicrosoftAppType: 'userassignedmsi' }, 'MicrosoftAppType'],
    ['a type with a quote', { ...good, MicrosoftAppType: '"UserAssignedMSI"' }, 'MicrosoftAppType'],
    ['a multi-tenant bot', { ...good, MicrosoftAppType: 'MultiTenant' }, 'MicrosoftAppType'],
    ['no type', { ...good, MicrosoftAppType: undefined }, 'MicrosoftAppType'],
    ['an empty id', { ...good, MicrosoftAppId: '' }, 'MicrosoftAppId'],
    ['an id of spaces', { ...good, MicrosoftAppId: '   ' }, 'MicrosoftAppId'],
    ['an object for an id', { ...good, MicrosoftAppId: '{}' }, 'MicrosoftAppId'],
    ['the word undefined', { ...good, MicrosoftAppId: 'undefined' }, 'MicrosoftAppId'],
    ['an id of zeros', { ...good, MicrosoftAppId: '00000000-0000-0000-0000-000000000000' }, 'MicrosoftAppId'],
    ['an id too long', { ...good, MicrosoftAppId: `${app}0` }, 'MicrosoftAppId'],
    ['a place-holder', { ...good, MicrosoftAppId: '<your app id>' }, 'MicrosoftAppId'],
    ['no tenant', { ...good, MicrosoftAppTenantId: undefined }, 'MicrosoftAppTenantId'],
    ['any tenant', { ...good, MicrosoftAppTenantId: 'common' }, 'MicrosoftAppTenantId'],
    ['a secret beside a managed identity', { ...good, MicrosoftAppPassword: 's' }, 'MicrosoftAppPassword'],
    ['no way to show who one is', single, 'AZURE_CLIENT_ID'],
    ['a name for a managed identity', { ...single, AZURE_CLIENT_ID: 'bot-identity' }, 'AZURE_CLIENT_ID'],
    ['no store', { ...good, COSMOS_ENDPOINT: undefined }, 'COSMOS_ENDPOINT'],
    [
      'a connection string',
      { ...good, COSMOS_ENDPOINT: 'AccountEndpoint=https://x/;AccountKey=a2V5' },
      'COSMOS_ENDPOINT',
    ],
    ['a store over plain http', { ...good, COSMOS_ENDPOINT: 'http://log.documents.azure.com/' }, 'COSMOS_ENDPOINT'],
    ['a key for an account', { ...good, COSMOS_KEY: 'a2V5' }, 'COSMOS_KEY'],
    ['two stores', { ...good, STORE_FILE: 'x.sqlite' }, 'STORE_FILE'],
    ['a container with a path', { ...good, COSMOS_CONTAINER: 'a/b' }, 'COSMOS_CONTAINER'],
    ['a cloud nobody knows', { ...good, CLOUD: 'moon' }, 'CLOUD'],
    ['another metadata address', { ...good, BotOpenIdMetadata: 'https://evil' }, 'BotOpenIdMetadata'],
    [
      'another channel’s keys',
      { ...good, ToBotFromChannelOpenIdMetadataUrl: 'https://evil' },
      'ToBotFromChannelOpenIdMetadataUrl',
    ],
    ['another issuer', { ...good, ToBotFromChannelTokenIssuer: 'https://evil' }, 'ToBotFromChannelTokenIssuer'],
    ['another login', { ...good, ToChannelFromBotLoginUrl: 'https://evil' }, 'ToChannelFromBotLoginUrl'],
    ['a channel service', { ...good, ChannelService: 'https://botframework.azure.us' }, 'ChannelService'],
    ['a port that is a word', { ...good, PORT: 'secret' }, 'PORT'],
    ['a port that is too high', { ...good, PORT: '65536' }, 'PORT'],
    ['a host with a space', { ...good, HOST: 'a b' }, 'HOST'],
    [
      'certificates that nobody looks at',
      { ...good, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      'NODE_TLS_REJECT_UNAUTHORIZED',
    ],
    [
      'half a connection string',
      { ...good, APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=x' },
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
    ],
    ['a client that logs', { ...good, AZURE_LOG_LEVEL: 'warning' }, 'AZURE_LOG_LEVEL'],
    ['libraries that log', { ...good, DEBUG: 'azure:*' }, 'DEBUG'],
    ['a runtime that logs', { ...good, NODE_DEBUG: 'http' }, 'NODE_DEBUG'],
    ['nobody who may start a programme', { ...good, PROGRAMME_CREATORS: ' , ' }, 'PROGRAMME_CREATORS'],
    ['a name where an id belongs', { ...good, PROGRAMME_CREATORS: `${app}, carla@contoso.com` }, 'PROGRAMME_CREATORS'],
    ['anyone and somebody', { ...good, PROGRAMME_CREATORS: `anyone, ${app}` }, 'PROGRAMME_CREATORS'],
    ['an app id that is none', { ...good, TEAMS_APP_ID: 'learning-log' }, 'TEAMS_APP_ID'],
    ['a switch that is a word', { ...good, BUDDY_PROGRAMMES: 'yes' }, 'BUDDY_PROGRAMMES'],
    ['a short key', { ...good, LOG_KEY: 'short' }, 'LOG_KEY'],
  ]
  for (const [what, environment, variable] of traps) {
    it(`refuses ${what}`, () => assert.deepEqual(named(environment), [variable]))
  }

  it('tells the mend and never a value', () => {
    const wrong = {
      ...good,
      MicrosoftAppId: 'CANARY',
      MicrosoftAppPassword: 'CANARY',
      PORT: 'CANARY',
      OAuthUrl: 'CANARY',
    }
    assert.throws(
      () => readConfig(wrong),
      (error: Error) => {
        assert.ok(error.message.startsWith('The environment (or .env) needs mending:\n  PORT must be a whole number'))
        assert.ok(error.message.includes('OAuthUrl must not be set'))
        return !error.message.includes('CANARY')
      },
    )
  })
})
