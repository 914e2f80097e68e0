/**
 * Suite `door`: processor time of one press with authentication on, beside the SDK's own adapter doing the same, in one
 * run; and what thousands of made-up tenants do to both. Also runnable by itself: `node test/bench/door.ts`.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { activity, app, claims } from '../teams/door/genuine.ts'
import { type Pair, pair, sign, startIssuer } from '../teams/door/issuer.ts'
import { oneDecimal, table } from './markdown.ts'
import type { Suite } from './run.ts'

const kinds = ['ours', 'stock'] as const
type Kind = (typeof kinds)[number]
const modes = ['one token for all', 'a new token each time'] as const
type Mode = (typeof modes)[number]

const rounds = 5
const turnsEach = 2_000
const atOnce = 16
/** More than are remembered, so that going round and round never finds one again. */
const differentTokens = 2_500
/** Of made-up tenants; the SDK takes longer with every one, so it gets fewer. */
const floods = { ours: 60_000, stock: 4_800 } as const
const parts = 12

/** How many times less processor time than stock; with something to spare for a busy machine. */
const atLeast: Record<Mode, number> = { 'one token for all': 2, 'a new token each time': 1.5 }
const mostFloodMegabytes = 1
/**
 * What the process holds grows with any load until V8's young generation has its size (34 to 134 MB here; with
 * `--max-semi-space-size=8` 20,000 requests add 8 MB, and one malloc arena changes nothing). Then it must stay: the last
 * third of a flood adds a tenth at most, where the SDK's 16 KB a request would double it.
 */
const mostResidentGrowth = 1.1

type Bot = { readonly child: ChildProcess; readonly port: number }
type Used = { readonly cpu: NodeJS.CpuUsage; readonly heap: number; readonly resident: number }

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

export const door: Suite = async () => {
  const good = await pair('good')
  const issuer = await startIssuer(good)
  const bots = { ours: await startBot('ours', issuer.metadata), stock: await startBot('stock', issuer.metadata) }
  try {
    const times = await turns(bots, await tokensOf(good))
    const flooded = { ours: await flood(bots.ours, floods.ours), stock: await flood(bots.stock, floods.stock) }
    return told(times, flooded)
  } finally {
    for (const { child } of Object.values(bots)) child.kill()
    await issuer.stop()
  }
}

async function startBot(kind: Kind, metadata: string): Promise<Bot> {
  const child = fork(join(import.meta.dirname, 'door-bot.ts'), [kind, metadata], { execArgv: ['--expose-gc'] })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, port }
}

async function used({ child }: Bot): Promise<Used> {
  child.send('used?')
  const [told] = (await once(child, 'message')) as [Used]
  return told
}

async function tokensOf(good: Pair): Promise<Record<Mode, readonly string[]>> {
  const made: string[] = []
  for (let no = 0; no < differentTokens; no++) made.push(await sign(good, { ...claims(), no }))
  return { 'one token for all': made.slice(0, 1), 'a new token each time': made }
}

/** Microseconds of processor time for one turn, the bots taking turns: what disturbs one round disturbs both. */
async function turns(bots: Record<Kind, Bot>, tokens: Record<Mode, readonly string[]>) {
  const body = Buffer.from(JSON.stringify(activity()))
  const times: Record<Mode, Record<Kind, number[]>> = {
    'one token for all': { ours: [], stock: [] },
    'a new token each time': { ours: [], stock: [] },
  }
  for (let round = -1; round < rounds; round++) {
    for (const mode of modes) {
      for (const kind of kinds) {
        const bot = bots[kind]
        const before = await used(bot)
        await posts(bot, turnsEach, 200, no => [tokens[mode][no % tokens[mode].length] ?? '', body])
        const { cpu } = await used(bot)
        const spent = cpu.user + cpu.system - before.cpu.user - before.cpu.system
        // The first round is for warming up.
        if (round >= 0) times[mode][kind].push(spent / turnsEach)
      }
    }
  }
  return times
}

/** Sends so many, some at once. @throws at the first that is answered otherwise than wanted. */
async function posts(bot: Bot, count: number, wanted: number, make: (no: number) => [token: string, body: Buffer]) {
  // New connections for each time: one that idled meanwhile may be closed just when it is used again.
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let next = 0
  const lane = async () => {
    while (next < count) {
      const status = await post(bot.port, agent, ...make(next++))
      if (status !== wanted) throw new Error(`answered ${status} instead of ${wanted}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  agent.destroy()
}

async function post(port: number, agent: Agent, token: string, body: Buffer): Promise<number | undefined> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    authorization: `Bearer ${token}`,
  }
  const sent = request({ host: '127.0.0.1', port, path: '/api/messages', method: 'POST', agent, headers })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response.statusCode
}

/** Tokens nobody signed, each of another tenant and 4 KB long. */
async function flood(bot: Bot, count: number) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const padding = 'x'.repeat(2_800)
  const body = Buffer.from(JSON.stringify(activity()))
  const stranger = (): [string, Buffer] => {
    const tid = randomUUID()
    return [
      `${part({ alg: 'RS256', kid: tid })}.${part({ iss: `https://sts.windows.net/${tid}/`, tid, aud: app, ver: '1.0', appid: app, padding })}.AAAA`,
      body,
    ]
  }
  await posts(bot, 1_000, 401, stranger)
  const before = (await used(bot)).heap
  const times: number[] = []
  const residents: number[] = []
  for (let part = 1; part <= parts; part++) {
    const began = performance.now()
    await posts(bot, count / parts, 401, stranger)
    times.push(((performance.now() - began) / count) * parts)
    if (part % (parts / 3) === 0) residents.push((await used(bot)).resident / 1024 / 1024)
  }
  const grown = ((await used(bot)).heap - before) / 1024 / 1024
  return { count, grown, residents, first: times.at(0) ?? 0, last: times.at(-1) ?? 0 }
}

function told(times: Record<Mode, Record<Kind, number[]>>, flooded: Record<Kind, Awaited<ReturnType<typeof flood>>>) {
  const missed: string[] = []
  const rows = modes.map(mode => {
    const [mine, theirs] = [times[mode].ours, times[mode].stock]
    const ratio = median(theirs.map((spent, round) => spent / (mine[round] ?? Number.NaN)))
    if (!(ratio >= atLeast[mode])) missed.push(`${mode}: ${ratio.toFixed(2)} × instead of ${atLeast[mode]} ×`)
    return [mode, Math.round(median(theirs)), Math.round(median(mine)), `${oneDecimal(ratio)} ×`]
  })
  const floodRows = kinds.map(kind => {
    const { count, grown, residents, first, last } = flooded[kind]
    const resident = residents.map(Math.round).join(' → ')
    return [kind, count, oneDecimal(grown), resident, first.toFixed(2), last.toFixed(2)]
  })
  if (flooded.ours.grown > mostFloodMegabytes) missed.push(`the flood left ${oneDecimal(flooded.ours.grown)} MB behind`)
  const [, second = Number.NaN, third = Number.NaN] = flooded.ours.residents
  if (!(third / second <= mostResidentGrowth)) missed.push(`the last third of the flood: ${second} → ${third} MB`)
  const head = ['processor time of a press, µs', 'stock', 'ours', 'less']
  const floodHead = [
    'made-up tenants',
    'requests',
    'MB kept',
    'MB of RSS after each third',
    'ms each, first twelfth',
    'last twelfth',
  ]
  return { markdown: `${table(head, rows)}\n\n${table(floodHead, floodRows)}`, missed }
}

if (import.meta.main) {
  const { markdown, missed } = await door()
  console.log(markdown)
  for (const sentence of missed) console.error(`MISSED: ${sentence}`)
  process.exitCode = missed.length > 0 ? 1 : 0
}
