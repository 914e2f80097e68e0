import { spawn } from 'node:child_process'

/** How a child ended: its exit code, or the signal that ended it. */
export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A Node process of ours. It never outlives us, not even when we are killed. */
export interface Child {
  pid: number | undefined
  /** Settles when the process has ended, for whatever reason; never rejects. */
  exited: Promise<Ending>
  /** The last few thousand characters it wrote to its output and error output. */
  output(): string
  /** Asks it to end, ends it after 2 seconds, and resolves when it is gone. */
  stop(): Promise<void>
}

const LEASH = new URL('./exit-with-parent.ts', import.meta.url).href
const PATIENCE_MS = 2_000
const OUTPUT_KEPT = 8_000

/** Starts `node script ...args` with these preloads and with `env` added to our environment; it inherits no terminal. */
export const startChild = (
  script: string,
  args: string[],
  options: { env?: Record<string, string>; preload?: string[]; cwd?: string } = {},
): Child => {
  const imports = [LEASH, ...(options.preload ?? [])].flatMap(file => ['--import', file])
  const child = spawn(process.execPath, [...imports, script, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  })
  let output = ''
  const keep = (chunk: Buffer | string) => {
    output = (output + chunk).slice(-OUTPUT_KEPT)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)

  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  const exited = new Promise<Ending>(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', error => {
      keep(error.message)
      resolve({ code: null, signal: null })
    })
  })
  void exited.then(() => process.off('exit', killNow))

  return {
    pid: child.pid,
    exited,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(killNow, PATIENCE_MS)
      await exited
      clearTimeout(timer)
    },
  }
}
