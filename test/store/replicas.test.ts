import assert from 'node:assert/strict'
import { running } from '../../src/store/replicas.ts'

describe('who is running', () => {
  const now = '2026-11-23T09:00:00.000Z'
  const at = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString()
  const isThere = (seconds: number) => 'one' in running({ seen: { one: at(seconds) } }, now)

  it('is who was there in the last minute and a half', () => {
    assert.deepEqual([isThere(0), isThere(-89.9), isThere(-90), isThere(-86_400)], [true, true, false, false])
  })

  it('is also whose clock is ahead by no more than that; what lies further in the future is nobody’s', () => {
    assert.deepEqual([isThere(5), isThere(89.9), isThere(90), isThere(86_400)], [true, true, false, false])
  })

  it('is nobody where nothing is written, or what is no moment', () => {
    assert.deepEqual([running(undefined, now), running({ seen: { one: 'noon' } }, now)], [{}, {}])
  })

  it('is each with its own moment', () => {
    const seen = { one: at(-10), two: at(-100), three: at(0) }
    assert.deepEqual(running({ seen }, now), { one: at(-10), three: at(0) })
  })
})
