/** `npm start` as a process: what stops it, and what it is when it runs. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from './e2e/ports.ts'
import { until } from './scenarios/house.ts'

const script = new URL('../src/start.ts', import.meta.url).pathname
const own = {
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: '0f000000-1111-4222-8333-444444444444',
  MicrosoftAppTenantId: '0f000000-5555-4666-8777-888888888888',
  PROGRAMME_CREATORS: 'anyone',
}

describe('npm start', function () {
  this.timeout(30_000)
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'learning-log-start-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** In an empty folder, so that nobody's `.env` is read. */
  function start(env: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [script], { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } })
    const [out, told, ended] = [text(child.stdout), text(child.stderr), once(child, 'exit')]
    return { child, out, told, ended }
  }

  it('with nothing configured names every missing thing at once, in plain words, and ends with 1', async () => {
    const { told, ended } = start({})
    assert.deepEqual(await ended, [1, null])
    const lines = (await told).trim().split('\n')
    assert.deepEqual(
      lines.map(line => line.trim().split(' ')[0]),
      ['The', 'MicrosoftAppType', 'MicrosoftAppId', 'MicrosoftAppTenantId', 'COSMOS_ENDPOINT', 'PROGRAMME_CREATORS'],
    )
  })

  it('on an older Node says so, and on this one nothing', async () => {
    for (const [version, code] of [
      ['20.19.0', 1],
      [process.versions.node, 0],
    ] as const) {
      const older = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require(process.argv[1])`
      const child = spawn(process.execPath, [
        '-e',
        older,
        new URL('../src/server/node-version.cjs', import.meta.url).pathname,
      ])
      const [told, ended] = [text(child.stderr), once(child, 'exit')]
      assert.deepEqual(await ended, [code, null])
      assert.match(await told, code === 0 ? /^$/ : /needs Node 24 or newer, and this is 20\.19\.0: install it/)
    }
  })

  it('serves behind the strict door, knows its own door and store, and ends in order on SIGTERM', async () => {
    const env = { ...own, STORE_FILE: join(folder, 'log.sqlite'), PORT: '0' }
    const { child, out, told, ended } = start(env)
    let port = 0
    child.stdout.on('data', (line: Buffer) => {
      port ||= Number(/"port":(\d+)/.exec(`${line}`)?.[1] ?? 0)
    })
    await until('it listens', () => port > 0, 15_000)
    const house = `http://127.0.0.1:${port}`
    assert.equal((await fetch(`${house}/healthz`)).status, 200)
    const stranger = await fetch(`${house}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', channelId: 'msteams', text: 'CANARY' }),
    })
    assert.deepEqual([stranger.status, await stranger.json()], [401, { error: 'unauthorised' }])
    // Whether Microsoft's keys can be had depends on where this runs; its own store and its own door do not.
    const ready = (await (await fetch(`${house}/readyz`)).json()) as { ready: boolean; failed?: string[] }
    assert.deepEqual(ready, ready.ready ? { ready: true } : { ready: false, failed: ['keys'] })
    child.kill('SIGTERM')
    child.kill('SIGTERM')
    assert.deepEqual(await ended, [0, null])
    assert.equal(await told, '')
    assert.equal((await out).includes('CANARY'), false)
  })

  /** Standard outputs that take not one line. */
  const outputs: Readonly<Record<string, () => number>> = {
    'a full disk': () => openSync('/dev/full', 'w'),
    'a full pipe that nobody reads': () => fullPipe(),
    'a pipe whose reader has gone': () => {
      const { read, write } = pipe()
      closeSync(read)
      return write
    },
  }
  for (const [name, output] of Object.entries(outputs)) {
    it(`serves and ends in order with ${name} for a log`, async () => {
      const port = await freePort()
      const env = { ...own, STORE_FILE: join(folder, 'log.sqlite'), PORT: String(port), PATH: process.env.PATH ?? '' }
      const out = output()
      const child = spawn(process.execPath, [script], { cwd: folder, env, stdio: ['ignore', out, 'pipe'] })
      closeSync(out)
      const [told, ended] = [text(child.stderr ?? assert.fail()), once(child, 'exit')]
      try {
        const house = `http://127.0.0.1:${port}`
        const status = async (path: string, how?: RequestInit) =>
          (await fetch(house + path, { ...how, signal: AbortSignal.timeout(3_000) })).status
        const listens = () => status('/healthz').then(Boolean, () => false)
        for (let tries = 0; tries < 300 && !(await listens()); tries++) await new Promise(go => setTimeout(go, 50))
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"type":"message"}' }
        for (let no = 0; no < 200; no++) assert.equal(await status('/api/messages', init), 401, `${no}`)
        assert.equal(await status('/healthz'), 200)
        const began = performance.now()
        child.kill('SIGTERM')
        assert.deepEqual(await ended, [0, null])
        assert.ok(performance.now() - began < 6_000)
        assert.equal(await told, '')
      } finally {
        child.kill('SIGKILL')
      }
    })
  }

  function pipe() {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    return { read, write: openSync(path, 'w'), path }
  }

  function fullPipe(): number {
    const { write, path } = pipe()
    const filling = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
    for (const size of [4096, 1]) {
      try {
        for (;;) writeSync(filling, 'x'.repeat(size))
      } catch (error) {
        assert.ok(error instanceof Error && 'code' in error && error.code === 'EAGAIN')
      }
    }
    return write
  }
})
