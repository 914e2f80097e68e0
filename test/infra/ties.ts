/** What one resource must say of another, and what follows from the parameters. */
import { isDeepStrictEqual } from 'node:util'
import { host, identity } from './answers.ts'
import { at, type Body, type Deployed, one } from './bicep/resource.ts'

export function* tieFindings(resources: readonly Deployed[], outputs: Body, given: Body): Generator<string> {
  const only = (type: string) => {
    const found = one(resources, type)
    if (!found) throw new Error(`There is not one ${type}.`)
    return found
  }
  const site = only('Microsoft.Web/sites')
  const plan = only('Microsoft.Web/serverfarms')
  const account = only('Microsoft.DocumentDB/databaseAccounts')
  const bot = only('Microsoft.BotService/botServices')
  const channel = only('Microsoft.BotService/botServices/channels')
  const insights = only('Microsoft.Insights/components')
  const workspace = only('Microsoft.OperationalInsights/workspaces')
  const logs = only('Microsoft.Insights/diagnosticSettings')
  const assigned = only('Microsoft.ManagedIdentity/userAssignedIdentities').id
  const production = (given.stage || 'prod') === 'prod'
  const own = given.botAppId || undefined
  const region = given.location || 'northeurope'
  const appId = own ?? identity.clientId

  const expected: readonly (readonly [Deployed, string, unknown])[] = [
    [site, 'identity.userAssignedIdentities', { [assigned]: {} }],
    [site, 'properties.serverFarmId', plan.id],
    [plan, 'sku', { name: given.planSku || (production ? 'P0v3' : 'B1'), capacity: production ? 2 : 1 }],
    [account, 'properties.locations', [{ locationName: region, failoverPriority: 0, isZoneRedundant: false }]],
    [account, 'properties.backupPolicy.continuousModeProperties.tier', `Continuous${production ? 30 : 7}Days`],
    [insights, 'properties.WorkspaceResourceId', workspace.id],
    [workspace, 'properties.retentionInDays', production ? 90 : 30],
    [logs, 'properties.workspaceId', workspace.id],
    [
      logs,
      'properties.logs',
      ['Console', 'Platform'].map(kind => ({ category: `AppService${kind}Logs`, enabled: true })),
    ],
    [bot, 'location', given.botLocation || 'global'],
    [bot, 'properties.msaAppId', appId],
    [bot, 'properties.msaAppType', own ? 'SingleTenant' : 'UserAssignedMSI'],
    [bot, 'properties.msaAppMSIResourceId', own ? undefined : assigned],
    [channel, 'location', bot.body.location],
    [
      channel,
      'properties.properties.deploymentEnvironment',
      `${given.cloud === 'gcc' ? 'GCCModerate' : 'Commercial'}Deployment`,
    ],
  ]
  for (const [resource, path, value] of expected) {
    const found = at(resource, path)
    if (!isDeepStrictEqual(found, value)) {
      yield `${resource.place} ${path} is ${JSON.stringify(found)}, not ${JSON.stringify(value)}`
    }
  }
  if (logs.scope !== site.id) yield `${logs.place} must be laid upon the site`

  const { TEAMS_APP_ID: app, ...rest } = outputs
  const handed = {
    BOT_ID: appId,
    CLOUD: given.cloud || 'public',
    BOT_ENDPOINT: `https://${host}/api/messages`,
    COSMOS_ENDPOINT: 'https://learning-log-sample.documents.azure.com:443/',
    COSMOS_ACCOUNT: account.name,
    IDENTITY_PRINCIPAL_ID: identity.principalId,
  }
  if (!isDeepStrictEqual(rest, handed)) yield `main.bicep hands out ${JSON.stringify(rest)}`
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(app))) yield 'main.bicep hands out no app id'
}
