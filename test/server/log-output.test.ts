/** Standard output that takes nothing: a log that fails loses lines, and never a turn, a word to who watches, or the end. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { until } from '../scenarios/house.ts'

const script = new URL('log-child.ts', import.meta.url).pathname
const posts = 200
const linesEach = 60
type Line = { readonly msg: string; readonly times?: number; readonly no?: number }

describe('standard output', function () {
  this.timeout(60_000)
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'learning-log-output-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** The server, with this as its standard output, which is closed here. */
  async function start(out: number) {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', out, 'pipe', 'ipc'] })
    closeSync(out)
    const [ended, told] = [once(child, 'exit'), text(child.stderr ?? assert.fail())]
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    const url = `http://127.0.0.1:${port}`
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    const status = async (path: string, how?: RequestInit) =>
      (await fetch(url + path, { ...how, signal: AbortSignal.timeout(3_000) })).status
    return {
      child,
      ended,
      told,
      /** Answers to every post, to who watches meanwhile, and the end. */
      async serves(): Promise<void> {
        for (let no = 0; no < posts; no++) {
          assert.equal(await status('/api/messages', init), 200, `post ${no}`)
          if (no % 20 === 0) assert.equal(await status('/healthz'), 200)
        }
      },
      async ends(): Promise<void> {
        const began = performance.now()
        child.kill('SIGTERM')
        const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
        assert.deepEqual(await ended, [0, null])
        clearTimeout(timer)
        assert.ok(performance.now() - began < 2_500, `ended in ${performance.now() - began} ms`)
        assert.equal(await told, '')
      },
      kill: () => child.kill('SIGKILL'),
    }
  }

  const parsed = (written: string): Line[] =>
    written
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
  const lostIn = (lines: readonly Line[]) => lines.filter(({ msg }) => msg === 'log.lost')

  /** Every line is either there, whole and in its place, or among those that one line counts. */
  function assertAccounted(lines: readonly Line[]): void {
    const [lost, ...more] = lostIn(lines)
    assert.deepEqual(more, [], 'it is said once')
    const there = lines.filter(({ msg }) => msg.startsWith('load.'))
    assert.ok((lost?.times ?? 0) > 0)
    assert.equal(there.length + (lost?.times ?? 0), posts * linesEach)
    const names = there.map(({ msg, no }) => `${msg} ${no}`)
    const first = Array.from(
      { length: there.length },
      (_, at) => `load.${Math.floor(at / linesEach)} ${at % linesEach}`,
    )
    assert.deepEqual(names, first)
  }

  /** Both ends of a pipe of the kernel. */
  function pipe() {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    // Opening one end alone would wait for the other.
    const both = openSync(path, 'r+')
    const ends = { read: openSync(path, 'r'), write: openSync(path, 'w') }
    closeSync(both)
    return ends
  }

  it('on a disk that is full: all goes on, and once there is space one line says how many were lost', async function () {
    const disk = join(folder, 'disk')
    execFileSync('mkdir', [disk])
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'pipe' })
    } catch {
      console.log('      nothing can be mounted here')
      return this.skip()
    }
    const file = join(disk, 'log')
    const server = await start(openSync(file, 'w'))
    try {
      await server.serves()
      assert.ok((await readFile(file)).length <= 64 * 1024)
      execFileSync('mount', ['-o', 'remount,size=8m', disk])
      await until('it says what was lost', async () => (await readFile(file, 'utf8')).includes('log.lost'), 5_000)
      await server.ends()
      const lines = parsed(await readFile(file, 'utf8'))
      assertAccounted(lines)
      assert.deepEqual(lines.at(-1)?.msg, 'end')
    } finally {
      server.kill()
      execFileSync('umount', ['-l', disk])
    }
  })

  it('on a device that is full for ever: all goes on, and ends', async () => {
    const server = await start(openSync('/dev/full', 'w'))
    try {
      await server.serves()
      await server.ends()
    } finally {
      server.kill()
    }
  })

  it('that nobody reads: all goes on, and who reads at last is told how many were lost', async () => {
    const { read, write } = pipe()
    const server = await start(write)
    try {
      await server.serves()
      const reader = spawn('cat', { stdio: [read, 'pipe', 'inherit'] })
      closeSync(read)
      let written = ''
      reader.stdout?.setEncoding('utf8').on('data', chunk => {
        written += chunk
      })
      const over = once(reader, 'close')
      await until('it says what was lost', () => /log\.lost"}\n/.test(written), 5_000)
      await server.ends()
      await over
      const lines = parsed(written)
      assertAccounted(lines)
      assert.equal(lines.at(-1)?.msg, 'end')
    } finally {
      server.kill()
    }
  })

  it('that nobody reads until the end: it ends in time', async () => {
    const { read, write } = pipe()
    const server = await start(write)
    try {
      await server.serves()
      await server.ends()
    } finally {
      server.kill()
      closeSync(read)
    }
  })

  it('whose reader has gone: all goes on, and ends', async () => {
    const { read, write } = pipe()
    const server = await start(write)
    closeSync(read)
    try {
      await server.serves()
      await server.ends()
    } finally {
      server.kill()
    }
  })

  it('has every line of what ended in order, and of what was cut short by an error', async () => {
    const file = join(folder, 'log')
    for (const order of ['end', 'last'] as const) {
      const server = await start(openSync(file, 'w'))
      const { child } = server
      await server.serves()
      if (order === 'end') await server.ends()
      else child.send({})
      await server.ended
      const lines = parsed(await readFile(file, 'utf8'))
      assert.equal(lines.at(-1)?.msg, order)
      assert.equal(lines.filter(({ msg }) => msg.startsWith('load.')).length, posts * linesEach)
      assert.deepEqual(lostIn(lines), [])
    }
  })
})
