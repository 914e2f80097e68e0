/**
 * `npm run doctor [-- --package FILE]`: looks at everything the bot needs and names the mend for what is wrong. It changes
 * nothing and prints no secret and nobody's id, so it may be run in production, beside the bot, by the same environment
 * (or `.env`). Exit code 1 when something is to be mended.
 */
import { parseArgs } from 'node:util'
import dotenv from 'dotenv'
import project from '../../../package.json' with { type: 'json' }
import { examine } from './examine.ts'
import { checks, type Finding } from './finding.ts'

/** What is to be mended stands out, and a mend of several lines stays together. */
function told({ check, state, says }: Finding): string {
  const [first, ...more] = says.split('\n')
  return [
    `${state.toUpperCase().padEnd(9)}${check.padEnd(15)}${first}`,
    ...more.map(line => `${' '.repeat(24)}${line}`),
  ].join('\n')
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { package: { type: 'string' } } })
  const findings = await examine(process.env, values.package)
  console.log(`Learning Log ${project.version}`)
  for (const each of findings.toSorted((a, b) => checks.indexOf(a.check) - checks.indexOf(b.check)))
    console.log(told(each))
  const toMend = findings.filter(({ state }) => state === 'mend').length
  console.log(toMend === 0 ? 'Nothing to mend.' : `${toMend} to mend.`)
  process.exitCode = toMend === 0 ? 0 : 1
}

dotenv.config({ quiet: true })
try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : 'It could not be looked at.')
  process.exitCode = 1
}
