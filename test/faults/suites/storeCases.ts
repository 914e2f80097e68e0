/** The ways in which a store fails during an answer and during a submit: a gateway's faults, and a file that is locked. */
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../store/gateway/faults.ts'
import type { World } from '../world.ts'

/** Longer than anybody waits. */
const longMs = 3_000

export const verbs = ['answer', 'submit'] as const

export type Case = {
  readonly name: string
  readonly during: (typeof verbs)[number]
  /** It lasts for longer than a turn may wait. */
  readonly stays: boolean
  /** @returns what ends it. */
  readonly begin: (world: World) => () => void
}

const turnedAway: readonly Partial<Fault>[] = [429, 449].map(answer => ({ answer }))
const hinted: readonly Partial<Fault>[] = [100, 5_000].map(retryAfterMs => ({ answer: 429, retryAfterMs }))
const unclear = ([410, 503, 408, 500, 'reset', 'cut', 'hang', 'page'] as const).map(answer => ({ answer }))

export function gatewayCases(): Case[] {
  const before = [...turnedAway, ...hinted, ...unclear].map(fault => ({ ...fault, when: 'before' as const }))
  const after = unclear.map(fault => ({ ...fault, when: 'after' as const }))
  const late = { answer: 'hang', when: 'late' } as const
  const of = (on: Fault['on'], faults: readonly Partial<Fault>[]) =>
    faults.map(fault => ({ on, when: 'before', answer: 500, ...fault }) satisfies Fault)
  const faults = [...of('batch', [...before, ...after, late]), ...of('read', before)]
  return faults.flatMap(fault =>
    verbs.flatMap(during =>
      [false, true].map((stays): Case => {
        const { on, when, answer, retryAfterMs } = fault
        const name = `${on} ${when} ${answer}${retryAfterMs ? ` for ${retryAfterMs} ms` : ''}, ${stays ? 'staying' : 'once'}`
        const tooLong = (retryAfterMs ?? 0) > longMs
        return { name, during, stays: stays || tooLong, begin: ordered([{ ...fault, times: stays ? 1_000 : 1 }]) }
      }),
    ),
  )
}

/** A store that works, and not as it should: each request for itself is well within what a turn may wait. */
export function brownouts(): Case[] {
  const real: Fault['answer'] = answer => answer
  const after = (ms: number): Fault['answer'] => {
    return async answer => {
      await sleep(ms)
      return answer
    }
  }
  const everyOther = (['read', 'batch'] as const).flatMap(on =>
    Array.from({ length: 20 }, () => [
      { on, when: 'before', answer: 'hang' } as const,
      { on, when: 'after', answer: real } as const,
    ]).flat(),
  )
  const slow = [
    { on: 'read', when: 'after', answer: after(200), times: 1_000 },
    { on: 'batch', when: 'after', answer: after(400), times: 1_000 },
  ] as const
  return verbs.flatMap(during => [
    { name: 'every other request hangs', during, stays: true, begin: ordered(everyOther) },
    { name: 'reads take 200 ms, writes 400', during, stays: false, begin: ordered(slow) },
  ])
}

function ordered(faults: readonly Fault[]): Case['begin'] {
  return ({ gateway }) => {
    gateway?.script(...faults)
    return () => gateway?.mend()
  }
}

/** Another process holds the file. */
export function sqliteCases(): Case[] {
  const locked = (ms: number) => (world: World) => {
    // A bot that is just writing is waited for.
    const db = new DatabaseSync(world.at, { timeout: 10_000 })
    db.exec('BEGIN IMMEDIATE')
    const release = () => {
      clearTimeout(timer)
      if (!db.isOpen) return
      db.exec('ROLLBACK')
      db.close()
    }
    const timer = setTimeout(release, ms)
    return release
  }
  return verbs.flatMap(during =>
    [100, 500, 1_000, 10_000].map(ms => {
      return { name: `the file is locked for ${ms} ms`, during, stays: ms > longMs, begin: locked(ms) }
    }),
  )
}
