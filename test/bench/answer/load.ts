/** A closed loop: so many connections, each of which sends its next turn once the last one was answered. */
import type { Bot } from './children.ts'
import { openWire } from './wire.ts'
import type { Work } from './work.ts'

export type Measured = {
  readonly turns: number
  readonly perSecond: number
  /** Milliseconds of processor time of a turn, of the server's process alone. */
  readonly cpu: number
  /** Milliseconds from the first byte sent to the last one received. */
  readonly p50: number
  readonly p99: number
  /** Megabytes, afterwards. */
  readonly rss: number
}

export type Limits = {
  readonly atOnce: number
  /** Nothing is begun after so many seconds; absent: until there is no work left. */
  readonly seconds?: number
  /** One for each connection. */
  readonly tokens: readonly string[]
}

export async function load(bot: Bot, work: Work, limits: Limits): Promise<Measured> {
  const { atOnce, seconds = Number.POSITIVE_INFINITY, tokens } = limits
  const wires = await Promise.all(Array.from({ length: atOnce }, () => openWire(bot.port)))
  const taken: number[] = []
  const before = await bot.used()
  const began = performance.now()
  const isOver = () => performance.now() - began > seconds * 1000

  async function lane(index: number): Promise<void> {
    const { post } = wires[index] ?? never()
    const token = tokens[index % tokens.length] ?? never()
    while (!isOver()) {
      const piece = work()
      if (!piece) return
      for (const { body, expected } of piece) {
        if (isOver()) return
        const sent = performance.now()
        const answer = await post(token, body)
        taken.push(performance.now() - sent)
        if (!answer.includes(expected))
          throw new Error(`Answered without ${expected}: ${answer.toString().slice(0, 500)}`)
      }
    }
  }

  try {
    await Promise.all(wires.map((_wire, index) => lane(index)))
    const lasted = performance.now() - began
    const { cpu, rss } = await bot.used()
    const spent = cpu.user + cpu.system - before.cpu.user - before.cpu.system
    const sorted = Float64Array.from(taken).sort()
    return {
      turns: taken.length,
      perSecond: (taken.length / lasted) * 1000,
      cpu: spent / 1000 / taken.length,
      p50: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
      rss: rss / 1024 ** 2,
    }
  } finally {
    for (const wire of wires) wire.close()
  }
}

function never(): never {
  throw new Error('There are as many connections as lanes.')
}
