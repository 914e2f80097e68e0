import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { bounded, openTelemetry } from '../../src/server/observability/telemetry.ts'
import { connectionString } from './ingestion.ts'

describe('telemetry', () => {
  it('is not there at all without a connection string: nothing of it is loaded', () => {
    const modules = (connection: string | undefined) => {
      const script = `import { registerHooks } from 'node:module'
        const seen = []
        registerHooks({ resolve: (name, context, next) => { seen.push(name); return next(name, context) } })
        const { openTelemetry } = await import('${new URL('../../src/server/observability/telemetry.ts', import.meta.url)}')
        const telemetry = await openTelemetry(${JSON.stringify(connection)}, { report: () => {} })
        await telemetry.close()
        console.log(seen.filter(name => /opentelemetry|azure/.test(name)).length)`
      return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
    }
    assert.equal(modules(undefined), 0)
    assert.ok(modules(connectionString('http://127.0.0.1:9')) > 4)
  })

  it('hands back what it is given when it is off', async () => {
    const off = await openTelemetry(undefined, { report: assert.fail })
    const report = () => {}
    const handlePost = async () => ({ status: 200 })
    assert.equal(off.counting(report), report)
    assert.equal(off.around(handlePost), handlePost)
    off.storeTry(429)
    await off.close()
  })

  it('counts a sending that is said to be over twice as one, so that few stay few', async () => {
    const told: string[] = []
    const never: (() => void)[] = []
    const twice = bounded<string>(
      async (what, done) => {
        if (what === 'hangs') return new Promise(resolve => never.push(resolve))
        done({ code: 0 })
        done({ code: 1, error: new Error('again') })
      },
      trouble => void told.push(trouble?.error ?? 'well'),
    )
    const ended: number[] = []
    const end = ({ code }: { code: 0 | 1 }) => void ended.push(code)
    for (let no = 0; no < 5; no++) await twice('ends', end)
    assert.deepEqual([ended, told], [[0, 0, 0, 0, 0], []])
    for (let no = 0; no < 20; no++) void twice('hangs', end)
    assert.ok(never.length < 10, `${never.length} under way`)
    assert.equal(never.length + told.length, 20)
  })

  it('refuses a connection string that is none, without repeating it', async () => {
    const whole = connectionString('https://westeurope-5.in.applicationinsights.azure.com')
    const wrong = ['', 'CANARY', whole.replace('Ingestion', 'Live'), whole.replace('https:', 'http:')]
    wrong.push(whole.replace(/00000000/, 'CANARY'), connectionString('ftp://127.0.0.1'), connectionString('CANARY'))
    for (const each of wrong) {
      const open = openTelemetry(each, { report: assert.fail })
      await assert.rejects(
        open,
        (error: Error) => /is not whole: copy it/.test(error.message) && !error.message.includes('CANARY'),
      )
    }
    await (await openTelemetry(whole, { report: () => {} })).close()
  })
})
