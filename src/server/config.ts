/** The environment, parsed once. What is wrong is told all at once, each with its mend, and never with its value. */
import dotenv from 'dotenv'
import { z } from 'zod'
import { logLevels } from './log.ts'

const names = {
  PORT: 'must be a whole number from 0 to 65535 (0: any free port)',
  HOST: 'must be a host name or address to listen on, such as 127.0.0.1',
  STORE_FILE: 'must be the path of the SQLite file, such as data/learning-log.sqlite',
  LOG_LEVEL: `must be one of ${logLevels.join(', ')}`,
} as const

const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine(port => port <= 65_535)
    .default(3978),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1'),
  STORE_FILE: z.string().default('data/learning-log.sqlite'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
})

export type Config = {
  readonly port: number
  readonly host: string
  readonly storeFile: string
  readonly logLevel: (typeof logLevels)[number]
}

/** @throws one Error that names every wrong variable and how to mend it. Empty is the same as absent. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : []))
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(issue => String(issue.path[0])))
    const mends = Object.entries(names).filter(([name]) => wrong.has(name))
    throw new Error(
      ['The environment (or .env) needs mending:', ...mends.map(mend => `  ${mend.join(' ')}`)].join('\n'),
    )
  }
  const { PORT, HOST, STORE_FILE, LOG_LEVEL } = parsed.data
  return { port: PORT, host: HOST, storeFile: STORE_FILE, logLevel: LOG_LEVEL }
}

/** Reads `.env`, where there is one, below what the environment says already. */
export function loadConfig(): Config {
  dotenv.config({ quiet: true })
  return readConfig(process.env)
}
