/** The container the store lives in; `npm run store:prepare` makes it, in Azure infra/ does. */
import { queryTexts } from './queries.ts'

/** Nearly all documents have the same one: an index would narrow nothing, and cost with every write. */
const notIndexed = 'schemaVersion'

/** Documents expire only by a `ttl` of their own. Only fields that queries ask for are indexed: answers never are. */
export function containerDefinition(id: string) {
  const texts = Object.values(queryTexts).map(({ cosmos }) => cosmos)
  const fields = texts.flatMap(text => [...text.matchAll(/\bc(?:\.|\[")(\w+)/g)].map(([, field]) => field))
  const queried = fields.flatMap(field => (field === notIndexed ? [] : `/${field}/?`))
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
