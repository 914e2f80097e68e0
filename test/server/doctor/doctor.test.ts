/** `npm run doctor` as a process: a sound installation, and broken ones, each with the mend that is right for it. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checks } from '../../../src/server/doctor/finding.ts'
import { openSqlite } from '../../../src/store/sqlite/sqlite.ts'
import { openWorld, secrets, type Told, tenant, type World } from './world.ts'

describe('npm run doctor', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await openWorld()
  })
  afterEach(() => world.mended())
  after(() => world.close())

  /** Nothing but these is to be mended. */
  function toMend({ code, found, out, err }: Told, mends: Readonly<Record<string, RegExp>>): void {
    const wrong = Object.entries(found).filter(([, { state }]) => state === 'MEND')
    assert.deepEqual(wrong.map(([check]) => check).toSorted(), Object.keys(mends).toSorted(), out + err)
    for (const [check, { says }] of wrong) assert.match(says, mends[check] ?? /^$/)
    if (code !== undefined) {
      assert.equal(code, wrong.length === 0 ? 0 : 1)
      assert.match(out, wrong.length === 0 ? /\nNothing to mend\.\n$/ : /\n\d to mend\.\n$/)
    }
    assert.equal(err, '')
    for (const secret of secrets) assert.ok(!out.includes(secret), secret)
  }

  it('finds a sound installation well, all of it, and changes nothing', async () => {
    const told = await world.doctor()
    toMend(told, {})
    assert.deepEqual(Object.keys(told.found).toSorted(), [...checks].toSorted())
    assert.deepEqual(new Set(Object.values(told.found).map(({ state }) => state)), new Set(['WELL']))
    assert.match(told.found.clock?.says ?? '', /within 5 s of login\.botframework\.com and the store/)
    const kinds = new Set(world.gateway.requests.slice(2))
    for (const kind of kinds) assert.ok(['account', 'database', 'container', 'read', 'delete'].includes(kind), kind)
    assert.ok(kinds.has('delete'))
    assert.equal(await world.store().get({ type: 'marker', pk: 'doctor', id: 'doctor' }), undefined)
  })

  it('finds one file well, beside a bot that has it open and after that, and leaves it as it is', async () => {
    const file = world.at('kept/log.sqlite')
    const env = { COSMOS_ENDPOINT: undefined, COSMOS_KEY: undefined, STORE_FILE: file }
    const bot = openSqlite(file, () => new Date().toISOString())
    const there = () => readdirSync(world.at('kept')).toSorted()
    const sum = () => createHash('sha256').update(readFileSync(file)).digest('hex')
    for (const when of ['open', 'closed']) {
      if (when === 'closed') await bot.close()
      const before = [there(), sum()]
      const told = await world.examined(env)
      toMend(told, {})
      assert.match(told.found.store?.says ?? '', /sound, 0 documents/)
      assert.deepEqual([there(), sum()], before, when)
    }
  })

  it('nothing configured: names every missing thing, and looks at the rest all the same', async () => {
    const nothing = {
      MicrosoftAppType: '',
      MicrosoftAppId: '',
      MicrosoftAppTenantId: '',
      COSMOS_ENDPOINT: '',
      COSMOS_KEY: '',
      PROGRAMME_CREATORS: '',
    }
    const told = await world.doctor(nothing)
    const all =
      /MicrosoftAppType must[\s\S]*MicrosoftAppId must[\s\S]*MicrosoftAppTenantId must[\s\S]*COSMOS_ENDPOINT must[\s\S]*PROGRAMME_CREATORS must/
    toMend(told, { configuration: all })
    for (const check of ['identity', 'store', 'app package']) assert.equal(told.found[check]?.state, 'SKIPPED')
    assert.equal(told.found.keys?.state, 'WELL')
  })

  describe('identity', () => {
    // Processes of their own: the Azure library keeps a managed identity's token for as long as a process lives.
    it('of another tenant than the one that is served', async () => {
      world.mood.claims = { tid: '0b1f6c0e-93a7-4d1c-8a44-6a1d7b5c2e90' }
      toMend(await world.doctor(), { identity: /another tenant.*set MicrosoftAppTenantId/ })
    })

    it('not assigned', async () => {
      world.mood.refusal = 'no such identity'
      toMend(await world.doctor(), { identity: /managed identity gives no token.*client id be MicrosoftAppId/ })
    })

    it('federated, and not trusted by the registration', async () => {
      world.mood.refusal = 'AADSTS700213'
      const own = { MicrosoftAppType: 'SingleTenant', AZURE_CLIENT_ID: '0b1f6c0e-93a7-4d1c-8a44-6a1d7b5c2e90' }
      toMend(await world.examined(own), {
        identity: /does not trust the managed identity: make its federated credential/,
      })
    })

    const own = { MicrosoftAppType: 'SingleTenant' }
    for (const [number, mend, env] of [
      ['AADSTS7000215', /copy the value, not its id/, { MicrosoftAppPassword: 'canary-secret' }],
      ['AADSTS7000222', /has run out/, { MicrosoftAppPassword: 'canary-secret' }],
      ['AADSTS700016', /no such app in that tenant/, { MicrosoftAppPassword: 'canary-secret' }],
      ['AADSTS90002', /no such tenant/, { MicrosoftAppPassword: 'canary-secret' }],
    ] as const) {
      it(`refused by Entra with ${number}`, async () => {
        world.mood.refusal = number
        toMend(await world.examined({ ...own, ...env }), { identity: mend })
      })
    }
  })

  describe('store', () => {
    it('lets this program not in, not at all or not to write', async () => {
      world.gateway.script({ on: 'container', when: 'before', answer: 403 })
      toMend(await world.examined(), {
        store: /let this identity in \(403\): give it the role Cosmos DB Built-in Data/,
      })
      world.gateway.script({ on: 'delete', when: 'before', answer: 403 })
      toMend(await world.examined(), {
        store: /let this identity in \(403\): give it the role Cosmos DB Built-in Data/,
      })
    })

    it('has no such container, or one of another shape', async () => {
      toMend(await world.examined({ COSMOS_CONTAINER: 'other' }), {
        store: /not there \(404\): make it with npm run store:prepare/,
      })
      await world.define('other', {
        partitionKey: { paths: ['/id'] },
        indexingPolicy: { includedPaths: [{ path: '/*' }] },
      })
      const told = await world.examined({ COSMOS_CONTAINER: 'other' })
      toMend(told, {
        store: /partition key is \/id, not \/pk.*time to live is not -1.*not index .*\/pk\/\?, .*indexes \/\* besides/,
      })
    })

    it('does not answer', async () => {
      toMend(await world.examined({ COSMOS_ENDPOINT: 'http://127.0.0.1:9/' }), {
        store: /store did not do its work now/,
      })
    })

    it('is a file that is damaged, that others may read, or that cannot be made', async () => {
      mkdirSync(world.at('damaged'))
      const file = join(world.at('damaged'), 'log.sqlite')
      writeFileSync(file, 'canary-description', { mode: 0o600 })
      const env = { COSMOS_ENDPOINT: undefined, COSMOS_KEY: undefined, STORE_FILE: file }
      toMend(await world.examined(env), { store: /no sound store: restore it with npm run store:restore/ })
      await openSqlite(world.at('wide.sqlite'), () => new Date().toISOString()).close()
      chmodSync(world.at('wide.sqlite'), 0o644)
      toMend(await world.examined({ ...env, STORE_FILE: world.at('wide.sqlite') }), { store: /Others .* chmod 600/ })
      assert.match(
        (await world.examined({ ...env, STORE_FILE: world.at('new/log.sqlite') })).out,
        /"store","state":"well","says":"the file is not there yet/,
      )
    })
  })

  it('keys: out of reach, or a proxy’s page in their place', async () => {
    world.mood.keys = 'down'
    const told = await world.examined()
    toMend(told, { keys: /login\.botframework\.com does not answer \(\w+\): let this machine resolve it/ })
    assert.match(told.found.clock?.says ?? '', /within 5 s of the store/)
    world.mood.keys = 'page'
    toMend(await world.examined(), { keys: /Something else answers for login\.botframework\.com/ })
  })

  it('clock: ten minutes slow', async () => {
    world.mood.secondsOff = 600
    toMend(await world.examined(), {
      clock: /(599|600|601) s behind login\.botframework\.com: .*timedatectl set-ntp true/,
    })
  })

  it('app package: of another bot, another app, another version', async () => {
    await world.pack({
      BOT_ID: '0b1f6c0e-93a7-4d1c-8a44-6a1d7b5c2e90',
      TEAMS_APP_ID: '0b1f6c0e-93a7-4d1c-8a44-6a1d7b5c2e91',
    })
    toMend(await world.examined(), {
      'app package': /another bot: MicrosoftAppId and BOT_ID.*another app than TEAMS_APP_ID.*npm run package/,
    })
    const zip = readFileSync(world.at('app.zip')).toString('latin1')
    writeFileSync(world.at('app.zip'), zip.replace(/"version": "\d+\./, '"version": "9.'), 'latin1')
    toMend(await world.examined({ TEAMS_APP_ID: '' }), { 'app package': /of version 9\.\d+\.\d+, this program of/ })
    writeFileSync(world.at('app.zip'), 'PK')
    toMend(await world.examined(), { 'app package': /no app package of this bot/ })
  })

  it('app package for Teams operated by 21Vianet: offers no files', async () => {
    const told = await world.examined({
      CLOUD: 'china',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppPassword: 'canary-secret',
    })
    assert.match(told.found['app package']?.says ?? '', /files, which Teams operated by 21Vianet has not/)
  })

  it('several at once, and an older Node without Chinese: each with its own mend', async () => {
    world.mood.secondsOff = -600
    world.mood.claims = { appid: tenant }
    await world.pack({ BOT_ID: '0b1f6c0e-93a7-4d1c-8a44-6a1d7b5c2e90' })
    const another = { PRETEND_NODE: '22.18.0', PRETEND_NO_CHINESE: '1', COSMOS_CONTAINER: 'nowhere' }
    toMend(await world.doctor(another), {
      node: /Node 22\.18\.0: install Node 24 or newer/,
      calendars: /lacks Asia\/Shanghai in zh-CN: install a Node with full ICU/,
      identity: /another app’s/,
      store: /not there \(404\)/,
      clock: /ahead of login\.botframework\.com/,
      'app package': /another bot/,
    })
  })

  it('tells of an option there is not, without a stack', async () => {
    const { code, out, err } = await world.doctor({}, ['--mend'])
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, /^Unknown option '--mend'/)
    assert.ok(!err.includes('    at '), err)
  })
})
