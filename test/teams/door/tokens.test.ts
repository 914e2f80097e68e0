import assert from 'node:assert/strict'
import type { Report } from '../../../src/base/report.ts'
import { clouds } from '../../../src/teams/clouds.ts'
import { createTokens } from '../../../src/teams/outbound/tokens.ts'
import { serviceUrl } from './genuine.ts'

const minute = 60_000

describe('the bot’s own token', () => {
  let time: number
  let made: number
  let asked: string[]
  let failed: string[]
  let lifetime: number
  let half: number | undefined
  /** What the next requests do instead of answering. */
  let instead: (() => Promise<null>)[]
  let token: ReturnType<typeof createTokens>

  beforeEach(() => {
    time = 1_800_000_000_000
    made = 0
    asked = []
    failed = []
    lifetime = 60 * minute
    half = undefined
    instead = []
    const report: Report = (event, { error }) => void failed.push(`${event} ${error}`)
    const credential = async () => {
      const credentialNo = ++made
      return {
        getToken: async (scope: string) => {
          asked.push(scope)
          const other = instead.shift()
          if (other) return other()
          const value = `token ${asked.length} of credential ${credentialNo}`
          return { token: value, expiresOnTimestamp: time + lifetime, refreshAfterTimestamp: half && time + half }
        },
      }
    }
    token = createTokens({
      credential,
      cloud: clouds.public,
      report,
      now: () => time,
      elapsed: () => time,
      limitMs: 50,
    })
  })

  const settled = () => new Promise(resolve => setTimeout(resolve, 10))
  const sends = (count: number) => Promise.all(Array.from({ length: count }, () => token(serviceUrl)))
  const first = 'token 1 of credential 1'
  const second = 'token 2 of credential 2'

  it('is asked for once for 64 sends at the same time, for the cloud’s scope', async () => {
    assert.deepEqual(await sends(64), Array(64).fill(first))
    assert.deepEqual(await sends(64), Array(64).fill(first))
    assert.deepEqual(asked, ['https://api.botframework.com/.default'])
  })

  it('is asked for once again by 64 sends that find it expired', async () => {
    await token(serviceUrl)
    time += lifetime
    assert.deepEqual(await sends(64), Array(64).fill(second))
    assert.equal(asked.length, 2)
  })

  it('is renewed in the background four minutes before its end, and waited for in the last minute', async () => {
    await token(serviceUrl)
    time += 56 * minute - 1
    assert.equal(await token(serviceUrl), first)
    assert.equal(asked.length, 1)
    time += 1
    instead = [() => new Promise(() => {})]
    assert.deepEqual(await sends(64), Array(64).fill(first), 'nobody waits')
    await new Promise(resolve => setTimeout(resolve, 80))
    assert.deepEqual([asked.length, failed], [2, ['token.failed TimeoutError']])
    time += 5_000
    assert.equal(await token(serviceUrl), first)
    await settled()
    assert.equal(await token(serviceUrl), 'token 3 of credential 3')
    time += 59 * minute
    assert.equal(await token(serviceUrl), 'token 4 of credential 4')
  })

  it('of a day is renewed at half its life, as its giver says', async () => {
    lifetime = 24 * 60 * minute
    half = lifetime / 2
    await token(serviceUrl)
    time += half
    assert.equal(await token(serviceUrl), first)
    await settled()
    assert.equal(await token(serviceUrl), second)
  })

  it('so short-lived that it is always due is not asked for all the time', async () => {
    lifetime = 3 * minute
    for (let n = 0; n < 20; n++) {
      await token(serviceUrl)
      await settled()
    }
    assert.equal(asked.length, 1)
  })

  it('that was refused is replaced by that of a new credential, once for all who were refused', async () => {
    await token(serviceUrl)
    time += minute
    const fresh = await Promise.all(Array.from({ length: 64 }, () => token(serviceUrl, true)))
    assert.deepEqual(fresh, Array(64).fill('token 2 of credential 2'))
    assert.equal(await token(serviceUrl, true), 'token 2 of credential 2', 'too new to have been refused')
    assert.deepEqual([asked.length, made], [2, 2])
  })

  it('goes on being used when a fresh one cannot be had', async () => {
    await token(serviceUrl)
    time += minute
    instead = [() => Promise.reject(new Error('canary'))]
    await assert.rejects(token(serviceUrl, true))
    assert.equal(await token(serviceUrl), first)
  })

  it('that cannot be had is an error for all who wait, in time, and asked for again after five seconds', async () => {
    for (const failure of [
      () => new Promise<null>(() => {}),
      () => Promise.resolve(null),
      () => Promise.reject(new Error('canary')),
    ]) {
      instead = [failure]
      const began = performance.now()
      const results = await Promise.allSettled([token(serviceUrl), token(serviceUrl), token(serviceUrl)])
      assert.ok(results.every(result => result.status === 'rejected'))
      assert.ok(performance.now() - began < 200)
      const before = asked.length
      time += 4_999
      await assert.rejects(token(serviceUrl))
      assert.equal(asked.length, before)
      time += 1
    }
    assert.match(await token(serviceUrl), /^token 4 /)
    assert.ok(!failed.join().includes('canary'))
    assert.deepEqual(failed, ['token.failed TimeoutError', 'token.failed Error', 'token.failed Error'])
  })

  it('is given out for addresses of Teams in this cloud alone', async () => {
    for (const url of [
      'https://evil.example/',
      'https://smba.trafficmanager.net.evil.example/',
      'https://smba.trafficmanager.net@evil.example/',
      'http://smba.trafficmanager.net/emea/',
      'https://smba.trafficmanager.net:8443/emea/',
      'https://smba.infra.gcc.teams.microsoft.com/teams',
      'nonsense',
      '',
    ]) {
      await assert.rejects(token(url), url)
    }
    assert.deepEqual(asked, [])
  })
})
