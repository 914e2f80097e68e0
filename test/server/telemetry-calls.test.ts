import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { connectionString } from './ingestion.ts'

describe('telemetry that is left running', () => {
  it('calls its own endpoint in a day and a night, and nobody else', () => {
    assert.deepEqual(called('ours'), ['ingest.invalid'])
    const stock = called('stock')
    assert.ok(stock.length > 1, `the exporter, left to itself, calls others: ${stock}`)
  }).timeout(60_000)
})

/** Whom a process calls in 25 hours, which it spends in moments: every connection is refused and its host written down. */
function called(how: 'ours' | 'stock'): string[] {
  const telemetry = new URL('../../src/server/observability/telemetry.ts', import.meta.url).href
  const script = `
    import net from 'node:net'
    import dns from 'node:dns'
    import sinon from 'sinon'
    const hosts = new Set()
    dns.lookup = (host, options, done) => process.nextTick(done, Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    net.Socket.prototype.connect = function (...given) {
      const [options] = given.flat()
      hosts.add(options.host ?? options.path)
      process.nextTick(() => this.destroy(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })))
      return this
    }
    const connectionString = '${connectionString('https://ingest.invalid')}'
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'] })
    if ('${how}' === 'ours') {
      const { openTelemetry } = await import('${telemetry}')
      const { counting } = await openTelemetry(connectionString, { report: () => {}, intervalMs: 3_600_000 })
      setInterval(() => counting(() => {})('turn', { kind: 'message' }), 600_000)
    } else {
      const { AzureMonitorMetricExporter } = await import('@azure/monitor-opentelemetry-exporter')
      const { PeriodicExportingMetricReader, MeterProvider } = await import('@opentelemetry/sdk-metrics')
      const exporter = new AzureMonitorMetricExporter({ connectionString })
      const meters = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
      const turns = meters.getMeter('stock').createCounter('turns')
      setInterval(() => turns.add(1), 600_000)
    }
    for (let quarter = 0; quarter < 100; quarter++) await clock.tickAsync(900_000)
    console.log(JSON.stringify([...hosts]))
    process.exit(0)`
  const env = { PATH: process.env.PATH }
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env }))
}
