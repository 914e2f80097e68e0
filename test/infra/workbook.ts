/** The workbook as it would be deployed, against what is measured: it shows all of it, and asks for nothing else. */
import { z } from 'zod'
import { listed } from '../../src/server/observability/allowed-labels.ts'
import { at, type Deployed, one } from './bicep/resource.ts'
import { service } from './measured.ts'

type Facts = ReadonlyMap<string, ReadonlySet<string>>

const named = { name: z.string().min(1), customWidth: z.string().optional() }
const workspaces = z.literal('microsoft.operationalinsights/workspaces')
const text = z.strictObject({ ...named, type: z.literal(1), content: z.strictObject({ json: z.string().min(1) }) })
const span = z.strictObject({ durationMs: z.int().positive() })
const time = z.strictObject({
  id: z.guid(),
  version: z.literal('KqlParameterItem/1.0'),
  name: z.literal('TimeRange'),
  label: z.string(),
  type: z.literal(4),
  isRequired: z.literal(true),
  value: span,
  typeSettings: z.strictObject({ selectableValues: z.array(span).min(1), allowCustom: z.boolean() }),
})
const choice = z.strictObject({
  ...named,
  type: z.literal(9),
  content: z.strictObject({
    version: z.literal('KqlParameterItem/1.0'),
    parameters: z.tuple([time]),
    style: z.literal('pills'),
    queryType: z.literal(0),
    resourceType: workspaces,
  }),
})
const query = z.strictObject({
  ...named,
  type: z.literal(3),
  content: z.strictObject({
    version: z.literal('KqlItem/1.0'),
    query: z.string(),
    size: z.int().min(0).max(4),
    title: z.string().min(1),
    timeContextFromParameter: z.literal('TimeRange'),
    queryType: z.literal(0),
    resourceType: workspaces,
    visualization: z.enum(['timechart', 'table']),
  }),
})

/** As far as ours uses the format. Source: the exported workbooks of Microsoft/Application-Insights-Workbooks. */
const workbook = z.strictObject({
  version: z.literal('Notebook/1.0'),
  items: z.array(z.discriminatedUnion('type', [text, choice, query])),
  fallbackResourceIds: z.array(z.string()),
  $schema: z.literal('https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json'),
})

/** Names of columns and of the language that our queries use; what they call their own results begins with a capital. */
const language = new Set(
  'AppMetrics AppRequests AppRoleInstance AppRoleName DurationMs ItemCount Max Name Properties Sum TimeGenerated TimeRange bin by dcount desc grain max order percentilesw sum summarize tostring where'.split(
    ' ',
  ),
)
const start = `AppRoleName == "${service}"`

/** `facts`: each measure with the names of its facts. */
export function* workbookFindings(resources: readonly Deployed[], facts: Facts): Generator<string> {
  const deployed = one(resources, 'Microsoft.Insights/workbooks')
  const workspace = one(resources, 'Microsoft.OperationalInsights/workspaces')
  if (!deployed || !workspace) {
    yield 'there must be one workbook'
    return
  }
  if (at(deployed, 'properties.sourceId') !== workspace.id) yield `${deployed.place} reads another workspace`
  const parsed = workbook.safeParse(json(String(at(deployed, 'properties.serializedData'))))
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) yield `workbook.json ${path.join('.')}: ${message}`
    return
  }
  const { items, fallbackResourceIds } = parsed.data
  if (fallbackResourceIds.join() !== workspace.id) yield 'workbook.json falls back to another workspace'
  const names = items.map(({ name }) => name)
  for (const name of names.filter((name, i) => names.indexOf(name) !== i)) yield `workbook.json has two items "${name}"`
  if (!items.some(({ type }) => type === 9)) yield 'workbook.json lets nobody choose the time'
  const shown = new Set<string>()
  for (const item of items) {
    if (item.type !== 3) continue
    for (const what of wrong(item.content.query, facts, shown)) yield `workbook.json "${item.name}" asks for ${what}`
  }
  for (const name of facts.keys()) if (!shown.has(name)) yield `workbook.json does not show ${name}`
}

function* wrong(query: string, facts: Facts, shown: Set<string>): Generator<string> {
  const [table, ...steps] = query.split(' | ')
  if (!['AppMetrics', 'AppRequests'].includes(table ?? '')) yield `the table ${table}`
  if (steps[0] !== `where ${start}`) yield 'more than this service'
  const name = /^where Name == "([^"]+)"$/.exec(steps[1] ?? '')?.[1]
  const known = name === undefined ? undefined : facts.get(name)
  if (name !== undefined && !known) yield `the measure ${name}, which is not sent`
  if (name !== undefined) shown.add(name)
  const asked = [...query.matchAll(/Properties\.(\w+)/g)].map(([, fact = '']) => fact)
  for (const fact of asked) if (!known?.has(fact)) yield `${fact}, which ${name ?? table} does not have`
  for (const [, fact = '', value] of query.matchAll(/Properties\.(\w+)\) == "([^"]+)"/g)) {
    if (Object.values(listed({ [fact]: value }))[0] !== value) yield `${fact} ${value}, which is never said`
  }
  const results = new Set([...query.matchAll(/\b([A-Z][a-z]+) = /g)].map(([, result = '']) => result))
  const bare = query.replaceAll(/"[^"]*"/g, '').replaceAll(/Properties\.\w+/g, '')
  for (const word of new Set(bare.match(/[A-Za-z]\w*/g))) {
    if (!language.has(word) && !results.has(word)) yield `${word}, which is no word of the query language`
  }
  const ordered = /order by (\w+) desc/.exec(query)?.[1]
  if (ordered && !results.has(ordered)) yield `the order of ${ordered}, which it does not have`
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
