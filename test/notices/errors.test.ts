/**
 * The table of errors, a row a test: what the connector answers, what is tried again and when, when that is given up, and
 * who is told. Through the real messenger, over HTTP; the clock is moved. What is about the person is in `reach.test.ts`,
 * what is ours to mend in `ours.test.ts`, answers to whoever pressed or typed in `test/teams/replies.test.ts`.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { counted } from '../../src/outbox/retry-policy.ts'
import type { Answer } from '../teams/connector.ts'
import { people, undelivered } from '../world.ts'
import { openPost, type Post, told } from './post.ts'

const other = { person: people.other }

describe('when a notice is not taken', () => {
  let post: Post
  beforeEach(async () => {
    post = await openPost()
  })
  afterEach(() => post.close())

  describe('429', () => {
    it('with Retry-After: not before that, and it is no repeat', async () => {
      post.connector.script({ status: 429, headers: { 'retry-after': '120' } })
      await post.sendNew()
      await post.lookAfter(119)
      assert.equal(post.posts(), 1)
      await post.lookAfter(2)
      assert.deepEqual([post.posts(), post.unlabelled(), await post.left()], [2, 1, undefined])
    })

    it('with a day of Retry-After: after a quarter of an hour', async () => {
      post.connector.script({ status: 429, headers: { 'retry-after': '86400' } })
      await post.sendNew()
      await post.lookAfter(899)
      assert.equal(post.posts(), 1)
      await post.lookAfter(2)
      assert.equal(post.posts(), 2)
    })

    it('without: after pauses that grow', async () => {
      const pauses = []
      await post.promise({ state: 'later', runAt: post.time.now })
      for (let n = 0; n < 5; n++) {
        post.connector.script({ status: 429 })
        await post.replica().poll()
        const { runAt = '' } = (await post.left()) ?? {}
        pauses.push((Date.parse(runAt) - Date.parse(post.time.now)) / 1000)
        post.time.now = runAt
      }
      assert.deepEqual(pauses, [2, 4, 8, 16, 32])
    })

    it('pauses that tenant: nothing else goes there before it is over, and then all does, as no repeat', async () => {
      const replica = post.replica()
      post.connector.script({ status: 429, headers: { 'retry-after': '60' } })
      await replica.deliver([await post.promise()])
      await post.change(people.newCoach, before => ({ ...before, chat: post.chatOf(people.newCoach) }))
      await replica.deliver([await post.promise(other)])
      await post.promise({ ...other, no: 2, state: 'later', runAt: post.time.now })
      await replica.poll()
      post.move(59)
      await replica.poll()
      assert.deepEqual([post.posts(), (await post.left(other))?.attempts], [1, 0])
      post.move(10)
      await replica.poll()
      assert.deepEqual([post.posts(), post.unlabelled()], [3, 2])
    })

    it('pauses what may be a repeat as well, and it still says so afterwards', async () => {
      const replica = post.replica()
      post.connector.script({ status: 429, headers: { 'retry-after': '60' } })
      await replica.deliver([await post.promise()])
      await post.promise({ ...other, runAt: post.time.now })
      await replica.poll()
      assert.deepEqual([post.posts(), (await post.left(other))?.state], [1, 'later'])
      post.move(70)
      await replica.poll()
      assert.deepEqual([post.posts(), post.unlabelled()], [3, 1])
    })

    it('412 is one notice’s own trouble, and pauses nobody', async () => {
      const replica = post.replica()
      post.connector.script(told(412, 'PreconditionFailed'))
      await replica.deliver([await post.promise()])
      await replica.deliver([await post.promise(other)])
      assert.deepEqual([post.posts(), await post.left(other)], [2, undefined])
      const alarms = post.reports.filter(({ event }) => event.startsWith('sending.'))
      assert.deepEqual(alarms, [], 'an operator is not woken for it')
    })

    it('pauses no other tenant', async () => {
      const replica = post.replica()
      post.connector.script({ status: 429, headers: { 'retry-after': '60' } })
      await replica.deliver([await post.promise()])
      await post.change(people.coach, before => ({
        ...before,
        chat: { ...post.chatOf(people.coach), tenant: 'other' },
      }))
      await replica.deliver([await post.promise(other)])
      assert.equal(post.posts(), 2)
    })

    it('since a moment that only a wrong clock has seen: the day begins now', () => {
      const since = '2026-12-23T09:00:00.000Z'
      const notice = { ...undelivered, lastError: 'throttled', since }
      assert.equal(counted(notice, 'throttled', '2026-11-23T09:00:00.000Z').since, '2026-11-23T09:00:00.000Z')
      assert.equal(counted(notice, 'throttled', '2026-12-23T08:50:00.000Z').since, since)
    })

    it('for a day: an operator’s', () =>
      post.isATaskAfterADay('http429', { status: 429, headers: { 'retry-after': '900' } }))
  })

  describe('what never left', () => {
    /** Where nobody listens. */
    async function closedPort(): Promise<string> {
      const free = createServer().listen(0, '127.0.0.1')
      await once(free, 'listening')
      const address = free.address()
      free.close()
      return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : assert.fail()}/`
    }

    it('412: again after 2 to 60 seconds, with jitter; the eighth time an operator’s', async () => {
      const pauses = []
      await post.promise({ state: 'later', runAt: post.time.now })
      for (let n = 0; n < 8; n++) {
        post.connector.script(told(412, 'PreconditionFailed'))
        await post.replica({ random: () => (n % 2 ? 0 : 1) }).poll()
        const { runAt = '', state } = (await post.left()) ?? {}
        if (state === 'later') pauses.push((Date.parse(runAt) - Date.parse(post.time.now)) / 1000)
        post.time.now = runAt.startsWith('9') ? post.time.now : runAt
      }
      assert.deepEqual(pauses, [2, 2, 8, 8, 32, 30, 60])
      await post.isATask('PreconditionFailed', 8)
    })

    for (const [name, serviceUrl] of [
      ['refused', closedPort],
      ['no such name', async () => 'http://localhost.invalid/'],
    ] as const) {
      it(`${name}: the same, and it is no repeat when it arrives`, async () => {
        const { send } = (await import('../../src/teams/outbound/messenger.ts')).createMessenger({
          token: async () => undefined,
          mayCall: () => true,
        })
        const url = await serviceUrl()
        await post.change(people.coach, before => ({ ...before, chat: post.chatOf(people.coach, url) }))
        await post.replica({ send }).deliver([await post.promise()])
        const { state, lastError, unknownSends } = (await post.left()) ?? assert.fail()
        assert.deepEqual([state, lastError, unknownSends], ['later', 'notDelivered', 0])
        await post.change(people.coach, before => ({ ...before, chat: post.chatOf(people.coach) }))
        await post.lookAfter(2)
        assert.deepEqual([post.posts(), post.unlabelled()], [1, 1])
      })
    }
  })

  describe('what may have arrived', () => {
    for (const answer of [500, 502, 503, 504, 408, 'reset', 'hang'] as const) {
      const name = typeof answer === 'number' ? `${answer}` : answer
      const given: Answer = typeof answer === 'number' ? { status: answer } : answer

      it(`${name}: once more after ten minutes, labelled; the second time an operator’s`, async () => {
        post.connector.script(given)
        await post.sendNew()
        await post.lookAfter(599)
        assert.equal(post.posts(), 1)
        post.connector.script(given)
        await post.lookAfter(2)
        assert.deepEqual([post.posts(), post.unlabelled()], [2, 1])
        const [code] = post.events('notice.undeliverable').map(fields => String(fields.code))
        await post.isATask(code ?? '', 2)
      })
    }

    it('and is well the second time: done with', async () => {
      post.connector.script({ status: 502 })
      await post.sendNew()
      await post.lookAfter(601)
      assert.deepEqual([post.posts(), post.unlabelled(), await post.left()], [2, 1, undefined])
    })

    it('never goes out a third time, whatever comes between', async () => {
      post.connector.script({ status: 502 })
      await post.sendNew()
      post.connector.script({ status: 429, headers: { 'retry-after': '60' } })
      await post.lookAfter(601)
      post.connector.script({ status: 502 })
      await post.lookAfter(61)
      await post.isATask('http502', 3)
      assert.equal(post.unlabelled(), 1)
    })
  })
})
