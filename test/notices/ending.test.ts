/** The end of delivery in the middle of its work: what was begun, what was not, and what another replica makes of it. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sent } from '../../src/outbox/sent.ts'
import { crowd } from './crowd.ts'
import { hanging, leaseSeconds, onQuickClock, openPost, type Post, readingJourneysAfter } from './post.ts'

const sent: Sent = { sent: true, activity: 'm' }
const never = () => new Promise<never>(() => {})

describe('the end of delivery', () => {
  let post: Post
  beforeEach(async () => {
    post = await openPost()
  })
  afterEach(() => post.close())

  it('hands back what has not begun: another replica sends it at once, as no repeat', async () => {
    const promised = await Promise.all([post.promise(), post.promise({ person: 'person-other' })])
    const held = Promise.withResolvers<void>()
    const slowStore = readingJourneysAfter(post.store, held.promise)
    const leaving = post.replica({ store: slowStore })
    const delivering = leaving.deliver(promised)
    await sleep(20)
    const stopping = leaving.stop(1_000, 500)
    held.resolve()
    await Promise.all([stopping, delivering])
    assert.equal(post.posts(), 0)
    const { state, runAt, lastError } = (await post.left()) ?? assert.fail()
    // The mark tells its promiser, should that still come to it, that somebody else has it.
    assert.deepEqual([state, runAt, lastError], ['later', post.time.now, 'handedBack'])
    await post.lookAfter(0)
    assert.deepEqual([post.posts(), post.unlabelled()], [2, 2])
  })

  it('hands back what waits for its turn, and what is promised after it', async () => {
    const leaving = post.replica()
    const promised = await crowd(post, 6, 1, { state: 'promised', runAt: later(post, 30) })
    const delivering = leaving.deliver(promised)
    await sleep(100)
    const began = performance.now()
    await leaving.stop(1_000, 500)
    assert.ok(performance.now() - began < 500, 'nobody waits any more')
    await delivering
    await leaving.deliver([await post.promise()])
    const sentBefore = post.posts()
    assert.ok(sentBefore >= 1 && sentBefore < 6, `${sentBefore} sent`)
    assert.equal((await post.left())?.state, 'later')
    await post.lookAfter(0)
    assert.deepEqual([post.posts(), post.unlabelled()], [7, 7])
  })

  it('of a look: what was claimed is handed back, what was not is left as it is', async () => {
    await crowd(post, 14, 14)
    const held = Promise.withResolvers<void>()
    const slowStore = readingJourneysAfter(post.store, held.promise)
    const leaving = post.replica({ store: slowStore })
    const looking = leaving.poll()
    await sleep(50)
    const stopping = leaving.stop(1_000, 500)
    held.resolve()
    await Promise.all([stopping, looking])
    assert.deepEqual([post.posts(), post.events('notice.handedBack').length], [0, 8])
    await onQuickClock(() => post.replica({ send: async () => sent }).poll())
    assert.equal(post.events('notice.sent').filter(({ mayBeRepeat }) => !mayBeRepeat).length, 14)
  })

  it('of a look alone: it takes nothing more, and what it has it sends', async () => {
    await crowd(post, 14, 14)
    const enough = new AbortController()
    const held = Promise.withResolvers<void>()
    const looking = post.replica({ store: readingJourneysAfter(post.store, held.promise) }).poll(enough.signal)
    await sleep(50)
    enough.abort()
    held.resolve()
    await looking
    assert.deepEqual([post.posts(), post.events('notice.sent').length], [8, 8])
  })

  it('leaves what was begun to whoever looks next, who says that it may be a repeat', async () => {
    const leaving = post.replica({ send: never })
    void leaving.deliver([await post.promise()])
    await sleep(20)
    const began = performance.now()
    await leaving.stop(100, 500)
    assert.ok(performance.now() - began < 500)
    await post.lookAfter(0)
    assert.deepEqual([post.posts(), post.unlabelled()], [1, 0])
  })

  it('waits for what was begun and ends in time', async () => {
    const leaving = post.replica()
    post.connector.script({ status: 201, body: { id: 'm' }, afterMs: 150 })
    void leaving.deliver([await post.promise()])
    await sleep(50)
    await leaving.stop(2_000, 500)
    assert.deepEqual([post.posts(), await post.left()], [1, undefined])
  })

  it('comes in time when the store hangs', async () => {
    const leaving = post.replica({ store: hanging(post.store, 'commit', 'removeIf'), send: never })
    void leaving.deliver([await post.promise()])
    await sleep(20)
    const began = performance.now()
    await leaving.stop(100, 100)
    const ms = performance.now() - began
    assert.ok(ms >= 190 && ms < 600, `${ms} ms`)
    // The lease runs out by itself.
    await post.lookAfter(leaseSeconds + 1)
    assert.deepEqual([post.posts(), post.unlabelled()], [1, 0])
  })
})

function later(post: Post, seconds: number): string {
  return new Date(Date.parse(post.time.now) + seconds * 1000).toISOString()
}
