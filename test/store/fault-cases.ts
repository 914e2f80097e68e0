/**
 * The faults of Cosmos DB and of the network that the fault tests go through, one gateway each, and an answer being saved
 * under them. No test here looks at a clock: what is answered may take as long as it likes, what is not answered is
 * given up soon, and a machine that is too busy for that only makes the store try once more.
 */
import assert from 'node:assert/strict'
import { documentOf, type Raw } from '../../src/store/cosmos/cosmos-batch.ts'
import type { RetryBudget } from '../../src/store/cosmos/cosmos-failure.ts'
import type { Document } from '../../src/store/documents.ts'
import type { Stored } from '../../src/store/store.ts'
import { chosen, now } from '../domain/given.ts'
import { create, given, journeyDoc, keyOf, logDoc, markerDoc, pk } from './bench.ts'
import type { Fault } from './gateway/faults.ts'
import { counted, type OnGateway, unhurried, withGateway } from './on-gateway.ts'

export type Broken = Pick<Fault, 'when' | 'answer' | 'retryAfterMs'>

export const turnedAway: readonly Broken[] = [
  { when: 'before', answer: 429 },
  { when: 'before', answer: 429, retryAfterMs: 12 },
  { when: 'before', answer: 449 },
]
export const unclear: readonly Broken[] = ([408, 410, 500, 503, 'reset', 'cut', 'page', 'hang'] as const).flatMap(
  answer => (['before', 'after'] as const).map(when => ({ when, answer })),
)

/** For an answer that never comes everybody waits. */
const isSilent = ({ answer }: Broken) => answer === 'hang'

/** Gives a try up soon, and tries as often as it takes. */
const quick: RetryBudget = { ...unhurried, read: 600, write: 600, query: 600 }

/** Gives up soon altogether, after five tries at most. */
export const hopeless: RetryBudget = { total: 600, read: 150, write: 150, query: 150, least: 20, firstPause: 20 }

export const patienceFor = (broken: Broken): RetryBudget => (isSilent(broken) ? quick : unhurried)

/** Exactly so many requests; more where a try may have been given up too early. */
export function sentFor(broken: Broken, sent: number, expected: number): void {
  assert.ok(isSilent(broken) ? sent >= expected : sent === expected, `${sent} requests, not ${expected}`)
}

/** All cases at once; says which of them failed. */
export async function each(cases: readonly Broken[], work: (broken: Broken) => Promise<unknown>): Promise<void> {
  const failures: string[] = []
  const name = ({ when, answer, retryAfterMs }: Broken) => [when, answer, retryAfterMs].join(' ')
  await Promise.all(
    cases.map(broken => work(broken).catch(error => failures.push(`${name(broken)}: ${error.message}`))),
  )
  assert.deepEqual(failures, [])
}

export const marker = markerDoc('one')
export const after = logDoc(1, 'CANARY after', 2)
const opened = { path: '/open', value: { round: 1, session: 1, question: 6, since: now } }
const where = { name: 'draftOfActiveMember', round: 1, session: 1 } as const
export const patchOpen = { op: 'patch', key: keyOf(journeyDoc(chosen())), set: [opened], where } as const

/** One answer being saved by a client of this patience, with what is there afterwards as another client sees it. */
export async function saving(faults: readonly Fault[], patience: RetryBudget, discovery = true) {
  return withGateway(
    async on => {
      const [log] = await given(on.store, logDoc(1), journeyDoc(chosen()))
      const store = on.another({ patience })
      // It has found its account, which is not what this is about.
      await store.ping()
      on.gateway.script(...faults)
      const put = { op: 'put', doc: after, etag: log?.etag ?? '' } as const
      const result = await counted(on, () => store.commit(pk, [put, create(marker, 60), patchOpen]))
      return { ...result, ...(await left(on)) }
    },
    { discovery },
  )
}

/** What lies there, at one moment and past the faults: none is ordered for a query here. */
async function left({ gateway }: OnGateway) {
  const headers = { 'x-ms-documentdb-isquery': 'True' }
  const body = JSON.stringify({ query: 'SELECT * FROM c' })
  const response = await fetch(`${gateway.url}dbs/db/colls/log/docs`, { method: 'POST', headers, body })
  const { Documents: found } = (await response.json()) as { Documents: readonly Raw[] }
  const raw = found.find(({ id }) => id === after.id)
  const there: Stored<Document> | undefined = raw && { doc: documentOf(raw), etag: raw._etag }
  const written = there?.doc.type === 'log' && there.doc.answers[1]?.rev === 2
  assert.equal(
    written,
    found.some(({ id }) => id === marker.id),
    'all or nothing',
  )
  return { there, written }
}
