/**
 * Azure Cosmos DB for NoSQL through Microsoft's client, which only this file knows: one container, partition key `/pk`.
 * It promises what `store.ts` says, and that no call takes much longer than two seconds (`patience`). Sources: Microsoft
 * Learn, "Connect using role-based access control", "Pagination in Azure Cosmos DB"; what the SDK sends, by running it.
 */
import { CosmosClient } from '@azure/cosmos'
import { DefaultAzureCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity'
import type { Stamped } from '../documents.ts'
import { StoreMisuse } from '../errors.ts'
import { type Migrations, migrations } from '../migrations.ts'
import type { RawStore } from '../raw-store.ts'
import type { Clock, Store } from '../store.ts'
import type { Raw } from './cosmos-batch.ts'
import type { Calls, Question } from './cosmos-calls.ts'
import { containerDefinition } from './cosmos-container.ts'
import { Failure, patience, persistence, type RetryBudget, statusOf, type Tried } from './cosmos-failure.ts'
import { cosmosHttp } from './cosmos-http.ts'
import { shelfOn, untilDone } from './cosmos-raw-store.ts'
import { storeOn } from './cosmos-store.ts'

export type CosmosOptions = {
  /** `https://{account}.documents.azure.com`; plain http, and a key in place of a credential, only on loopback. */
  readonly endpoint: string
  readonly database: string
  readonly container: string
  readonly auth: { readonly credential: TokenCredential } | { readonly key: string }
  /** Asks the account where its regions are. Absent: everywhere but on loopback, where emulators name other hosts. */
  readonly discovery?: boolean
  /** Absent: what a person can be asked to wait. */
  readonly patience?: RetryBudget
  /** Absent: those of this program. */
  readonly shapes?: Migrations
  /** For whoever counts how it goes. */
  readonly tried?: Tried
}

/** The identity Azure gives this program; without a client id the system's, or on a desk whoever is signed in. */
export function azureCredential(clientId?: string): TokenCredential {
  return clientId ? new ManagedIdentityCredential({ clientId }) : new DefaultAzureCredential()
}

/** Connects lazily: opening asks nothing of the network. @throws StoreMisuse for an endpoint or identity it refuses. */
export function openCosmos(options: CosmosOptions): Store {
  const { patience: given = patience } = options
  return storeOn(callsOn(options, given.total), given, options.shapes ?? migrations, options.tried)
}

/** The same container for copying all of it (`raw-store.ts`): nobody waits, so it has all the patience there is. */
export function openCosmosShelf(options: CosmosOptions, clock: Clock): RawStore {
  const { endpoint, database, container, patience: given = untilDone } = options
  const calls = callsOn(options, given.total)
  return shelfOn(calls, given, clock, `cosmos:${new URL(endpoint).host}/${database}/${container}`)
}

export type Described = {
  readonly container: Partial<ReturnType<typeof containerDefinition>>
  /** The time the account gave with its answer, as HTTP writes it, and ours when it came, in milliseconds. */
  readonly date: string | undefined
  readonly at: number
}

/** What the account says the container is. Changes nothing; needs no more than the bot's role. @throws as the port does. */
export async function describeCosmos(options: CosmosOptions): Promise<Described> {
  const { patience: given = patience } = options
  const { client, dispose } = connect(options, given.total)
  const container = client.database(options.database).container(options.container)
  try {
    return await persistence(given)(
      given.query,
      () => true,
      async abortSignal => {
        const { resource, headers } = await container.read({ abortSignal })
        return { container: (resource ?? {}) as Described['container'], date: headers.date?.toString(), at: Date.now() }
      },
    )
  } finally {
    dispose()
  }
}

/** No limit of ours to a page: as much as goes into 4 MB. */
const wholePage = -1

function callsOn(options: CosmosOptions, requestTimeout: number): Calls {
  const { client, dispose } = connect(options, requestTimeout)
  const container = client.database(options.database).container(options.container)
  return {
    async read({ pk, id }, abortSignal) {
      const { resource, statusCode, substatus } = await container.item(id, pk).read({ abortSignal })
      // With a sub-status it is not the document that is missing, but its container, or a replica that is up to date.
      if (statusCode === 404 && !substatus) return undefined
      if (!resource) throw new Failure(statusOf(statusCode, substatus))
      return resource
    },

    async batch(pk, operations, abortSignal) {
      return (await container.items.batch(operations, pk, { abortSignal })).result
    },

    async remove({ pk, id }, condition, abortSignal) {
      await container.item(id, pk).delete({ accessCondition: { type: 'IfMatch', condition }, abortSignal })
    },

    async find<D extends Stamped>({ text, parameters, pk, atMost }: Question, abortSignal: AbortSignal) {
      const question = {
        query: text,
        parameters: Object.entries(parameters).map(([k, value]) => ({ name: `@${k}`, value })),
      }
      const within = pk === undefined ? {} : { partitionKey: pk }
      const pages = container.items.query<Raw<D>>(question, {
        ...within,
        maxItemCount: atMost ?? wholePage,
        abortSignal,
      })
      const found: Raw<D>[] = []
      // A page may be short or empty with more to come, where the container has several physical partitions.
      while (pages.hasMoreResults() && found.length < (atMost ?? Number.POSITIVE_INFINITY)) {
        found.push(...(await pages.fetchNext()).resources)
      }
      return found.slice(0, atMost)
    },

    async page(from, maxItemCount, abortSignal) {
      const continued = from === undefined ? {} : { continuationToken: from }
      const pages = container.items.query('SELECT * FROM c', { ...continued, maxItemCount, abortSignal })
      const { resources, continuationToken } = await pages.fetchNext()
      return { docs: resources, next: continuationToken }
    },

    dispose,
  }
}

/**
 * Makes the database and the container where they are missing; the bot itself never does. Azure's data-plane roles do
 * not allow it: there infra/ makes them, this is for emulators. @throws when a container is there that is another kind.
 */
export async function prepareCosmos(options: CosmosOptions): Promise<void> {
  const { client, dispose } = connect(options, 60_000)
  try {
    const { database } = await client.databases.createIfNotExists({ id: options.database })
    const { resource } = await database.containers.createIfNotExists(containerDefinition(options.container))
    if (resource?.partitionKey?.paths.join() !== '/pk' || resource.defaultTtl !== -1) {
      throw new StoreMisuse(`Container ${options.container} has another partition key or no TTL: name a new one.`)
    }
  } finally {
    dispose()
  }
}

const loopback = ['127.0.0.1', 'localhost', '[::1]']

type Connected = { readonly client: CosmosClient; readonly dispose: () => void }

function connect({ endpoint, auth, discovery }: CosmosOptions, requestTimeout: number): Connected {
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
  const httpClient = cosmosHttp()
  const client = new CosmosClient({
    endpoint,
    httpClient,
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
  const dispose = () => {
    client.dispose()
    httpClient.close()
  }
  return { client, dispose }
}
