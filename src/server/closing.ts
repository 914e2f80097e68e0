/**
 * The end of a service, in order and in time, whatever hangs: who sends it turns is told first, then running turns and what
 * they promised finish, then what is still promised is left to another replica. Platforms give ten seconds or more (App
 * Service: `WEBSITES_CONTAINER_STOP_TIME_LIMIT`); two of them are left for whoever closes store and measurements after it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../base/report.ts'
import { within } from '../base/within.ts'
import type { Server } from './server.ts'

export type Closing = {
  readonly server: Pick<Server, 'drain' | 'close'>
  readonly polling: { readonly stop: () => Promise<void> }
  readonly tasks: { readonly stop: () => Promise<void> }
  readonly delivery: { readonly stop: (limitMs: number, lastMs: number) => Promise<void> }
  readonly replicas: { readonly leave: () => Promise<void> }
  /** How long turns are still taken while `/readyz` says no already. */
  readonly graceMs: number
  readonly sendLimitMs: number
  readonly report: Report
}

/**
 * In milliseconds. `turns`: for those that run when no more are taken. `promises`: from then on until no send begins any
 * more. `beside`: what a send needs beside itself. `last`: what is written in the end.
 */
const limits = { all: 8_000, turns: 2_500, promises: 1_000, beside: 500, last: 500 } as const

export const turnsLimitMs = limits.turns

/** @throws when the end could take longer than eight seconds, with the mend. */
export function checkClosing({ graceMs, sendLimitMs }: Pick<Closing, 'graceMs' | 'sendLimitMs'>): void {
  const most = limits.all - limits.promises - sendLimitMs - limits.beside - limits.last
  if (graceMs > most) throw new Error(`A grace of ${graceMs} ms leaves too little time to end in: at most ${most}.`)
}

/** Resolves when all has ended or has had its time. */
export async function closeInTime(closing: Closing): Promise<void> {
  const { server, polling, tasks, delivery, replicas, graceMs, sendLimitMs, report } = closing
  server.drain()
  const polled = polling.stop()
  await sleep(graceMs)
  const turns = server.close()
  await within(limits.promises, turns)
  const sending = sendLimitMs + limits.beside
  // The others take over its share; where it cannot be written, after a while by themselves.
  const left = replicas.leave().catch((error: unknown) => {
    report('replicas.notLeft', { error: error instanceof Error ? error.name : 'unknown' })
  })
  const ends = [polled, tasks.stop(), left].map(end => within(sending, end))
  await Promise.all([turns, delivery.stop(sending, limits.last), ...ends])
}
