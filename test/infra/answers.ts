/** What Azure would have answered, in the form it has; and the parameters with which infra/ is tried. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from './bicep/deployment.ts'
import type { Body } from './bicep/resource.ts'

export const identity = {
  clientId: '3f0d2b6a-8c71-4e59-b0a4-57d1e9c26f83',
  principalId: '91c4a7e0-5d2f-4b38-9e6c-0a8b3f7d1c52',
} as const

export const host = 'learning-log-sample.azurewebsites.net'

export const answers: Answers = {
  'Microsoft.ManagedIdentity/userAssignedIdentities': {
    'properties.clientId': identity.clientId,
    'properties.principalId': identity.principalId,
  },
  'Microsoft.DocumentDB/databaseAccounts': {
    'properties.documentEndpoint': 'https://learning-log-sample.documents.azure.com:443/',
  },
  'Microsoft.Web/sites': { 'properties.defaultHostName': host },
  'Microsoft.Insights/components': {
    'properties.ConnectionString':
      'InstrumentationKey=6d9e2f14-7b3a-4c80-a5e1-f2c8d07b9a36;IngestionEndpoint=https://northeurope-0.in.applicationinsights.azure.com/',
  },
}

/** Parameters from a file of infra/, `${NAME}` and `${NAME=default}` filled in as azd does. */
export function parametersOf(file: string, environment: Readonly<Record<string, string>>): Body {
  const { parameters } = JSON.parse(readFileSync(file, 'utf8')) as { parameters: Record<string, { value: string }> }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { value }]) => [
      name,
      value.replace(/\$\{(\w+)(?:=(.*?))?\}/g, (_all, variable: string, otherwise = '') => {
        return environment[variable] ?? otherwise
      }),
    ]),
  )
}

const creator = '5e1f7a3c-92b4-4d06-8c1e-7b0d4f2a9e65'
const azd = {
  AZURE_ENV_NAME: 'sample',
  AZURE_LOCATION: 'northeurope',
  OPERATOR_EMAIL: 'operators@contoso.com',
  PROGRAMME_CREATORS: creator,
}
const own = {
  botAppId: 'b7e2c9d4-1a6f-4380-8b5d-c3f09e7a2461',
  logKey: 'a key of enough characters',
  teamsAppId: 'd1c80b5e-6f27-4a94-b3d0-58e6a2f91c47',
}

/** Every way to install, by what it is called in a finding. */
export function installations(infra: string): Readonly<Record<string, Body>> {
  const from = (name: string) => ({
    ...parametersOf(join(infra, name), {}),
    operatorEmail: azd.OPERATOR_EMAIL,
    programmeCreators: creator,
  })
  const main = join(infra, 'main.parameters.json')
  return {
    dev: from('dev.parameters.json'),
    prod: from('prod.parameters.json'),
    china: from('china.parameters.json'),
    azd: parametersOf(main, azd),
    'least said': { environmentName: 'least', operatorEmail: azd.OPERATOR_EMAIL, programmeCreators: 'anyone' },
    'azd, all said': {
      ...parametersOf(main, { ...azd, STAGE: 'dev', CLOUD: 'gcc', PLAN_SKU: 'S1', BUDDY_PROGRAMMES: 'off' }),
      ...own,
    },
  }
}
