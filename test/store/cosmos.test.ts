/** Cosmos DB: the contract, and what only this engine promises. What faults do is in `cosmos-faults.test.ts`. */
import assert from 'node:assert/strict'
import { CosmosClient } from '@azure/cosmos'
import type { TokenCredential } from '@azure/identity'
import { openCosmos, prepareCosmos } from '../../src/store/cosmos/cosmos.ts'
import { containerDefinition } from '../../src/store/cosmos/cosmos-container.ts'
import { StoreMisuse, StoreUnavailable } from '../../src/store/errors.ts'
import { migrations } from '../../src/store/migrations.ts'
import { chosen, now } from '../domain/given.ts'
import { create, done, given, journeyDoc, keyOf, logDoc, misused, noticeDoc, pk } from './bench.ts'
import { storeContract } from './contract.ts'
import { type OnGateway, onGateway, unhurried, withGateway } from './on-gateway.ts'
import { realAccount } from './real-account.ts'

describe('cosmos', () => {
  let on: OnGateway
  afterEach(() => on?.close())

  storeContract('SDK → gateway', async clock => {
    on = await onGateway({ clock, patience: unhurried })
    return { store: on.store, reopen: async (to = migrations) => openCosmos({ ...on.options, shapes: to }) }
  })

  describe('by itself', () => {
    beforeEach(async () => {
      on = await onGateway()
    })

    it('follows a query over all its pages', () =>
      withGateway(
        async ({ store }) => {
          const notices = [1, 2, 3, 4, 5].map(no => noticeDoc({ no, programme: no > 2 ? 'spring' : 'autumn' }))
          const people = [1, 2, 3].map(no => journeyDoc({ ...chosen(), person: `person-${no}` }))
          await given(store, ...notices, ...people)
          assert.equal((await store.query('dueNotices', { now })).length, 5)
          assert.equal((await store.query('programmeOf', { programme: 'spring' })).length, 3)
        },
        { pageSize: 2 },
      ))

    it('shows nothing of what belongs to the engine', async () => {
      const { store, options } = on
      const notice = noticeDoc({})
      const [created] = done(await store.commit(pk, [create(notice, 60)]))
      const [found] = await store.query('dueNotices', { now })
      for (const stored of [created, found, await store.get(keyOf(notice))]) assert.deepEqual(stored?.doc, notice)
      const raw = await new CosmosClient({
        endpoint: options.endpoint,
        key: 'a2V5',
        connectionPolicy: { enableEndpointDiscovery: false },
      })
        .database('db')
        .container('log')
        .item(notice.id, pk)
        .read()
      const { _batch, _etag, ttl } = raw.resource ?? {}
      assert.deepEqual({ _etag, ttl, marked: typeof _batch }, { _etag: created?.etag, ttl: 60, marked: 'string' })
    })

    it('is unavailable once it is closed', async () => {
      await on.store.close()
      await assert.rejects(on.store.get(keyOf(logDoc(1))), StoreUnavailable)
      await assert.rejects(on.store.commit(pk, [create(logDoc(1))]), StoreUnavailable)
      await assert.rejects(on.store.query('dueNotices', { now }), StoreUnavailable)
    })

    it('does not take a container that is not there for a document that is not', async () => {
      const nowhere = openCosmos({ ...on.options, container: 'other' })
      const mend = (error: unknown) => error instanceof StoreUnavailable && /store:prepare/.test(error.message)
      await assert.rejects(nowhere.get(keyOf(logDoc(1))), mend)
      await assert.rejects(nowhere.commit(pk, [create(logDoc(1))]), mend)
      await assert.rejects(nowhere.removeIf(keyOf(logDoc(1)), 'any'), mend)
      await assert.rejects(nowhere.query('dueNotices', { now }), mend)
      assert.equal(await nowhere.ping(), false)
    })

    it('is prepared any number of times, and into no container of another kind', async () => {
      const { partitionKey } = containerDefinition('any')
      await given(on.store, logDoc(1))
      await prepareCosmos(on.options)
      assert.ok(await on.store.get(keyOf(logDoc(1))))
      const { endpoint } = on.options
      const client = new CosmosClient({ endpoint, key: 'a2V5', connectionPolicy: { enableEndpointDiscovery: false } })
      for (const other of [
        { id: 'a', partitionKey: { paths: ['/person'] }, defaultTtl: -1 },
        { id: 'b', partitionKey },
      ]) {
        await client.database('db').containers.create(other)
        await assert.rejects(prepareCosmos({ ...on.options, container: other.id }), misused)
      }
    })
  })

  describe('who may come in', () => {
    const credential: TokenCredential = { getToken: async () => assert.fail('nothing is sent by opening') }
    const at = (endpoint: string, auth: Parameters<typeof openCosmos>[0]['auth']) => () =>
      openCosmos({ endpoint, database: 'db', container: 'log', auth })

    it('takes an identity over https alone, a key only on this machine, and no other addresses', async () => {
      const account = 'https://example.documents.azure.com:443/'
      await at(account, { credential })().close()
      await at('https://localhost:8081/', { key: 'a2V5' })().close()
      await at('http://127.0.0.1:8081', { key: 'a2V5' })().close()
      assert.throws(at(account, { key: 'a2V5' }), misused)
      assert.throws(at('http://example.documents.azure.com/', { credential }), misused)
      assert.throws(at('http://127.0.0.1:8081/', { credential }), misused)
      assert.throws(at('http://127.0.0.1.example.com/', { key: 'a2V5' }), misused)
      assert.throws(at('ftp://127.0.0.1/', { key: 'a2V5' }), misused)
      assert.throws(at('AccountEndpoint=https://…;AccountKey=CANARY', { credential }), error => {
        return error instanceof StoreMisuse && !`${error}`.includes('CANARY')
      })
    })
  })

  it('indexes the fields that queries ask for and no other', () => {
    const { indexingPolicy } = containerDefinition('log')
    assert.deepEqual(
      indexingPolicy.includedPaths.map(({ path }) => path),
      ['/parent/?', '/pk/?', '/runAt/?', '/state/?', '/to/?', '/type/?'],
    )
    assert.deepEqual(indexingPolicy.excludedPaths, [{ path: '/*' }])
  })

  realAccount((name, open) => {
    describe('on COSMOS_ENDPOINT', function () {
      this.timeout(300_000)
      storeContract(name, open)
    })
  })
})
