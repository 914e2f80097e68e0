/**
 * `npm run faults [-- --short] [--only SUITE,…] [--engine sqlite|gateway] [--seeds N] [--points FROM-TO] [--workers N]
 * [--control]`: the fault programme. Each suite breaks one thing on purpose; the oracle compares what people were answered,
 * the documents as they lie in the store and the connector's log. Bounded: it ends by itself, with a table, and with exit
 * code 1 when a promise was broken. `--control` runs bots that break promises, and ends with 1 when that is not seen.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { Breakage } from './breakages.ts'
import { type Engine, engines } from './open.ts'
import { type Figure, figures } from './oracle.ts'
import { type Given, inParallel, type Suite } from './suite.ts'
import { bothSubmitted } from './suites/bothSubmitted.ts'
import { clock } from './suites/clock.ts'
import { collisions } from './suites/collisions.ts'
import { connector } from './suites/connector.ts'
import { enrol } from './suites/enrol.ts'
import { kills } from './suites/kills.ts'
import { lease } from './suites/lease.ts'
import { random } from './suites/random.ts'
import { replicas } from './suites/replicas.ts'
import { sigterm } from './suites/sigterm.ts'
import { store } from './suites/store.ts'
import { versions } from './suites/versions.ts'
import { openWorld } from './world.ts'

const suites: readonly Suite[] = [
  kills,
  random,
  replicas,
  bothSubmitted,
  store,
  lease,
  connector,
  sigterm,
  clock,
  enrol,
  versions,
  collisions,
]

const options = {
  only: { type: 'string' },
  engine: { type: 'string' },
  seeds: { type: 'string' },
  points: { type: 'string' },
  workers: { type: 'string' },
  short: { type: 'boolean', default: false },
  control: { type: 'boolean', default: false },
} as const
const asked = parseArgs({ options }).values
const [from = 1, to = from] = asked.points?.split('-').map(Number) ?? []

type Job = { readonly suite: Suite; readonly engine: Engine; readonly broken?: Breakage }
type Row = readonly (string | number)[]

const names = asked.only?.split(',') ?? suites.map(({ name }) => name)
const chosen = suites.filter(({ name }) => names.includes(name))
const on = engines.filter(engine => !asked.engine || engine === asked.engine)
if (chosen.length < names.length || on.length === 0) {
  throw new Error(`There are the suites ${suites.map(({ name }) => name).join(', ')} and the engines ${engines}.`)
}

function given({ suite, engine, broken }: Job): Given {
  return {
    engine,
    short: asked.short || asked.control,
    seeds: asked.seeds === undefined ? undefined : Number(asked.seeds),
    points: asked.points === undefined ? undefined : [from, to],
    workers: Number(asked.workers ?? (asked.short ? 2 : 3)),
    broken,
    note: line => broken ?? console.error(`\n${suite.name}, ${engine}: ${line}`),
  }
}

/**
 * One busy suite at a time, and beside it one that mostly waits; in the short form, where each has less to do, two.
 * @returns the rows in the order of the jobs.
 */
async function runAll(jobs: readonly Job[], row: (job: Job) => Promise<Row>): Promise<Row[]> {
  const rows = new Map<Job, Row>()
  const lane = (busy: boolean, atOnce: number) =>
    inParallel(
      jobs.filter(({ suite }) => suite.busy === busy),
      atOnce,
      async job => {
        const told = await row(job)
        rows.set(job, told)
        console.error(told.join(' | '))
      },
    )
  await Promise.all([lane(true, 1), lane(false, asked.short ? 2 : 1)])
  return jobs.map(job => rows.get(job) ?? [])
}

let wrong = 0
const since = (began: number) => Math.round((performance.now() - began) / 1_000)

async function faultRow(job: Job): Promise<Row> {
  const began = performance.now()
  const { runs, broken, repeats, worstMs, about } = await job.suite.run(given(job))
  const found = figures.map(figure => broken[figure])
  // A suite that has done nothing has shown nothing.
  wrong += found.reduce((sum, count) => sum + count, runs === 0 ? 1 : 0)
  return [job.suite.name, job.engine, runs, ...found, repeats, Math.round(worstMs), since(began), about]
}

const titles: Record<Figure, string> = {
  lost: 'acknowledged answers lost',
  notTold: 'coach not told',
  unlabelled: 'unlabelled repeats',
  falseSaved: 'false "saved"',
  errors: 'errors shown',
  late: 'late',
}
const faultHead = [
  'suite',
  'engine',
  'runs',
  ...figures.map(figure => titles[figure]),
  'labelled',
  'slowest ms',
  's',
  '',
]

async function controlRow(job: Job): Promise<Row> {
  const began = performance.now()
  const { broken } = await job.suite.run(given(job))
  const wanted = figures.filter(figure => job.suite.controls[figure] === job.broken)
  const missed = wanted.filter(figure => broken[figure] === 0)
  wrong += missed.length
  const seen = wanted.map(figure => `${titles[figure]}: ${broken[figure]}`).join(', ')
  return [job.suite.name, job.engine, job.broken ?? '', seen, missed.length > 0 ? 'NOT SEEN' : 'seen', since(began)]
}

/** Compiled once: every start of a bot would compile it all anew. */
const compiled = await mkdtemp(join(tmpdir(), 'learning-log-compiled-'))
process.env.NODE_COMPILE_CACHE = compiled
// Who is killed amid a request breaks the gateway's reading of it, and nothing else.
process.on('unhandledRejection', error => {
  if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) throw error
})
const delays = monitorEventLoopDelay()
delays.enable()
try {
  for (const engine of on) {
    const world = await openWorld(engine)
    await (await world.start()).terminate()
    await world.close()
  }
  const jobs: Job[] = asked.control
    ? chosen.flatMap(suite =>
        [...new Set(Object.values(suite.controls))].map(broken => ({ suite, engine: on[0] ?? 'sqlite', broken })),
      )
    : on.flatMap(engine => chosen.map(suite => ({ suite, engine })))
  const rows = await runAll(jobs, asked.control ? controlRow : faultRow)
  const head = asked.control ? ['suite', 'engine', 'the bot is', 'figures', '', 's'] : faultHead
  const busiest = Math.round(delays.max / 1e6)
  // What is late or not saved then may be the machine's doing.
  if (busiest > 500) console.error(`The machine was busy: once it left this process waiting for ${busiest} ms.`)
  for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`)
} finally {
  await rm(compiled, { recursive: true, force: true })
}
process.exitCode = wrong > 0 ? 1 : 0
