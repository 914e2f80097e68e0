/**
 * What must be so whatever else changes: no keys and no passwords anywhere, the identity's roles and no others, and the
 * container that the code expects. Asked of what would be deployed, not of how it is written.
 */
import { isDeepStrictEqual } from 'node:util'
import project from '../../package.json' with { type: 'json' }
import { containerDefinition } from '../../src/store/cosmos/cosmos-container.ts'
import { host, identity } from './answers.ts'
import { sample, type Value } from './bicep/functions.ts'
import { at, type Body, type Deployed, one } from './bicep/resource.ts'

/** Microsoft's ids of the two roles, the same in every tenant. */
const dataContributor = '00000000-0000-0000-0000-000000000002'
const metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

/** By type, path and what must be there. */
// biome-ignore format: a table is read in one look
const must: readonly (readonly [type: string, path: string, value: Value])[] = [
  ['Microsoft.Web/sites', 'kind', 'app,linux'],
  ['Microsoft.Web/sites', 'properties.httpsOnly', true],
  ['Microsoft.Web/sites', 'properties.clientAffinityEnabled', false],
  ['Microsoft.Web/sites', 'properties.siteConfig.linuxFxVersion', 'NODE|24-lts'],
  ['Microsoft.Web/sites', 'properties.siteConfig.appCommandLine', project.scripts.start],
  ['Microsoft.Web/sites', 'properties.siteConfig.alwaysOn', true],
  ['Microsoft.Web/sites', 'properties.siteConfig.healthCheckPath', '/readyz'],
  ['Microsoft.Web/sites', 'properties.siteConfig.http20Enabled', true],
  ['Microsoft.Web/sites', 'properties.siteConfig.webSocketsEnabled', false],
  ['Microsoft.Web/sites', 'properties.siteConfig.minTlsVersion', '1.2'],
  ['Microsoft.Web/sites', 'properties.siteConfig.scmMinTlsVersion', '1.2'],
  ['Microsoft.Web/sites', 'properties.siteConfig.ftpsState', 'Disabled'],
  ['Microsoft.Web/sites', 'properties.siteConfig.remoteDebuggingEnabled', false],
  ['Microsoft.Web/sites', 'identity.type', 'UserAssigned'],
  ['Microsoft.Web/sites', 'tags.azd-service-name', 'bot'],
  ['Microsoft.Web/serverfarms', 'kind', 'linux'],
  ['Microsoft.Web/serverfarms', 'properties.reserved', true],
  ['Microsoft.DocumentDB/databaseAccounts', 'kind', 'GlobalDocumentDB'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.disableLocalAuth', true],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.disableKeyBasedMetadataWriteAccess', true],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.minimalTlsVersion', 'Tls12'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.publicNetworkAccess', 'Enabled'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.backupPolicy.type', 'Continuous'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.capabilities', [{ name: 'EnableServerless' }]],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.consistencyPolicy.defaultConsistencyLevel', 'Session'],
  ['Microsoft.DocumentDB/databaseAccounts/sqlDatabases', 'properties.resource.id', 'learning-log'],
  ['Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments', 'properties.principalId', identity.principalId],
  ['Microsoft.Insights/components', 'properties.DisableLocalAuth', true],
  ['Microsoft.Insights/components', 'properties.IngestionMode', 'LogAnalytics'],
  ['Microsoft.OperationalInsights/workspaces', 'properties.sku.name', 'PerGB2018'],
  ['Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', true],
  ['Microsoft.OperationalInsights/workspaces', 'properties.workspaceCapping.dailyQuotaGb', 1],
  ['Microsoft.Authorization/roleAssignments', 'properties.principalId', identity.principalId],
  ['Microsoft.Authorization/roleAssignments', 'properties.principalType', 'ServicePrincipal'],
  ['Microsoft.BotService/botServices', 'kind', 'azurebot'],
  ['Microsoft.BotService/botServices', 'sku.name', 'F0'],
  ['Microsoft.BotService/botServices', 'properties.disableLocalAuth', true],
  ['Microsoft.BotService/botServices', 'properties.isStreamingSupported', false],
  ['Microsoft.BotService/botServices', 'properties.endpoint', `https://${host}/api/messages`],
  ['Microsoft.BotService/botServices', 'properties.msaAppTenantId', sample.tenant],
  ['Microsoft.BotService/botServices/channels', 'properties.channelName', 'MsTeamsChannel'],
  ['Microsoft.BotService/botServices/channels', 'properties.properties.isEnabled', true],
  ['Microsoft.BotService/botServices/channels', 'properties.properties.acceptedTerms', true],
  ['Microsoft.BotService/botServices/channels', 'properties.properties.enableCalling', false],
]

/** `given`: the parameters they were deployed with. */
export function* policyFindings(resources: readonly Deployed[], given: Body): Generator<string> {
  for (const [type, path, value] of must) {
    const only = one(resources, type)
    if (!only) yield `there must be one ${type}`
    else if (!isDeepStrictEqual(at(only, path), value)) yield `${only.place} ${path} must be ${JSON.stringify(value)}`
  }
  yield* passwords(resources.filter(({ type }) => type.includes('/basicPublishingCredentialsPolicies@')))
  yield* roles(resources)
  const container = one(resources, 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers')
  if (container) yield* shelf(container)
  for (const resource of resources) yield* everywhere(resource, given)
}

function* passwords(policies: readonly Deployed[]): Generator<string> {
  for (const which of ['ftp', 'scm']) {
    const found = policies.find(({ body }) => body.name === which)
    if (!found || at(found, 'properties.allow') !== false) yield `deploying with a password must be off for ${which}`
  }
}

/** The two roles, each only where it is needed; no others. */
function* roles(resources: readonly Deployed[]): Generator<string> {
  for (const resource of resources) {
    if (!/roleAssignments@/i.test(resource.type)) continue
    const role = String(at(resource, 'properties.roleDefinitionId'))
    const data = resource.type.startsWith('Microsoft.DocumentDB/')
    const scope = data ? String(at(resource, 'properties.scope')) : (resource.scope ?? 'the whole group')
    const right = data
      ? role.endsWith(`/sqlRoleDefinitions/${dataContributor}`) && scope.endsWith('/dbs/learning-log')
      : role.endsWith(`/roleDefinitions/${metricsPublisher}`) && scope.includes('/Microsoft.Insights/components/')
    if (!right)
      yield `${resource.place} gives the role ${role.split('/').pop()} on ${scope.split('/').slice(-2).join('/')}`
  }
}

/** `kind` is Azure's own word for a key of one path; the code leaves it out. */
function* shelf(container: Deployed): Generator<string> {
  const expected = containerDefinition('learning-log')
  const partitionKey = { ...expected.partitionKey, kind: 'Hash' }
  if (!isDeepStrictEqual(at(container, 'properties.resource'), { ...expected, partitionKey })) {
    const paths = JSON.stringify(expected.indexingPolicy.includedPaths)
    yield `${container.place} must be as src/store/cosmos/cosmos-container.ts says, with these paths: ${paths}`
  }
}

/** Of every resource: it lies where it was asked to, belongs to its environment, and a part is part of something. */
function* everywhere({ type, name, body, place }: Deployed, given: Body): Generator<string> {
  const parts = type.split('@')[0]?.split('/').length ?? 0
  if (name.split('/').length !== parts - 1) yield `${place} ${type} needs a parent`
  const region = given.location || 'northeurope'
  const located = /sites\/|sql(Databases|RoleAssignments)|roleAssignments|diagnosticSettings/.test(type)
  if (!located && body.location !== region && body.location !== 'global') yield `${place} lies in ${body.location}`
  const tags = body.tags as Body | undefined
  if (!located && !type.includes('/channels@') && tags?.['azd-env-name'] !== given.environmentName) {
    yield `${place} lacks the tag azd-env-name`
  }
}
