import assert from 'node:assert/strict'
import { createSendRateLimit, type SendRateLimit } from '../../src/outbox/send-rate-limit.ts'
import { mostWithin, platform } from './rates.ts'

describe('what may be sent', () => {
  const time = { ms: 0 }
  const begin = (replicas = 2): SendRateLimit => {
    time.ms = 0
    return createSendRateLimit(
      () => replicas,
      () => time.ms,
    )
  }
  const to = (no: number, tenant = 't') => ({ tenant, conversation: `chat-${no}` })

  /** Somebody who sends whenever it is allowed, in chats taken in turn. */
  function greedy(paces: readonly SendRateLimit[], chats: number, seconds: number): { chat: number; at: number }[] {
    const sent: { chat: number; at: number }[] = []
    let next = 0
    for (time.ms = 0; time.ms < seconds * 1000; time.ms += 10) {
      for (const rateLimit of paces) {
        for (let tries = 0; tries < chats; tries++) {
          const chat = next++ % chats
          if (rateLimit.take(to(chat)) === 0) sent.push({ chat, at: time.ms })
        }
      }
    }
    return sent
  }

  for (const count of [1, 2, 4, 5]) {
    const processes = () => Array.from({ length: count }, () => begin(count))

    it(`keeps ${count} together within what a chat may be sent, and wastes no more than a fraction of a share`, () => {
      const sent = greedy(processes(), 1, 95).map(({ at }) => at)
      for (const [most, ms] of platform.chat) {
        assert.ok(mostWithin(sent, ms) <= most, `${mostWithin(sent, ms)} in ${ms}`)
      }
      assert.ok(sent.length >= 3 * 60, `${sent.length} in 95 seconds`)
    })

    it(`keeps ${count} together within what an app may send in a tenant`, () => {
      const times = greedy(processes(), 200, 10).map(({ at }) => at)
      const [[most, ms]] = platform.tenant
      assert.equal(mostWithin(times, ms), Math.floor(most / count) * count)
      assert.ok(times.length >= 270, `${times.length} in 10 seconds`)
    })
  }

  it('is everybody’s at least a little, however many they are', () => {
    const rateLimit = begin(100)
    assert.deepEqual([rateLimit.take(to(1)), rateLimit.take(to(2)) > 0], [0, true])
    time.ms += 1_000
    assert.equal(rateLimit.take(to(2)), 0)
  })

  it('changes with how many there are, from the next message on', () => {
    let count = 5
    time.ms = 0
    const rateLimit = createSendRateLimit(
      () => count,
      () => time.ms,
    )
    const taken = () => Array.from({ length: 40 }, (_, no) => rateLimit.take(to(no))).filter(wait => wait === 0).length
    assert.equal(taken(), 6)
    count = 1
    assert.equal(taken(), 24)
    count = 2
    time.ms = 1_000
    assert.equal(taken(), 15)
  })

  it('counts each tenant by itself', () => {
    const rateLimit = begin()
    for (let no = 0; no < 15; no++) assert.equal(rateLimit.take(to(no)), 0)
    assert.equal(rateLimit.take(to(15)), 1_000)
    assert.equal(rateLimit.take(to(16, 'other')), 0)
  })

  it('tells how long it takes, and then it is so', () => {
    const rateLimit = begin()
    const waits = []
    for (let no = 0; no < 6; no++) {
      const wait = rateLimit.take(to(1))
      waits.push(wait)
      time.ms += wait
      if (wait > 0) assert.equal(rateLimit.take(to(1)), 0)
    }
    assert.deepEqual(waits, [0, 0, 0, 1_000, 1_000, 0])
  })

  it('pauses a tenant, or everybody, and never makes a pause shorter', () => {
    const rateLimit = begin()
    rateLimit.pause({ tenant: 't' }, 60)
    rateLimit.pause({ tenant: 't' }, 5)
    assert.deepEqual([rateLimit.take(to(1)), rateLimit.take(to(2, 'other'))], [60_000, 0])
    time.ms = 59_000
    assert.equal(rateLimit.take(to(1)), 1_000)
    rateLimit.pause('everybody', 10)
    rateLimit.pause('everybody', 1)
    time.ms = 60_000
    assert.deepEqual([rateLimit.take(to(1)), rateLimit.take(to(3, 'other'))], [9_000, 9_000])
    time.ms = 69_000
    assert.deepEqual([rateLimit.take(to(1)), rateLimit.take(to(3, 'other'))], [0, 0])
  })
})
