/**
 * `npm run package -- --environment prod`: the zip that is uploaded to Teams. The same values give the same bytes, so that
 * two people can see that they mean the same package.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { zipSync } from 'fflate'
import project from '../package.json' with { type: 'json' }
import { commandLists, localisedCommands } from './commands.ts'
import { azdValues, options, type Values, valuesFrom } from './values.ts'

const root = join(import.meta.dirname, '..')
const text = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')

/** The package's files by name, in their order. `cloud`: where it is used, as the service's CLOUD. */
export function packageFiles(values: Values, cloud: string | undefined): Record<string, Uint8Array> {
  const manifest = JSON.parse(text('manifest.json'), (_key, value) => filled(value, values))
  const [bot] = manifest.bots
  bot.commandLists = commandLists()
  // Teams operated by 21Vianet knows no files from bots; a button that does nothing would be shown.
  if (cloud === 'china') bot.supportsFiles = false
  const chinese = { ...JSON.parse(text('zh-cn.json')), ...localisedCommands() }
  return {
    'manifest.json': json(manifest),
    'zh-cn.json': json(chinese),
    'color.png': readFileSync(join(import.meta.dirname, 'color.png')),
    'outline.png': readFileSync(join(import.meta.dirname, 'outline.png')),
  }
}

/** `${{NAME}}` is how Microsoft's own tools write a value that comes later. @throws for one that nothing is known of. */
function filled(value: unknown, values: Values): unknown {
  if (typeof value !== 'string') return value
  const known: Readonly<Record<string, string>> = { ...values, APP_VERSION: project.version }
  return value.replaceAll(/\$\{\{(.*?)\}\}/g, (_all, name: string) => {
    const found = known[name]
    if (found === undefined)
      throw new Error(`manifest.json asks for ${name}, which appPackage/values.ts does not know.`)
    return found
  })
}

function json(content: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(content, undefined, 2)}\n`)
}

/** Without compression nothing depends on whose program packs; a zip's time begins with 1980, in local time. */
export function zipped(files: Record<string, Uint8Array>): Uint8Array {
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) })
}

/** Writes the package and says where it is. @throws with the mend when a value is missing or cannot be meant. */
export function makePackage(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const { values: given } = parseArgs({
    args: [...args],
    options: { ...options, environment: { type: 'string' }, cloud: { type: 'string' }, out: { type: 'string' } },
  })
  const [name, cloud, out] = [given.environment, given.cloud, given.out].map(each => (each ? String(each) : undefined))
  const kept = name === undefined ? environment : azdValues(name, root)
  const values = valuesFrom(given as Record<string, string>, kept)
  const bytes = zipped(packageFiles(values, cloud ?? kept.CLOUD))
  const folder = resolve(out ?? join(root, '.data', 'appPackage'))
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `learning-log-${project.version}-${values.TEAMS_APP_ID.slice(0, 8)}.zip`)
  writeFileSync(file, bytes)
  const sum = createHash('sha256').update(bytes).digest('hex')
  return `${relative(process.cwd(), file)}\n${bytes.length} bytes, SHA-256 ${sum}`
}

if (import.meta.main) {
  try {
    console.log(makePackage(process.argv.slice(2), process.env))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
