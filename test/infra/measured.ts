/** What the service really sends: each measure with the names of its facts, by making it measure one of everything. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { openMeasured } from '../server/measured.ts'

const source = (file: string) => readFileSync(join(import.meta.dirname, '../../src/server/observability', file), 'utf8')

/** The names measures are made under, and the one name they are all sent under. */
export const measures: readonly string[] = [
  ...source('measures.ts').matchAll(/create(?:Counter|Histogram)\('([\w.]+)'/g),
].map(([, name = '']) => name)
export const service = /'service\.name': '([\w-]+)'/.exec(source('telemetry.ts'))?.[1]

/** @throws when a measure is made that nothing here sets off. */
export async function factsOf(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { report, watching, around, storeTry, points } = openMeasured()
  const store = openSqlite(':memory:', () => '2026-11-23T09:00:00.000Z')
  const watched = watching(store)
  const turn = around(async () => {
    report('turn', { kind: 'message', did: 'home', outcome: 'done', refusal: 'gaps' })
    return { status: 200 }
  })
  await turn('', {})
  await watched.query('dueNotices', { now: '2026-11-23T09:00:00.000Z' })
  await store.close()
  storeTry(429)
  report('background.failed', { error: 'Error', work: 'reply' })
  report('notice.putOff', { kind: 'ready', why: 'throttled', ageSeconds: 1 })
  report('sending.misdirected', { why: 'refused' })
  const facts = new Map<string, ReadonlySet<string>>()
  for (const name of measures) {
    const sent = (await points(name)) as [object][]
    if (sent.length === 0) throw new Error(`Nothing sets off ${name}: do so in test/infra/measured.ts.`)
    facts.set(name, new Set(sent.flatMap(([attributes]) => Object.keys(attributes))))
  }
  return facts
}
