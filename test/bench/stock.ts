/**
 * A bot as Microsoft's samples have it: restify, `CloudAdapter.process`, authentication by configuration. The issuer's
 * address is all that is other than theirs.
 */
import type { AddressInfo } from 'node:net'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder'
import type { ServiceClientCredentialsFactory } from 'botframework-connector'
import restify from 'restify'
import { clouds } from '../../src/teams/clouds.ts'
import { app, tenant } from '../teams/door/genuine.ts'

/** Its token for the connector is there already, so that nobody pays for Microsoft's token service. */
const tokenAtHand: ServiceClientCredentialsFactory = {
  isValidAppId: async id => id === app,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    signRequest: async request => {
      request.headers.set('authorization', 'Bearer token')
      return request
    },
  }),
}

/** @returns the port it listens on. */
export async function stockHouse(metadata: string, logic: (context: TurnContext) => Promise<void>): Promise<number> {
  // It prints every refusal with its stack.
  console.error = () => {}
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(
      {
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
      },
      tokenAtHand,
    ),
  )
  const house = restify.createServer()
  house.use(restify.plugins.bodyParser())
  house.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, logic)
  })
  return new Promise(resolve => {
    house.listen(0, '127.0.0.1', () => resolve((house.server.address() as AddressInfo).port))
  })
}
