/** The rows of the suite `answer`, and what is made of their numbers: a table, and the bars. */
import { oneDecimal, table } from '../markdown.ts'
import type { Kind } from './bot.ts'
import type { Measured } from './load.ts'

export const atOnces = [16, 1] as const
export type AtOnce = (typeof atOnces)[number]

// biome-ignore format: a list is read in one look
export const servers = {
  a: { kind: 'floor', told: 'a. bare `node:http`, a constant' },
  b: { kind: 'stock', told: 'b. CloudAdapter + restify, a constant card' },
  c: { kind: 'door', told: 'c. our door and adapter, the same card' },
  d: { kind: 'product', told: '**d. our saved answer, SQLite**' },
  e: { kind: 'product', told: '**e. our saved answer, Cosmos DB’s client → gateway**' },
  f: { kind: 'usual', told: 'f. the usual way: a waterfall → gateway; it replies through the connector' },
  g: { kind: 'usual', told: 'g. the same, its replies asked for in the response' },
} as const satisfies Record<string, { readonly kind: Kind; readonly told: string }>
export type Name = keyof typeof servers
export const names = Object.keys(servers) as Name[]

export type Cells = Record<AtOnce, Measured[]>
/** For one answer. */
export type Counted = { readonly requests: number; readonly sent: number; readonly bodies: number }

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}

export function told(cells: Record<Name, Cells>, counts: Partial<Record<Name, Counted>>) {
  const of = (name: Name, atOnce: AtOnce, part: keyof Measured) => median(cells[name][atOnce].map(cell => cell[part]))
  /** Within each round, so that what disturbs one disturbs both. */
  const ratio = (part: keyof Measured, one: Name, other: Name) =>
    median(cells[one][16].map((cell, round) => cell[part] / (cells[other][16][round]?.[part] ?? Number.NaN)))

  const rows = names.map(name => {
    const counted = counts[name]
    return [
      servers[name].told,
      ...[Math.round(of(name, 1, 'perSecond')), Math.round(of(name, 16, 'perSecond'))],
      of(name, 16, 'cpu').toFixed(3),
      `${of(name, 16, 'p50').toFixed(1)} / ${of(name, 16, 'p99').toFixed(1)}`,
      Math.round(of(name, 16, 'rss')),
      counted ? counted.requests.toFixed(2) : '',
      counted ? `${oneDecimal(counted.sent / 1024)} (${oneDecimal(counted.bodies / 1024)})` : '',
    ]
  })
  // biome-ignore format: a list is read in one look
  const head = [
    '', 'turns/s, 1 at once', '16 at once', 'processor ms a turn', 'p50 / p99 ms, 16', 'RSS MB', 'requests an answer',
    'KB to the store an answer (documents)',
  ]
  const requests = (counts.e?.requests ?? Number.NaN) / (counts.f?.requests ?? Number.NaN)
  const bars = [
    bar('turns/s of d to b', ratio('perSecond', 'd', 'b'), 'at least', 1.5),
    bar('p99 of d to b', ratio('p99', 'd', 'b'), 'at most', 0.5),
    bar('turns/s of e to f', ratio('perSecond', 'e', 'f'), 'at least', 4),
    bar('requests of e to f', requests, 'at most', 1),
  ]
  const barRows = bars.map(({ what, value, wanted, met }) => [what, value, wanted, met ? 'met' : 'MISSED'])
  return {
    markdown: `${table(head, rows)}\n\n${table(['bar', 'is', 'wanted', ''], barRows, 'words')}`,
    missed: bars.filter(({ met }) => !met).map(({ what, value, wanted }) => `${what}: ${value}, ${wanted} wanted`),
  }
}

function bar(what: string, value: number, side: 'at least' | 'at most', limit: number) {
  const met = side === 'at least' ? value >= limit : value <= limit
  return { what, value: `${value.toFixed(2)} ×`, wanted: `${side} ${limit} ×`, met }
}
