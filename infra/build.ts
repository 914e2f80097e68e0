/**
 * `npm run infra:build`: the folder that is put on Azure, ready to run. Nothing is compiled: Node strips the types when it
 * reads a file. azd runs this before it packs; the folder can as well be zipped and deployed by hand.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const root = join(import.meta.dirname, '..')
const target = join(root, '.data', 'deploy')

/** The demo's door stands open, so it stays here; notes are for people. */
function runs(path: string): boolean {
  return relative(root, path).split(sep).slice(0, 2).join('/') !== 'src/demo' && !path.endsWith('.md')
}

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
for (const name of ['src', 'cards', 'package.json', 'package-lock.json', 'LICENSE']) {
  cpSync(join(root, name), join(target, name), { recursive: true, filter: runs })
}
const shell = process.platform === 'win32'
// No package the service needs has anything to run when it is installed.
const install = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund']
execFileSync('npm', install, { cwd: target, stdio: 'inherit', shell })

// It must come up with what lies there: without a configuration it says so, and anything else is a missing part.
try {
  execFileSync(process.execPath, [join('src', 'start.ts')], {
    cwd: target,
    env: { SystemRoot: process.env.SystemRoot },
    stdio: 'pipe',
  })
} catch (error) {
  const said = String((error as { stderr?: unknown }).stderr)
  if (!said.startsWith('The environment (or .env) needs mending:')) throw new Error(`It does not start:\n${said}`)
}
console.log(`${relative(process.cwd(), target)} is ready.`)
