// The registration that lets Teams find the service. It passes messages on and keeps none; it has no secret.
param name string
param location string
param tags object
param host string
param appId string
param tenantId string
// Empty: the bot is an app registration of its own.
param identityId string
param government bool

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: location
  tags: tags
  kind: 'azurebot'
  sku: {
    // Teams is a standard channel, which is free in both tiers.
    name: 'F0'
  }
  properties: union(
    {
      displayName: 'Learning Log'
      endpoint: 'https://${host}/api/messages'
      msaAppId: appId
      msaAppType: empty(identityId) ? 'SingleTenant' : 'UserAssignedMSI'
      msaAppTenantId: tenantId
      disableLocalAuth: true
      isStreamingSupported: false
      schemaTransformationVersion: '1.3'
    },
    empty(identityId) ? {} : { msaAppMSIResourceId: identityId }
  )
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: location
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      acceptedTerms: true
      enableCalling: false
      deploymentEnvironment: government ? 'GCCModerateDeployment' : 'CommercialDeployment'
    }
  }
}
