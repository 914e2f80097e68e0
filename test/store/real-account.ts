/**
 * The contract against Azure or Microsoft's emulator, when COSMOS_ENDPOINT is set: `COSMOS_KEY` for an emulator on this
 * machine, else whoever is signed in. On an emulator the container is made anew. On an account, whose data-plane roles
 * make none, COSMOS_TEST_CONTAINER names one made for this: its name begins with `contract-`, because the suite EMPTIES
 * it before each test. Expiry really waits: about eight minutes.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CosmosClient } from '@azure/cosmos'
import { azureCredential, type CosmosOptions, openCosmos, prepareCosmos } from '../../src/store/cosmos/cosmos.ts'
import { migrations } from '../../src/store/migrations.ts'
import type { Open } from './bench.ts'

/** Longest time to live in the contract, and a little more. */
const longestWait = 62

export function realAccount(register: (name: string, open: Open) => void): void {
  const { COSMOS_ENDPOINT: endpoint, COSMOS_DATABASE, COSMOS_TEST_CONTAINER, COSMOS_KEY: key } = process.env
  if (!endpoint) return
  const container = COSMOS_TEST_CONTAINER ?? `contract-${randomUUID()}`
  assert.match(container, /^contract-/, 'COSMOS_TEST_CONTAINER is emptied: name one that is only for this')
  const auth = key ? { key } : { credential: azureCredential() }
  const options = { endpoint, database: COSMOS_DATABASE ?? 'learning-log-contract', container, auth }
  let prepared = COSMOS_TEST_CONTAINER !== undefined

  register(endpoint, async () => {
    if (!prepared) await prepareCosmos(options)
    prepared = true
    await empty(options)
    const wait = async (seconds: number) => sleep(1000 * Math.min(seconds, longestWait))
    return {
      store: openCosmos(options),
      reopen: async (to = migrations) => openCosmos({ ...options, shapes: to }),
      wait,
    }
  })
}

async function empty({ endpoint, database, container, auth }: CosmosOptions): Promise<void> {
  const identity = 'key' in auth ? { key: auth.key } : { aadCredentials: auth.credential }
  const client = new CosmosClient({
    endpoint,
    ...identity,
    connectionPolicy: { enableEndpointDiscovery: !('key' in auth) },
  })
  const at = client.database(database).container(container)
  const { resources } = await at.items.query<{ id: string; pk: string }>(everything).fetchAll()
  for (const { id, pk } of resources) await at.item(id, pk).delete()
  client.dispose()
}

const everything = { query: 'SELECT * FROM c WHERE IS_DEFINED(c.pk)', parameters: [] }
