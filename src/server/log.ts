/**
 * The log: one JSON line an event, with plain facts. Ids of people and chats are hashed, and what does not look like a
 * word of a program is left out, so that nobody's words get in even by mistake.
 */
import { createHmac, randomBytes } from 'node:crypto'
import pino from 'pino'
import type { Report } from '../conversation/report.ts'

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
const plain = /^[\w./:-]{1,64}$/

export function createLog({ level, key = randomBytes(16).toString('hex'), stream }: LogOptions): Report {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  const logger = stream ? pino(options, stream) : pino(options)

  const hash = (id: string) => createHmac('sha256', key).update(id).digest('base64url').slice(0, 10)

  return (event, fields) => {
    const facts: Record<string, string | number | boolean | undefined> = {}
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value !== 'string') facts[name] = value
      else if (ids.has(name)) facts[name] = hash(value)
      else facts[name] = plain.test(value) ? value : '(left out)'
    }
    // What broke has the name of its error; everything else is the day's work.
    if (facts.error === undefined) logger.info(facts, event)
    else logger.error(facts, event)
  }
}
