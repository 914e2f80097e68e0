/** The issuer away or changed, seen from outside: what Teams is answered meanwhile, how quickly, and when all is well again. */
import assert from 'node:assert/strict'
import { type Ahead, activity, claims } from './genuine.ts'
import { bearer, type House, openHouse, tell } from './house.ts'
import { type Issuer, type Pair, pair, sign, startIssuer } from './issuer.ts'

const hour = 3600

describe('the issuer is away', () => {
  let good: Pair
  let rotated: Pair
  let issuer: Issuer
  let ahead: Ahead
  let house: House

  before(async () => {
    good = await pair('good')
    rotated = await pair('rotated')
  })
  beforeEach(async () => {
    issuer = await startIssuer(good)
    ahead = { seconds: 0 }
    house = await openHouse(issuer.metadata, ahead)
  })
  afterEach(async () => {
    await house.close()
    await issuer.stop()
  })

  /** One POST with a genuine token of now. */
  async function ask(by = good) {
    const token = bearer(await sign(by, claims(ahead)))
    const began = performance.now()
    const { status } = await house.post(activity(), token)
    return { status, ms: Math.round(performance.now() - began) }
  }
  /** Seconds on the service's clock until it lets Teams in again, asked every second. */
  async function recovery(by = good, most = 2 * hour, step = 1) {
    for (let waited = 0; waited <= most; waited += step) {
      if ((await ask(by)).status === 200) return waited
      ahead.seconds += step
    }
    return Number.POSITIVE_INFINITY
  }

  // Its other moods are in `keys.test.ts`.
  for (const mood of ['down', 'hanging'] as const) {
    it(`${mood}, at the start: 503 in time, and back within ten seconds`, async () => {
      issuer.be(mood)
      const [first, second] = [await ask(), await ask()]
      assert.deepEqual([first.status, second.status], [503, 503])
      assert.ok(first.ms < 3800 && second.ms < 500, `${first.ms} ms, ${second.ms} ms`)
      issuer.be('well')
      const seconds = await recovery()
      assert.ok(seconds <= 10, `${seconds} s`)
      tell(`      503 after ${first.ms} ms, then ${second.ms} ms; recovered after ${seconds} s`)
    })
  }

  it('down, while serving: nobody notices for five days', async () => {
    await ask()
    issuer.be('down')
    let slowest = 0
    for (let hours = 0; hours < 120; hours += 6) {
      const { status, ms } = await ask()
      assert.equal(status, 200, `hour ${hours}`)
      slowest = Math.max(slowest, ms)
      ahead.seconds += 6 * hour
    }
    assert.ok(slowest < 1000, `${slowest} ms`)
    ahead.seconds += 11
    assert.equal((await ask()).status, 503)
    issuer.be('well')
    const seconds = await recovery()
    assert.ok(seconds <= 10, `${seconds} s`)
    tell(`      slowest answer ${slowest} ms; after five days recovered in ${seconds} s`)
  })

  it('with new keys: taken at the first token signed with one, an hour after the last fetch at the latest', async () => {
    await ask()
    issuer.publish(rotated.jwk)
    const early = await recovery(rotated, 2 * hour, 60)
    assert.ok(early <= hour, `${early} s`)
    ahead.seconds += hour
    issuer.publish(good.jwk)
    const later = await recovery(good)
    assert.equal(later, 0)
    tell(`      new key a moment after a fetch: ${early} s; more than an hour after one: ${later} s`)
  })
})
