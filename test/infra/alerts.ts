/** Alerts against what they speak of: the words that are measured, the runbook, and who is written to. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listed } from '../../src/server/closed-lists.ts'
import { inside } from './bicep/expressions.ts'
import type { Value } from './bicep/functions.ts'
import type { Body, Deployed } from './bicep/resource.ts'

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

const source = (file: string) => readFileSync(join(import.meta.dirname, '../../src/server', file), 'utf8')
/** The names measures are made under, and the one name they are all sent under. */
const measures = [...source('measures.ts').matchAll(/create(?:Counter|Histogram)\('([\w.]+)'/g)].map(([, name]) => name)
const service = /'service\.name': '([\w-]+)'/.exec(source('telemetry.ts'))?.[1]

export function* alertFindings(resources: readonly Deployed[], infra: string): Generator<string> {
  const runbook = readFileSync(join(infra, 'README.md'), 'utf8')
  const alerts = resources.filter(({ type }) => /\/(metricAlerts|scheduledQueryRules)@/.test(type))
  const groups = resources.filter(({ type }) => type.startsWith('Microsoft.Insights/actionGroups@')).map(({ id }) => id)
  const names = alerts.map(({ body }) => String(at(body, 'properties.description')).split(' ').pop() ?? '')
  for (const name of needed.filter(name => !names.includes(name))) yield `nobody is called for ${name}`
  for (const [i, { body, place }] of alerts.entries()) {
    const name = names[i] ?? ''
    if (!runbook.includes(`\n| \`${name}\` |`)) yield `${place} ${name} is not in the runbook of README.md`
    if (at(body, 'properties.enabled') !== true) yield `${place} ${name} is off`
    if (!groups.every(id => JSON.stringify(at(body, 'properties.actions') ?? '').includes(id)))
      yield `${place} ${name} calls nobody`
    const query = inQuery(body)
    if (query) yield* words(query).map(what => `${place} ${name} asks for ${what}`)
  }
}

function at(body: Body, path: string): Value | undefined {
  try {
    return inside(body as { [key: string]: Value }, path.split('.'))
  } catch {
    return undefined
  }
}

function inQuery(body: Body): string | undefined {
  const [condition] = (at(body, 'properties.criteria.allOf') ?? []) as { query?: string }[]
  return condition?.query
}

/** Words of a query that nothing measured ever says. */
function words(query: string): string[] {
  const names = [...query.matchAll(/\bName == "([^"]+)"/g)].map(([, name = '']) => name)
  const facts = [...query.matchAll(/tostring\(Properties\.(\w+)\) (?:==|in) \(?((?:"[^"]+"(?:, )?)+)/g)].flatMap(
    ([, fact = '', values = '']) => values.split(', ').map(value => [fact, value.replaceAll('"', '')] as const),
  )
  const [, sent] = /AppRoleName == "([^"]+)"/.exec(query) ?? []
  return [
    ...names.filter(name => !measures.includes(name)),
    ...facts.flatMap(([fact, value]) =>
      Object.values(listed({ [fact]: value }))[0] === value ? [] : [`${fact} ${value}`],
    ),
    ...(sent === service ? [] : [`the service ${sent}`]),
    ...(query.includes('Properties.') && facts.length === 0 ? ['a property these checks do not see'] : []),
  ]
}
