/** Alerts against what they speak of: the words that are measured, the runbook, and who is written to. */
import { listed } from '../../src/server/observability/allowed-labels.ts'
import { at, type Body, type Deployed, one } from './bicep/resource.ts'
import { measures, service } from './measured.ts'
import { runbookSections } from './runbook.ts'

/** What has to have an alert. */
const needed = [
  'bot-unready',
  'bot-silent',
  'bot-restarting',
  'answers-5xx',
  'turns-failing',
  'store-throttled',
  'sending-refused',
  'notices-undeliverable',
]

/** In minutes: how far back, and how often at most, Azure's alerts look. */
const spans: Readonly<Record<string, number>> = { PT1M: 1, PT5M: 5, PT10M: 10, PT15M: 15, PT30M: 30, PT1H: 60 }
/** Of App Service itself, by Microsoft's list. */
const platformMetrics = ['HealthCheckStatus', 'Http5xx']
/** The words of the query language that our queries use, and the columns of the table they ask. */
const language = new Set(
  'AppMetrics AppRoleInstance AppRoleName Asked ItemCount Name Properties Sum Tries Value and count dcount event iff in outcome project status sum sumif summarize tostring where'.split(
    ' ',
  ),
)

export function* alertFindings(resources: readonly Deployed[], given: Body): Generator<string> {
  const runbook = runbookSections()
  const alerts = resources.filter(({ type }) => /\/(metricAlerts|scheduledQueryRules)@/.test(type))
  const group = one(resources, 'Microsoft.Insights/actionGroups')
  const receivers = group && at(group, 'properties.emailReceivers')
  if (!JSON.stringify(receivers ?? '').includes(`"emailAddress":"${given.operatorEmail}"`)) yield 'nobody is written to'
  if (!group || at(group, 'properties.enabled') !== true) yield 'nobody is called'
  const names = alerts.map(alert => String(at(alert, 'properties.description')).split(' ').pop() ?? '')
  for (const name of needed.filter(name => !names.includes(name))) yield `nobody is called for ${name}`
  for (const [i, alert] of alerts.entries()) {
    const name = names[i] ?? ''
    for (const finding of wrong(alert, group?.id ?? '')) yield `${alert.place} ${name} ${finding}`
    const sections = runbook.filter(({ alerts }) => alerts.includes(name)).length
    if (sections !== 1) yield `${alert.place} ${name} is in ${sections} sections of RUNBOOK.md, not in one`
    if (!alert.name.endsWith(`-${name}`)) yield `${alert.place} ${name} is named otherwise`
  }
}

type Condition = {
  readonly query?: string
  readonly metricMeasureColumn?: string
  readonly metricName?: string
  readonly metricNamespace?: string
  readonly operator?: string
  readonly threshold?: number
  readonly timeAggregation?: string
}

function* wrong(alert: Deployed, group: string): Generator<string> {
  if (at(alert, 'properties.enabled') !== true) yield 'is off'
  if (!JSON.stringify(at(alert, 'properties.actions') ?? '').includes(group)) yield 'calls nobody'
  if (![1, 2].includes(Number(at(alert, 'properties.severity')))) yield 'has no severity'
  if (at(alert, 'properties.autoMitigate') !== true) yield 'never ends'
  const [every = 0, window = 0] = ['evaluationFrequency', 'windowSize'].map(
    key => spans[String(at(alert, `properties.${key}`))],
  )
  if (every === 0 || window === 0 || every > window) yield 'looks at no span Azure knows'
  const [condition, ...more] = (at(alert, 'properties.criteria.allOf') ?? []) as Condition[]
  if (!condition || more.length > 0) {
    yield 'has no one condition'
    return
  }
  if (condition.operator === undefined || condition.threshold === undefined) yield 'has no threshold'
  if (alert.type.includes('metricAlerts')) {
    const known = platformMetrics.includes(condition.metricName ?? '')
    if (!known || condition.metricNamespace !== 'Microsoft.Web/sites') yield 'asks for a metric Azure does not have'
    return
  }
  const { query = '', metricMeasureColumn } = condition
  if (condition.timeAggregation === undefined || !query.includes(` ${metricMeasureColumn} = `)) yield 'measures nothing'
  if (at(alert, 'kind') !== 'LogAlert' || at(alert, 'properties.skipQueryValidation') !== true) {
    yield 'cannot be made before the first measurement'
  }
  for (const what of unknownWords(query)) yield `asks for ${what}`
}

/** Words of a query that nothing measured ever says, or that are none of the language. */
function unknownWords(query: string): string[] {
  const bare = query.replaceAll(/"[^"]*"/g, '')
  const names = [...query.matchAll(/\bName == "([^"]+)"/g)].map(([, name = '']) => name)
  const facts = [...query.matchAll(/tostring\(Properties\.(\w+)\) (?:==|in) \(?((?:"[^"]+"(?:, )?)+)/g)].flatMap(
    ([, fact = '', values = '']) => values.split(', ').map(value => [fact, value.replaceAll('"', '')] as const),
  )
  const [, sent] = /^AppMetrics \| where AppRoleName == "([^"]+)" \| /.exec(query) ?? []
  return [
    ...(bare.match(/[A-Za-z]\w*/g) ?? []).filter(word => !language.has(word)),
    ...names.filter(name => !measures.includes(name)),
    ...facts.flatMap(([fact, value]) =>
      Object.values(listed({ [fact]: value }))[0] === value ? [] : [`${fact} ${value}`],
    ),
    ...(sent === service ? [] : [`the service ${sent}`]),
    ...(query.includes('Properties.') && facts.length === 0 ? ['a property these checks do not see'] : []),
  ]
}
