/**
 * Suite `start`: what `npm start` takes until it listens, and the memory it then has, beside an empty Node in the same run.
 * Processor time and memory hardly change with what else the machine does; seconds on a clock do, and are only told.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { prepareCosmos } from '../../src/store/cosmos/cosmos.ts'
import { startGateway } from '../store/gateway/gateway.ts'
import { oneDecimal, table } from './markdown.ts'
import type { Suite } from './run.ts'

const rounds = 3
/** Of an empty Node's; with something to spare. */
const most = { cpu: 40, rss: 5 }

const script = new URL('../../src/start.ts', import.meta.url).pathname
const probe = new URL('./start-probe.ts', import.meta.url).pathname

type Used = { readonly cpu: NodeJS.CpuUsage; readonly rss: number }
/** Milliseconds, and megabytes. */
type Cost = { readonly wall: number; readonly cpu: number; readonly rss: number }

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

export const start: Suite = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-start-'))
  const gateway = await startGateway(() => new Date().toISOString())
  const cosmos = { endpoint: gateway.url, database: 'learning-log', container: 'learning-log' }
  await prepareCosmos({ ...cosmos, auth: { key: 'a2V5' } })
  const own = {
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppId: '3f0d2b6a-8c71-4e59-b0a4-57d1e9c26f83',
    MicrosoftAppTenantId: '91c4a7e0-5d2f-4b38-9e6c-0a8b3f7d1c52',
    PROGRAMME_CREATORS: 'anyone',
    PORT: '0',
  }
  const onCosmos = { ...own, COSMOS_ENDPOINT: gateway.url, COSMOS_KEY: 'a2V5' }
  // Nobody answers there: what cannot be sent is dropped.
  const measuring = 'InstrumentationKey=6d9e2f14-7b3a-4c80-a5e1-f2c8d07b9a36;IngestionEndpoint=https://127.0.0.1:9/'
  const kinds: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = {
    'an empty Node': undefined,
    'one file': { ...own, STORE_FILE: join(folder, 'log.sqlite') },
    'Cosmos DB': onCosmos,
    'Cosmos DB, with measurements': { ...onCosmos, APPLICATIONINSIGHTS_CONNECTION_STRING: measuring },
  }
  try {
    const costs: Record<string, Cost[]> = {}
    // In turns, so that what disturbs one round disturbs all. The first one is for the disk.
    for (let round = -1; round < rounds; round++) {
      for (const [kind, env] of Object.entries(kinds)) {
        const cost = await started(env, folder)
        if (round >= 0) costs[kind] = [...(costs[kind] ?? []), cost]
      }
    }
    return told(costs)
  } finally {
    await gateway.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts it and waits until it says that it listens, then ends it. @throws with what it said when it does not. */
async function started(env: Readonly<Record<string, string>> | undefined, cwd: string): Promise<Cost> {
  const began = performance.now()
  // The open channel keeps the empty one alive.
  const child = spawn(process.execPath, ['--import', probe, ...(env ? [script] : ['--eval', ''])], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  if (!child.stdout || !child.stderr) throw new Error('There are no pipes to read from.')
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text
  })
  try {
    if (env) {
      let listens = false
      for await (const line of createInterface({ input: child.stdout })) {
        listens = /"msg":"start"/.test(line)
        if (listens) break
      }
      if (!listens) throw new Error(`It did not start: ${said}`)
    }
    child.send('used?')
    const [used] = (await once(child, 'message')) as [Used]
    const wall = performance.now() - began
    return { wall, cpu: (used.cpu.user + used.cpu.system) / 1000, rss: used.rss / 1024 ** 2 }
  } finally {
    child.kill('SIGKILL')
  }
}

function told(costs: Readonly<Record<string, readonly Cost[]>>) {
  const middle = (kind: string, part: keyof Cost) => median((costs[kind] ?? []).map(cost => cost[part]))
  const [empty = ''] = Object.keys(costs)
  const missed: string[] = []
  const rows = Object.keys(costs).map(kind => {
    const [cpu, rss] = [middle(kind, 'cpu'), middle(kind, 'rss')]
    for (const [what, ratio] of [
      ['cpu', cpu / middle(empty, 'cpu')],
      ['rss', rss / middle(empty, 'rss')],
    ] as const) {
      if (!(ratio <= most[what]))
        missed.push(`${kind}: ${what} is ${oneDecimal(ratio)} × an empty Node’s, not ${most[what]} ×`)
    }
    return [
      kind,
      Math.round(cpu),
      `${oneDecimal(cpu / middle(empty, 'cpu'))} ×`,
      Math.round(rss),
      `${oneDecimal(rss / middle(empty, 'rss'))} ×`,
      Math.round(middle(kind, 'wall')),
    ]
  })
  const head = [
    'until it listens',
    'processor time, ms',
    'of an empty Node',
    'memory, MB',
    'of an empty Node',
    'clock, ms',
  ]
  return { markdown: table(head, rows), missed }
}
