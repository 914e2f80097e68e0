import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { documented, further } from './attacks.ts'
import { activity, claims } from './genuine.ts'
import { bearer, type House, openHouse } from './house.ts'
import { type Issuer, sign, startIssuer } from './issuer.ts'
import { type Attack, openWorld, published, type World } from './tries.ts'

describe('attacks on the front door', () => {
  let world: World
  let issuer: Issuer
  let house: House
  const ahead = { seconds: 0 }

  before(async () => {
    world = await openWorld()
    issuer = await startIssuer()
    issuer.publish(...published(world))
    house = await openHouse(issuer.metadata, ahead)
  })
  after(async () => {
    await house.close()
    await issuer.stop()
  })
  beforeEach(() => {
    house.turns.length = 0
    ahead.seconds = 0
  })

  const answers = {
    400: { error: 'not an activity' },
    401: { error: 'unauthorised' },
    200: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: {} },
  }

  function tried([name, attempt, wanted = 401]: Attack) {
    it(`${name}: ${wanted}`, async () => {
      const { header, body = activity() } = await attempt(world)
      const response = await house.post(body, header === undefined ? [] : [['authorization', header]])
      assert.deepEqual([response.status, await response.json()], [wanted, answers[wanted]])
      assert.equal(house.turns.length, wanted === 200 ? 1 : 0)
      assert.equal(response.headers.get('www-authenticate'), null)
    })
  }

  it('are 28 that were documented, and as many again at least', () => {
    assert.equal(documented.length, 28)
    assert.ok(further.length >= 28, `${further.length}`)
    assert.equal(new Set([...documented, ...further].map(([name]) => name)).size, documented.length + further.length)
  })
  describe('documented', () => documented.forEach(tried))
  describe('further', () => further.forEach(tried))

  describe('after all these', () => {
    it('the issuer was asked for its keys once, unknown keys included', () => {
      assert.equal(issuer.asked(), 1)
    })

    it('a token that was let in does not carry another activity in with it', async () => {
      const token = bearer(await sign(world.good, claims()))
      assert.equal((await house.post(activity(), token)).status, 200)
      for (const changes of [
        { serviceUrl: 'https://smba.trafficmanager.net/amer/' },
        { channelId: 'webchat' },
        { conversation: { id: 'c', tenantId: '99999999-9999-4999-8999-999999999999' } },
      ]) {
        assert.equal((await house.post(activity(changes), token)).status, 401, JSON.stringify(changes))
      }
      assert.equal((await house.post(activity(), token)).status, 200)
      assert.equal(house.turns.length, 2)
    })

    it('a token that was let in is refused after its end', async () => {
      const token = bearer(await sign(world.good, { ...claims(), exp: claims().nbf - 140 }))
      assert.equal((await house.post(activity(), token)).status, 200, 'within the five minutes of skew')
      ahead.seconds = 150
      assert.equal((await house.post(activity(), token)).status, 401)
    })

    it('a token whose key was withdrawn is refused five minutes later, once the keys are asked for again', async () => {
      const own = await startIssuer(world.good)
      const clock = { seconds: 0 }
      const second = await openHouse(own.metadata, clock)
      const token = bearer(await sign(world.good, { ...claims(), exp: claims().nbf + 200_000 }))
      assert.equal((await second.post(activity(), token)).status, 200)
      own.publish(world.unpublished.jwk)
      clock.seconds = 86_400 + 60
      assert.equal((await second.post(activity(), token)).status, 200, 'the last time, while new keys are fetched')
      await second.post(activity(), bearer(await sign(world.unpublished, claims(clock))))
      clock.seconds += 301
      assert.equal((await second.post(activity(), token)).status, 401)
      await second.close()
      await own.stop()
    })

    it('of two Authorization headers only the first counts, as HTTP has it in Node', async () => {
      const good = `Bearer ${await sign(world.good, claims())}`
      const bad = `Bearer ${await sign(world.stranger, claims())}`
      const status = async (...headers: string[]) => {
        const body = JSON.stringify(activity())
        const size = String(Buffer.byteLength(body))
        const lines = ['Host', 'x', 'Content-Type', 'application/json', 'Content-Length', size]
        for (const value of headers) lines.push('Authorization', value)
        const post = request(`${house.url}/api/messages`, { method: 'POST', headers: lines })
        post.end(body)
        const [response] = (await once(post, 'response')) as [IncomingMessage]
        response.resume()
        return response.statusCode
      }
      assert.deepEqual([await status(bad, good), await status(good, bad)], [401, 200])
    })

    it('sockets are closed, and the way in for them is', async () => {
      const { StrictDoor } = await import('../../../src/teams/inbound/strictDoor.ts')
      const { clouds } = await import('../../../src/teams/clouds.ts')
      const keys = { find: async () => undefined, warm: async () => {} }
      const door = new StrictDoor({ app: 'a', tenants: [], cloud: clouds.public, keys })
      await assert.rejects(door.authenticateStreamingRequest(), { statusCode: 401 })
      assert.throws(() => door.createBotFrameworkClient(), /NotImplemented/)
      assert.throws(() => door.authenticateChannelRequest('Bearer x'), /NotImplemented/)
    })

    it('says to the log why, once a minute, and nothing of what was sent', async () => {
      const own = await openHouse(issuer.metadata)
      await Promise.all(Array.from({ length: 50 }, () => own.post(activity(), bearer('canary.canary.canary'))))
      const elsewhere = 'https://smba.elsewhere.example/'
      const moved = await sign(world.good, { ...claims(), serviceurl: elsewhere })
      await own.post(activity({ serviceUrl: elsewhere }), bearer(moved))
      assert.deepEqual(own.reports, [
        { event: 'door.refused', fields: { why: 'token', times: 1, detail: undefined } },
        { event: 'door.refused', fields: { why: 'serviceUrl', times: 1, detail: 'smba.elsewhere.example' } },
      ])
      await own.close()
    })
  })
})
