import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anna } from '../../src/demo/people.ts'
import { listed } from '../../src/server/observability/allowed-labels.ts'

const src = join(import.meta.dirname, '../../src')

describe('closed lists', () => {
  const files = globSync('**/*.ts', { cwd: src, exclude: ['demo/**'] })
  const found = (pattern: RegExp) =>
    files.flatMap(file => [...readFileSync(join(src, file), 'utf8').matchAll(pattern)].map(([, word = '']) => word))
  const unlisted = (name: 'event' | 'did' | 'error' | 'work', words: string[]) =>
    [...new Set(words)].filter(word => listed({ [name]: word })[name] === 'other')

  it('know every event, doing, error and piece of work that is named in src', () => {
    const events = found(/\breport\(\s*'([^']+)'/g)
    assert.ok(events.length > 15)
    assert.deepEqual(unlisted('event', events), [])
    assert.deepEqual(unlisted('did', found(/\bdid: '([^']+)'/g)), [])
    assert.deepEqual(unlisted('error', found(/\boverride (?:readonly )?name = '([^']+)'/g)), [])
    assert.deepEqual(unlisted('work', found(/background\.(?:run|watch)\('([^']+)'/g)), [])
  })

  it('let through nothing else', () => {
    const facts = {
      did: 'canary',
      kind: anna.id,
      outcome: 7,
      why: { text: 'canary' },
      error: undefined,
      event: '__proto__',
    }
    assert.deepEqual(listed(facts), { did: 'other', kind: 'other', outcome: 'other', why: 'other', event: 'other' })
  })
})
