/** What is really asked of Azure for a token, and how, by the library in use: a process with an identity, and both its givers. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { app, tenant } from './genuine.ts'

type Asked = { readonly to: string; readonly by: string | undefined; readonly form: Record<string, string> }

describe('identities', () => {
  const managedIdentity = 'eeeeeeee-1111-4111-8111-eeeeeeeeeeee'
  const run = promisify(execFile)
  let asked: Asked[]
  let mood: 'well' | 'down' | 'hanging'
  const giver = createServer(async (request, response) => {
    const { headers, url = '' } = request
    const body = await text(request)
    asked.push({
      to: `${request.method} ${headers['x-meant-for'] ?? 'here'}${url}`,
      by: headers['x-identity-header']?.toString(),
      form: Object.fromEntries(new URLSearchParams(body)),
    })
    const toEntra = headers['x-meant-for'] !== undefined
    if (mood === 'hanging' && toEntra) return
    const down = mood === 'down' && toEntra
    response.writeHead(down ? 500 : 200, { 'content-type': 'application/json' })
    if (down) return void response.end(JSON.stringify({ error: 'server_error', error_description: 'canary' }))
    const lifetime = { token_type: 'Bearer', expires_in: 3599, expires_on: `${Math.floor(Date.now() / 1000) + 3599}` }
    response.end(JSON.stringify({ access_token: `token-${asked.length}`, ...lifetime }))
  })

  before(async () => {
    giver.listen(0, '127.0.0.1')
    await once(giver, 'listening')
  })
  after(() => {
    giver.close()
    giver.closeAllConnections()
  })
  beforeEach(() => {
    asked = []
    mood = 'well'
  })

  async function ask(cloud: string, identity: object, serviceUrl = 'https://smba.trafficmanager.net/emea/') {
    const { port } = giver.address() as AddressInfo
    const env = {
      ...{ PATH: process.env.PATH, APP: app, TENANT: tenant, SERVICE_URL: serviceUrl, ENTRA_PORT: String(port) },
      ...{ IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: 'header-secret' },
      LIMIT_MS: mood === 'hanging' ? '300' : '3000',
      // What somebody might leave in the environment must not send the bot's assertion elsewhere.
      AZURE_AUTHORITY_HOST: 'https://login.example.com',
    }
    const child = join(import.meta.dirname, 'identity-child.ts')
    const { stdout } = await run(process.execPath, [child, cloud, JSON.stringify(identity)], { env })
    const lines = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    assert.deepEqual(lines.pop(), { stillOpen: 0 })
    return lines
  }
  /** The query in an order of its own. */
  const parts = ({ to, ...rest }: Asked) => {
    const [path = '', query] = to.split('?')
    return { path, query: Object.fromEntries(new URLSearchParams(query)), ...rest }
  }

  it('managed: the app id is the managed identity, asked for at the platform’s own endpoint', async () => {
    assert.deepEqual(await ask('public', { kind: 'managed' }), ['token-1', 'token-1'])
    const query = { resource: 'https://api.botframework.com', 'api-version': '2019-08-01', client_id: app }
    assert.deepEqual(asked.map(parts), [{ path: 'GET here/msi/token', query, by: 'header-secret', form: {} }])
  })

  const exchanges = [
    [
      'public',
      'login.microsoftonline.com',
      'api://AzureADTokenExchange',
      'api.botframework.com',
      'smba.trafficmanager.net',
    ],
    [
      'china',
      'login.partner.microsoftonline.cn',
      'api://AzureADTokenExchangeChina',
      'api.botframework.azure.cn',
      'frontend.botapi.msg.infra.teams.microsoftonline.cn',
    ],
  ] as const
  for (const [cloud, authority, audience, scope, host] of exchanges) {
    it(`federated, ${cloud}: the managed identity’s token stands in for a secret`, async () => {
      const tokens = await ask(cloud, { kind: 'federated', managedIdentity }, `https://${host}/`)
      assert.deepEqual(tokens, ['token-2', 'token-2'])
      const [first = assert.fail(), second = assert.fail(), ...more] = asked.map(parts)
      assert.deepEqual(more, [])
      assert.deepEqual(first.query, { resource: audience, 'api-version': '2019-08-01', client_id: managedIdentity })
      assert.equal(second.path, `POST ${authority}/${tenant}/oauth2/v2.0/token`)
      const { grant_type, client_id, client_assertion, client_assertion_type } = second.form
      assert.deepEqual(
        { grant_type, client_id, client_assertion, client_assertion_type },
        {
          ...{ grant_type: 'client_credentials', client_id: app, client_assertion: 'token-1' },
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        },
      )
      assert.ok(second.form.scope?.split(' ').includes(`https://${scope}/.default`), second.form.scope)
      assert.equal(second.form.client_secret, undefined)
    })
  }

  it('secret: for trying out, the same without the managed identity', async () => {
    assert.deepEqual(await ask('public', { kind: 'secret', secret: 'a secret' }), ['token-1', 'token-1'])
    const [only = assert.fail(), ...more] = asked.map(parts)
    assert.deepEqual(more, [])
    assert.equal(only.path, `POST login.microsoftonline.com/${tenant}/oauth2/v2.0/token`)
    assert.deepEqual([only.form.client_id, only.form.client_secret], [app, 'a secret'])
  })

  it('refused by Entra: one try, and nothing secret in the log', async () => {
    mood = 'down'
    const [{ event, at, ...told }, ...tokens] = await ask('public', { kind: 'federated', managedIdentity })
    assert.deepEqual(tokens, ['none', 'none'])
    assert.deepEqual([event, asked.length], ['token.failed', 2])
    assert.ok(!/header-secret|token-|canary/.test(JSON.stringify(told)), JSON.stringify(told))
  })

  it('hanging: given up in time', async () => {
    mood = 'hanging'
    const [{ event, error }, ...tokens] = await ask('public', { kind: 'federated', managedIdentity })
    assert.deepEqual([event, tokens], ['token.failed', ['none', 'none']])
    assert.ok(['TimeoutError', 'AuthenticationError', 'CredentialUnavailableError'].includes(error), error)
  })
})
