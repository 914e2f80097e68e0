/** The end of a whole service: what people notice of it, what hangs, and how another takes over. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Service, type ServiceOptions, startService } from '../../src/index.ts'
import { keys } from '../../src/store/documents.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { until } from '../scenarios/house.ts'
import { lastPress, oneAway, pressed } from './crowd.ts'
import { hanging, openPost, type Post } from './post.ts'

const host = '127.0.0.1'
const began = performance.now()
const first = Date.parse('2026-11-23T09:00:00.000Z')
/** Goes on, as in production: leases are waited for. */
const clock = () => new Date(first + performance.now() - began).toISOString()

describe('the end of a service', function () {
  this.timeout(30_000)
  let post: Post
  const services: Service[] = []

  beforeEach(async () => {
    post = await openPost()
    post.time.now = clock()
  })
  afterEach(async () => {
    await Promise.all(services.splice(0).map(service => service.close()))
    await post.close()
  })

  async function start(options: Partial<ServiceOptions> = {}): Promise<Service & { url: string }> {
    const report: ServiceOptions['report'] = (event, fields) => void post.reports.push({ event, fields })
    const service = await startService({
      ...{ store: post.store, clock, access: openOnThisMachine({ host }), host, port: 0, report },
      ...{ sendLimitMs: 500, pollMs: 50 },
      ...options,
    })
    let ended: Promise<void> | undefined
    const close = () => {
      // What has ended is not waited for again when the test is over.
      ended ??= service.close()
      return ended
    }
    services.push({ ...service, close })
    return { ...service, close, url: `http://${host}:${service.port}` }
  }

  const ask = (url: string, activity: object) =>
    fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    })
  const timed = async (work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    return performance.now() - from
  }
  const ready = async (url: string) => (await fetch(`${url}/readyz`)).status === 200

  it('is told at /readyz first, while turns are still answered, each on its last connection', async () => {
    const [person = ''] = await oneAway(post, 1)
    const { url, close } = await start({ graceMs: 300 })
    assert.ok(await ready(url))
    const closing = timed(close)
    const red = await fetch(`${url}/readyz`)
    assert.deepEqual([red.status, await red.json()], [503, { ready: false, failed: ['closing'] }])
    assert.equal((await fetch(`${url}/healthz`)).status, 200)
    const answer = await ask(url, pressed(post, person, 'home'))
    assert.deepEqual([answer.status, answer.headers.get('connection')], [200, 'close'])
    const ms = await closing
    assert.ok(ms >= 290 && ms < 1000, `${ms} ms`)
    await assert.rejects(ready(url))
  })

  it('costs nobody a turn, under load and behind a load balancer', async () => {
    const writers = await oneAway(post, 12)
    const both = [await start({ graceMs: 2_000 }), await start()]
    const up = new Set(both)
    const probing = new AbortController()
    const probe = (async () => {
      while (!probing.signal.aborted) {
        for (const each of both) if (!(await ready(each.url).catch(() => false))) up.delete(each)
        await sleep(20)
      }
    })()

    const turns = { first: 0, other: 0 }
    const failed: string[] = []
    /** Where nobody listens any more nothing was said: the other is asked, as load balancers do. */
    const turn = async (activity: object): Promise<void> => {
      const service = [...up][Math.floor(Math.random() * up.size)] ?? assert.fail('nobody is ready')
      const answer = await ask(service.url, activity).catch(codeOf)
      if (answer === 'ECONNREFUSED') {
        up.delete(service)
        return turn(activity)
      }
      const body = typeof answer === 'string' ? answer : await answer.text().catch(codeOf)
      if (body.includes('vnd.microsoft.card.adaptive')) turns[service === both[0] ? 'first' : 'other']++
      else failed.push(body.slice(0, 80))
    }
    let over = false
    const people = writers.map(async (person, no) => {
      await sleep(no * 120)
      await turn(lastPress(post, person))
      while (!over) await turn(pressed(post, person, 'home'))
    })
    await sleep(600)
    const ms = await timed(() => both[0]?.close() ?? assert.fail())
    await sleep(500)
    over = true
    await Promise.all(people)
    probing.abort()
    await probe
    assert.deepEqual(failed, [])
    assert.ok(turns.first > 5 && turns.other > 5 && ms < 6_000, `${JSON.stringify(turns)}, closed in ${ms} ms`)
    // Each last press is in, and its coach told once, by whichever of the two.
    await until('all are told', () => post.posts() === writers.length, 20_000)
    assert.equal(post.unlabelled(), writers.length)
    for (const person of writers) {
      assert.ok((await post.store.get(keys.journey('spring', person)))?.doc.rounds[0]?.readyAt, person)
    }
  })

  it('while the connector hangs: what is in its hands is nobody’s to repeat silently', async () => {
    const [person = ''] = await oneAway(post, 1)
    const { url, close } = await start()
    post.connector.script('hang')
    await ask(url, lastPress(post, person))
    await until('it is begun', () => post.posts() === 1)
    const ms = await timed(close)
    assert.ok(ms < 1_500, `${ms} ms`)
    const { state, lastError, unknownSends } = (await post.left({ person })) ?? assert.fail()
    assert.deepEqual([state, lastError, unknownSends], ['promised', 'ambiguous', 0])
    const [later] = [await start({ clock: () => new Date(Date.parse(clock()) + 601_000).toISOString() })]
    await until('it is repeated', () => post.posts() === 2)
    assert.equal(post.unlabelled(), 1)
    await later?.close()
  })

  it('with promises that wait for their turn: another service sends them at once, as no repeat', async () => {
    const writers = await oneAway(post, 12)
    const { url, close } = await start({ pollMs: 60_000 })
    const other = await start()
    await Promise.all(writers.map(person => ask(url, lastPress(post, person))))
    const ms = await timed(close)
    const before = post.posts()
    assert.ok(before < writers.length, `${before} were sent before`)
    assert.ok(ms < 2_500, `${ms} ms`)
    await until('all are told', () => post.posts() === writers.length, 15_000)
    assert.equal(post.unlabelled(), writers.length)
    assert.ok(other)
  })

  it('while the store hangs: in time, and what was promised is told when its lease is over', async () => {
    const [person = '', stuck = ''] = await oneAway(post, 2)
    let hangs = false
    const never = hanging(post.store, 'get', 'commit', 'removeIf', 'query')
    const store = new Proxy(post.store, { get: (target, call) => Reflect.get(hangs ? never : target, call) })
    const { url, close } = await start({ store, leaseSeconds: 2, pollMs: 60_000 })
    post.connector.script({ status: 201, body: { id: 'm' }, afterMs: 300 })
    await ask(url, lastPress(post, person))
    await until('it is begun', () => post.posts() === 1)
    hangs = true
    const unanswered = ask(url, lastPress(post, stuck)).then(
      ({ status }) => status,
      () => 'cut',
    )
    await sleep(50)
    const ms = await timed(close)
    assert.ok(ms < 3_500, `${ms} ms`)
    assert.equal(await unanswered, 'cut')
    await start()
    await until('it is told again', () => post.posts() === 2)
    assert.equal(post.unlabelled(), 1)
  })

  it('with the times of production and everything hanging: in less than ten seconds', async () => {
    const [person = '', stuck = ''] = await oneAway(post, 2)
    let hangs = false
    const never = hanging(post.store, 'get', 'commit', 'removeIf', 'query')
    const store = new Proxy(post.store, { get: (target, call) => Reflect.get(hangs ? never : target, call) })
    const { url, close } = await start({ store, graceMs: 2_000, sendLimitMs: 4_000 })
    const closing = timed(close)
    await sleep(1_500)
    post.connector.script('hang')
    await ask(url, lastPress(post, person))
    await until('it is begun', () => post.posts() === 1)
    hangs = true
    const unanswered = ask(url, lastPress(post, stuck)).catch(() => 'cut')
    const ms = await closing
    assert.ok(ms > 4_000 && ms < 8_500, `${ms} ms`)
    assert.equal(await unanswered, 'cut')
  })

  it('refuses to begin when it could not end in time, or sends could outlast their lease', async () => {
    await assert.rejects(start({ graceMs: 5_000, sendLimitMs: 4_000 }), /grace of 5000 ms.*at most 2000/)
    await assert.rejects(
      start({ leaseSeconds: 4, sendLimitMs: 4_000 }),
      /lease of 4 s may end before a send of 4000 ms/,
    )
    await start({ leaseSeconds: 4.5, sendLimitMs: 4_000 })
  })
})

function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code ?? String(error)
}
