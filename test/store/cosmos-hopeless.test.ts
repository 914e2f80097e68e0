/** Faults of Cosmos DB or of the network that do not pass: it is said, and never that anything was done that was not. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { patience } from '../../src/store/cosmos/cosmos-failure.ts'
import { now } from '../domain/given.ts'
import { keyOf } from './bench.ts'
import { each, hopeless, marker, saving, turnedAway, unclear } from './fault-cases.ts'
import type { Fault } from './gateway/faults.ts'
import { counted, isDone, unavailable, withGateway } from './on-gateway.ts'

const always = 1_000
const all = [...turnedAway, ...unclear]

describe('cosmos and faults that stay', () => {
  it('says that it could not, after a few tries', () =>
    each(all, async broken => {
      const { told, written, sent } = await saving([{ on: 'batch', ...broken, times: always }], hopeless)
      unavailable(told)
      // With pauses in between: it is no help to ask more often.
      assert.ok(sent <= 5 || broken.retryAfterMs, `${sent} requests`)
      assert.equal(written, broken.when === 'after' && sent > 0)
    }))

  it('says so when no question is answered either', () =>
    each(all, broken =>
      withGateway(
        async on => {
          for (const kind of ['read', 'query', 'delete'] as const)
            on.gateway.script({ on: kind, ...broken, times: always })
          const key = keyOf(marker)
          const results = await Promise.all([
            counted(on, () => on.store.get(key)),
            counted(on, () => on.store.query('dueNotices', { now })),
            counted(on, () => on.store.removeIf(key, '"any"')),
          ])
          for (const { told } of results) unavailable(told)
        },
        { patience: hopeless },
      ),
    ))

  it('answers a ping with no', () =>
    withGateway(
      async on => {
        on.gateway.script({ on: 'read', when: 'before', answer: 'hang', times: always })
        assert.equal(await on.store.ping(), false)
      },
      { patience: hopeless },
    ))

  it('is not fooled when finding out goes wrong for good', () =>
    each(unclear, async broken => {
      const lost: Fault = { on: 'batch', when: 'after', answer: 503 }
      const { told, written } = await saving([lost, { on: 'read', ...broken, times: 9 }], hopeless)
      if (!isDone(told)) unavailable(told)
      assert.ok(written)
    }))

  it('sends nothing more once it has given up, a second later, when the SDK would, either', () =>
    withGateway(
      async on => {
        on.gateway.script({ on: 'read', when: 'before', answer: 'reset', times: always })
        const { told, sent } = await counted(on, () => on.store.get(keyOf(marker)))
        unavailable(told)
        await sleep(1_100)
        assert.equal(on.gateway.requests.filter(kind => kind !== 'account').length, sent)
      },
      { patience: { ...hopeless, total: 100 } },
    ))

  it('does not wait for longer than there is time', async () => {
    const { told, sent } = await saving(
      [{ on: 'batch', when: 'before', answer: 429, retryAfterMs: patience.total }],
      patience,
    )
    unavailable(told)
    assert.equal(sent, 1)
  })
})
