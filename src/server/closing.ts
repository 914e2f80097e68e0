/**
 * The end of a service, in order and in time, whatever hangs: who sends it turns is told first, then running turns and what
 * they promised finish, then what is still promised is left to another replica. Platforms give ten seconds or more (App
 * Service: `WEBSITES_CONTAINER_STOP_TIME_LIMIT`).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { within } from '../notices/within.ts'
import type { Server } from './server.ts'

export type Closing = {
  readonly server: Pick<Server, 'drain' | 'close'>
  readonly polling: { readonly stop: () => Promise<void> }
  readonly delivery: { readonly stop: (limitMs: number, lastMs: number) => Promise<void> }
  /** How long turns are still taken while `/readyz` says no already. */
  readonly graceMs: number
  readonly sendLimitMs: number
}

/** In milliseconds. `beside`: what a send needs beside itself. `last`: what is written in the end. */
const limits = { all: 9_900, turns: 2_500, beside: 500, last: 500 } as const

/** For running turns and what they promised, before the rest is handed over. */
export const turnsLimitMs = limits.turns

/** @throws when the end could take longer than ten seconds, with the mend. */
export function checkClosing({ graceMs, sendLimitMs }: Pick<Closing, 'graceMs' | 'sendLimitMs'>): void {
  const most = limits.all - limits.turns - sendLimitMs - limits.beside - limits.last
  if (graceMs > most) {
    throw new Error(`A grace of ${graceMs} ms leaves too little of ten seconds: at most ${most}.`)
  }
}

/** Resolves when all has ended or had its time. */
export async function closeInTime({ server, polling, delivery, graceMs, sendLimitMs }: Closing): Promise<void> {
  server.drain()
  const polled = polling.stop()
  if (graceMs > 0) await sleep(graceMs)
  await server.close()
  const sending = sendLimitMs + limits.beside
  await Promise.all([delivery.stop(sending, limits.last), within(sending, polled)])
}
