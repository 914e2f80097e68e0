/** The processes of a measurement: each is asked things over its channel, and all are gone when their owner lets them go. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Kind, Used } from './bot.ts'
import type { Heard } from './connector.ts'
import type { Asked } from './gateway.ts'

export type Bot = { readonly port: number; readonly used: () => Promise<Used> }
export type ConnectorProcess = { readonly serviceUrl: string; readonly heard: () => Promise<Heard> }
export type GatewayProcess = { readonly url: string; readonly asked: () => Promise<Asked> }

export function openChildren() {
  const children: ChildProcess[] = []

  async function start<T>(file: string, args: readonly string[], execArgv: string[] = []) {
    // What a bot logs is written, and read by nobody.
    const child = fork(join(import.meta.dirname, file), args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv,
    })
    children.push(child)
    const told = await next<T>(child)
    return { told, child }
  }

  return {
    bot: async (kind: Kind, metadata: string, at: string, execArgv?: string[]): Promise<Bot> => {
      const { told, child } = await start<{ port: number }>('bot.ts', [kind, metadata, at], execArgv)
      return { ...told, used: () => ask(child) }
    },
    gateway: async (): Promise<GatewayProcess> => {
      const { told, child } = await start<{ url: string }>('gateway.ts', [])
      return { ...told, asked: () => ask(child) }
    },
    connector: async (): Promise<ConnectorProcess> => {
      const { told, child } = await start<{ port: number }>('connector.ts', [])
      return { serviceUrl: `http://127.0.0.1:${told.port}/`, heard: () => ask(child) }
    },
    /** Lets them end by themselves, which they do at once. */
    close: async () => {
      const running = children.filter(child => child.connected)
      const gone = running.map(child => once(child, 'exit'))
      for (const child of running) child.disconnect()
      await Promise.all(gone)
    },
    /** However they hang. */
    kill: () => {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

function ask<T>(child: ChildProcess): Promise<T> {
  child.send('?')
  return next(child)
}

/** @throws when it ends before it has said anything. */
async function next<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController()
  const { signal } = ended
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([told]) => told as T),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`A child ended with ${code}.`)
      }),
    ])
  } finally {
    ended.abort()
  }
}
