import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keys } from '../../src/store/documents.ts'
import { backUp, restore } from '../../src/store/operator/backup.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { now, people, settleWorld } from '../world.ts'

describe('backing up the embedded store', () => {
  let folder: string
  let file: string
  let copy: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
    file = join(folder, 'store.sqlite')
    copy = join(folder, 'copy.sqlite')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const open = () => openSqlite(file, () => now)
  const answer = async () => {
    const store = open()
    const log = await store.get(keys.log('spring', people.drafting, 1, 1))
    await store.close()
    return log?.doc.answers[1]?.text
  }
  const write = async (text: string) => {
    const store = open()
    const log = (await store.get(keys.log('spring', people.drafting, 1, 1)))?.doc ?? assert.fail()
    const answers = { ...log.answers, 1: { text, rev: 2, at: now } }
    await store.commit(log.pk, [{ op: 'put', doc: { ...log, answers } }])
    await store.close()
  }

  it('copies one moment while the store is open, and brings it back; what was there is put aside', async () => {
    const store = open()
    await settleWorld(store)
    const { documents } = await backUp(file, copy)
    assert.ok(documents > 20)
    assert.equal((await stat(copy)).mode & 0o777, 0o600)
    await store.close()

    const before = await answer()
    await write('Written after the backup')
    assert.deepEqual(await restore(copy, file), { documents })
    assert.equal(await answer(), before)
    assert.ok((await readFile(`${file}.before-restore`)).includes('Written after the backup'))
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  })

  it('finds the store in .env, as the bot does, and says how it went', async () => {
    const store = open()
    await settleWorld(store)
    await store.close()
    await writeFile(join(folder, '.env'), 'STORE_FILE=store.sqlite\n')
    const script = join(import.meta.dirname, '../../src/store/operator/backup.ts')
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, ['--no-warnings', script, ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH },
        encoding: 'utf8',
      })
    const made = run('backup', 'copy.sqlite')
    assert.deepEqual([made.status, made.stderr], [0, ''])
    assert.match(made.stdout, /^\d+ documents copied to copy\.sqlite\.\n$/)
    const again = run('backup', 'copy.sqlite')
    assert.deepEqual([again.status, again.stdout], [1, ''])
    assert.match(again.stderr, /is there already: choose another name/)
    assert.match(run('backup').stderr, /^Name the copy: /)
  })

  it('refuses kindly and changes nothing', async () => {
    await assert.rejects(backUp(file, copy), /There is no store/)
    const store = open()
    await settleWorld(store)
    await store.close()
    await backUp(file, copy)
    await assert.rejects(backUp(file, copy), /is there already/)
    const damaged = join(folder, 'damaged.sqlite')
    await writeFile(damaged, 'not a database')
    await assert.rejects(restore(damaged, file), /not a sound copy/)
    await assert.rejects(restore(join(folder, 'nowhere'), file), /There is no backup/)
    await restore(copy, file)
    await assert.rejects(restore(copy, file), /still there from an earlier restore/)
    assert.ok(await answer())
  })
})
