/** Mistakes planted one at a time in a copy of infra/: the checks must find each, and say where or what. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findings } from './findings.ts'

const infra = join(import.meta.dirname, '../../infra')

type Mistake = { readonly file: string; readonly from: string; readonly to: string; readonly found: RegExp }

// biome-ignore format: a table is read in one look
const mistakes: Readonly<Record<string, Mistake>> = {
  'a brace is missing': { file: 'modules/bot.bicep', from: "    name: 'F0'\n  }", to: "    name: 'F0'", found: /bot\.bicep:\d+:\d+ is no Bicep/ },
  'a property is misspelt': { file: 'modules/web.bicep', from: 'httpsOnly: true', to: 'httpOnly: true', found: /has no property properties\.httpOnly/ },
  'a property is of another type': { file: 'modules/web.bicep', from: 'capacity: instances', to: "capacity: '${instances}'", found: /sku\.capacity is "\d", not int/ },
  'a word is none of the published ones': { file: 'modules/store.bicep', from: "minimalTlsVersion: 'Tls12'", to: "minimalTlsVersion: '1.2'", found: /minimalTlsVersion is "1\.2", not Tls/ },
  'a required property is missing': { file: 'modules/store.bicep', from: "    databaseAccountOfferType: 'Standard'\n", to: '', found: /lacks properties\.databaseAccountOfferType/ },
  'an output of a module is misspelt': { file: 'main.bicep', from: 'host: web.outputs.host', to: 'host: web.outputs.hostName', found: /main\.bicep:\d+:\d+ there is no outputs\.hostName/ },
  'a parameter is not handed on': { file: 'main.bicep', from: '    instances: instances\n    identityId', to: '    identityId', found: /web\.bicep:\d+:\d+ instances is not given/ },
  'a parameter has no use any more': { file: 'main.bicep', from: 'CARD_BUTTONS: cardButtons', to: "CARD_BUTTONS: 'execute'", found: /cardButtons is never used/ },
  'keys to the store are allowed': { file: 'modules/store.bicep', from: 'disableLocalAuth: true', to: 'disableLocalAuth: false', found: /properties\.disableLocalAuth must be true/ },
  'old TLS is allowed': { file: 'modules/web.bicep', from: "      minTlsVersion: '1.2'", to: "      minTlsVersion: '1.0'", found: /minTlsVersion must be "1\.2"/ },
  'FTP is open': { file: 'modules/web.bicep', from: "ftpsState: 'Disabled'", to: "ftpsState: 'FtpsOnly'", found: /ftpsState must be "Disabled"/ },
  'a password may deploy': { file: 'modules/web.bicep', from: "name: 'scm'\n  properties: {\n    allow: false", to: "name: 'scm'\n  properties: {\n    allow: true", found: /password must be off for scm/ },
  'the role is another one': { file: 'modules/store.bicep', from: '00000000-0000-0000-0000-000000000002', to: '00000000-0000-0000-0000-000000000001', found: /gives the role 00000000-0000-0000-0000-000000000001/ },
  'the role reaches further': { file: 'modules/store.bicep', from: "scope: '${account.id}/dbs/${database.name}'", to: 'scope: account.id', found: /gives the role .* on databaseAccounts/ },
  'a key is handed out': { file: 'modules/store.bicep', from: 'output accountName string = account.name', to: 'output accountName string = account.name\noutput primary string = listKeys(account.id, account.apiVersion).primaryMasterKey', found: /listKeys fetches a key/ },
  'the log’s key is handed out': { file: 'main.bicep', from: 'output CLOUD string = cloud', to: 'output CLOUD string = cloud\noutput LOG string = logKey', found: /hands out LOG/ },
  'the identity is not assigned': { file: 'main.bicep', from: 'identityId: identity.outputs.id\n    settings', to: "identityId: resourceGroup().id\n    settings", found: /userAssignedIdentities is / },
  'a setting is misspelt': { file: 'main.bicep', from: 'COSMOS_ENDPOINT: store', to: 'COSMOS_URL: store', found: /COSMOS_URL is not known[\s\S]*COSMOS_ENDPOINT must be/ },
  'a required setting is missing': { file: 'main.bicep', from: '    MicrosoftAppTenantId: tenant().tenantId\n', to: '', found: /MicrosoftAppTenantId must be/ },
  'anyone may start programmes': { file: 'main.bicep', from: 'PROGRAMME_CREATORS: programmeCreators', to: "PROGRAMME_CREATORS: empty(programmeCreators) ? programmeCreators : 'anyone'", found: /the service reads creators as \{"creators":"anyone"/ },
  'the service listens to itself alone': { file: 'main.bicep', from: "HOST: '0.0.0.0'", to: "HOST: '127.0.0.1'", found: /the service reads host as "127\.0\.0\.1"/ },
  'a queried field is not indexed': { file: 'modules/store.bicep', from: "          { path: '/runAt/?' }\n", to: '', found: /must be as src\/store\/cosmos\/cosmos-container\.ts says/ },
  'documents never expire': { file: 'modules/store.bicep', from: '      defaultTtl: -1\n', to: '', found: /must be as src\/store\/cosmos\/cosmos-container\.ts says/ },
  'production has one instance': { file: 'main.bicep', from: "instances = stage == 'prod' ? 2 : 1", to: "instances = stage == 'prod' ? 1 : 1", found: /prod: .* sku is .*"capacity":1/ },
  'an alert asks for what is not measured': { file: 'modules/alerts.bicep', from: '"notice.undeliverable", ', to: '"notice.undelivered", ', found: /notices-undeliverable asks for event notice\.undelivered/ },
  'an alert calls nobody': { file: 'modules/alerts.bicep', from: "actionGroups: [\n          operators.id", to: 'actionGroups: [', found: /bot-silent calls nobody/ },
  'an alert is missing': { file: 'modules/alerts.bicep', from: "name: 'answers-5xx'", to: "name: 'answers'", found: /nobody is called for answers-5xx/ },
  'the workbook shows what is not measured': { file: 'workbook.json', from: 'Name == \\"notice.age\\"', to: 'Name == \\"notice.ages\\"', found: /"notice age" asks for the measure notice\.ages[\s\S]*does not show notice\.age/ },
  'the workbook asks for a fact a measure does not have': { file: 'workbook.json', from: 'Status = tostring(Properties.status)', to: 'Status = tostring(Properties.state)', found: /"store tries" asks for state, which store\.failedTries does not have/ },
  'the workbook is no JSON': { file: 'workbook.json', from: '"version": "Notebook/1.0",', to: '"version": "Notebook/1.0"', found: /workbook\.json : / },
  'the workbook reads another workspace': { file: 'modules/workbook.bicep', from: "'{workspaceId}', workspaceId)", to: "'{workspace}', workspaceId)", found: /falls back to another workspace/ },
  'a type is of another version': { file: 'modules/telemetry.bicep', from: 'components@2020-02-02', to: 'components@2015-05-01', found: /components@2015-05-01 is not in types\.json/ },
}

describe('mistakes in infra', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'infra-'))
    cpSync(infra, folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  for (const [what, { file, from, to, found }] of Object.entries(mistakes)) {
    it(`are found: ${what}`, async () => {
      const path = join(folder, file)
      const before = readFileSync(path, 'utf8')
      assert.equal(before.split(from).length, 2, 'the place to plant it is there once')
      writeFileSync(
        path,
        before.replace(from, () => to),
      )
      const told = (await findings(folder)).join('\n')
      assert.match(told, found)
    })
  }
})
