/** Golden transcripts: what people saw, as text. `npm run golden` writes them anew; read the difference before keeping it. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'golden')

/** Compares with the kept transcript of this name. A missing one fails, except when writing. */
export function golden(name: string, text: string): void {
  const file = join(folder, `${name}.md`)
  if (process.env.GOLDEN === 'write') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, `${text}\n`)
    return
  }
  assert.ok(existsSync(file), `There is no golden transcript ${name}; make it with npm run golden and read it.`)
  assert.equal(
    `${text}\n`,
    readFileSync(file, 'utf8'),
    `What people see differs from ${name}; npm run golden if it is meant.`,
  )
}
