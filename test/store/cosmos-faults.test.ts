/**
 * Every fault of Cosmos DB and of the network, before and after the write: never a false "done", nothing acknowledged
 * is lost, nothing is done twice, and an answer within two seconds. Each case has a gateway of its own, all at once.
 */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

import { chosen, now } from '../domain/given.ts'
import { create, done, given, journeyDoc, keyOf, logDoc, markerDoc, noticeDoc, pk } from './bench.ts'

import type { Fault } from './gateway/faults.ts'
import { isDone, timed, unavailable, withGateway } from './on-gateway.ts'

/** Milliseconds: two seconds, and what a busy machine adds. */
const bound = 2_700
const always = 1_000

type Broken = Pick<Fault, 'when' | 'answer' | 'retryAfterMs'>
const turnedAway: readonly Broken[] = [
  { when: 'before', answer: 429 },
  { when: 'before', answer: 429, retryAfterMs: 120 },
  { when: 'before', answer: 449 },
]
const unclear: readonly Broken[] = ([408, 410, 500, 503, 'reset', 'cut', 'page', 'hang'] as const).flatMap(answer =>
  (['before', 'after'] as const).map(when => ({ when, answer })),
)
const name = ({ when, answer, retryAfterMs }: Broken) => [when, answer, retryAfterMs].join(' ')

/** After a broken connection the SDK waits, and for an answer that never comes everybody does. */
const isSlow = ({ answer }: Broken) => answer === 'hang' || answer === 'reset' || answer === 'cut'

const marker = markerDoc('one')
const after = logDoc(1, 'CANARY after', 2)
const opened = { path: '/open', value: { round: 1, session: 1, question: 6, since: now } }
const where = { name: 'draftOfActiveMember', round: 1, session: 1 } as const
const patchOpen = { op: 'patch', key: keyOf(journeyDoc(chosen())), set: [opened], where } as const

/** One answer being saved, with what is there afterwards as another client sees it. */
async function saving(faults: readonly Fault[], discovery = true) {
  return withGateway(
    async on => {
      const [log] = await given(on.store, logDoc(1), journeyDoc(chosen()))
      on.gateway.script(...faults)
      const put = { op: 'put', doc: after, etag: log?.etag ?? '' } as const
      const result = await timed(on, () => on.store.commit(pk, [put, create(marker, 60), patchOpen]))
      // What was sent last may still be on its way.
      await sleep(100)
      on.gateway.mend()
      const undisturbed = on.another()
      const there = await undisturbed.get(keyOf(after))
      const marked = await undisturbed.get(keyOf(marker))
      const written = there?.doc.answers[1]?.rev === 2
      assert.equal(written, marked !== undefined, 'all or nothing')
      return { ...result, there, written }
    },
    { discovery },
  )
}

/** All cases at once; says which of them failed. */
async function each(cases: readonly Broken[], work: (broken: Broken) => Promise<unknown>): Promise<void> {
  const failures: string[] = []
  await Promise.all(
    cases.map(broken => work(broken).catch(error => failures.push(`${name(broken)}: ${error.message}`))),
  )
  assert.deepEqual(failures, [])
}

/** Tests that wait much and work little: they begin one after another before the first, and end when they end. */
function gathering() {
  let begun = 0
  return (title: string, work: () => Promise<void>) => {
    const later = 60 * begun++
    let running: Promise<void> | undefined
    before(() => {
      running = sleep(later).then(work)
      running.catch(() => undefined)
    })
    it(title, () => running)
  }
}

describe('cosmos and faults', () => {
  const meanwhile = gathering()

  meanwhile('says within two seconds that it could not, when nothing goes right', () =>
    each([...turnedAway, ...unclear], async broken => {
      const { told, ms, written, sent } = await saving([{ on: 'batch', ...broken, times: always }])
      unavailable(told)
      // With pauses in between: it is no help to ask more often.
      assert.ok(sent <= 6 || broken.retryAfterMs, `${sent} requests`)
      assert.equal(written, broken.when === 'after')
      assert.ok(ms < bound, `${ms} ms`)
    }),
  )

  meanwhile('says so when no question is answered either', () =>
    each([...turnedAway, ...unclear], broken =>
      withGateway(async on => {
        for (const kind of ['read', 'query', 'delete'] as const)
          on.gateway.script({ on: kind, ...broken, times: always })
        const results = await Promise.all([
          timed(on, () => on.store.get(keyOf(marker))),
          timed(on, () => on.store.query('dueNotices', { now })),
          timed(on, () => on.store.removeIf(keyOf(marker), '"any"')),
        ])
        for (const { told, ms } of results) {
          unavailable(told)
          assert.ok(ms < bound, `${ms} ms`)
        }
        // The SDK may be asleep before another try: there must be none.
        await sleep(100)
        const sent = on.gateway.requests.length
        await sleep(1_000)
        assert.equal(on.gateway.requests.length, sent)
      }),
    ),
  )

  meanwhile('answers a ping with no within two seconds', () =>
    withGateway(async on => {
      on.gateway.script({ on: 'read', when: 'before', answer: 'hang', times: always })
      const { told, ms } = await timed(on, async () => assert.equal(await on.store.ping(), false))
      assert.deepEqual([told, ms < bound], [undefined, true])
    }),
  )

  meanwhile('is not fooled when finding out goes wrong for good', () =>
    each(unclear, async broken => {
      const lost: Fault = { on: 'batch', when: 'after', answer: 503 }
      const { told, ms, written } = await saving([lost, { on: 'read', ...broken, times: 9 }])
      if (!isDone(told)) unavailable(told)
      assert.ok(written && ms < bound, `${ms} ms`)
    }),
  )

  meanwhile('does nothing twice when the first request arrives after the second', () =>
    withGateway(async on => {
      const [log] = await given(on.store, logDoc(1))
      on.gateway.script({ on: 'batch', when: 'late', answer: 'hang' })
      const put = { op: 'put', doc: after, etag: log?.etag ?? '' } as const
      const docs = done(await on.store.commit(pk, [put, create(marker)]))
      await sleep(600)
      assert.deepEqual([await on.store.get(keyOf(after)), await on.store.get(keyOf(marker))], docs)
    }),
  )

  it('does not wait for longer than there is time', async () => {
    const { told, ms, sent } = await saving([{ on: 'batch', when: 'before', answer: 429, retryAfterMs: 5_000 }])
    unavailable(told)
    assert.deepEqual([sent, ms < 1_000], [1, true])
  })

  it('does not take for its own what another wrote with the same words', () =>
    withGateway(async on => {
      on.gateway.requests.length = 0
      on.gateway.script({ on: 'batch', when: 'before', answer: 503 })
      const first = on.store.commit(pk, [create(marker), create(logDoc(1))])
      while (!on.gateway.requests.includes('batch')) await sleep(1)
      done(await on.another().commit(pk, [create(marker), create(logDoc(2))]))
      assert.deepEqual(await first, { ok: false, failed: 0, conflict: 'exists' })
      assert.equal(await on.store.get(keyOf(logDoc(1))), undefined)
    }))

  it('tells a conflict with others as before, although its answer was lost', () =>
    withGateway(async on => {
      const [first] = await given(on.store, logDoc(1))
      const [second] = done(await on.store.commit(pk, [{ op: 'put', doc: logDoc(1, 'Second') }]))
      on.gateway.script({ on: 'batch', when: 'after', answer: 'reset' })
      const late = await on.store.commit(pk, [{ op: 'put', doc: after, etag: first?.etag ?? '' }])
      assert.deepEqual(late, { ok: false, failed: 0, conflict: 'changed' })
      assert.deepEqual(await on.store.get(keyOf(after)), second)
    }))

  it('finds the account at the second try, when the first goes wrong', () =>
    each(unclear, broken =>
      withGateway(async on => {
        on.gateway.script({ on: 'account', ...broken })
        const { told, ms } = await timed(on, () => on.store.get(keyOf(marker)))
        assert.equal(told, undefined)
        assert.ok(ms < bound, `${ms} ms`)
      }),
    ))

  // The slow ones first: the others begin when those are over.
  for (const slow of [true, false]) {
    const oneWrong = (title: string, cases: readonly Broken[], work: (broken: Broken) => Promise<unknown>) =>
      (slow ? meanwhile : it)(`${title}: ${slow ? 'no answer' : 'a refusal'}`, () =>
        each(
          cases.filter(broken => isSlow(broken) === slow),
          work,
        ),
      )

    for (const discovery of [true, false]) {
      oneWrong(
        `saves, once, although one answer went wrong, ${discovery ? 'on an account' : 'on a gateway'}`,
        [...turnedAway, ...unclear],
        async broken => {
          const { told, there, sent } = await saving([{ on: 'batch', ...broken }], discovery)
          assert.ok(!(told instanceof Error), `${told}`)
          assert.ok(isDone(told))
          assert.deepEqual(told.docs[0], there)
          assert.deepEqual([told.docs[1]?.doc, told.docs[2]?.doc.type], [marker, 'journey'])
          // Written, a conflict with itself, three documents read; or written at the second try.
          assert.equal(sent, broken.when === 'after' ? 5 : 2)
        },
      )
    }

    oneWrong('is not fooled when finding out goes wrong once', unclear, async broken => {
      const { told, written } = await saving([
        { on: 'batch', when: 'after', answer: 503 },
        { on: 'read', ...broken },
      ])
      assert.ok(isDone(told) && written, `${told}`)
    })

    for (const write of [patchOpen, { op: 'put', doc: after } as const, { op: 'remove', key: keyOf(after) } as const]) {
      oneWrong(
        `sends a ${write.op} that could happen twice again only when it was turned away`,
        [...turnedAway, ...unclear],
        broken =>
          withGateway(async on => {
            const away = turnedAway.includes(broken)
            await given(on.store, logDoc(1), journeyDoc(chosen()))
            on.gateway.script({ on: 'batch', ...broken })
            const { told, sent } = await timed(on, () => on.store.commit(pk, [write]))
            if (away) assert.ok(isDone(told))
            else unavailable(told)
            assert.equal(sent, away ? 2 : 1)
          }),
      )
    }

    oneWrong('reads and asks although one answer went wrong', [...turnedAway, ...unclear], broken =>
      withGateway(async on => {
        const [notice] = await given(on.store, noticeDoc({}))
        on.gateway.script({ on: 'read', ...broken }, { on: 'plan', ...broken })
        assert.deepEqual(await on.store.get(keyOf(noticeDoc({}))), notice)
        // A question has all the time there is for one try, so nothing is left after one that hangs.
        if (broken.answer !== 'hang') on.gateway.script({ on: 'query', ...broken })
        assert.deepEqual(await on.store.query('dueNotices', { now }), [notice])
      }),
    )

    for (const version of ['this', 'another']) {
      oneWrong(
        `removes ${version} version, and does not claim what somebody else may have removed`,
        [...turnedAway, ...unclear],
        broken =>
          withGateway(async on => {
            const [log] = await given(on.store, logDoc(1))
            const etag = version === 'this' ? (log?.etag ?? '') : '"another"'
            on.gateway.script({ on: 'delete', ...broken })
            const { told } = await timed(on, () => on.store.removeIf(keyOf(logDoc(1)), etag))
            if (version === 'another') assert.equal(told, false)
            else if (broken.when === 'before') assert.equal(told, true)
            else unavailable(told)
            assert.deepEqual(await on.store.get(keyOf(logDoc(1))), version === 'this' ? undefined : log)
          }),
      )
    }
  }
})
