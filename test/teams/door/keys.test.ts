import assert from 'node:assert/strict'
import type { Report } from '../../../src/base/report.ts'
import { createKeys } from '../../../src/teams/inbound/keys.ts'
import { NoKeys } from '../../../src/teams/inbound/refusals.ts'
import { until } from '../../scenarios/house.ts'
import { type Issuer, type Mood, type Pair, pair, startIssuer } from './issuer.ts'

const hour = 3_600_000
const day = 24 * hour

describe('signing keys', () => {
  let old: Pair
  let rotated: Pair
  let issuer: Issuer
  let time: number
  let begun: number
  let failed: string[]
  let keys: ReturnType<typeof createKeys>

  before(async () => {
    old = await pair('old')
    rotated = await pair('rotated')
  })
  beforeEach(async () => {
    issuer = await startIssuer(old)
    time = Date.now()
    begun = time
    failed = []
    const report: Report = (event, { error }) => void failed.push(`${event} ${error}`)
    keys = createKeys({ metadata: issuer.metadata, report, elapsed: () => time, limitMs: 1000 })
  })
  afterEach(() => issuer.stop())

  const has = async (kid: string) => (await keys.find(kid)) !== undefined
  const settled = () => new Promise(resolve => setTimeout(resolve, 30))

  it('are fetched when they are needed, by one request however many need them', async () => {
    assert.equal(issuer.asked(), 0)
    assert.deepEqual(await Promise.all(Array.from({ length: 64 }, () => has('old'))), Array(64).fill(true))
    await keys.warm()
    assert.equal(issuer.asked(), 1)
  })

  it('that are known are not asked for again for a day', async () => {
    await keys.warm()
    for (const hours of [2, 10, 23.9]) {
      time += hours * hour - (time - begun)
      assert.equal(await has('old'), true)
      await settled()
    }
    assert.equal(issuer.asked(), 1)
  })

  it('of ids nobody knows cost one request an hour', async () => {
    await keys.warm()
    for (let n = 0; n < 100; n++) assert.equal(await has(`unknown${n}`), false)
    assert.equal(issuer.asked(), 1)
    time += hour
    await Promise.all(Array.from({ length: 100 }, (_, n) => has(`unknown${n}`)))
    assert.equal(issuer.asked(), 2)
    assert.equal(await has('unknown'), false)
    assert.equal(issuer.asked(), 2)
  })

  it('that are new are found as soon as the issuer may be asked, and the old one is gone', async () => {
    await keys.warm()
    issuer.publish(rotated.jwk)
    assert.equal(await has('rotated'), false)
    time += hour
    assert.equal(await has('rotated'), true)
    assert.equal(await has('old'), false)
  })

  it('of yesterday are used while new ones are fetched', async () => {
    await keys.warm()
    issuer.publish(old.jwk, rotated.jwk)
    time += day + 1
    issuer.be('hanging')
    assert.equal(await has('old'), true)
    await until('the issuer was waited for', () => failed.length > 0)
    assert.deepEqual(failed, ['keys.failed TimeoutError'])
    issuer.be('well')
    time += 10_000
    assert.equal(await has('old'), true)
    await settled()
    assert.equal(await has('rotated'), true)
    assert.equal(issuer.asked(), 3)
  })

  it('go on being used for five days without the issuer, and no longer', async () => {
    await keys.warm()
    issuer.be('down')
    for (const days of [1, 2, 3, 4]) {
      time += day
      assert.equal(await has('old'), true, `day ${days}`)
      await settled()
    }
    time += day - 1
    assert.equal(await has('old'), true)
    await settled()
    time += 10_001
    await assert.rejects(keys.find('old'), NoKeys)
    await assert.rejects(keys.warm(), NoKeys)
    issuer.be('well')
    time += 10_000
    assert.equal(await has('old'), true)
  })

  /** By their names one sees that each is stopped by what is meant to stop it. */
  const errors: Record<Exclude<Mood, 'well'>, string> = {
    ...{ down: 'Error', hanging: 'TimeoutError', hangingInBody: 'TimeoutError', garbage: 'SyntaxError', huge: 'Error' },
    ...{ noKeys: 'Error', inline: 'Error', elsewhere: 'TypeError' },
  }
  const moods = Object.keys(errors) as (keyof typeof errors)[]
  for (const mood of moods) {
    it(`${mood}: told in time, asked again after ten seconds, then all is well`, async () => {
      issuer.be(mood)
      const began = performance.now()
      await assert.rejects(keys.find('old'), NoKeys)
      assert.ok(performance.now() - began < 2500)
      for (let n = 0; n < 20; n++) await assert.rejects(keys.find('old'), NoKeys)
      assert.equal(issuer.asked(), 1)
      assert.deepEqual(failed, [`keys.failed ${errors[mood]}`])
      issuer.be('well')
      time += 9_999
      await assert.rejects(keys.warm(), NoKeys)
      time += 1
      assert.equal(await has('old'), true)
    })

    it(`${mood}, with keys at hand: nobody notices`, async () => {
      await keys.warm()
      issuer.be(mood)
      time += day + 1
      const began = performance.now()
      assert.equal(await has('old'), true)
      assert.ok(performance.now() - began < 200)
      time += hour
      assert.equal(await has('unknown'), false)
      assert.equal(await has('old'), true)
    })
  }

  it('published beside broken ones are used', async () => {
    const { n: _n, ...noModulus } = rotated.jwk
    const short = { kty: 'RSA', kid: 'short', n: 'AQAB', e: 'AQAB', endorsements: ['msteams'] }
    issuer.publish(null, 7, 'x', [], short, noModulus, old.jwk)
    assert.equal(await has('old'), true)
    assert.equal(await has('rotated'), false)
  })
})
