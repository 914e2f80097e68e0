import assert from 'node:assert/strict'
import { createPersonPace, humanPace } from '../../src/conversation/pace.ts'
import { plusSeconds } from '../../src/domain/values.ts'

const now = '2026-11-23T09:00:00.000Z'
const moment = (seconds: number) => plusSeconds(now, seconds)

describe('one person’s pace', () => {
  const fill = (asking: ReturnType<typeof createPersonPace>, person = 'anna', at = now) =>
    Array.from({ length: humanPace.burst }, () => asking(person, at))

  it('is a burst at once, then one a second for ever', () => {
    const asking = createPersonPace(humanPace)
    assert.deepEqual(new Set(fill(asking)), new Set(['go']))
    for (let second = 1; second <= 100; second++) assert.equal(asking('anna', moment(second)), 'go')
  })

  it('that is too fast is told once, then nothing is taken until the pause is over', () => {
    const asking = createPersonPace(humanPace)
    fill(asking)
    assert.equal(asking('anna', now), 'tell')
    for (const second of [0, 1, 5, 9.9]) assert.equal(asking('anna', moment(second)), 'told')
    for (let no = 0; no < humanPace.pauseSeconds; no++) assert.equal(asking('anna', moment(10)), 'go')
    assert.equal(asking('anna', moment(10)), 'tell', 'a new pause is told anew')
  })

  it('is nobody else’s', () => {
    const asking = createPersonPace(humanPace)
    fill(asking)
    assert.equal(asking('anna', now), 'tell')
    assert.equal(asking('ben', now), 'go')
  })

  it('is a full bucket again after a while, and never more', () => {
    const asking = createPersonPace(humanPace)
    fill(asking)
    assert.deepEqual(new Set(fill(asking, 'anna', moment(3600))), new Set(['go']))
    assert.equal(asking('anna', moment(3600)), 'tell')
  })

  it('outlives a clock that is put back, without gain and without a longer pause', () => {
    const asking = createPersonPace(humanPace)
    fill(asking)
    assert.equal(asking('anna', moment(-3600)), 'tell')
    assert.equal(asking('anna', moment(-3599)), 'told')
    assert.equal(asking('anna', moment(-7200)), 'tell', 'a pause that lies in the future is begun anew')
    assert.equal(asking('anna', moment(-7190)), 'go')
  })

  it('takes no more memory for a million people than for ten thousand', () => {
    const asking = createPersonPace(humanPace)
    fill(asking, 'first')
    assert.equal(asking('first', now), 'tell')
    for (let no = 0; no < 9_999; no++) asking(`person-${no}`, now)
    assert.equal(asking('first', now), 'told', 'ten thousand are remembered')
    for (let no = 0; no < 10_000; no++) asking(`other-${no}`, now)
    assert.equal(asking('first', now), 'go', 'who asked longest ago is forgotten')
  })
})
