import assert from 'node:assert/strict'
import { clouds } from '../../../src/teams/clouds.ts'
import { openOnThisMachine, strictAccess } from '../../../src/teams/inbound/frontDoor.ts'
import { Refused, reportRefusals } from '../../../src/teams/inbound/refusals.ts'
import { strangerIsRefused } from '../../../src/teams/inbound/selfCheck.ts'
import { startBot } from '../bot.ts'
import { activity, app, claims, tenant } from './genuine.ts'
import { bearer, openHouse } from './house.ts'
import { pair, sign, startIssuer } from './issuer.ts'

describe('access', () => {
  const events: string[] = []
  const report = (event: string) => void events.push(event)
  const options = { app, tenant, cloud: clouds.public, identity: { kind: 'managed' } as const, report }

  it('is strict only with an app and a tenant, for an empty id would open the door', () => {
    for (const id of ['', ' ', 'learning-log', '00000000-0000-0000-0000-000000000000', `${app} `]) {
      assert.throws(() => strictAccess({ ...options, app: id }), /MicrosoftAppId/, JSON.stringify(id))
      assert.throws(() => strictAccess({ ...options, tenant: id }), /MicrosoftAppTenantId/, JSON.stringify(id))
    }
  })

  it('says so when the bot lives on a secret', () => {
    events.length = 0
    strictAccess(options)
    assert.deepEqual(events, [])
    strictAccess({ ...options, identity: { kind: 'secret', secret: 'x' } })
    assert.deepEqual(events, ['start.clientSecret'])
  })

  it('strict: Teams may be called and nobody else, this machine neither', async () => {
    const { mayCall, token } = strictAccess(options)
    assert.equal(mayCall(new URL('https://smba.trafficmanager.net/emea/v3/conversations/x/activities')), true)
    for (const url of ['http://127.0.0.1:3978/', 'http://localhost/', 'https://smba.infra.gcc.teams.microsoft.com/']) {
      assert.equal(mayCall(new URL(url)), false, url)
      await assert.rejects(token(url))
    }
  })

  it('open: on loopback addresses only, without a token, and only this machine is called', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.7', 'bot.example', '', '127.0.0.1.example']) {
      assert.throws(() => openOnThisMachine({ host }), /HOST=127\.0\.0\.1/, host)
    }
    const { mayCall, token, checks } = openOnThisMachine({ host: '127.0.0.1' })
    assert.equal(mayCall(new URL('http://127.0.0.1:4101/_connector')), true)
    assert.equal(mayCall(new URL('https://smba.trafficmanager.net/emea/')), false)
    assert.equal(await token('http://127.0.0.1/'), undefined)
    assert.deepEqual(
      checks(() => undefined),
      {},
    )
  })

  describe('readiness', () => {
    it('comes with the keys and a door that refuses strangers, and says what is amiss', async () => {
      const issuer = await startIssuer(await pair('good'))
      issuer.be('down')
      const ahead = { seconds: 0 }
      const house = await openHouse(issuer.metadata, ahead)
      const ready = async () => (await fetch(`${house.url}/readyz`)).json()
      assert.deepEqual(await ready(), { ready: false, failed: ['keys'] })
      issuer.be('well')
      assert.deepEqual(await ready(), { ready: false, failed: ['keys'] }, 'not asked again at once')
      ahead.seconds = 10
      assert.deepEqual(await ready(), { ready: true })
      const refused = house.reports.filter(({ event }) => event === 'door.refused').map(({ fields }) => fields.why)
      assert.deepEqual(refused, ['header'], 'its own knock')
      assert.equal(house.turns.length, 0)
      await house.close()
      await issuer.stop()
    })

    it('fails where a stranger is let in, and where nobody listens', async () => {
      const open = await startBot()
      await assert.rejects(strangerIsRefused(() => open.url)(), /answered 200/)
      await open.close()
      await assert.rejects(strangerIsRefused(() => open.url)())
      await assert.rejects(strangerIsRefused(() => undefined)(), /nobody listens/)
    })

    it('is not tried again once the door was seen shut', async () => {
      const issuer = await startIssuer(await pair('good'))
      const house = await openHouse(issuer.metadata)
      const check = strangerIsRefused(() => house.url)
      await check()
      await house.close()
      await check()
      await issuer.stop()
    })
  })

  it('without keys is 503 for what may be genuine and 401 for what cannot be', async () => {
    const good = await pair('good')
    const issuer = await startIssuer(good)
    issuer.be('down')
    const ahead = { seconds: 0 }
    const house = await openHouse(issuer.metadata, ahead)
    const genuine = bearer(await sign(good, claims()))
    const answer = await house.post(activity(), genuine)
    assert.deepEqual([answer.status, await answer.json()], [503, { error: 'not ready' }])
    for (const header of ['', 'Bearer', 'Bearer a.b.c', `Bearer ${await hmac()}`]) {
      assert.equal((await house.post(activity(), [['authorization', header]])).status, 401, header)
    }
    issuer.be('well')
    ahead.seconds = 10
    assert.equal((await house.post(activity(), genuine)).status, 200)
    assert.deepEqual([house.turns.length, issuer.asked()], [1, 2])
    await house.close()
    await issuer.stop()
  })
})

describe('refusals in the log', () => {
  it('are told at once and then once a minute, counted, each kind by itself', () => {
    let time = 1_800_000_000_000
    const told: object[] = []
    const refuse = reportRefusals(
      (_event, { why, times }) => void told.push({ why, times }),
      () => time,
    )
    for (let n = 0; n < 1000; n++) refuse(new Refused('token'))
    refuse(new Refused('tenant'))
    refuse()
    time += 60_000
    refuse(new Refused('token'))
    refuse(new Refused('token'))
    assert.deepEqual(told, [
      { why: 'token', times: 1 },
      { why: 'tenant', times: 1 },
      { why: undefined, times: 1 },
      { why: 'token', times: 1000 },
    ])
  })
})

async function hmac(): Promise<string> {
  const { SignJWT } = await import('jose')
  return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'good' }).sign(Buffer.from('x'.repeat(32)))
}
