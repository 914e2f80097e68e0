import assert from 'node:assert/strict'
import { failure } from '../../src/teams/failure.ts'

describe('what may be logged of a thing that broke', () => {
  it('is its name, code, cause and our own line, and never its message', () => {
    const cause = Object.assign(new Error('CANARY in the cause'), { code: 'ECONNRESET' })
    const broken = Object.assign(new TypeError('CANARY /src/canary.ts:1:1', { cause }), { code: 'E_BROKEN' })
    const { at, ...rest } = failure(broken)
    assert.deepEqual(rest, { error: 'TypeError', code: 'E_BROKEN', cause: 'ECONNRESET' })
    assert.match(at ?? '', /^test\/teams\/failure\.test\.ts:\d+$/)
  })
  it('is no more than what kind of thing it was when it is no error', () => {
    for (const [thrown, error] of [
      ['CANARY', 'string'],
      [undefined, 'undefined'],
      [{ message: 'CANARY', stack: 'CANARY' }, 'object'],
    ] as const) {
      assert.deepEqual(failure(thrown), { error })
    }
  })
})
