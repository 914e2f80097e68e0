/**
 * Two seconds: what a person can be asked to wait, and what the engine promises for every call whatever Cosmos DB does.
 * The clock is sinon's, so two seconds take none, and are two seconds on any machine.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import sinon from 'sinon'
import { Failure, patience, persistence } from '../../src/store/cosmos/cosmos-failure.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import { now } from '../domain/given.ts'
import { create, keyOf, logDoc, markerDoc, pk } from './bench.ts'
import { type OnGateway, onGateway } from './on-gateway.ts'

const yes = () => true

/** What one try comes to: an answer that is no result, after so many milliseconds; or none. */
type Try = { readonly after: number; readonly status?: number; readonly retryAfterMs?: number } | 'silence'

describe('the patience of a turn', () => {
  let clock: sinon.SinonFakeTimers

  beforeEach(() => {
    // The SDK clears, when it is closed, a timer that it set before there was this clock.
    clock = sinon.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'performance'],
      shouldClearNativeTimers: true,
    })
  })
  afterEach(() => clock.restore())

  /** Goes through the tries, the last for ever: when each began, when it was over, and whether all were told to end. */
  async function through(tries: readonly Try[], tryMs: number) {
    const begun: number[] = []
    const signals: AbortSignal[] = []
    const started = performance.now()
    const since = () => Math.round(performance.now() - started)
    const work = async (signal: AbortSignal) => {
      const each = tries[Math.min(begun.length, tries.length - 1)] ?? 'silence'
      begun.push(since())
      signals.push(signal)
      if (each === 'silence') return new Promise<never>(() => {})
      if (each.after > 0) await new Promise(resolve => setTimeout(resolve, each.after))
      throw new Failure(each.status, { retryAfterMs: each.retryAfterMs })
    }
    let over = Number.POSITIVE_INFINITY
    const persist = persistence(patience)
    const told = persist(tryMs, yes, work).then(
      () => assert.fail('nothing was done'),
      (error: unknown) => {
        over = since()
        return error
      },
    )
    await clock.tickAsync(10 * patience.total)
    assert.ok((await told) instanceof StoreUnavailable)
    return { begun, over, signals }
  }

  it('is two seconds in all', () => assert.equal(patience.total, 2_000))

  it('ends every call within them, whatever the tries come to', () => {
    const status = fc.constantFrom(408, 410, 429, 449, 500, 503, undefined)
    const after = fc.nat(3_000)
    const retryAfterMs = fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: undefined })
    const one = fc.oneof(fc.constant('silence' as const), fc.record({ after, status, retryAfterMs }))
    const tryMs = fc.constantFrom(patience.read, patience.write, patience.query)
    return fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 8 }), tryMs, async (tries, ms) => {
        const { begun, over } = await through(tries as readonly Try[], ms)
        assert.ok(over <= 2_000, `${over} ms`)
        assert.ok(begun.every(at => at <= 2_000 - patience.least))
      }),
      { numRuns: 300 },
    )
  })

  it('tries at once, and then after pauses that grow', async () => {
    const { begun } = await through([{ after: 0, status: 503 }], patience.write)
    assert.deepEqual(begun, [0, 50, 150, 350, 750, 1_550])
  })

  it('waits as long as it is told to, and not where that is longer than there is time', async () => {
    const { begun } = await through([{ after: 0, status: 429, retryAfterMs: 600 }], patience.write)
    assert.deepEqual(begun, [0, 600, 1_200, 1_800])
    const late = await through([{ after: 0, status: 429, retryAfterMs: 1_901 }], patience.write)
    assert.deepEqual([late.begun, late.over], [[0], 0])
  })

  it('gives up a try that is not answered, and says so to it', async () => {
    const { begun, over, signals } = await through(['silence'], patience.read)
    assert.deepEqual([begun, over], [[0, 550, 1_150, 1_850], 2_000])
    assert.ok(signals.every(({ aborted }) => aborted))
  })

  describe('of each call', () => {
    let on: OnGateway
    beforeEach(async () => {
      on = await onGateway({ discovery: true })
      for (const kind of ['account', 'read', 'delete', 'batch', 'plan', 'query'] as const)
        on.gateway.script({ on: kind, when: 'before', answer: 'hang', times: 1_000 })
    })
    afterEach(() => on.close())

    for (const [name, call] of Object.entries({
      get: () => on.store.get(keyOf(logDoc(1))),
      commit: () => on.store.commit(pk, [create(markerDoc('one'))]),
      'commit that could happen twice': () => on.store.commit(pk, [{ op: 'put', doc: logDoc(1) }]),
      removeIf: () => on.store.removeIf(keyOf(logDoc(1)), '"any"'),
      query: () => on.store.query('dueNotices', { now }),
      ping: async () => assert.equal(await on.store.ping(), false),
    })) {
      it(`ends a ${name} that nobody answers`, async () => {
        let over = false
        const ending = call().then(
          () => assert.equal(name, 'ping'),
          error => assert.ok(error instanceof StoreUnavailable),
        )
        void ending.finally(() => {
          over = true
        })
        await clock.tickAsync(2_000)
        assert.ok(over)
        await ending
      })
    }
  })
})
