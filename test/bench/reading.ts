/** What was asked of Cosmos DB, in words and in numbers. */
import { isObject, type Json } from '../store/gateway/answer.ts'
import type { Recorded } from './recorder.ts'
import { unitsOf } from './units.ts'

/** By what a document's id begins with (`src/store/documents.ts`). */
// biome-ignore format: a list is read in one look
const kinds: Readonly<Record<string, string>> = {
  p: 'programme', j: 'journey', l: 'log', r: 'snapshot', n: 'notice', a: 'marker', profile: 'profile',
}
const kindOfId = (id: string | undefined) => kinds[id?.split(':')[0] ?? ''] ?? 'document'

/** The kinds of the documents an operation of a batch is about. */
export function written({ asked }: Recorded): readonly { readonly operation: string; readonly kind: string }[] {
  return (Array.isArray(asked) ? asked : []).flatMap(each => {
    if (!isObject(each)) return []
    const body = isObject(each.resourceBody) ? each.resourceBody : {}
    return [{ operation: String(each.operationType), kind: kindOfId(String(body.id ?? each.id)) }]
  })
}

/** The kinds of the documents that were read, found or not. */
export function readKinds({ kind, id, told }: Recorded): readonly string[] {
  if (kind === 'read') return [kindOfId(id)]
  const found: Json = isObject(told) && Array.isArray(told.Documents) ? told.Documents : []
  return Array.isArray(found) ? found.map(doc => (isObject(doc) ? kindOfId(String(doc.id)) : 'document')) : []
}

/** Asked for and paid for: a plan is neither part of the answer nor waited for, the rest is the SDK's own. */
export const isData = ({ kind }: Recorded) =>
  kind === 'read' || kind === 'query' || kind === 'batch' || kind === 'delete'
export const isPlan = ({ kind }: Recorded) => kind === 'plan'

export type Totals = {
  readonly requests: number
  readonly plans: number
  readonly sent: number
  readonly received: number
  readonly units: number
}

export function totalsOf(recorded: readonly Recorded[]): Totals {
  const sum = (of: (each: Recorded) => number) => recorded.reduce((total, each) => total + of(each), 0)
  return {
    requests: recorded.filter(isData).length,
    plans: recorded.filter(isPlan).length,
    sent: sum(({ sent }) => sent),
    received: sum(({ received }) => received),
    units: sum(unitsOf),
  }
}

/** "journey, log, batch of log + journey + marker". */
export function inWords(recorded: readonly Recorded[]): string {
  const words = recorded.filter(isData).map(each => {
    if (each.kind === 'batch')
      return `batch of ${written(each)
        .map(({ kind }) => kind)
        .join(' + ')}`
    if (each.kind === 'delete') return `removal of the ${kindOfId(each.id)}`
    if (each.kind === 'query') return `query (${readKinds(each).length})`
    return each.status === 404 ? `${kindOfId(each.id)} (none)` : kindOfId(each.id)
  })
  return words.join(', ')
}
