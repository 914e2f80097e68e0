/** A store that is watched: what was asked, how it ended and how long it took, never of whom. */
import type { Kind } from '../../store/documents.ts'
import { StoreMisuse, StoreUnavailable } from '../../store/errors.ts'
import type { QueryName } from '../../store/queries.ts'
import type { Store } from '../../store/store.ts'

/** What may be asked; of documents and queries their kind alone. */
export type Asked = `get ${Kind}` | `query ${QueryName}` | 'commit' | 'removeIf' | 'ping'

/**
 * `conflict`: somebody else was quicker. `throttled`: the engine had too many requests for as long as it was asked.
 * `unavailable`: it could not do its work. `misuse`, `broken`: faults of the program.
 */
export type Ended = 'done' | 'missing' | 'conflict' | 'throttled' | 'unavailable' | 'misuse' | 'broken'

export type Watch = {
  /** Called before the work; what it returns is called once, when the work has ended. Neither may throw. */
  readonly asked: (what: Asked) => (how: Ended) => void
  /** How many documents a query for what is due found, and by how many seconds the first of them is overdue. */
  readonly due: (query: QueryName, found: number, overdue: number) => void
}

/** The same store to whoever uses it: what it returns and throws is passed on untouched. */
export function watchedStore(store: Store, { asked, due }: Watch): Store {
  async function watched<T>(what: Asked, work: () => Promise<T>, howOf: (result: T) => Ended): Promise<T> {
    const ended = asked(what)
    try {
      const result = await work()
      ended(howOf(result))
      return result
    } catch (error) {
      ended(howOfError(error))
      throw error
    }
  }

  return {
    get: key =>
      watched(
        `get ${key.type}`,
        () => store.get(key),
        found => (found ? 'done' : 'missing'),
      ),
    commit: (pk, writes) =>
      watched(
        'commit',
        () => store.commit(pk, writes),
        ({ ok }) => (ok ? 'done' : 'conflict'),
      ),
    removeIf: (key, etag) =>
      watched(
        'removeIf',
        () => store.removeIf(key, etag),
        gone => (gone ? 'done' : 'conflict'),
      ),
    async query(name, input) {
      const rows = await watched(
        `query ${name}`,
        () => store.query(name, input),
        () => 'done',
      )
      if ('now' in input) due(name, rows.length, overdue(rows, input.now))
      return rows
    },
    ping: () =>
      watched(
        'ping',
        () => store.ping(),
        answers => (answers ? 'done' : 'unavailable'),
      ),
    close: () => store.close(),
  }
}

function overdue(rows: readonly { readonly doc: object }[], now: string): number {
  const runAt = rows.map(({ doc }) => ('runAt' in doc && typeof doc.runAt === 'string' ? Date.parse(doc.runAt) : NaN))
  return runAt.reduce((most, time) => Math.max(most, (Date.parse(now) - time) / 1000 || 0), 0)
}

function howOfError(error: unknown): Ended {
  if (error instanceof StoreMisuse) return 'misuse'
  if (!(error instanceof StoreUnavailable)) return 'broken'
  return causes(error).some(cause => 'code' in cause && cause.code === 429) ? 'throttled' : 'unavailable'
}

/** The errors behind an error: a batch of Cosmos DB has the status in the cause of its cause. */
function causes({ cause }: Error, deep = 3): Error[] {
  return cause instanceof Error && deep > 0 ? [cause, ...causes(cause, deep - 1)] : []
}
