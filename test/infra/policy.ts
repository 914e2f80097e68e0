/**
 * What must be so whatever else changes: no keys and no passwords anywhere, the identity's roles and no others, and the
 * container that the code expects. Asked of what would be deployed, not of how it is written.
 */
import { isDeepStrictEqual } from 'node:util'
import project from '../../package.json' with { type: 'json' }
import { containerDefinition } from '../../src/store/cosmos-container.ts'
import { host, identity } from './answers.ts'
import { inside } from './bicep/expressions.ts'
import { sample, type Value } from './bicep/functions.ts'
import type { Body, Deployed } from './bicep/resource.ts'

/** Microsoft's ids of the two roles, the same in every tenant. */
const dataContributor = '00000000-0000-0000-0000-000000000002'
const metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

/** By type, path and what must be there. */
// biome-ignore format: a table is read in one look
const must: readonly (readonly [type: string, path: string, value: Value])[] = [
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
  ['Microsoft.Web/serverfarms', 'properties.reserved', true],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.disableLocalAuth', true],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.disableKeyBasedMetadataWriteAccess', true],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.minimalTlsVersion', 'Tls12'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.backupPolicy.type', 'Continuous'],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.capabilities', [{ name: 'EnableServerless' }]],
  ['Microsoft.DocumentDB/databaseAccounts', 'properties.consistencyPolicy.defaultConsistencyLevel', 'Session'],
  ['Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments', 'properties.principalId', identity.principalId],
  ['Microsoft.Insights/components', 'properties.DisableLocalAuth', true],
  ['Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', true],
  ['Microsoft.Authorization/roleAssignments', 'properties.principalId', identity.principalId],
  ['Microsoft.BotService/botServices', 'properties.disableLocalAuth', true],
  ['Microsoft.BotService/botServices', 'properties.endpoint', `https://${host}/api/messages`],
  ['Microsoft.BotService/botServices', 'properties.msaAppTenantId', sample.tenant],
  ['Microsoft.BotService/botServices/channels', 'properties.channelName', 'MsTeamsChannel'],
  ['Microsoft.BotService/botServices/channels', 'properties.properties.isEnabled', true],
]

/** `given`: the parameters they were deployed with. */
export function* policyFindings(resources: readonly Deployed[], given: Body): Generator<string> {
  const of = (type: string) => resources.filter(each => each.type.split('@')[0] === type)
  for (const [type, path, value] of must) {
    const [only, ...more] = of(type)
    if (!only || more.length > 0) yield `there must be one ${type}`
    else if (!isDeepStrictEqual(at(only, path), value)) yield `${only.place} ${path} must be ${JSON.stringify(value)}`
  }
  yield* passwords(of('Microsoft.Web/sites/basicPublishingCredentialsPolicies'))
  yield* roles(resources)
  const [site, plan, account, container, bot] = [
    'Microsoft.Web/sites',
    'Microsoft.Web/serverfarms',
    'Microsoft.DocumentDB/databaseAccounts',
    'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers',
    'Microsoft.BotService/botServices',
  ].map(type => of(type)[0])
  if (!site || !plan || !account || !container || !bot) return
  const [assigned] = of('Microsoft.ManagedIdentity/userAssignedIdentities').map(({ id }) => id)
  if (!isDeepStrictEqual(at(site, 'identity.userAssignedIdentities'), { [assigned ?? '']: {} })) {
    yield `${site.place} the identity must be assigned, and no other`
  }
  yield* stages(plan, account, given)
  const expected = containerDefinition('learning-log')
  yield* shelf(container)
  const own = given.botAppId ?? ''
  if (at(bot, 'properties.msaAppId') !== (own || identity.clientId)) yield `${bot.place} has another app id`
  if (at(bot, 'properties.msaAppMSIResourceId') !== (own ? undefined : assigned))
    yield `${bot.place} is another identity`
}

/** `kind` is Azure's own word for a key of one path; the code leaves it out. */
function* shelf(container: Deployed): Generator<string> {
  const expected = containerDefinition('learning-log')
  const made = at(container, 'properties.resource')
  const key = { ...expected.partitionKey, kind: 'Hash' }
  if (!isDeepStrictEqual(made, { ...expected, partitionKey: key })) {
    const paths = JSON.stringify(expected.indexingPolicy.includedPaths)
    yield `${container.place} must be as src/store/cosmos-container.ts says, with these paths: ${paths}`
  }
}

function at(resource: Deployed, path: string): Value | undefined {
  try {
    return inside(resource.body as { [key: string]: Value }, path.split('.'))
  } catch {
    return undefined
  }
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

/** What sets production apart: it outlives an instance, and a month's backups. */
function* stages(plan: Deployed, account: Deployed, { stage = 'prod', planSku }: Body): Generator<string> {
  const production = stage === 'prod'
  if (at(plan, 'sku.capacity') !== (production ? 2 : 1)) yield `${plan.place} has another number of instances`
  const expected = planSku || (production ? 'P0v3' : 'B1')
  if (at(plan, 'sku.name') !== expected) yield `${plan.place} has another size than ${expected}`
  const tier = production ? 'Continuous30Days' : 'Continuous7Days'
  if (at(account, 'properties.backupPolicy.continuousModeProperties.tier') !== tier)
    yield `${account.place} needs ${tier}`
}
