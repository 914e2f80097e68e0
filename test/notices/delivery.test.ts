/** Who sends, when, and how much at once: leases, hands, pages, and an end in the middle of it. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatReference } from '../../src/domain/profile.ts'
import { plusSeconds } from '../../src/domain/values.ts'
import type { Sent } from '../../src/outbox/sent.ts'
import type { Store } from '../../src/store/store.ts'
import { crowd } from './crowd.ts'
import { leaseSeconds, onQuickClock, openPost, type Post, readingJourneysAfter, sendLimitMs } from './post.ts'
import { mostWithin, platform } from './rates.ts'

const sent: Sent = { sent: true, activity: 'm' }
const never = () => new Promise<never>(() => {})
type Get = Store['get']
type Query = Store['query']

describe('delivery', () => {
  let post: Post
  beforeEach(async () => {
    post = await openPost()
  })
  afterEach(() => post.close())

  function countingLooks() {
    const counted = { looks: 0 }
    const query: Query = (...given) => {
      counted.looks++
      return post.store.query(...given)
    }
    return { counted, store: { ...post.store, query } }
  }

  describe('under a lease', () => {
    it('that is too short for a send: makes it longer first, and another replica leaves it alone', async () => {
      const promised = await post.promise()
      post.move(leaseSeconds - 0.1)
      const sending = Promise.withResolvers<Sent>()
      const slow = post.replica({ send: () => sending.promise })
      const delivering = slow.deliver([promised])
      while ((await post.left())?.runAt === promised.runAt) await sleep(5)
      await post.lookAfter(1)
      assert.equal(post.posts(), 0)
      sending.resolve(sent)
      await delivering
      assert.deepEqual([await post.left(), post.events('notice.sent')[0]?.mayBeRepeat], [undefined, false])
    })

    it('that was claimed for a look: is nobody else’s from then on', async () => {
      await post.promise({ state: 'later', runAt: post.time.now })
      const drawn = Promise.withResolvers<void>()
      const looking = post
        .replica({ store: readingJourneysAfter(post.store, drawn.promise), send: async () => sent })
        .poll()
      while ((await post.left())?.state !== 'promised') await sleep(5)
      await post.lookAfter(1)
      assert.equal(post.posts(), 0)
      drawn.resolve()
      await looking
      const told = post.events('notice.sent').map(({ mayBeRepeat }) => mayBeRepeat)
      assert.deepEqual([told, await post.left()], [[false], undefined])
    })

    it('of what another replica has sent already: nothing is done, and nobody is told', async () => {
      const promised = await post.promise()
      await post.lookAfter(leaseSeconds + 1)
      const before = post.reports.length
      await post.replica().deliver([promised])
      assert.deepEqual([post.posts(), post.reports.length], [1, before])
    })

    it('that lasts: costs no write', async () => {
      let writes = 0
      const counting = {
        ...post.store,
        commit: (...given: Parameters<Store['commit']>) => {
          writes++
          return post.store.commit(...given)
        },
      }
      const promised = await post.promise()
      post.move(leaseSeconds - (sendLimitMs + 500) / 1000)
      await post.replica({ store: counting }).deliver([promised])
      assert.deepEqual([writes, post.posts()], [0, 1])
    })

    it('that another replica has taken: sends nothing, however late it notices', async () => {
      const promised = await post.promise()
      const read = Promise.withResolvers<void>()
      const slowStore = readingJourneysAfter(post.store, read.promise)
      const delivering = post.replica({ store: slowStore }).deliver([promised])
      await post.lookAfter(leaseSeconds + 1)
      read.resolve()
      await delivering
      assert.deepEqual([post.posts(), post.unlabelled()], [1, 0])
    })

    it('that is too short, and somebody else’s when it is to be made longer: sends nothing and does not fail', async () => {
      const promised = await post.promise()
      post.move(leaseSeconds - 0.1)
      const read = Promise.withResolvers<void>()
      const slowStore = readingJourneysAfter(post.store, read.promise)
      const delivering = post.replica({ store: slowStore }).deliver([promised])
      await post.lookAfter(1)
      read.resolve()
      await delivering
      assert.deepEqual([post.posts(), post.events('notice.failed')], [1, []])
    })

    it('that was handed back and claimed by another: is left alone by whoever promised it', async () => {
      const promised = await post.promise({ lastError: 'handedBack' })
      await post.replica().deliver([promised])
      assert.equal(post.posts(), 0)
    })

    it('is sent by nobody twice when two replicas look at once', async () => {
      await crowd(post, 14, 14)
      let sends = 0
      const send = async () => {
        sends++
        return sent
      }
      await Promise.all([post.replica({ send }).poll(), post.replica({ send }).poll()])
      assert.equal(sends, 14)
      assert.deepEqual(post.events('notice.failed'), [], 'nobody trips over what another has claimed')
    })

    it('of what was just promised to many: eight at once', async () => {
      const promised = await crowd(post, 12, 12, { state: 'promised', runAt: plusSeconds(post.time.now, leaseSeconds) })
      let now = 0
      let most = 0
      const send = async () => {
        most = Math.max(most, ++now)
        await sleep(30)
        now--
        return sent
      }
      await post.replica({ send }).deliver(promised)
      assert.deepEqual([most, post.events('notice.sent').length], [8, 12])
    })

    it('is left to whoever sends it in this process, also when the lease is over', async () => {
      const promised = await post.promise()
      const sending = Promise.withResolvers<Sent>()
      const replica = post.replica({ send: () => sending.promise })
      const delivering = replica.deliver([promised])
      await sleep(20)
      post.move(leaseSeconds + 1)
      await replica.poll()
      assert.equal((await post.left())?.unknownSends, 0)
      sending.resolve(sent)
      await delivering
    })
  })

  describe('a look', () => {
    it('goes on page by page while there is more, and no faster than the platform allows, also when two look at once', async () => {
      const notices = await crowd(post, 250, 25)
      const sends: { chat: string; at: number }[] = []
      const send = async ({ conversation }: ChatReference) => {
        sends.push({ chat: conversation, at: performance.now() })
        await new Promise(resolve => setTimeout(resolve, 5))
        return sent
      }
      await onQuickClock(() => Promise.all([post.replica({ send }).poll(), post.replica({ send }).poll()]))
      assert.equal(sends.length, notices.length)
      for (const [most, ms] of platform.tenant) {
        const times = sends.map(({ at }) => at)
        assert.ok(mostWithin(times, ms) <= most, `${mostWithin(times, ms)} in ${ms} ms`)
      }
      for (const [most, ms] of platform.chat) {
        for (const all of Map.groupBy(sends, ({ chat }) => chat).values()) {
          const times = all.map(({ at }) => at)
          assert.ok(mostWithin(times, ms) <= most, `${mostWithin(times, ms)} in ${ms} ms`)
        }
      }
    })

    it('ends after a minute, however much there is', async () => {
      await crowd(post, 250, 25)
      let messages = 0
      const send = async () => {
        messages++
        await new Promise(resolve => setTimeout(resolve, 4_000))
        return sent
      }
      await onQuickClock(() => post.replica({ send }).poll(), 75)
      // Eight at once, four seconds each.
      assert.ok(messages >= 60 && messages <= 8 * 16, `${messages} in a minute`)
    })

    it('ends when nothing of a full page can be done', async () => {
      await crowd(post, 120, 5)
      const { counted, store } = countingLooks()
      const commit: Store['commit'] = async () => ({ ok: false, failed: 0, conflict: 'changed' })
      await onQuickClock(() => post.replica({ store: { ...store, commit } }).poll())
      assert.deepEqual([counted.looks, post.posts()], [2, 0])
    })

    it('sends to eight people at once, and to one person one after the other', async () => {
      await crowd(post, 12, 12)
      await post.promise({ state: 'later', runAt: post.time.now })
      await post.promise({ person: 'person-other', state: 'later', runAt: post.time.now })
      const now = new Map<string, number>()
      let most = 0
      let mostToOne = 0
      await post
        .replica({
          send: async ({ conversation }) => {
            now.set(conversation, (now.get(conversation) ?? 0) + 1)
            const counts = [...now.values()]
            most = Math.max(
              most,
              counts.reduce((a, b) => a + b, 0),
            )
            mostToOne = Math.max(mostToOne, ...counts)
            await sleep(30)
            now.set(conversation, (now.get(conversation) ?? 0) - 1)
            return sent
          },
        })
        .poll()
      assert.deepEqual([most, mostToOne], [8, 1])
    })

    it('is not held up by a chat that hangs', async () => {
      await crowd(post, 14, 14)
      const hanging = Promise.withResolvers<Sent>()
      const send = async ({ conversation }: ChatReference) => (conversation === 'chat-coach-7' ? hanging.promise : sent)
      const looking = post.replica({ send }).poll()
      while (post.events('notice.sent').length < 13) await sleep(5)
      const hangs = (await post.left({ programme: 'crowd', person: 'person-7', to: 'coach-7' })) ?? assert.fail()
      assert.equal(hangs.attempts, 0, 'it is not over yet')
      hanging.resolve(sent)
      await looking
    })
  })

  it('goes on with others when a store call about one notice never ends', async () => {
    await crowd(post, 12, 12)
    const get: Get = key => (key.id === 'j:person-3' ? never() : post.store.get(key))
    const replica = post.replica({ store: { ...post.store, get }, send: async () => sent })
    await onQuickClock(() => replica.poll(), 61)
    assert.deepEqual([post.events('notice.sent').length, post.events('notice.stuck').length], [11, 1])
  })
})
