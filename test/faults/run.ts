/**
 * `npm run faults [-- --from N --points N --seeds N --engine sqlite|gateway]`: SIGKILL at every request to the store and every send of Anna's last
 * two presses (her sixteenth answer, and the submit that makes her ready), on both engines; then random kills.
 *
 * Each run: a bot that ends itself at one point; a new bot on the same store; Anna presses again until she is answered, as
 * people do. The oracle compares what was acknowledged, the documents as they lie in the store and the connector's log; it
 * shares no code with the bot. Bounded: it ends by itself, with a table, and with exit code 1 when a promise was broken.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { anna, carla } from '../../src/demo/people.ts'
import { seed } from '../../src/demo/seed.ts'
import { openCosmos, prepareCosmos } from '../../src/store/cosmos.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { startGateway } from '../store/gateway/gateway.ts'
import { startConnector } from '../teams/connector.ts'
import { oracle, type Verdict } from './oracle.ts'
import { type BotProcess, startBot } from './process.ts'
import { prepare } from './scene.ts'

const options = {
  points: { type: 'string' },
  seeds: { type: 'string' },
  engine: { type: 'string' },
  from: { type: 'string' },
} as const
/** There are 27 points today; a few more, so that a new one is not missed. */
const { points = '30', seeds = '17', engine: only, from = '1' } = parseArgs({ options }).values
const clock = () => new Date().toISOString()
const engines = ['sqlite', 'gateway'].filter(engine => !only || engine === only)

type Run = Verdict & { readonly died: boolean }

async function run(engine: string, crashAt: number, text: string): Promise<Run> {
  const connector = await startConnector()
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-faults-'))
  const gateway = engine === 'gateway' ? await startGateway(clock) : undefined
  const cosmos = gateway && { endpoint: gateway.url, database: 'db', container: 'log', auth: { key: 'a2V5' } }
  const at = gateway?.url ?? join(folder, 'store.sqlite')
  if (cosmos) await prepareCosmos(cosmos)
  const store = cosmos ? openCosmos(cosmos) : openSqlite(at, clock)
  const bots: BotProcess[] = []
  let bot: BotProcess | undefined
  let died = false
  const begin = async (env: Record<string, string>) => {
    bot = await startBot(at, { LEASE: '1', POLL_MS: '100', ...env })
    bots.push(bot)
  }

  const common = {
    channelId: 'msteams',
    serviceUrl: connector.serviceUrl,
    from: { id: `29:${anna.id}`, aadObjectId: anna.id, name: anna.name },
    recipient: { id: '28:bot' },
    conversation: { id: `chat-${anna.id}`, conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
  }
  /** Presses until answered with a card; after each death a new bot is there. Odd tries repeat the same activity id. */
  async function press(verb: string, data: object): Promise<string[]> {
    const answers: string[] = []
    const id = randomUUID()
    for (let attempt = 0; attempt < 5; attempt++) {
      const action = { type: 'Action.Execute', verb, data: { programme: 'demo', round: 1, session: 2, ...data } }
      const activity = {
        ...common,
        id: attempt % 2 ? id : `${id}-${attempt}`,
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action },
      }
      try {
        const response = await fetch(`${bot?.url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(activity),
        })
        const body = await response.text()
        answers.push(body)
        if (body.includes('vnd.microsoft.card.adaptive')) return answers
      } catch {
        died = true
        await bot?.gone
        await begin({})
      }
    }
    return answers
  }

  try {
    await seed(store, 'en', clock())
    await prepare(store, connector.serviceUrl)
    await begin(Number.isFinite(crashAt) ? { CRASH_AT: String(crashAt) } : {})
    const saved = await press('answer', { question: 16, rev: 0, go: 'review', answer: text })
    const submitted = await press('submit', { snapshot: 0 })
    // The bot may die after it has answered, while it sends or removes the promise.
    for (const limit = Date.now() + 30_000; Date.now() < limit; await new Promise(resolve => setTimeout(resolve, 50))) {
      if (bot && (await isGone(bot))) {
        died = true
        await begin({})
      }
      if ((await store.query('dueNotices', { now: '9999' })).length === 0) break
    }
    const documents = await Promise.all(
      [`l:${anna.id}:1:2`, `j:${anna.id}`, `r:${anna.id}:1:2:1`].map(id => raw(at, id, store)),
    )
    const toCoach = connector.received
      .filter(({ path }) => path.includes(`chat-${carla.id}`))
      .map(({ activity }) => JSON.stringify(activity))
    const verdict = oracle({ text, saved, submitted, documents, toCoach })
    const left = await store.query('dueNotices', { now: '99999' })
    const stuck = left.map(({ doc }) => `${doc.state} until ${doc.runAt}, ${doc.lastError ?? 'no error'}`).join('; ')
    return { ...verdict, why: `${verdict.why}, left: ${stuck || 'nothing'}`, died }
  } finally {
    for (const each of bots) await each.kill()
    await store.close()
    await gateway?.close()
    await connector.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function isGone(bot: BotProcess): Promise<boolean> {
  return Promise.race([bot.gone.then(() => true), new Promise<boolean>(resolve => setTimeout(resolve, 0, false))])
}

/** A document as it lies in the store: for SQLite read past the engine, for the gateway as it answers over HTTP. */
async function raw(at: string, id: string, store: { get: (key: never) => Promise<unknown> }): Promise<string> {
  if (at.startsWith('http')) return JSON.stringify(await store.get({ pk: 'p:demo', id, type: 'log' } as never))
  const { DatabaseSync } = await import('node:sqlite')
  const db = new DatabaseSync(at, { readOnly: true })
  try {
    const row = db.prepare('SELECT body FROM documents WHERE pk = ? AND id = ?').get('p:demo', id)
    return String(row?.body ?? '')
  } finally {
    db.close()
  }
}

const total = { runs: 0, died: 0, lost: 0, notTold: 0, unlabelled: 0, falseSaved: 0, errors: 0 }
const rows: string[] = []
for (const engine of engines) {
  const sum = { ...total, runs: 0 }
  for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] = 0
  const jobs = Array.from({ length: Number(seeds) }, (_, seedNo) =>
    Array.from({ length: Number(points) - Number(from) + 1 }, (_, index) => ({
      at: index + Number(from),
      text: `Seed ${seedNo}, run ${index + 1}: ${'answer '.repeat(seedNo + 1)}`,
    })),
  ).flat()
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const result = await run(engine, job.at, job.text)
      sum.runs++
      if (sum.runs % 50 === 0) console.error(`${engine}: ${sum.runs} runs`)
      sum.died += result.died ? 1 : 0
      for (const key of ['lost', 'notTold', 'unlabelled', 'falseSaved', 'errors'] as const) {
        sum[key] += result[key]
        if (result[key]) console.error(`${engine} point ${job.at}: ${key} (${result.why})`)
      }
    }
  }
  await Promise.all([worker(), worker(), worker()])
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += sum[key]
  rows.push(
    `| ${engine} | ${sum.runs} | ${sum.died} | ${sum.lost} | ${sum.notTold} | ${sum.unlabelled} | ${sum.falseSaved} | ${sum.errors} |`,
  )
}
console.log(
  '| engine | runs | killed | acknowledged answers lost | coach not told | unlabelled repeats | false "saved" | errors shown |',
)
console.log('|---|--:|--:|--:|--:|--:|--:|--:|')
for (const row of rows) console.log(row)
process.exitCode = total.lost + total.notTold + total.unlabelled + total.falseSaved + total.errors > 0 ? 1 : 0
