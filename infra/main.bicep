// One installation of Learning Log in one resource group: the service, who it is, what it keeps, and who is called when
// it is in trouble. No secret is made, kept or handed on. `infra/README.md` says how it is installed.
targetScope = 'resourceGroup'

@description('The name of this installation. azd gives it the name of its environment.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('The Azure region for everything that has one.')
param location string = resourceGroup().location

@description('dev: one small instance, backups of 7 days. prod: two instances, backups of 30 days.')
@allowed([
  'dev'
  'prod'
])
param stage string = 'prod'

@description('The Teams that people use: china is the one operated by 21Vianet. As the variable CLOUD of the service.')
@allowed([
  'public'
  'gcc'
  'china'
])
param cloud string = 'public'

@description('Who is written to when the service is in trouble.')
@minLength(5)
param operatorEmail string

@description('Who may start a programme: Entra object ids with commas between them, or the word anyone.')
@minLength(6)
param programmeCreators string

@description('off: who has been through a programme may not run a Buddy programme for their own people.')
@allowed([
  'on'
  'off'
])
param buddyProgrammes string = 'on'

@description('The size of one instance: any of Basic, Standard or Premium. Empty: P0v3 for prod, B1 for dev.')
param planSku string = ''

@description('The id of an app registration that trusts the managed identity. Empty: the bot is the identity itself.')
param botAppId string = ''

@description('Where Azure keeps the registration of the bot; it holds nothing people write.')
param botLocation string = 'global'

@description('submit: where Teams on a phone does not answer to presses.')
@allowed([
  'execute'
  'submit'
])
param cardButtons string = 'execute'

@description('The id the app has in the catalogue of your organisation (Teams admin center, Manage apps). Empty: coaches are given no link to add it.')
param teamsAppId string = ''

@description('At least 16 characters: people are hashed with it in the log. Empty: each process makes its own.')
@secure()
param logKey string = ''

var token = toLower(uniqueString(resourceGroup().id, environmentName))
var name = 'learning-log-${token}'
var tags = {
  'azd-env-name': environmentName
}
var databaseName = 'learning-log'
var containerName = 'learning-log'
var instances = stage == 'prod' ? 2 : 1
var ownRegistration = !empty(botAppId)

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: name
    location: location
    tags: tags
  }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  params: {
    name: name
    location: location
    tags: tags
    retentionDays: stage == 'prod' ? 90 : 30
    principalId: identity.outputs.principalId
  }
}

module store 'modules/store.bicep' = {
  name: 'store'
  params: {
    name: name
    location: location
    tags: tags
    databaseName: databaseName
    containerName: containerName
    backupTier: stage == 'prod' ? 'Continuous30Days' : 'Continuous7Days'
    principalId: identity.outputs.principalId
  }
}

var appId = ownRegistration ? botAppId : identity.outputs.clientId

// All that the service is told; `src/server/config.ts` says what each of them means. PORT is App Service's own.
var settings = union(
  {
    HOST: '0.0.0.0'
    LOG_LEVEL: 'info'
    CARD_BUTTONS: cardButtons
    CLOUD: cloud
    MicrosoftAppType: ownRegistration ? 'SingleTenant' : 'UserAssignedMSI'
    MicrosoftAppId: appId
    MicrosoftAppTenantId: tenant().tenantId
    AZURE_CLIENT_ID: identity.outputs.clientId
    COSMOS_ENDPOINT: store.outputs.endpoint
    COSMOS_DATABASE: databaseName
    COSMOS_CONTAINER: containerName
    PROGRAMME_CREATORS: programmeCreators
    BUDDY_PROGRAMMES: buddyProgrammes
  },
  empty(logKey) ? {} : { LOG_KEY: logKey },
  empty(teamsAppId) ? {} : { TEAMS_APP_ID: teamsAppId }
)

module web 'modules/web.bicep' = {
  name: 'web'
  params: {
    name: name
    location: location
    tags: tags
    sku: empty(planSku) ? (stage == 'prod' ? 'P0v3' : 'B1') : planSku
    instances: instances
    identityId: identity.outputs.id
    settings: settings
    insightsName: telemetry.outputs.insightsName
    workspaceId: telemetry.outputs.workspaceId
  }
}

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    name: name
    location: botLocation
    tags: tags
    host: web.outputs.host
    appId: appId
    tenantId: tenant().tenantId
    identityId: ownRegistration ? '' : identity.outputs.id
    government: cloud == 'gcc'
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    tags: tags
    operatorEmail: operatorEmail
    siteId: web.outputs.id
    workspaceId: telemetry.outputs.workspaceId
    instances: instances
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    tags: tags
    workspaceId: telemetry.outputs.workspaceId
  }
}

// azd keeps these as values of the environment; the app package is made of them (`npm run package`).
output BOT_ID string = appId
output TEAMS_APP_ID string = guid(resourceGroup().id, environmentName, 'teams-app')
output CLOUD string = cloud
output BOT_ENDPOINT string = 'https://${web.outputs.host}/api/messages'
output COSMOS_ENDPOINT string = store.outputs.endpoint
output COSMOS_ACCOUNT string = store.outputs.accountName
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
