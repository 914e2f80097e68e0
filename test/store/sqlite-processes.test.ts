/** One file and several processes: what is acknowledged stays, also when one is killed, and nobody overwrites another. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { now } from '../domain/given.ts'
import { given, keyOf, logDoc } from './bench.ts'
import { temporaryFiles } from './temporary.ts'

const clock = () => now

describe('sqlite and several processes', () => {
  const newFile = temporaryFiles()
  const child = (...args: readonly string[]) =>
    spawn(process.execPath, [join(import.meta.dirname, 'sqlite-child.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })

  it('loses nothing that was acknowledged, and keeps no half, when a process is killed', async () => {
    const file = newFile()
    let acknowledged: number[] = []
    for (let round = 0; round < 3; round++) {
      const writer = child('pairs', file, String(round * 1_000_000))
      let said = ''
      writer.stdout.on('data', chunk => {
        said += chunk
      })
      await once(writer.stdout, 'data')
      setTimeout(() => writer.kill('SIGKILL'), 150 + 37 * round)
      const [, signal] = await once(writer, 'close')
      assert.equal(signal, 'SIGKILL')
      acknowledged = [...acknowledged, ...said.split('\n').slice(0, -1).map(Number)]
    }
    const store = openSqlite(file, clock)
    const db = new DatabaseSync(file)
    const ids = new Set(
      db
        .prepare('SELECT id FROM documents')
        .all()
        .map(({ id }) => String(id)),
    )
    assert.ok(acknowledged.length > 20, `${acknowledged.length} acknowledged`)
    const lost = acknowledged.filter(no => !ids.has(`a:person:left-${no}`) || !ids.has(`a:person:right-${no}`))
    const half = [...ids].filter(id => !ids.has(id.replace(/left|right/, side => (side === 'left' ? 'right' : 'left'))))
    assert.deepEqual({ lost, half }, { lost: [], half: [] })
    db.close()
    await store.close()
  })

  it('adds up when two processes increment the same document 200 times each', async () => {
    const file = newFile()
    const store = openSqlite(file, clock)
    await given(store, logDoc(1, 'Count', 0))
    const ends = await Promise.all([1, 2].map(() => once(child('count', file, '200'), 'close')))
    assert.deepEqual(
      ends.map(([code]) => code),
      [0, 0],
    )
    assert.equal((await store.get(keyOf(logDoc(1))))?.doc.answers[1]?.rev, 400)
    await store.close()
  })

  it('lets several processes make the same new file', async () => {
    const file = newFile()
    const ends = await Promise.all([1, 2, 3, 4].map(() => once(child('count', file, '0'), 'close')))
    assert.deepEqual(
      ends.map(([code]) => code),
      [0, 0, 0, 0],
    )
  })
})
