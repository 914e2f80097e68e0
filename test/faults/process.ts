/** Starts the bot of `bot.ts` as a process and ends it; every process that was started is gone when the test is over. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export type BotProcess = {
  readonly url: string
  /** Resolves when the process is gone, however it went. */
  readonly gone: Promise<unknown>
  readonly kill: () => Promise<void>
}

const bot = new URL('./bot.ts', import.meta.url).pathname

export async function startBot(store: string, env: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
  const child = spawn(process.execPath, [bot], {
    env: { ...process.env, STORE: store, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const [port] = await Promise.race([
    once(lines, 'line'),
    gone.then(() => {
      throw new Error('The bot ended before it listened.')
    }),
  ])
  return {
    url: `http://127.0.0.1:${port}`,
    gone,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}
