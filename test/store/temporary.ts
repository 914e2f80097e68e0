/** A file for a test's store, in a folder of its own that is removed after the suite. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function temporaryFiles(): () => string {
  let folder = ''
  let count = 0
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'learning-log-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  return () => join(folder, `${count++}`, 'log.db')
}
