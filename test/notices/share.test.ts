/**
 * As many replicas as there are share what the platform lets one app send in a tenant: whole services, and processes that
 * are killed, on one store, against the stand-in for the connector, in real time.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Service, type ServiceOptions, startService } from '../../src/index.ts'
import { keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { type BotProcess, startBot } from '../faults/process.ts'
import { engines, until } from '../scenarios/house.ts'
import { now, settleWorld } from '../world.ts'
import { crowd } from './crowd.ts'
import { openPost, type Post } from './post.ts'
import { mostWithin, platform } from './rates.ts'

const host = '127.0.0.1'
const replicasMs = 100
const [[most, inMs]] = platform.tenant
const notices = 60

const began = performance.now()
/** Goes on, as in production: what has to wait for its turn is put off. */
const clock = () => new Date(Date.parse(now) + performance.now() - began).toISOString()

const namesIn = async (store: Store) => Object.keys((await store.get(keys.replicas()))?.doc.seen ?? {})

/** All are in it, and each has looked since. */
async function knowEachOther(store: Store, count: number): Promise<void> {
  await until(`${count} are running`, async () => (await namesIn(store)).length === count, 30_000)
  await sleep(4 * replicasMs)
}

/**
 * Many notices are due at once, each to another person. No more comes than is allowed: in half a second, since messages of a
 * busy machine do not all take as long, and a replica that does not share sends all that it takes for its own at once.
 * `send-rate-limit.test.ts` has it to the millisecond. What is allowed is used, by more than half, and all of it by one alone.
 */
async function isShared(post: Post, store: Store, count: number): Promise<void> {
  const before = post.connector.shown.length
  await crowd({ ...post, store }, notices, notices)
  await until('all are told', () => post.connector.shown.length >= before + notices, 40_000)
  const times = post.connector.shown.slice(before).map(({ at }) => at)
  const half = mostWithin(times, inMs / 2)
  assert.ok(half <= most, `${half} in half a second`)
  const second = mostWithin(times, inMs)
  assert.ok(second > most / 2, `only ${second} in a second`)
  // With half of what is allowed the last part goes out three seconds after the first, with all of it after one.
  const ms = Math.max(...times) - Math.min(...times)
  if (count === 1) assert.ok(ms < 3 * inMs - 100, `${ms} ms`)
  assert.equal(post.unlabelled(), before + notices)
}

for (const engine of engines) {
  describe(`the share of each replica, on ${engine}`, function () {
    this.timeout(60_000)
    let post: Post
    let services: Service[] = []
    beforeEach(async () => {
      post = await openPost(undefined, engine)
    })
    afterEach(async () => {
      await Promise.all(services.map(service => service.close()))
      services = []
      await post.close()
    })

    async function start(count: number): Promise<void> {
      const access = openOnThisMachine({ host })
      const report: ServiceOptions['report'] = (event, fields) => void post.reports.push({ event, fields })
      const common = { store: post.store, clock, access, host, port: 0, report }
      const starting = Array.from({ length: count }, () => startService({ ...common, pollMs: 40, replicasMs }))
      services = await Promise.all(starting)
      await knowEachOther(post.store, count)
    }

    for (const count of engine === 'sqlite' ? [1, 2, 4, 5] : [4]) {
      it(`${count} together use what is allowed, and no more`, async () => {
        await start(count)
        await isShared(post, post.store, count)
      })
    }

    it('one that ends leaves its share to the other', async () => {
      await start(2)
      await services.pop()?.close()
      assert.equal((await namesIn(post.store)).length, 1)
      await sleep(4 * replicasMs)
      await isShared(post, post.store, 1)
    })
  })
}

describe('the share of processes on one file', function () {
  this.timeout(120_000)
  let post: Post
  let folder: string
  let bots: BotProcess[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
    post = await openPost()
  })
  afterEach(async () => {
    await Promise.all(bots.map(bot => bot.kill()))
    bots = []
    await post.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('four keep to it together; of three that are killed the one left takes over', async () => {
    const file = join(folder, 'store.sqlite')
    let offsetMs = Date.parse(now) - Date.now()
    const store = openSqlite(file, () => new Date(Date.now() + offsetMs).toISOString())
    await settleWorld(store)
    const env = { POLL_MS: '40', LEASE: '30', REPLICAS_MS: String(replicasMs), OFFSET_MS: String(offsetMs) }
    bots = await Promise.all(Array.from({ length: 4 }, () => startBot(file, env)))
    await knowEachOther(store, 4)
    await isShared(post, store, 4)

    const [last, ...others] = bots
    assert.ok(last)
    await Promise.all(others.map(bot => bot.kill()))
    assert.equal((await namesIn(store)).length, 4, 'nobody knows yet')
    offsetMs += 91_000
    await last.shift(91_000)
    await knowEachOther(store, 1)
    await isShared(post, store, 1)
    await last.terminate()
    assert.deepEqual(await namesIn(store), [])
    await store.close()
  })
})
