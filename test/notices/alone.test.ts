/** What waits for work in the background keeps no process alive: a test file that is run alone ends by itself. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'

const notices = new URL('../../src/outbox/', import.meta.url)

const held = {
  'work that never ends': `
    import { createKeyedQueue } from '${new URL('keyed-queue.ts', notices)}'
    void createKeyedQueue(60_000, () => {}).lane(1)('one', () => new Promise(() => {}))`,
  'a look that never ends': `
    import { schedule } from '${new URL('schedule.ts', notices)}'
    schedule(() => new Promise(() => {}), { pauseMs: 1, limitMs: 60_000, report: () => {}, random: () => 0 })
    setTimeout(() => {}, 100)`,
} as const

describe('a process that has nothing else to do', () => {
  for (const [what, code] of Object.entries(held)) {
    it(`is not kept by ${what}`, () => {
      const given = ['--input-type=module-typescript', '--eval', code]
      const { status, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8', timeout: 10_000 })
      assert.equal(status, 0, stderr || 'it did not end')
    })
  }
})
