/**
 * Makes `types.json`: what Azure's resource types of infra/ look like, from what Microsoft publishes. The packages are too
 * large to depend on, so install them anywhere else (npm i @azure/mcp-linux-x64@2.0.5 @azure/arm-monitor@8.0.0) and run
 *   node test/infra/snapshot.ts FOLDER/node_modules
 * The first holds Bicep's own type data but not that of alerts; those are read from the second, Microsoft's client library.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ObjectType, ResourceType, Snapshot } from './types.ts'

/** With the versions in which infra/ uses them; `only`: which of many kinds are kept. */
const fromBicep: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Authorization/roleAssignments@2022-04-01': [],
  'Microsoft.BotService/botServices@2022-09-15': [],
  'Microsoft.BotService/botServices/channels@2022-09-15': ['MsTeamsChannel'],
  'Microsoft.DocumentDB/databaseAccounts@2025-04-15': [],
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15': [],
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15': [],
  'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15': [],
  'Microsoft.Insights/components@2020-02-02': [],
  'Microsoft.Insights/workbooks@2023-06-01': [],
  'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30': [],
  'Microsoft.OperationalInsights/workspaces@2025-02-01': [],
  'Microsoft.Web/serverfarms@2024-11-01': [],
  'Microsoft.Web/sites@2024-11-01': [],
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01': ['ftp', 'scm'],
  'Microsoft.Web/sites/config@2024-11-01': ['appsettings'],
}

type InLibrary = { readonly file: string; readonly properties: string; readonly tracked: boolean }

/** The library knows the newest version of each; infra/ uses an older one, and of it only what both have. */
// biome-ignore format: a table is read in one look
const fromLibrary: Readonly<Record<string, InLibrary>> = {
  'Microsoft.Insights/actionGroups@2023-01-01': { file: 'actionGroupsApi', properties: 'ActionGroup', tracked: true },
  'Microsoft.Insights/diagnosticSettings@2021-05-01-preview': { file: 'diagnosticsSettings', properties: 'DiagnosticSettings', tracked: false },
  'Microsoft.Insights/metricAlerts@2018-03-01': { file: 'metricAlertApi', properties: 'MetricAlertProperties', tracked: true },
  'Microsoft.Insights/scheduledQueryRules@2023-12-01': { file: 'scheduledQueryRuleApi', properties: 'ScheduledQueryRuleProperties', tracked: true },
}

const trackedToo = { location: 'required string', kind: 'string', tags: 'tags' }

type Property = { readonly name: string; readonly type: string; readonly flags?: string }
type Published = {
  readonly $type: string
  readonly name: string
  readonly bodyType?: Published
  readonly properties?: readonly Property[]
  readonly additionalPropertiesType?: string
  readonly baseProperties?: readonly Property[]
  readonly elements?: readonly Published[]
  readonly discriminator?: string
}

function bicepType(packages: string, name: string, only: readonly string[]): ResourceType {
  const azmcp = join(packages, '@azure/mcp-linux-x64/dist/azmcp')
  const args = ['bicepschema', 'get', '--resource-type', name.split('@')[0] ?? '']
  const answer = execFileSync(azmcp, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const published: Published[] = JSON.parse(answer).results.BicepSchemaResult
  const resource = published.find(each => each.$type === 'Resource' && each.name === name)
  if (!resource?.bodyType) throw new Error(`${name} is not what is published: ${published[0]?.name}`)
  const all = new Map([...published, { ...resource.bodyType, name: 'body' }].map(each => [each.name, each]))
  const types: Record<string, ObjectType> = {}
  const wanted = ['body']
  for (const next of wanted) {
    const found = all.get(next)
    if (!found || types[next]) continue
    for (const [typeName, type] of objectTypes(next, found, only)) {
      types[typeName] = type
      for (const part of Object.values(type)) wanted.push(...part.split(/[ []/).filter(each => all.has(each)))
    }
  }
  return { from: `@azure/mcp-linux-x64 ${versionOf(packages, '@azure/mcp-linux-x64')}`, types }
}

function* objectTypes(name: string, type: Published, only: readonly string[]): Generator<[string, ObjectType]> {
  if (type.$type !== 'DiscriminatedObject') {
    yield [name, properties(type)]
    return
  }
  const by = type.discriminator ?? ''
  const kinds = (type.elements ?? []).flatMap(element => {
    const kind = element.properties?.find(property => property.name === by)?.type ?? ''
    return only.length > 0 && !only.includes(kind) ? [] : [{ kind, element }]
  })
  yield [name, { '?': by, ...Object.fromEntries(kinds.map(({ kind }) => [kind, `${name}:${kind}`])) }]
  for (const { kind, element } of kinds) {
    const both = [...(type.baseProperties ?? []), ...(element.properties ?? [])]
    yield [`${name}:${kind}`, properties({ ...element, properties: both })]
  }
}

function properties(type: Published): ObjectType {
  const known = (type.properties ?? []).map(({ name, type, flags = '' }) => {
    const how = flags.includes('Required') ? 'required ' : flags.includes('ReadOnly') ? 'readOnly ' : ''
    return [name, `${how}${type}`]
  })
  return { ...Object.fromEntries(known), ...(type.additionalPropertiesType && { '*': type.additionalPropertiesType }) }
}

function libraryType(packages: string, { file, properties, tracked }: InLibrary): ResourceType {
  const models = join(packages, '@azure/arm-monitor/dist/esm/models')
  const text = [`${file}/models.d.ts`, 'microsoft/common/models.d.ts', 'models.d.ts']
    .map(name => readFileSync(join(models, name), 'utf8'))
    .join('\n')
  const types: Record<string, ObjectType> = {
    body: { name: 'required string', ...(tracked && trackedToo), properties: `required ${properties}` },
    tags: { '*': 'string' },
  }
  const wanted = [properties]
  for (const next of wanted) {
    const type = types[next] ?? declared(text, next)
    if (!type || types[next]) continue
    types[next] = type
    for (const part of Object.values(type)) wanted.push(...(part.match(/\w+/g) ?? []))
  }
  return { from: `@azure/arm-monitor ${versionOf(packages, '@azure/arm-monitor')}`, types }
}

/** An interface, or a union of those that differ in one literal, of the library's declarations. */
function declared(text: string, name: string): ObjectType | undefined {
  const union = new RegExp(`export type ${name} = ([\\w |]+);`).exec(text)?.[1]
  if (name.endsWith('Union') && union) {
    const kinds = union.split(' | ').flatMap(each => {
      const [key, literal] = Object.entries(declared(text, each) ?? {}).find(([, type]) => type.includes("'")) ?? []
      return key && literal ? [{ key, kind: literal.replace(/^required /, '').replaceAll("'", ''), each }] : []
    })
    return { '?': kinds[0]?.key ?? '', ...Object.fromEntries(kinds.map(({ kind, each }) => [kind, each])) }
  }
  const [, base, body] =
    new RegExp(`export interface ${name}(?: extends (\\w+))? \\{\\n([\\s\\S]*?)\\n\\}`).exec(text) ?? []
  if (body === undefined) return undefined
  const own = [...body.matchAll(/^ {4}(readonly )?(\w+)(\?)?: (.+);$/gm)].flatMap(
    ([, fixed, key = '', open, type = '']) => {
      if (key === 'additionalProperties') return []
      const how = fixed ? 'readOnly ' : open ? '' : 'required '
      return [[key === 'odataType' ? 'odata.type' : key, `${how}${plain(text, type)}`]]
    },
  )
  return { ...(base ? declared(text, base) : {}), ...Object.fromEntries(own) }
}

/** A type of TypeScript as the other package writes it. */
function plain(text: string, type: string): string {
  if (type.startsWith('"')) return type.replaceAll('"', "'")
  if (type.endsWith('[]')) return `${plain(text, type.slice(0, -2))}[]`
  if (type.startsWith('Record<string, string>')) return 'tags'
  const known = new RegExp(`export declare enum Known${type} \\{\\n([\\s\\S]*?)\\n\\}`).exec(text)?.[1]
  if (known) return [...known.matchAll(/= "?([^",\n]+)"?/g)].map(([, value]) => value).join(' | ')
  return { number: 'int', boolean: 'bool', Date: 'string' }[type] ?? type
}

function versionOf(packages: string, name: string): string {
  return JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')).version
}

const [packages = ''] = process.argv.slice(2)
const snapshot: Snapshot = Object.fromEntries([
  ...Object.entries(fromBicep).map(([name, only]) => [name, bicepType(packages, name, only)]),
  ...Object.entries(fromLibrary).map(([name, where]) => [name, libraryType(packages, where)]),
])
writeFileSync(join(import.meta.dirname, 'types.json'), `${JSON.stringify(snapshot, undefined, 2)}\n`)
