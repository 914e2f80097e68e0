/**
 * The log: one JSON line an event, with plain facts. Ids of people and chats are hashed. Words are written only in the
 * fields named here and only when they look like a word of a program: nobody's words and nobody's id get in even by
 * mistake. And no event fills the disk: who knocks a thousand times a second is counted, not written out.
 */
import { createHmac, randomBytes } from 'node:crypto'
import pino from 'pino'
import type { Report } from '../../base/report.ts'
import { createLines, standardOutput } from './lines.ts'

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

export type LogOptions = {
  readonly level: (typeof logLevels)[number]
  /** Keys the hashes: the same key lets lines of several runs be compared. Absent: a new one for this process. */
  readonly key?: string
  /** Where lines go; standard output when absent. */
  readonly stream?: { readonly write: (line: string) => void }
}

/** Fields that hold somebody's or something's id. */
const ids = new Set(['person', 'to', 'tenant', 'chat', 'account', 'activity', 'programme'])
/** Fields that may hold a word. A new one is named here, or its word is left out. */
// biome-ignore format: a list is read in one look
const words = new Set([
  'advice', 'at', 'cause', 'code', 'detail', 'did', 'error', 'kind', 'lastError', 'name', 'of', 'outcome', 'place',
  'refusal', 'state', 'type', 'why', 'work',
])
/** Numbers and switches need no listing: any field of ours may hold one. pino writes the last three itself. */
const fieldName = /^(?!(?:level|time|msg)$)[a-z][a-zA-Z]{0,31}$/
const plain = /^[\w./:-]{1,64}$/
/** GUIDs, phone numbers, keys: half a GUID of hex digits, or 16 letters and digits mixed, are no word of a program. */
const opaque = /[0-9a-f]{8}-[0-9a-f]{4}-|\d{7}|(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{16}/i
/** No count, size or time span of ours is as large; telephone numbers and platform ids are. */
const largest = 1e9
const leftOut = '(left out)'
/** No event of ours has half as many: so long is a line at most. */
const mostFields = 24

/** Lines of one event in a minute; what is above is one line with its count. The platform lets in 50 turns a second. */
const linesAMinute = { daysWork: 3_000, other: 60 }
const daysWork = /^(turn|notice\.(sent|dropped|putOff))$/
const minuteMs = 60_000

type Fact = string | number | boolean

/** For what waits when the service ends, in milliseconds. */
const endMs = 500

export type Log = Report & {
  /** Resolves when every line is written, or soon where standard output takes none. */
  readonly end: () => Promise<void>
}

/**
 * A report that writes to standard output. It never throws for what it is given, and waits for nobody: lines that are not
 * taken are lost, and counted in one line when there is room again.
 */
export function createLog({ level, key = randomBytes(16).toString('hex'), stream }: LogOptions): Log {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  // At a level that leaves out warnings too: nothing else says that lines are missing.
  const lost = (times: number) => logger[level === 'error' || level === 'fatal' ? level : 'warn']({ times }, 'log.lost')
  const lines = stream ? undefined : createLines({ fd: standardOutput(), lost })
  const logger = pino(options, stream ?? lines)
  const minutes = new Map<string, { lines: number; readonly ends: number }>()

  const hash = (id: string) => createHmac('sha256', key).update(id).digest('base64url').slice(0, 10)

  function factOf(name: string, value: unknown): Fact | undefined {
    if (value === undefined) return undefined
    if (ids.has(name)) return typeof value === 'string' || typeof value === 'number' ? hash(String(value)) : leftOut
    if (typeof value === 'boolean') return value
    if (typeof value === 'number') return Math.abs(value) < largest ? value : leftOut
    const word = typeof value === 'string' && words.has(name) && plain.test(value) && !opaque.test(value)
    return word ? value : leftOut
  }

  /** Whether this event may have another line now. The first that may not arranges for the line that counts them. */
  function room(event: string, write: (counted: Record<string, Fact>) => void): boolean {
    const now = performance.now()
    const last = minutes.get(event)
    const minute = last && now < last.ends ? last : { lines: 0, ends: now + minuteMs }
    minutes.set(event, minute)
    const most = daysWork.test(event) ? linesAMinute.daysWork : linesAMinute.other
    minute.lines++
    if (minute.lines === most + 1) {
      setTimeout(() => write({ of: event, times: minute.lines - most }), minute.ends - now).unref()
    }
    return minute.lines <= most
  }

  const report: Report = (event, fields) => {
    const name = plain.test(event) ? event : leftOut
    const facts: Record<string, Fact | undefined> = {}
    for (const [field, value] of Object.entries(fields).slice(0, mostFields)) {
      if (fieldName.test(field)) facts[field] = factOf(field, value)
    }
    const level = levelOf(name, facts)
    if (room(name, counted => logger[level](counted, 'log.heldBack'))) logger[level](facts, name)
  }
  return Object.assign(report, { end: async () => lines?.settled(endMs) })
}

/** What broke has the name of its error; who was not let in may be nothing, or the beginning of something. */
function levelOf(event: string, facts: Readonly<Record<string, Fact | undefined>>): 'error' | 'warn' | 'info' {
  if (facts.error !== undefined) return 'error'
  return event.startsWith('door.') ? 'warn' : 'info'
}
