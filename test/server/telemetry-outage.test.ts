import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sinon from 'sinon'
import { openTelemetry, type Telemetry, type TelemetryOptions } from '../../src/server/observability/telemetry.ts'
import { until } from '../scenarios/house.ts'
import { connectionString, type Ingestion, startIngestion } from './ingestion.ts'

type Told = { readonly event: string; readonly fields: object }

describe('telemetry that cannot be delivered', () => {
  let ingestion: Ingestion
  let told: Told[]
  beforeEach(async () => {
    ingestion = await startIngestion()
    told = []
  })
  afterEach(() => ingestion.close())

  const open = (url = ingestion.connectionString, options: Partial<TelemetryOptions> = {}) =>
    openTelemetry(url, {
      report: (event, fields) => void told.push({ event, fields }),
      tracesPerSecond: 1e6,
      ...options,
    })

  /** Turns that do nothing, as fast as they go. @returns how long they took, in milliseconds. */
  async function turns({ around, counting }: Telemetry, times: number): Promise<number> {
    const report = counting(() => {})
    const handlePost = around(async () => {
      report('turn', { kind: 'message', did: 'home', outcome: 'done' })
      return { status: 200 }
    })
    const began = performance.now()
    for (let time = 0; time < times; time++) await handlePost('', {})
    return performance.now() - began
  }

  async function closed(telemetry: Telemetry): Promise<number> {
    const began = performance.now()
    await telemetry.close()
    return performance.now() - began
  }

  it('holds up nothing where nobody answers: few requests, and an end', async () => {
    ingestion.answer.status = 'hang'
    const telemetry = await open(undefined, { intervalMs: 50 })
    const calm = await turns(telemetry, 2_000)
    await sleep(400)
    const amid = await turns(telemetry, 20_000)
    assert.ok(amid < 20_000, `${amid} ms for 20,000 turns`)
    assert.ok(calm < 5_000, `${calm} ms for 2,000 turns`)
    await sleep(400)
    const sent = ingestion.requests.length
    assert.ok(sent >= 2 && sent <= 8, `${sent} requests`)
    const took = await closed(telemetry)
    assert.ok(took < 4_000, `${took} ms to close`)
  })

  it('asks no more than four times at once for a token that never comes', async () => {
    const { ManagedIdentityCredential } = await import('@azure/identity')
    const never = sinon.stub(ManagedIdentityCredential.prototype, 'getToken').returns(new Promise(() => {}))
    try {
      const managedIdentity = 'aaaaaaaa-0000-4000-8000-000000000009'
      const telemetry = await open(connectionString('https://127.0.0.1:1'), { managedIdentity, intervalMs: 20 })
      for (let time = 0; time < 30; time++) {
        await turns(telemetry, 1)
        await sleep(20)
      }
      assert.ok(never.callCount <= 4, `${never.callCount} times`)
      assert.deepEqual(told, [{ event: 'telemetry.lost', fields: { error: 'TooManyUnderWay' } }])
      assert.ok((await closed(telemetry)) < 4_000)
    } finally {
      never.restore()
    }
  })

  it('waits two seconds for the last sending, and no longer', async () => {
    ingestion.answer.status = 'hang'
    const telemetry = await open()
    await turns(telemetry, 1)
    const took = await closed(telemetry)
    assert.ok(took > 1_900 && took < 4_000, `${took} ms to close`)
    await until('nothing is held open', async () => (await ingestion.open()) === 0, 1_000)
  })

  it('gives up a request after its time', async () => {
    ingestion.answer.status = 'hang'
    const telemetry = await open(undefined, { limitMs: 200, intervalMs: 300 })
    for (let time = 0; time < 8; time++) {
      await turns(telemetry, 1)
      await sleep(300)
    }
    // More than may be under way at once: each made room for another.
    assert.ok(ingestion.requests.length > 4, `${ingestion.requests.length} requests`)
    assert.match(JSON.stringify(told[0]), /telemetry.lost.*AbortError/)
    assert.ok((await closed(telemetry)) < 1_000)
  })

  it('keeps nothing on disk of what was not taken', async () => {
    const { TMPDIR } = process.env
    const folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
    process.env.TMPDIR = folder
    try {
      ingestion.answer.status = 503
      const telemetry = await open()
      await turns(telemetry, 1)
      await telemetry.close()
      assert.ok(ingestion.requests.length > 0)
      assert.deepEqual(await readdir(folder), [])
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = TMPDIR
      await rm(folder, { recursive: true })
    }
  })

  it('ends at once where nobody listens', async () => {
    const telemetry = await open(connectionString('http://127.0.0.1:1'))
    await turns(telemetry, 10)
    assert.ok((await closed(telemetry)) < 1_000)
    assert.deepEqual(
      told.map(({ event }) => event),
      ['telemetry.lost'],
    )
    assert.match(JSON.stringify(told[0]?.fields), /ECONNREFUSED/)
  })

  it('tries once, whatever it is told to wait, and tells when it begins and ends to fail', async () => {
    ingestion.answer.status = 503
    ingestion.answer.headers = { 'retry-after': '1' }
    const telemetry = await open(undefined, { intervalMs: 100 })
    for (const requests of [1, 2, 3, 4, 5, 6]) {
      await turns(telemetry, 1)
      await until('an export', () => ingestion.requests.length >= requests)
    }
    ingestion.answer.status = 200
    await turns(telemetry, 1)
    await until('it works again', () => told.length === 2)
    await telemetry.close()
    assert.deepEqual(told, [
      { event: 'telemetry.lost', fields: { error: 'NotAccepted', code: 'http503' } },
      { event: 'telemetry.arrives', fields: {} },
    ])
    // What one of them carried is not sent again: each turn was in one request only, and the first six are lost.
    const metrics = ingestion.requests.filter(({ body }) => body.includes('"turns"'))
    assert.equal(metrics.length, 7)
  })

  it('shows a token to nobody but over https', async () => {
    const telemetry = await open(undefined, { managedIdentity: 'aaaaaaaa-0000-4000-8000-000000000009' })
    await turns(telemetry, 1)
    await telemetry.close()
    assert.equal(ingestion.requests.length, 0)
    assert.deepEqual(
      told.map(({ event }) => event),
      ['telemetry.lost'],
    )
  })
})
