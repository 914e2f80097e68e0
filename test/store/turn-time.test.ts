/** However many questions a turn asks of a store that does not answer, it asks them in the time of one turn. */
import assert from 'node:assert/strict'
import { patience } from '../../src/store/cosmos/cosmos-failure.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import { inTime } from '../../src/store/turn-time.ts'
import { create, keyOf, logDoc, pk } from './bench.ts'
import { withGateway } from './on-gateway.ts'

describe('the time of a turn', () => {
  it('is one for all its questions, and nothing is sent after it', async function () {
    this.timeout(20_000)
    await withGateway(
      async ({ store, gateway }) => {
        for (const on of ['read', 'batch'] as const)
          gateway.script({ on, when: 'before', answer: 'hang', times: 1_000 })
        const began = performance.now()
        let questions = 0
        await inTime(300, async () => {
          for (; questions < 4; questions++) {
            const asked = questions % 2 ? store.commit(pk, [create(logDoc(1))]) : store.get(keyOf(logDoc(1)))
            await assert.rejects(asked, StoreUnavailable)
          }
        })
        // Each by itself would have had two seconds; the rest is for a busy machine.
        assert.equal(questions, 4)
        assert.ok(performance.now() - began < patience.total * 2, `${performance.now() - began} ms`)
        const sent = gateway.requests.length
        await assert.rejects(
          inTime(0, () => store.get(keyOf(logDoc(1)))),
          StoreUnavailable,
        )
        assert.equal(gateway.requests.length, sent, 'not even asked')
        gateway.mend()
        // Another document: of the first one a write may still arrive late, as it may from any network.
        assert.equal(await store.get(keyOf(logDoc(2))), undefined, 'outside the turn there is time again')
      },
      { patience },
    )
  })

  it('is not the time of what goes on after it', async () => {
    await withGateway(async ({ store }) => {
      let later: Promise<unknown> = Promise.resolve()
      await inTime(0, async () => {})
      later = store.get(keyOf(logDoc(1)))
      assert.equal(await later, undefined)
    })
  })
})
