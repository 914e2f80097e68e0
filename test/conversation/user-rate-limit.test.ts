import assert from 'node:assert/strict'
import { createUserRateLimit, usualRateLimit } from '../../src/conversation/routing/user-rate-limit.ts'

describe('one person’s pace', () => {
  let seconds: number
  const begin = () => {
    seconds = 0
    return createUserRateLimit(usualRateLimit, () => 5_000 + seconds * 1000)
  }
  const fill = (asking: ReturnType<typeof createUserRateLimit>, person = 'anna') =>
    Array.from({ length: usualRateLimit.burst }, () => asking(person))

  it('is a burst at once, then one a second for ever', () => {
    const asking = begin()
    assert.deepEqual(new Set(fill(asking)), new Set(['go']))
    for (seconds = 1; seconds <= 100; seconds++) assert.equal(asking('anna'), 'go')
  })

  it('that is too fast is told once, then nothing is taken until the pause is over', () => {
    const asking = begin()
    fill(asking)
    assert.equal(asking('anna'), 'tell')
    for (seconds of [0, 1, 5, 9.9]) assert.equal(asking('anna'), 'told')
    seconds = 10
    for (let no = 0; no < usualRateLimit.pauseSeconds; no++) assert.equal(asking('anna'), 'go')
    assert.equal(asking('anna'), 'tell', 'a new pause is told anew')
  })

  it('is nobody else’s', () => {
    const asking = begin()
    fill(asking)
    assert.equal(asking('anna'), 'tell')
    assert.equal(asking('ben'), 'go')
  })

  it('is a full bucket again after a while, and never more', () => {
    const asking = begin()
    fill(asking)
    seconds = 3600
    assert.deepEqual(new Set(fill(asking)), new Set(['go']))
    assert.equal(asking('anna'), 'tell')
  })

  it('takes no more memory for a million people than for ten thousand', () => {
    const asking = begin()
    fill(asking, 'first')
    assert.equal(asking('first'), 'tell')
    for (let no = 0; no < 9_999; no++) asking(`person-${no}`)
    assert.equal(asking('first'), 'told', 'ten thousand are remembered')
    for (let no = 0; no < 10_000; no++) asking(`other-${no}`)
    assert.equal(asking('first'), 'go', 'who asked longest ago is forgotten')
  })
})
