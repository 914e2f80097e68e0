/**
 * `npm run guards [-- --group NAME --file PART --line N --workers N]`: takes away one guard at a time and runs the tests
 * that should notice. It works in copies of the project in a temporary folder, ends by itself, and prints a table. A guard
 * nobody misses is an untested promise, or needless code: exit code 1. Those in `known.ts` make no difference, and say why.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { groups } from './groups.ts'
import { type Guard, guardsOf } from './guards.ts'
import { known } from './known.ts'

const options = {
  group: { type: 'string' },
  file: { type: 'string', default: '' },
  line: { type: 'string' },
  workers: { type: 'string', default: '2' },
} as const
const { group: only, file: part, line, workers } = parseArgs({ options }).values
const root = join(import.meta.dirname, '../..')
/** A guard without which the tests never end is noticed as well. */
const limitMs = 180_000

type Job = { readonly group: string; readonly file: string; readonly guard: Guard; readonly tests: readonly string[] }
type Ended = Job & { readonly verdict: 'caught' | 'known' | 'missed' }

const jobs: Job[] = Object.entries(groups)
  .filter(([name]) => !only || name === only)
  .flatMap(([group, { files, tests }]) =>
    globSync([...files], { cwd: root })
      .filter(file => file.includes(part))
      .sort()
      .flatMap(file =>
        guardsOf(readFileSync(join(root, file), 'utf8'))
          .filter(guard => !line || guard.line === Number(line))
          .map(guard => ({ group, file, guard, tests: expanded(tests) })),
      ),
  )

/** File by file, in the order given: mocha leaves out a pattern it cannot read without a word. */
function expanded(tests: readonly string[]): string[] {
  return tests.flatMap(pattern => {
    const files = globSync(pattern, { cwd: root }).sort()
    if (files.length === 0) throw new Error(`No test is called ${pattern}: mend test/guards/groups.ts.`)
    return files
  })
}

function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'learning-log-guards-'))
  for (const each of [
    'src',
    'test',
    'cards',
    'package.json',
    'tsconfig.json',
    '.mocharc.json',
    'appPackage',
    'infra',
  ]) {
    try {
      cpSync(join(root, each), join(folder, each), { recursive: true })
    } catch {
      // Not every folder is there yet.
    }
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** True when the tests pass. */
async function passes(folder: string, tests: readonly string[]): Promise<boolean> {
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js')
  const given = ['--no-config', '--bail', '--exit', '--timeout', '20000', '--reporter', 'dot', ...tests]
  const child = spawn(process.execPath, [mocha, ...given], { cwd: folder, stdio: 'ignore', timeout: limitMs })
  const [code] = await once(child, 'exit')
  return code === 0
}

const ended: Ended[] = []
async function work(): Promise<void> {
  const folder = copy()
  try {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { file, guard, tests } = job
      const source = readFileSync(join(root, file), 'utf8')
      const spared = known.some(
        each => file.endsWith(each.file) && guard.what === each.what && guard.on.startsWith(each.on),
      )
      if (!spared)
        writeFileSync(join(folder, file), source.slice(0, guard.start) + guard.instead + source.slice(guard.end))
      const verdict = spared ? 'known' : (await passes(folder, tests)) ? 'missed' : 'caught'
      if (!spared) writeFileSync(join(folder, file), source)
      ended.push({ ...job, verdict })
      if (verdict === 'missed') console.log(`missed  ${file}:${guard.line}  ${guard.what}  ->  ${guard.instead}`)
      if (ended.length % 20 === 0) console.error(`${ended.length} done, ${jobs.length} to go`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const baseline = copy()
for (const [name, { tests }] of Object.entries(groups)) {
  if ((!only || name === only) && !(await passes(baseline, expanded(tests)))) {
    console.error(`The tests of ${name} fail with every guard in place: nothing can be said.`)
    process.exit(1)
  }
}
rmSync(baseline, { recursive: true, force: true })
await Promise.all(Array.from({ length: Number(workers) }, work))

console.log('\n| group | guards | caught | no difference, with a reason | missed |\n|---|--:|--:|--:|--:|')
for (const name of new Set(ended.map(({ group }) => group))) {
  const count = (verdict?: Ended['verdict']) =>
    ended.filter(each => each.group === name && (!verdict || each.verdict === verdict)).length
  console.log(`| ${name} | ${count()} | ${count('caught')} | ${count('known')} | ${count('missed')} |`)
}
process.exitCode = ended.some(({ verdict }) => verdict === 'missed') ? 1 : 0
