/**
 * `npm run bench [-- --only requests|scale|door|start|answer]`: what things cost, as tables for the README. Counts are exact, times are
 * ratios within one run. Ends by itself; exit code 1 when a bound is missed, which is named.
 */
import { parseArgs } from 'node:util'
import { answer } from './answer.ts'
import { door } from './door.ts'
import { requests } from './requests.ts'
import { scale } from './scale.ts'
import { start } from './start.ts'

/** `missed`: a sentence for each bound that was. */
export type Suite = () => Promise<{ readonly markdown: string; readonly missed: readonly string[] }>

const suites: Readonly<Record<string, Suite>> = { requests, scale, door, start, answer }

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
const chosen = Object.entries(suites).filter(([name]) => !only || name === only)
if (chosen.length === 0)
  throw new Error(`There is no suite "${only}": choose one of ${Object.keys(suites).join(', ')}.`)

for (const [name, suite] of chosen) {
  const { markdown, missed } = await suite()
  console.log(`### ${name}\n\n${markdown}\n`)
  for (const sentence of missed) console.error(`MISSED in ${name}: ${sentence}`)
  if (missed.length > 0) process.exitCode = 1
}
