/** The container the store lives in; `npm run store:prepare` makes it, in Azure infra/ does. */
import { queryTexts } from '../queries.ts'

/**
 * Nearly all documents have the same version: an index would narrow nothing, and cost with every write. The id is indexed
 * whatever the policy says (Microsoft Learn, "Indexing policies in Azure Cosmos DB").
 */
const notIndexed = ['schemaVersion', 'id']

/** Documents expire only by a `ttl` of their own. Only fields that queries ask for are indexed: answers never are. */
export function containerDefinition(id: string) {
  const texts = Object.values(queryTexts).map(({ cosmos }) => cosmos)
  const fields = texts.flatMap(text => [...text.matchAll(/\bc(?:\.|\[")(\w+)/g)].map(([, field]) => field))
  const queried = fields.flatMap(field => (notIndexed.includes(field ?? '') ? [] : `/${field}/?`))
  return {
    id,
    partitionKey: { paths: ['/pk'], version: 2 as const },
    defaultTtl: -1,
    indexingPolicy: {
      indexingMode: 'consistent' as const,
      automatic: true,
      includedPaths: [...new Set(queried)].sort().map(path => ({ path })),
      excludedPaths: [{ path: '/*' }],
    },
  }
}

/** How a container differs from what the store needs, each with its mend; none when it is as it should be. */
export function containerFaults(found: Partial<ReturnType<typeof containerDefinition>>): string[] {
  const { partitionKey, defaultTtl, indexingPolicy } = containerDefinition('any')
  const paths = (list: readonly { readonly path: string }[] = []) => list.map(({ path }) => path)
  const indexed = paths(found.indexingPolicy?.includedPaths)
  const wanted = paths(indexingPolicy.includedPaths)
  const [missing, more] = [
    wanted.filter(path => !indexed.includes(path)),
    indexed.filter(path => !wanted.includes(path)),
  ]
  const key = found.partitionKey?.paths.join() ?? 'none'
  return [
    ...(key === partitionKey.paths.join()
      ? []
      : [`Its partition key is ${key}, not /pk, and cannot be changed: name another container in COSMOS_CONTAINER.`]),
    ...(found.defaultTtl === defaultTtl
      ? []
      : ['Its time to live is not -1, so documents live too long or too short: azd provision sets it.']),
    ...(missing.length === 0 ? [] : [`It does not index ${missing.join(', ')}: azd provision sets it.`]),
    ...(more.length === 0
      ? []
      : [`It indexes ${more.join(', ')} besides, which costs with every write: azd provision sets it.`]),
  ]
}
