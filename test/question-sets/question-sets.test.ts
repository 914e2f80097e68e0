/** Two question sets at once: the product ships one, so this is walked through in a process that knows a second. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

describe('logs of different question sets', () => {
  it('are walked through', function () {
    this.timeout(60_000)
    const here = (file: string) => join(import.meta.dirname, file)
    const mocha = join(import.meta.dirname, '../../node_modules/mocha/bin/mocha.js')
    const given = ['--import', here('second-set.ts'), mocha, '--no-config', '--timeout', '20000', here('walk.ts')]
    const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8', timeout: 60_000 })
    assert.equal(status, 0, `${stdout}\n${stderr}`)
  })
})
