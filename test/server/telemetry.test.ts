import assert from 'node:assert/strict'
import { anna, carla } from '../../src/demo/people.ts'
import { listed, type Name } from '../../src/server/observability/allowed-labels.ts'
import { openTelemetry } from '../../src/server/observability/telemetry.ts'
import { keys } from '../../src/store/documents.ts'
import { until } from '../scenarios/house.ts'
import { stepper, upToLastPress } from '../scenarios/walk.ts'
import { type Envelope, type Ingestion, startIngestion } from './ingestion.ts'
import { type MeasuredHouse, openMeasuredHouse } from './measured-house.ts'

const canary = 'CANARY'
// biome-ignore format: a list is read in one look
const facts = [
  'event', 'kind', 'outcome', 'did', 'refusal', 'by', 'why', 'error', 'work', 'operation', 'ended', 'query',
] as const satisfies readonly Name[]

describe('telemetry of a whole journey', () => {
  let ingestion: Ingestion
  let house: MeasuredHouse
  const troubles: string[] = []

  before(async () => {
    ingestion = await startIngestion()
    const report = (event: string) => void troubles.push(event)
    const telemetry = await openTelemetry(ingestion.connectionString, { report, tracesPerSecond: 1000 })
    house = await openMeasuredHouse(telemetry)
    await journey(house)
    await house.close()
    await telemetry.close()
  })
  after(() => ingestion.close())

  /** Everything that may go wrong too, each with a canary in what it is about. */
  async function journey({ anna: writer, carla: coach, gateway, store, connector, url }: MeasuredHouse) {
    await coach.install()
    await writer.install()
    const step = stepper(writer, 'en')
    await upToLastPress(step)
    await step('review.submit')
    await until('the coach is told', () => coach.received().length === 2)
    await writer.say(`${canary} says`)
    gateway.script({ on: 'read', when: 'before', answer: 500, times: 99 })
    await writer.say(`${canary} unsaved`)
    gateway.mend()
    gateway.script({ on: 'read', when: 'before', answer: 429, times: 99 })
    await writer.say(`${canary} throttled`)
    gateway.mend()
    await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: canary, channelId: canary, from: { id: canary } }),
    })
    // What is looked for below was really there to be leaked.
    assert.ok(await store.get(keys.journey('demo', anna.id)))
    assert.ok(JSON.stringify(connector.received).includes(carla.id))
  }

  it('arrives, and nothing was in the way', () => {
    assert.deepEqual(troubles, [])
    assert.deepEqual([...new Set(ingestion.requests.map(({ path }) => path))], ['POST /v2.1/track'])
    assert.ok(ingestion.envelopes().length > 100)
    const [process, ...others] = new Set(ingestion.envelopes().map(({ tags }) => tags['ai.cloud.roleInstance']))
    assert.match(process ?? '', /^[0-9a-f]{8}$/, 'a made-up name, not the machine’s')
    assert.deepEqual(others, [])
  })

  it('counts every turn that was logged, by what it did', () => {
    const turns = house.logged().filter(({ msg }) => msg === 'turn' || msg === 'turn.failed').length
    assert.ok(turns > 40)
    assert.equal(ingestion.total('turns'), turns)
    assert.equal(ingestion.total('turns', { kind: 'action', did: 'answer', outcome: 'done' }), 32)
    assert.equal(ingestion.total('turns', { did: 'submit', outcome: 'done' }), 2)
    assert.equal(ingestion.total('turns', { outcome: 'failed' }), 2)
    assert.equal(ingestion.total('notices', { event: 'notice.sent', kind: 'ready' }), 1)
    assert.equal(ingestion.total('failures', { event: 'turn.failed', error: 'StoreUnavailable' }), 2)
  })

  it('times turns and the store, and knows throttled from broken', () => {
    const ended = (how: string) =>
      ingestion.envelopes().filter(({ data }) => data.baseData.properties?.ended === how && data.baseData.metrics)
    assert.equal(ended('throttled').length, 1)
    assert.equal(ended('unavailable').length, 1)
    assert.ok(ingestion.total('turn.duration', { kind: 'action' }) > 0)
    assert.ok(ingestion.total('store.duration', { operation: 'commit', ended: 'done' }) > 0)
    assert.ok(ended('done').some(({ data }) => (data.baseData.metrics?.[0]?.count ?? 0) > 30))
  })

  it('has a trace of each turn, with what it asked of the store', () => {
    const requests = ingestion.envelopes().filter(({ data }) => data.baseType === 'RequestData')
    assert.equal(requests.length, ingestion.total('turns'))
    const submit = requests.findLast(({ data }) => data.baseData.name === 'submit')
    assert.equal(submit?.data.baseData.responseCode, '200')
    const asked = ingestion
      .envelopes()
      .filter(({ tags, data }) => data.baseType === 'RemoteDependencyData' && belongs(tags, submit))
      .map(({ data }) => data.baseData.name)
    assert.ok(asked.includes('commit') && asked.includes('get log'), asked.join())
    assert.equal(requests.filter(({ data }) => data.baseData.success === false).length, 2)
  })

  it('carries no id and no text, whatever way it might be written', () => {
    const bytes = ingestion.requests.map(({ path, headers, body }) => path + JSON.stringify(headers) + body).join('\n')
    assert.ok(bytes.includes('typedAnswer') || bytes.includes('submit'), 'what is there is found')
    const words = [anna.id, carla.id, anna.name, carla.name, canary, 'Answer 1', 'One thing', 'Topic 1', 'chat-', '29:']
    words.push(...[anna.id, carla.id].map(id => id.replaceAll('-', '')), new URL(house.url).host)
    for (const word of words) {
      for (const form of [word, encodeURIComponent(word), Buffer.from(word).toString('base64').replace(/=+$/, '')]) {
        assert.ok(!bytes.toLowerCase().includes(form.toLowerCase()), form)
      }
    }
  })

  it('is made of our own words and of marks made up for it, and of nothing else', () => {
    const marks = /^(ai\.operation\.(id|parentId)|ai\.cloud\.roleInstance|service\.instance\.id)$/
    const strings = (value: unknown, name = ''): string[] => {
      if (typeof value === 'string') return marks.test(name) ? [] : [value]
      if (typeof value !== 'object' || value === null) return []
      return Object.entries(value).flatMap(([key, each]) => [key, ...strings(each, key)])
    }
    const unexpected = new Set<string>()
    for (const { tags, data } of ingestion.envelopes()) {
      const { id: _id, duration: _duration, ...rest } = data.baseData
      for (const text of strings({ tags, rest, type: data.baseType })) if (!isOurs(text)) unexpected.add(text)
    }
    assert.deepEqual([...unexpected], [])
  })
})

const belongs = (tags: Envelope['tags'], to: Envelope | undefined) =>
  tags['ai.operation.id'] === to?.tags['ai.operation.id'] && tags['ai.operation.parentId'] === to?.data.baseData.id

/** The words of the envelopes' own form, and those that may be measured. */
// biome-ignore format: a list is read in one look
const form = new Set([
  '', 'tags', 'rest', 'type', 'name', 'value', 'count', 'min', 'max', 'kind', 'ver', 'metrics', 'properties',
  'measurements', 'success', 'resultCode', 'responseCode', 'url', '0', '200', '500', 'Dependency', 'Aggregation',
  'MetricData', 'RequestData', 'RemoteDependencyData', '_OTELRESOURCE_', 'service.name', 'service.instance.id',
  'learning-log', 'other', 'ai.internal.sdkVersion', 'ai.cloud.role', 'ai.cloud.roleInstance', 'ai.operation.id',
  'ai.operation.parentId', 'ai.operation.name',
  'turns', 'turn.duration', 'refusals', 'failures', 'notices', 'notice.age', 'events', 'store.duration',
  'store.failedTries', 'due', 'due.overdue', ...facts,
])
const sdk = /^node\d+:otel[\d.]+:ext[\d.]+-beta\.\d+$/
const isOurs = (text: string) =>
  form.has(text) || sdk.test(text) || facts.some(name => listed({ [name]: text })[name] === text)
