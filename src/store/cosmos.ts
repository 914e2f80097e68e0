/**
 * Azure Cosmos DB for NoSQL through Microsoft's SDK: one container, partition key `/pk`. It promises what `store.ts`
 * says, and that no call takes much longer than two seconds (`patience`). Sources: Microsoft Learn, "Transactional
 * batch operations", "Time to Live", "Connect using role-based access control"; what the SDK sends, by running it.
 */
import { randomUUID } from 'node:crypto'
import { CosmosClient } from '@azure/cosmos'
import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity'
import { committed, documentOf, exactly, happensOnce, markField, operationOf, type Raw } from './cosmos-batch.ts'
import { containerDefinition } from './cosmos-container.ts'
import { Failure, patience, persist, statusOf } from './cosmos-failure.ts'
import type { DocumentOf, Key, Kind } from './documents.ts'
import { StoreMisuse, StoreUnavailable } from './errors.ts'
import { checkBatch, checkKey } from './limits.ts'
import { queryTexts } from './queries.ts'
import type { Committed, Store, Stored, Write } from './store.ts'
import { upgrade } from './upgrade.ts'

export type CosmosOptions = {
  /** `https://{account}.documents.azure.com`; plain http, and a key in place of a credential, only on loopback. */
  readonly endpoint: string
  readonly database: string
  readonly container: string
  readonly auth: { readonly credential: TokenCredential } | { readonly key: string }
  /** Asks the account where its regions are. Absent: everywhere but on loopback, where emulators name other hosts. */
  readonly discovery?: boolean
}

/** The identity Azure gives this program; without a client id the system's, or on a desk whoever is signed in. */
export function azureCredential(clientId?: string): TokenCredential {
  return clientId ? new ManagedIdentityCredential({ clientId }) : new DefaultAzureCredential()
}

/** Documents in a page of a query; one page is one request. */
const pageSize = 1_000

/** Reads and questions may be asked again whatever happened to the first. */
const always = () => true

/**
 * Connects lazily: opening asks nothing of the network. @throws StoreMisuse for an endpoint or identity it refuses.
 *
 * **When the answer to a batch is lost** (no answer, 408, 410, 5xx) it may have been written. A batch with a create or
 * with a put of a version cannot be written twice (nothing is removed within two seconds of its creation), so it is
 * sent again. If that succeeds, it is done. If it meets a conflict, that may be with itself: each whole document carries
 * the mark of the batch that wrote it, and one with our mark proves that all of the batch was written; `docs` are then
 * read. What somebody has changed since proves nothing: the conflict stands, as if they had been first. Other batches
 * (patches alone, puts of any version) are not sent again: StoreUnavailable.
 */
export function openCosmos(options: CosmosOptions): Store {
  const client = connect(options, patience.total)
  const container = client.database(options.database).container(options.container)
  let closed = false

  function open(): void {
    if (closed) throw new StoreUnavailable('The store is closed.')
  }

  async function read<K extends Kind>({ pk, id }: Pick<Key<K>, 'pk' | 'id'>, abortSignal: AbortSignal) {
    const { resource, statusCode, substatus } = await container.item(id, pk).read<Raw<DocumentOf<K>>>({ abortSignal })
    // With a sub-status it is not the document that is missing, but its container, or a replica that is up to date.
    if (statusCode === 404 && !substatus) return undefined
    if (!resource) throw new Failure(statusOf(statusCode, substatus))
    return resource
  }

  /**
   * What the batch left behind if it was written, recognised by its mark. Only asked after a conflict, whose session
   * token makes these reads see at least what the conflict was with.
   */
  async function written(writes: readonly Write[], mark: string, signal: AbortSignal): Promise<Committed | undefined> {
    const keys = writes.map(write => (write.op === 'remove' ? undefined : 'doc' in write ? write.doc : write.key))
    const left = await Promise.all(keys.map(key => key && read(key, signal)))
    if (!left.some(raw => raw?.[markField] === mark)) return undefined
    return { ok: true, docs: left.map(raw => raw && stored(raw)) }
  }

  return {
    async get<K extends Kind>(key: Key<K>) {
      open()
      checkKey(key)
      const raw = await persist(patience.read, always, signal => read<K>(key, signal))
      return raw && stored<K>(raw)
    },

    async commit(pk, writes) {
      open()
      checkBatch(pk, writes)
      const mark = randomUUID()
      const operations = writes.map(write => operationOf(write, mark))
      let inDoubt = false
      const mayRepeat = (failure: Failure) => {
        if (failure.unclear) inDoubt = true
        return !inDoubt || happensOnce(writes)
      }
      return persist(patience.write, mayRepeat, async abortSignal => {
        const { result } = await container.items.batch(operations, pk, { abortSignal })
        const outcome = committed(writes, result)
        return (!outcome.ok && inDoubt && (await written(writes, mark, abortSignal))) || outcome
      })
    },

    async removeIf(key, etag) {
      open()
      checkKey(key)
      let inDoubt = false
      const accessCondition = { type: 'IfMatch', condition: exactly(etag) }
      const mayRepeat = (failure: Failure) => {
        if (failure.unclear) inDoubt = true
        return true
      }
      return persist(patience.write, mayRepeat, async abortSignal => {
        try {
          await container.item(key.id, key.pk).delete({ accessCondition, abortSignal })
          return true
        } catch (error) {
          const { code, substatus } = error as { code?: unknown; substatus?: unknown }
          if (code === 412) return false
          if (code !== 404 || substatus) throw error
          // Gone: by the try whose answer was lost, or by somebody else?
          if (inDoubt) throw new StoreUnavailable('The document is gone, but perhaps not by us.', { cause: error })
          return false
        }
      })
    },

    async query(name, input) {
      open()
      const given = queryTexts[name].given(input)
      const parameters = Object.entries(given).map(([key, value]) => ({ name: `@${key}`, value }))
      const text = { query: `SELECT * FROM c WHERE ${queryTexts[name].cosmos}`, parameters }
      const within = given.pk === undefined ? {} : { partitionKey: given.pk }
      const rows = await persist(patience.query, always, async abortSignal => {
        const pages = container.items.query(text, { ...within, maxItemCount: pageSize, abortSignal })
        return (await pages.fetchAll()).resources
      })
      return rows.map(row => stored(row))
    },

    async ping() {
      if (closed) return false
      try {
        await persist(patience.read, always, signal => read({ pk: 'ping', id: 'ping' }, signal))
        return true
      } catch {
        return false
      }
    },

    async close() {
      closed = true
      client.dispose()
    },
  }
}

function stored<K extends Kind>(raw: Raw<DocumentOf<K>>): Stored<DocumentOf<K>> {
  return { doc: upgrade(documentOf<DocumentOf<K>>(raw)), etag: raw._etag }
}

/**
 * Makes the database and the container where they are missing; the bot itself never does. Azure's data-plane roles do
 * not allow it: there infra/ makes them, this is for emulators. @throws when a container is there that is another kind.
 */
export async function prepareCosmos(options: CosmosOptions): Promise<void> {
  const client = connect(options, 60_000)
  try {
    const { database } = await client.databases.createIfNotExists({ id: options.database })
    const { resource } = await database.containers.createIfNotExists(containerDefinition(options.container))
    if (resource?.partitionKey?.paths.join() !== '/pk' || resource.defaultTtl !== -1) {
      throw new StoreMisuse(`Container ${options.container} has another partition key or no TTL: name a new one.`)
    }
  } finally {
    client.dispose()
  }
}

const loopback = ['127.0.0.1', 'localhost', '[::1]']

function connect({ endpoint, auth, discovery }: CosmosOptions, requestTimeout: number): CosmosClient {
  const { protocol, hostname } = URL.parse(endpoint) ?? {}
  const local = loopback.includes(hostname ?? '')
  if ('key' in auth && !local) {
    throw new StoreMisuse(
      'A Cosmos DB key is for an emulator on this machine: give this program an identity and a role.',
    )
  }
  if (protocol !== 'https:' && !('key' in auth && protocol === 'http:')) {
    throw new StoreMisuse('The Cosmos DB endpoint is no https address: copy it from the account, without a key.')
  }
  return new CosmosClient({
    endpoint,
    ...('key' in auth ? { key: auth.key } : { aadCredentials: auth.credential }),
    connectionPolicy: {
      requestTimeout,
      enableEndpointDiscovery: discovery ?? !local,
      // One loop tries again, ours: left to itself the SDK waits for up to 30 s, and sends some writes twice.
      retryOptions: { maxRetryAttemptCount: 0 },
      useMultipleWriteLocations: false,
      enablePartitionLevelFailover: false,
      enablePartitionLevelCircuitBreaker: false,
    },
  })
}
