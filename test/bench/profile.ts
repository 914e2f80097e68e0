/**
 * Where a saved answer spends its processor time: `node test/bench/profile.ts [sqlite|gateway|usual …]`. One server of the
 * suite `answer` runs under `node --cpu-prof` with 16 connections writing to it; samples taken while they did are added up,
 * where the time was spent and not where it was called from. Prints the largest by module and by function, and names the
 * three largest costs. Waiting is not counted.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { claims } from '../teams/door/genuine.ts'
import { pair, sign, startIssuer } from '../teams/door/issuer.ts'
import { openChildren } from './answer/children.ts'
import { load } from './answer/load.ts'
import { openFolder, seed, writingCrowds } from './answer/places.ts'
import { cardAnswers, greetings, typedAnswers, writersOf } from './answer/work.ts'
import { table } from './markdown.ts'

const atOnce = 16
/** Logs: first for the compiler, then under measurement. */
const logs = { warm: 150, measured: 500 }
const rows = 20

const subjects = ['sqlite', 'gateway', 'usual'] as const
type Subject = (typeof subjects)[number]

type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number }
type Profile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[]
  readonly samples: readonly number[]
  /** Microseconds since the sample before; the first since `startTime`, on the machine's monotonic clock. */
  readonly timeDeltas: readonly number[]
  readonly startTime: number
}

/** Microseconds on the clock that a profile has. */
const monotonic = () => Number(process.hrtime.bigint() / 1000n)

async function profiled(subject: Subject) {
  const children = openChildren()
  const folder = await openFolder()
  const written = await mkdtemp(join(tmpdir(), 'learning-log-profile-'))
  const good = await pair('good')
  const issuer = await startIssuer(good)
  try {
    const crowds = writingCrowds(logs.warm + logs.measured)
    const writers = crowds.flatMap(writersOf)
    const at = subject === 'sqlite' ? folder.file : (await children.gateway()).url
    if (subject !== 'usual') await seed(at, crowds)
    const kind = subject === 'usual' ? 'usual' : 'product'
    const bot = await children.bot(kind, issuer.metadata, at, ['--cpu-prof', `--cpu-prof-dir=${written}`])
    const tokens = [await sign(good, claims())]
    const limits = { atOnce, tokens }
    if (subject === 'usual') {
      await load(bot, greetings(writers), limits)
    }
    const next = () => writers.shift()
    const work = subject === 'usual' ? typedAnswers(next) : cardAnswers(next)
    let left = logs.warm
    await load(bot, () => (left-- > 0 ? work() : undefined), limits)
    const from = monotonic()
    const { turns } = await load(bot, work, limits)
    const to = monotonic()
    await children.close()
    const [file = ''] = await readdir(written)
    const profile: Profile = JSON.parse(await readFile(join(written, file), 'utf8'))
    return { turns, times: selfTimes(profile, from, to) }
  } finally {
    children.kill()
    await issuer.stop()
    await folder.remove()
    await rm(written, { recursive: true, force: true })
  }
}

/** Microseconds by function while it was under way, most first. */
function selfTimes({ nodes, samples, timeDeltas, startTime }: Profile, from: number, to: number) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const times = new Map<string, { readonly frame: Frame; time: number }>()
  let at = startTime
  for (const [no, id] of samples.entries()) {
    at += timeDeltas[no] ?? 0
    const frame = frames.get(id)
    if (!frame || at < from || at > to || frame.functionName === '(idle)') continue
    const key = `${frame.functionName} ${frame.url}:${frame.lineNumber}`
    const each = times.get(key) ?? { frame, time: 0 }
    // A sample stands for the time until the next one.
    each.time += timeDeltas[no + 1] ?? 0
    times.set(key, each)
  }
  return [...times.values()]
}

/** A package, a room of ours, Node itself, or the engine. */
function moduleOf({ url, functionName }: Frame): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
  if (name) return name
  const [, room] = /\/(src\/[^/]+|cards|test)(?:\/|$)/.exec(url) ?? []
  if (room) return room
  if (url.startsWith('node:')) return 'Node'
  return functionName.startsWith('(') ? functionName : `native ${functionName}`
}

const placeOf = ({ url, functionName, lineNumber }: Frame) =>
  `${functionName || '(anonymous)'}${url ? ` ${url.replace(/^.*?\/(?=node_modules\/|src\/|test\/)|^node:/, '')}:${lineNumber + 1}` : ''}`

function told(subject: Subject, { turns, times }: Awaited<ReturnType<typeof profiled>>): string {
  const all = times.reduce((sum, { time }) => sum + time, 0)
  const added = (name: (frame: Frame) => string) => {
    const sums = new Map<string, number>()
    for (const { frame, time } of times) sums.set(name(frame), (sums.get(name(frame)) ?? 0) + time)
    return [...sums].toSorted(([, one], [, other]) => other - one).slice(0, rows)
  }
  const lines = (sums: ReturnType<typeof added>) =>
    sums.map(([name, time]) => [name, Math.round(time / turns), `${((time / all) * 100).toFixed(1)} %`])
  const modules = added(moduleOf)
  const largest = modules.slice(0, 3).map(([name, time]) => `${name} (${Math.round(time / turns)} µs)`)
  return [
    `### ${subject}: ${Math.round(all / turns)} µs a turn, over ${turns} turns`,
    table(['module', 'µs a turn', 'of all'], lines(modules)),
    table(['function', 'µs a turn', 'of all'], lines(added(placeOf))),
    `The three largest: ${largest.join(', ')}.`,
  ].join('\n\n')
}

const wanted = process.argv.slice(2)
for (const subject of subjects.filter(each => (wanted.length === 0 ? each !== 'usual' : wanted.includes(each)))) {
  console.log(`${told(subject, await profiled(subject))}\n`)
}
