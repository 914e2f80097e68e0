/** Starts the bot of `bot.ts`, keeps everything it says, and tells it what to do. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Document } from '../../src/store/documents.ts'
import type { Sabotage } from './sabotage.ts'

/** Stores with the people who are known there. */
export const houses = ['main', 'faulty', 'file'] as const
export type House = (typeof houses)[number]
export const services = ['main', 'faulty', 'hasty', 'shut', 'file', 'fast'] as const
export type Service = (typeof services)[number]
export type Ports = Readonly<Record<Service, number>>
export type Seed = readonly Document[]

export type Config = {
  readonly app: string
  readonly tenant: string
  /** Where the issuer's keys are, and the token that the bot shows to the connector. */
  readonly metadata: string
  readonly token: string
  readonly ingestion: string
  readonly gateways: { readonly main: string; readonly faulty: string }
  readonly file: string
  readonly seeds: Readonly<Record<House, Seed>>
  readonly now: string
}

type Fields = Readonly<Record<string, string | number | boolean | undefined>>
export type Answer = { readonly status: number; readonly body: object }
type Post = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }

export type Order =
  | { readonly start: Config }
  | { readonly now: string }
  | { readonly sabotage: Sabotage }
  | { readonly instead: Answer }
  | { readonly print: string }
  | { readonly complain: string }
  | { readonly report: { readonly event: string; readonly fields: Fields } }
  | { readonly post: Post }
  | { readonly end: true }

export type Told =
  | { readonly ports: Ports }
  | { readonly event: string; readonly fields: object }
  | { readonly done: true }

export async function startBot(config: Config) {
  // Nothing of this process's environment: neither switches that make it quieter nor such that make it louder.
  const env = { PATH: process.env.PATH ?? '' }
  const child = fork(new URL('./bot.ts', import.meta.url).pathname, { env, execArgv: [], silent: true })
  const output = { out: child.stdout ? text(child.stdout) : '', err: child.stderr ? text(child.stderr) : '' }
  const gone = once(child, 'close')
  const reports: { event: string; fields: Readonly<Record<string, unknown>> }[] = []
  const waiting: (() => void)[] = []
  const { promise: listening, resolve } = Promise.withResolvers<Ports>()
  child.on('message', (told: Told) => {
    if ('ports' in told) resolve(told.ports)
    else if ('done' in told) waiting.shift()?.()
    else reports.push({ event: told.event, fields: { ...told.fields } })
  })

  async function order(what: Order): Promise<void> {
    const done = new Promise<void>(resolve => waiting.push(resolve))
    child.send(what)
    await Promise.race([done, gone])
  }

  child.send({ start: config })
  waiting.push(() => {})
  const ports = await Promise.race([listening, gone])
  if (Array.isArray(ports)) throw new Error(`The bot did not start: ${await output.err}`)

  return {
    ports,
    /** What it reported so far, as it was before the log had a look at it. */
    reports,
    order,
    /** @returns all that it ever wrote. */
    end: async () => {
      if (child.connected) child.send({ end: true })
      await gone
      return { code: child.exitCode, out: await output.out, err: await output.err }
    },
    kill: () => child.kill('SIGKILL'),
  }
}

/** Resolves when `check` holds. However busy the machine: nobody waits for a time, only for what is to happen. */
export async function until(what: string, check: () => boolean, withinMs = 20_000): Promise<void> {
  for (const end = performance.now() + withinMs; !check(); await sleep(5)) {
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain: ${what}`)
  }
}
