/**
 * The wall clock is wrong for a moment, or put right after it was wrong. Whatever `teams/` keeps in memory ages by the time
 * that really passes: nothing genuine is refused afterwards, and nothing is believed for longer than it should be.
 */
import assert from 'node:assert/strict'
import { clouds } from '../../../src/teams/clouds.ts'
import { bearerReader } from '../../../src/teams/inbound/bearer.ts'
import { createKeys } from '../../../src/teams/inbound/keys.ts'
import { NoKeys, Refused, reportRefusals } from '../../../src/teams/inbound/refusals.ts'
import { createTokens } from '../../../src/teams/outbound/tokens.ts'
import { app, claims, serviceUrl } from './genuine.ts'
import { type Issuer, type Pair, pair, sign, startIssuer } from './issuer.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const jumps = [
  ['30 days ahead', 30 * day],
  ['30 days behind', -30 * day],
] as const

describe('a wrong clock for a moment', () => {
  let old: Pair
  let rotated: Pair
  let issuer: Issuer
  /** What really passes, and by how much the wall clock is wrong. */
  let passed: number
  let wrong: number
  const elapsed = () => passed
  const now = () => Date.now() + passed + wrong
  const settled = () => new Promise(resolve => setTimeout(resolve, 30))

  before(async () => {
    old = await pair('old')
    rotated = await pair('rotated')
  })
  beforeEach(async () => {
    passed = 1000
    wrong = 0
    issuer = await startIssuer(old)
  })
  afterEach(() => issuer.stop())

  const claimsNow = () => claims({ seconds: passed / 1000 })
  const openDoor = () => {
    const keys = createKeys({ metadata: issuer.metadata, report: () => {}, elapsed })
    const read = bearerReader({ app, issuer: clouds.public.issuer, keys, now, elapsed })
    return async (by: Pair) => {
      const token = await sign(by, { ...claimsNow(), no: Math.random() })
      return read(`Bearer ${token}`).then(
        () => 'let in',
        error => (error instanceof Refused ? error.why : error instanceof NoKeys ? 'no keys' : assert.fail(error)),
      )
    }
  }

  for (const [name, jump] of jumps) {
    describe(name, () => {
      it('while the keys are fetched: the next key is known an hour later, and the withdrawn one is not', async () => {
        const knock = openDoor()
        wrong = jump
        await knock(old)
        wrong = 0
        assert.equal(await knock(old), 'let in')
        issuer.publish(rotated.jwk)
        passed += hour
        assert.equal(await knock(rotated), 'let in')
        assert.equal(await knock(old), 'key')
      })

      it('while keys are known: a withdrawn one that nobody asks about is gone after a day', async () => {
        const knock = openDoor()
        assert.equal(await knock(old), 'let in')
        wrong = jump
        await knock(old)
        wrong = 0
        issuer.publish(rotated.jwk)
        passed += day + 1
        await knock(old)
        await settled()
        assert.equal(await knock(old), 'key')
        assert.equal(await knock(rotated), 'let in')
      })

      it('while the issuer cannot be asked: it is asked ten seconds later', async () => {
        const knock = openDoor()
        issuer.be('down')
        wrong = jump
        assert.notEqual(await knock(old), 'let in')
        wrong = 0
        issuer.be('well')
        passed += 10_000
        assert.equal(await knock(old), 'let in')
      })

      it('and no issuer from then on: the keys are used for five days, and no longer', async () => {
        const knock = openDoor()
        wrong = jump
        await knock(old)
        wrong = 0
        assert.equal(await knock(old), 'let in')
        issuer.be('down')
        passed += 120 * hour - 1
        assert.equal(await knock(old), 'let in')
        await settled()
        passed += 10_001
        assert.equal(await knock(old), 'no keys')
      })

      it('and a verified token is verified again after five minutes, and never used past its end', async () => {
        let asked = 0
        const keys = createKeys({ metadata: issuer.metadata, report: () => {}, elapsed })
        const find = (kid: string) => {
          asked++
          return keys.find(kid)
        }
        const read = bearerReader({ app, issuer: clouds.public.issuer, keys: { ...keys, find }, now, elapsed })
        const { nbf, exp } = claimsNow()
        // It is good at either time, so that the wrong one is what it is verified at.
        const lasting = [Math.min(nbf, nbf + jump / 1000), Math.max(exp, exp + jump / 1000)]
        const token = `Bearer ${await sign(old, { ...claimsNow(), nbf: lasting[0], exp: lasting[1] })}`
        wrong = jump
        await read(token)
        assert.equal(asked, 1)
        wrong = 0
        passed += 299_999
        await read(token)
        passed += 1
        await read(token)
        assert.equal(asked, 2, 'wrong when it was verified')
        wrong = jump
        passed += 300_000
        await read(token)
        assert.equal(asked, 3, 'wrong when it was asked about')
      })

      it('and a token that is over now was good by the wrong clock: it is refused', async () => {
        const keys = createKeys({ metadata: issuer.metadata, report: () => {}, elapsed })
        const read = bearerReader({ app, issuer: clouds.public.issuer, keys, now, elapsed })
        wrong = jump
        const token = `Bearer ${await sign(old, claims({ seconds: (passed + jump) / 1000 }))}`
        await read(token)
        wrong = 0
        // Of the future it is refused once it is verified again.
        passed += jump > 0 ? 300_000 : 0
        await assert.rejects(read(token), { why: 'token' })
      })

      /** As the Azure libraries do: it gives out its old one until five minutes before the end, by the wall clock. */
      const wallClockCredential = (given: { value: string; at: number }[]) => async () => {
        let cached: { token: string; expiresOnTimestamp: number } | undefined
        return {
          getToken: async () => {
            if (!cached || now() > cached.expiresOnTimestamp - 5 * minute) {
              given.push({ value: `token ${given.length + 1}`, at: passed })
              cached = { token: `token ${given.length}`, expiresOnTimestamp: now() + hour }
            }
            return cached
          },
        }
      }

      for (const when of ['when it is asked for', 'while it is held', 'from then on'] as const) {
        it(`${when}: the bot’s own token is renewed in good time, and no more often`, async () => {
          const given: { value: string; at: number }[] = []
          const credential = wallClockCredential(given)
          const token = createTokens({ credential, cloud: clouds.public, report: () => {}, now, elapsed })
          if (when === 'when it is asked for') wrong = jump
          await token(serviceUrl)
          wrong = when === 'when it is asked for' ? 0 : jump
          passed += minute
          await token(serviceUrl)
          if (when === 'while it is held') wrong = 0
          for (const end = passed + day; passed < end; passed += minute) {
            const used = await token(serviceUrl)
            const { at } = given.find(({ value }) => value === used) ?? assert.fail(used)
            assert.ok(passed - at <= hour - minute, `${used} is ${(passed - at) / minute} minutes old`)
            await new Promise(resolve => setImmediate(resolve))
          }
          assert.ok(given.length <= 27, `${given.length} in a day`)
        })
      }

      it('when its request fails: it is asked for again five seconds later', async () => {
        let broken = true
        const getToken = async () => (broken ? null : { token: 'good', expiresOnTimestamp: now() + hour })
        const credential = async () => ({ getToken })
        const token = createTokens({ credential, cloud: clouds.public, report: () => {}, now, elapsed })
        wrong = jump
        await assert.rejects(token(serviceUrl))
        wrong = 0
        broken = false
        passed += 5_000
        assert.equal(await token(serviceUrl), 'good')
      })

      it('and refusals are told a minute later', () => {
        const told: unknown[] = []
        const refuse = reportRefusals((_event, { times }) => void told.push(times), elapsed)
        wrong = jump
        refuse(new Refused('token'))
        wrong = 0
        refuse(new Refused('token'))
        passed += minute
        refuse(new Refused('token'))
        assert.deepEqual(told, [1, 2])
      })
    })
  }

  it('by which a token has ended already when it comes does not make it asked for by every send', async () => {
    let asked = 0
    // A managed identity is told the end itself, by the platform’s clock.
    const getToken = async () => ({ token: `token ${++asked}`, expiresOnTimestamp: Date.now() + passed + hour })
    const credential = async () => ({ getToken })
    const token = createTokens({ credential, cloud: clouds.public, report: () => {}, now, elapsed })
    wrong = 30 * day
    for (let n = 0; n < 10; n++) assert.equal(await token(serviceUrl), 'token 1')
    passed += 30_000
    await token(serviceUrl)
    assert.equal(asked, 2)
    wrong = -30 * day
    passed += 30_000
    await token(serviceUrl)
    wrong = 0
    passed += day
    await token(serviceUrl)
    assert.equal(asked, 4, 'none is taken to be good for longer than a day')
  })
})
