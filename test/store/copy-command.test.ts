/** The operator's commands as processes: what they print, how they end, and a copy that is really killed. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyStore } from '../../src/store/operator/copy.ts'
import { all, cosmosShelf, endless, fileShelf, stored, using } from './copying.ts'
import { type Gateway, startGateway } from './gateway/gateway.ts'
import { temporaryFiles } from './temporary.ts'

const rooms = join(import.meta.dirname, '../../src/store/operator')

describe('the command store:copy', function () {
  this.timeout(60_000)
  const newFile = temporaryFiles()
  let gateway: Gateway | undefined
  afterEach(async () => {
    await gateway?.close()
    gateway = undefined
  })

  /** In a folder of its own, where there is no `.env`. */
  function start(script: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const cwd = dirname(newFile())
    mkdirSync(cwd, { recursive: true })
    const env = { PATH: process.env.PATH, ...environment }
    const child = spawn(process.execPath, ['--no-warnings', join(rooms, script), ...args], { cwd, env })
    const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { child, ended: ended.then(([out, err, [code, signal]]) => ({ out, err, code, signal })) }
  }
  const run = (...given: Parameters<typeof start>) => start(...given).ended

  async function fullFile(): Promise<string> {
    const file = newFile()
    await using(fileShelf(file), shelf => shelf.put(stored.map(fields => ({ fields }))))
    return file
  }

  it('moves a store to Cosmos DB and back, killed on the way', async () => {
    gateway = await startGateway(() => new Date().toISOString(), 300)
    const cosmos = { COSMOS_ENDPOINT: gateway.url, COSMOS_DATABASE: 'db', COSMOS_CONTAINER: 'log', COSMOS_KEY: 'a2V5' }
    const shelf = () =>
      cosmosShelf({ endpoint: cosmos.COSMOS_ENDPOINT, database: 'db', container: 'log', auth: { key: 'a2V5' } })
    const file = await fullFile()
    const there = ['--from', `sqlite:${file}`, '--to', 'cosmos']

    const early = await run('copy.ts', there, cosmos)
    assert.deepEqual([early.code, early.out], [1, ''])
    assert.match(early.err, /npm run store:prepare/)
    const prepared = await run('prepare.ts', [], cosmos)
    assert.deepEqual([prepared.code, prepared.err], [0, ''])
    assert.match(prepared.out, /Container log in database db is ready/)

    // Its second page is being written when it ends, as at a power cut.
    gateway.requests.length = 0
    gateway.script({ on: 'batch', when: 'after', answer: 'hang', times: 99, skip: 20 })
    const killed = start('copy.ts', there, cosmos)
    while (killed.child.exitCode === null && gateway.requests.filter(kind => kind === 'batch').length < 21)
      await sleep(5)
    killed.child.kill('SIGKILL')
    assert.equal((await killed.ended).signal, 'SIGKILL')
    gateway.mend()
    const half = await all(shelf())
    assert.ok(half.size > 500 && half.size < stored.length, `${half.size} documents`)

    const resumed = await run('copy.ts', there, cosmos)
    assert.deepEqual([resumed.code, resumed.err], [0, ''])
    assert.match(resumed.out, /Going on where it was stopped: 500 documents/)
    assert.match(resumed.out, /cosmos:.*\/db\/log is a true copy of sqlite:/)
    const before = await all(fileShelf(file))
    assert.deepEqual(await all(shelf()), before)

    const back = newFile()
    const returned = await run('copy.ts', ['--from', 'cosmos', '--to', `sqlite:${back}`], cosmos)
    assert.deepEqual([returned.code, returned.err], [0, ''])
    assert.deepEqual(await all(fileShelf(back)), before)
    for (const { out, err } of [resumed, returned]) assert.ok(!`${out}${err}`.includes('CANARY'))
  })

  it('does nothing when it is only imported', () => {
    const args = ['--no-warnings', '--import', join(rooms, 'copy.ts'), '--eval', '']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    assert.deepEqual([status, stdout, stderr], [0, '', ''])
  })

  it('ends with 1 when the copy is not the same, and says where', async () => {
    const [file, other] = [await fullFile(), newFile()]
    await using(fileShelf(file, 'source'), from =>
      using(fileShelf(other), to =>
        assert.rejects(
          copyStore(from, endless(to), () => {}),
          /stopped/,
        ),
      ),
    )
    await using(fileShelf(other), to => to.remove({ pk: 'u:person-001', id: 'profile' }))
    const { code, out, err } = await run('copy.ts', ['--from', `sqlite:${file}`, '--to', `sqlite:${other}`])
    assert.equal(code, 1)
    assert.match(out, /profile +60 +59 +DIFFERENT/)
    assert.match(err, /^sqlite:.* is not the same as sqlite:.* copy again\.\n$/)
  })

  it('says how it is used, and what is missing', async () => {
    const file = newFile()
    for (const [args, why] of [
      [[], /--from sqlite:.* --to cosmos/],
      [['--from', 'postgres', '--to', 'cosmos'], /Name both stores/],
      [['--from', `sqlite:${file}`, '--to', `sqlite:${file}`], /the same store: name another target/],
      [['--from', `sqlite:${file}`, '--to', 'cosmos'], /no store at .*: name the file/],
      [['--to', `sqlite:${file}`, '--from', 'cosmos'], /Set COSMOS_ENDPOINT/],
    ] as const) {
      const { code, out, err } = await run('copy.ts', args)
      assert.deepEqual([code, out], [1, ''])
      assert.match(err, why)
      assert.equal(err.trim().split('\n').length, 1)
    }
  })
})
