import assert from 'node:assert/strict'
import sinon from 'sinon'
import { schedule } from '../../src/outbox/schedule.ts'

describe('the schedule', () => {
  let clock: sinon.SinonFakeTimers
  beforeEach(() => {
    clock = sinon.useFakeTimers()
  })
  afterEach(() => clock.restore())

  it('runs after each pause, and never twice at once', async () => {
    let running = 0
    let most = 0
    let runs = 0
    const slow = async () => {
      most = Math.max(most, ++running)
      runs++
      await new Promise(resolve => setTimeout(resolve, 2500))
      running--
    }
    const ticking = schedule(slow, { pauseMs: 1000, limitMs: 60_000, report: () => {}, random: () => 0.5 })
    await clock.tickAsync(10_000)
    assert.deepEqual([runs, most], [3, 1])
    const stopping = ticking.stop()
    await clock.tickAsync(10_000)
    await stopping
    assert.equal(runs, 3)
  })

  it('reports a run that failed, by the name of its error alone, and goes on', async () => {
    const reported: [string, object][] = []
    const report = (event: string, fields: object) => void reported.push([event, fields])
    let runs = 0
    const failing = async () => {
      if (++runs === 1) throw new TypeError('with words in it')
    }
    const ticking = schedule(failing, { pauseMs: 1000, limitMs: 60_000, report, random: () => 0.5 })
    await clock.tickAsync(3500)
    await ticking.stop()
    assert.deepEqual([runs, reported], [3, [['schedule.failed', { error: 'TypeError' }]]])
  })

  it('goes on when a run never ends, and reports it', async () => {
    const reported: string[] = []
    const report = (event: string) => void reported.push(event)
    let runs = 0
    const stuck = () => {
      runs++
      return new Promise(() => {})
    }
    const ticking = schedule(stuck, { pauseMs: 1000, limitMs: 5000, report, random: () => 0.5 })
    await clock.tickAsync(13_500)
    assert.deepEqual([runs, reported], [3, ['schedule.stuck', 'schedule.stuck']])
    void ticking.stop()
  })

  it('begins at once when it is told to', async () => {
    const at: number[] = []
    const options = { pauseMs: 1000, limitMs: 5000, report: () => {}, atOnce: true, random: () => 0.5 }
    const ticking = schedule(async () => at.push(Date.now()), options)
    await clock.tickAsync(2_100)
    await ticking.stop()
    assert.deepEqual(at, [0, 1000, 2000])
  })

  it('pauses a quarter less or more', async () => {
    const at: number[] = []
    const chances = [0, 1, 0.5]
    const random = () => chances.shift() ?? 0.5
    const ticking = schedule(async () => at.push(Date.now()), {
      pauseMs: 1000,
      limitMs: 5000,
      report: () => {},
      random,
    })
    await clock.tickAsync(3_100)
    await ticking.stop()
    assert.deepEqual(at, [750, 2000, 3000])
  })

  it('takes the longest pause there is for long', async () => {
    let runs = 0
    const options = { pauseMs: 2 ** 31 - 1, limitMs: 5000, report: () => {}, random: () => 1 }
    const ticking = schedule(async () => runs++, options)
    await clock.tickAsync(86_400_000)
    await ticking.stop()
    assert.equal(runs, 0)
  })

  it('tells a run that it is over, and waits for it', async () => {
    let told = false
    const work = async (stopped: AbortSignal) => {
      await new Promise(resolve => stopped.addEventListener('abort', resolve))
      await new Promise(resolve => setTimeout(resolve, 100))
      told = true
    }
    const ticking = schedule(work, { pauseMs: 1000, limitMs: 60_000, report: () => {}, random: () => 0.5 })
    await clock.tickAsync(1500)
    const stopping = ticking.stop()
    await clock.tickAsync(200)
    await stopping
    assert.ok(told)
  })
})
