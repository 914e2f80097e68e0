/**
 * `npm run guards [-- --group NAME --file PART,PART --line N --workers N]`: takes away one guard at a time and runs the tests
 * that should notice. It works in copies of the project in a temporary folder, ends by itself, and prints a table. A guard
 * nobody misses is an untested promise, or needless code: exit code 1. Those in `known.ts` make no difference, and say why.
 * Which test noticed is told as it goes. Where one only ran out of time, the machine may have been busy: look at it.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import '../setup.ts'
import { refusals } from '../../src/domain/refusals.ts'
import { whys } from '../../src/teams/inbound/refusals.ts'
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

type Job = { readonly group: string; readonly file: string; readonly guard: Guard; readonly tests: Steps }
/** Test files that are run together, a step after the other. */
type Steps = readonly (readonly string[])[]
type Verdict = 'caught' | 'waited' | 'known' | 'missed'
type Noticed = { readonly verdict: 'caught' | 'waited'; readonly by: string }

const jobs: Job[] = Object.entries(groups)
  .filter(([name]) => !only || name === only)
  .flatMap(([group, { files, tests }]) =>
    globSync([...files], { cwd: root })
      .filter(file => part.split(',').some(each => file.includes(each)))
      .sort()
      .flatMap(file =>
        guardsOf(readFileSync(join(root, file), 'utf8'))
          .filter(guard => !line || guard.line === Number(line))
          .map(guard => ({ group, file, guard, tests: inOrder(file, nearest(file, expanded(tests))) })),
      ),
  )

/** Each pattern is a step of its own, so that what the later ones load is not loaded for what the first one notices. */
function expanded(tests: readonly string[]): Steps {
  return tests.map(pattern => {
    const files = globSync(pattern, { cwd: root }).sort()
    if (files.length === 0) throw new Error(`No test is called ${pattern}: mend test/guards/groups.ts.`)
    return files
  })
}

/** What bears the name of the file is a step of its own and comes first: that is where its tests are. */
function inOrder(file: string, steps: Steps): Steps {
  const isOwn = (test: string) => basename(test) === `${basename(file, '.ts')}.test.ts`
  const rest = steps.map(files => files.filter(each => !isOwn(each)))
  return [steps.flat().filter(isOwn), ...rest].filter(files => files.length > 0)
}

/** What imports the file is run before what can reach it in a process of its own, or not at all. */
function nearest(file: string, steps: Steps): Steps {
  const far = (tests: readonly string[]) => !tests.some(test => imported(join(root, test)).has(join(root, file)))
  return steps.toSorted((one, other) => Number(far(one)) - Number(far(other)))
}

/** A file with all that it imports of the project, directly or not. */
function imported(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found
  found.add(file)
  const paths = readFileSync(file, 'utf8').matchAll(/(?:from|import) ?\(?'(\.[^']+\.ts)'/g)
  for (const [, path = ''] of paths) imported(join(dirname(file), path), found)
  return found
}

function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'learning-log-guards-'))
  for (const each of ['src', 'test', 'cards', 'package.json', 'tsconfig.json', '.mocharc.cjs', 'appPackage', 'infra']) {
    try {
      cpSync(join(root, each), join(folder, each), { recursive: true })
    } catch {
      // Not every folder is there yet.
    }
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** The first test that fails; undefined when all pass. */
async function noticed(folder: string, steps: Steps): Promise<Noticed | undefined> {
  for (const files of steps) {
    const found = await failed(folder, files)
    if (found) return found
  }
  return undefined
}

type Report = { readonly failures: readonly { readonly fullTitle: string; readonly err: { message?: string } }[] }

async function failed(folder: string, files: readonly string[]): Promise<Noticed | undefined> {
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js')
  const report = join(folder, 'report.json')
  const told = ['--reporter', 'json', '--reporter-option', `output=${report}`]
  const given = ['--no-config', '--bail', '--exit', '--timeout', '20000', ...told]
  rmSync(report, { force: true })
  const child = spawn(process.execPath, [mocha, ...given, ...files], { cwd: folder, stdio: 'ignore', timeout: limitMs })
  const [code] = await once(child, 'exit')
  if (code === 0) return undefined
  if (code === null) return { verdict: 'waited', by: 'no end' }
  // Tests that cannot be loaded leave no report.
  const { failures } = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : { failures: [] }
  const { fullTitle: by = 'nothing can be loaded', err } = failures[0] ?? {}
  return { verdict: /^Timeout of /.test(err?.message ?? '') ? 'waited' : 'caught', by }
}

const ended: { readonly group: string; readonly verdict: Verdict; readonly refuses: readonly string[] }[] = []
async function work(): Promise<void> {
  const folder = copy()
  try {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { group, file, guard, tests } = job
      if (known.some(each => file.endsWith(each.file) && guard.what === each.what && guard.on.startsWith(each.on))) {
        ended.push({ group, verdict: 'known', refuses: [] })
        continue
      }
      const source = readFileSync(join(root, file), 'utf8')
      writeFileSync(join(folder, file), source.slice(0, guard.start) + guard.instead + source.slice(guard.end))
      const { verdict, by = '' } = (await noticed(folder, tests)) ?? { verdict: 'missed' as const }
      writeFileSync(join(folder, file), source)
      ended.push({ group, verdict, refuses: guard.refuses })
      const line = `${verdict}  ${file}:${guard.line}  ${guard.what}  ->  ${guard.instead}`
      if (verdict === 'caught') console.error(`${line}  (${by}; ${jobs.length} to go)`)
      else console.log(`${line}  ${by}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const baseline = copy()
for (const [name, { tests }] of Object.entries(groups)) {
  const fails = !only || name === only ? await noticed(baseline, expanded(tests)) : undefined
  if (fails) {
    console.error(`The tests of ${name} fail with every guard in place, so nothing can be said: ${fails.by}`)
    process.exit(1)
  }
}
rmSync(baseline, { recursive: true, force: true })
await Promise.all(Array.from({ length: Number(workers) }, work))

console.log('\n| group | guards | caught | of these by waiting | no difference, with a reason | missed |')
console.log('|---|--:|--:|--:|--:|--:|')
for (const name of new Set(ended.map(({ group }) => group))) {
  const count = (...of: Verdict[]) => ended.filter(each => each.group === name && of.includes(each.verdict)).length
  const counts = [count('caught', 'waited', 'known', 'missed'), count('caught', 'waited'), count('waited')]
  console.log(`| ${[name, ...counts, count('known'), count('missed')].join(' | ')} |`)
}
tellRefusals('a rule', refusals)
tellRefusals('the door', whys)
process.exitCode = ended.some(({ verdict }) => verdict === 'missed') ? 1 : 0

/** Of each kind of refusal, whether what stands for it was taken away somewhere and noticed. */
function tellRefusals(by: string, kinds: readonly string[]): void {
  const noticed = new Set(ended.flatMap(({ verdict, refuses }) => (verdict === 'missed' ? [] : refuses)))
  const not = kinds.filter(kind => !noticed.has(kind))
  if (not.length === kinds.length) return
  const rest = not.length > 0 ? `; not: ${not.join(', ')}` : ''
  console.log(
    `\nKinds of refusal by ${by}, taken away and noticed: ${kinds.length - not.length} of ${kinds.length}${rest}`,
  )
}
