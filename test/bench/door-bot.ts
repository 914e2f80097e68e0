/**
 * A process that answers one press with one card, behind a door: `door-bot.ts <ours|stock> <issuer's metadata>`. `stock` is
 * Microsoft's own sample way: restify, `CloudAdapter.process`, authentication by configuration. Tells its parent the port,
 * and on every message from it how much processor time it has used and how much memory it keeps.
 */
import type { AddressInfo } from 'node:net'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import restify from 'restify'
import { createServer } from '../../src/server/server.ts'
import { TeamsAdapter } from '../../src/teams/adapter.ts'
import { cardAnswer } from '../../src/teams/answers.ts'
import { clouds } from '../../src/teams/clouds.ts'
import { strictAccess } from '../../src/teams/frontDoor.ts'
import { app, tenant } from '../teams/door/house.ts'

/** About 3 KB, as a question's card is. */
const body = Array.from({ length: 20 }, (_, no) => ({
  type: 'TextBlock',
  wrap: true,
  text: `${no} ${'x'.repeat(110)}`,
}))
const answer = cardAnswer({ card: { type: 'AdaptiveCard', version: '1.5', body }, summary: 'A card' })

const [kind, metadata = ''] = process.argv.slice(2)

async function ours(): Promise<number> {
  const report = () => {}
  const cloud = { ...clouds.public, metadata }
  const { door } = strictAccess({ app, tenant, cloud, identity: { kind: 'managed' }, report })
  const adapter = new TeamsAdapter({ door, turn: async () => answer, sorry: () => 'sorry', report })
  const handlePost = (authHeader: string, posted: unknown) => adapter.handlePost(authHeader, posted)
  return createServer({ handlePost, checks: {}, settled: async () => {}, report }).listen('127.0.0.1', 0)
}

async function stock(): Promise<number> {
  // It prints every refusal with its stack.
  console.error = () => {}
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      ...{
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppId: app,
        MicrosoftAppTenantId: tenant,
        MicrosoftAppPassword: 'x',
      },
      // Naming one means naming all.
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenant}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: clouds.public.issuer,
      OAuthUrl: 'https://token.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: metadata,
      ToBotFromEmulatorOpenIdMetadataUrl: metadata,
      CallerId: 'urn:botframework:azure',
    }),
  )
  const house = restify.createServer()
  house.use(restify.plugins.bodyParser())
  house.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, async context => {
      await context.sendActivity({ type: 'invokeResponse', value: answer })
    })
  })
  return new Promise(resolve => {
    house.listen(0, '127.0.0.1', () => resolve((house.server.address() as AddressInfo).port))
  })
}

const port = await (kind === 'ours' ? ours() : stock())
process.on('message', () => {
  const cpu = process.cpuUsage()
  // What only waits to be collected is not kept, and collecting it is not counted. (The process itself grows with any
  // load, until the young generation has its size: that says nothing about who is kept, but it must end there.)
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ cpu, heap: heapUsed, resident: rss })
})
process.send?.({ port })
