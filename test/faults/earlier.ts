/** The program as it was before the shape of documents last changed, taken out of the history into a folder of its own. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { schemaVersion } from '../../src/store/documents.ts'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url).pathname

export type Earlier = {
  /** Its bot, to be started as this one's is. */
  readonly program: string
  /** Its `scene.ts`, which writes documents in its shape. */
  readonly scene: string
  readonly close: () => Promise<void>
}

/** Undefined where there is no history, as in a download of the source alone. */
export async function takeEarlier(): Promise<Earlier | undefined> {
  const commit = await lastOf(schemaVersion - 1).catch(() => '')
  if (!commit) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-earlier-'))
  // By way of a file: tar may end before it has read the padding at the end of a pipe, which breaks the pipe.
  const archive = join(folder, 'earlier.tar')
  await run('git', ['archive', '--output', archive, commit, 'src', 'cards', 'test', 'package.json'], { cwd: root })
  await run('tar', ['-xf', archive, '-C', folder])
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    program: join(folder, 'test/faults/bot.ts'),
    scene: join(folder, 'test/faults/scene.ts'),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The last commit whose documents were of that version. */
async function lastOf(version: number): Promise<string> {
  const changed = [
    'log',
    '-1',
    '--format=%H^',
    `-Sexport const schemaVersion = ${version}`,
    '--',
    '*store/documents.ts',
  ]
  const { stdout } = await run('git', changed, { cwd: root })
  if (!stdout.trim()) return ''
  return (await run('git', ['rev-parse', '--verify', '--quiet', stdout.trim()], { cwd: root })).stdout.trim()
}
