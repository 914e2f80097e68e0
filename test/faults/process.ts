/** Starts the bot of `bot.ts` as a process and ends it; every process that was started is gone when its owner closes it. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DieAt, Told } from './bot.ts'

export type BotProcess = {
  readonly url: string
  readonly pid: number
  /** Resolves when the process is gone, however it went. */
  readonly gone: Promise<unknown>
  readonly isGone: () => boolean
  /** What the bot reported so far, for a person who reads why a promise was broken. */
  readonly reports: string[]
  /** Where it ends itself, counted from now. @returns the points passed since it was last asked. */
  readonly arm: (at?: DieAt) => Promise<number>
  /** Moves its clock. */
  readonly shift: (ms: number) => Promise<unknown>
  /** As an operator or the platform ends it. */
  readonly terminate: () => Promise<void>
  readonly kill: () => Promise<void>
}

const bot = new URL('./bot.ts', import.meta.url).pathname
const mostReports = 200
/** Starting takes less than a second; on a machine where everybody tests at once, much longer. */
const startMs = 180_000

/**
 * @param barrier what a bot with `BARRIER` waits for before it writes a snapshot; told whose.
 * @param program the file that is run: another version's `bot.ts`; absent: this one's.
 */
export async function startBot(
  store: string,
  env: Readonly<Record<string, string>> = {},
  barrier: (person: string) => Promise<void> = async () => {},
  program = bot,
): Promise<BotProcess> {
  const child = fork(program, { env: { ...process.env, STORE: store, ...env } })
  const reports: string[] = []
  const waiting: ((points: number) => void)[] = []
  const { promise: port, resolve: listening } = Promise.withResolvers<number>()
  child.on('message', (told: Told) => {
    if ('port' in told) listening(told.port)
    else if ('points' in told) waiting.shift()?.(told.points)
    else if ('barrier' in told) void barrier(told.barrier).then(() => child.send({ go: told.barrier }, () => {}))
    else if (reports.push(`${new Date().toISOString()} ${told.report}`) > mostReports) reports.shift()
  })
  const gone = once(child, 'exit')
  const isGone = () => child.exitCode !== null || child.signalCode !== null

  const kill = async () => {
    child.kill('SIGKILL')
    await gone
  }
  const orGone = async <T>(work: Promise<T>): Promise<T> => {
    const ended = gone.then(() => {
      throw new Error('The bot is gone.')
    })
    return Promise.race([work, ended])
  }
  const ask = (question: object) => {
    const { promise, resolve } = Promise.withResolvers<number>()
    waiting.push(resolve)
    // Its end is told by `gone`; that the channel went with it is no news.
    child.send(question, () => {})
    return orGone(promise)
  }

  const late = new AbortController()
  const started = await Promise.race([
    orGone(port).catch(() => undefined),
    sleep(startMs, undefined, { signal: late.signal }).catch(() => undefined),
  ])
  late.abort()
  if (started === undefined) {
    await kill()
    throw new Error(isGone() ? 'The bot ended before it listened.' : 'The bot was given up before it listened.')
  }
  return {
    url: `http://127.0.0.1:${started}`,
    pid: child.pid ?? Number.NaN,
    gone,
    isGone,
    reports,
    arm: at => ask({ arm: at ?? null }),
    shift: ms => ask({ shift: ms }),
    terminate: async () => {
      child.kill('SIGTERM')
      await gone
    },
    kill,
  }
}
