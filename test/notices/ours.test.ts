/** What is ours to mend: the rows of the table of errors of which an operator is told at once. */
import assert from 'node:assert/strict'
import { people } from '../world.ts'
import { openPost, type Post, promisedNow, told } from './post.ts'

const other = { person: people.other }

describe('when it is ours to mend', () => {
  let post: Post
  beforeEach(async () => {
    post = await openPost()
  })
  afterEach(() => post.close())

  it('403 InvalidBotApiHost: an operator is told at once; again after a quarter of an hour; after a day it is theirs', async () => {
    const wrongHost = told(403, 'InvalidBotApiHost')
    post.connector.script(wrongHost)
    await post.sendNew()
    assert.deepEqual(post.events('sending.misdirected'), [{ error: 'misdirected', code: 'InvalidBotApiHost' }])
    await post.lookAfter(899)
    assert.equal(post.posts(), 1)
    await post.lookAfter(2)
    assert.deepEqual([post.posts(), post.unlabelled(), await post.left()], [2, 1, undefined])
    await post.isATaskAfterADay('InvalidBotApiHost', wrongHost)
    assert.equal((await post.profile()).unreachableSince, undefined)
  })

  for (const [name, answer, code] of [
    ['400', told(400, 'BadSyntax'), 'BadSyntax'],
    ['413', told(413, 'MessageSizeTooBig'), 'MessageSizeTooBig'],
    ['403 of some proxy', { status: 403, body: '<html>CANARY</html>' }, 'http403'],
    ['404 of some proxy', { status: 404, body: '<html>CANARY</html>' }, 'http404'],
  ] as const) {
    it(`${name}: never again, an operator’s at once`, async () => {
      post.connector.script(answer)
      await post.sendNew()
      await post.isATask(code, 1)
      assert.equal((await post.profile()).unreachableSince, undefined)
    })
  }

  describe('401', () => {
    const asked: boolean[] = []
    beforeEach(async () => {
      await post.close()
      asked.length = 0
      post = await openPost(async (_url, fresh = false) => `token ${asked.push(fresh)}`)
    })

    it('once: again at once with a fresh token, and nobody notices', async () => {
      post.connector.script({ status: 401 })
      await post.sendNew()
      assert.deepEqual(asked, [false, true])
      assert.deepEqual(
        post.connector.received.map(({ authorization }) => authorization),
        ['Bearer token 1', 'Bearer token 2'],
      )
      assert.deepEqual([post.unlabelled(), post.events('sending.unauthorised'), await post.left()], [1, [], undefined])
    })

    it('twice: an operator is told, and nothing is sent to anybody for five minutes', async () => {
      const replica = post.replica()
      post.connector.script({ status: 401 }, { status: 401 })
      await replica.deliver([await post.promise()])
      assert.deepEqual(post.events('sending.unauthorised'), [{ error: 'unauthorised', code: 'http401' }])
      await post.change(people.coach, before => ({
        ...before,
        chat: { ...post.chatOf(people.coach), tenant: 'other' },
      }))
      await replica.deliver([await post.promise(other)])
      post.move(299)
      await replica.poll()
      assert.equal(post.posts(), 2)
      post.move(40)
      await replica.poll()
      assert.deepEqual(
        [post.posts(), post.unlabelled(), await post.left(), await post.left(other)],
        [4, 2, undefined, undefined],
      )
    })

    it('for a day: the operator’s', () => post.isATaskAfterADay('http401', { status: 401 }, { status: 401 }))
  })

  it('no token to be had: as 401, and the connector is not asked', async () => {
    await post.close()
    post = await openPost(() => Promise.reject(new Error('CANARY')))
    await post.sendNew()
    const { state, lastError } = (await post.left()) ?? assert.fail()
    assert.deepEqual([state, lastError, post.posts()], ['later', 'unauthorised', 0])
    assert.deepEqual(post.events('sending.unauthorised'), [{ error: 'unauthorised', code: 'NoToken' }])
  })

  it('a card that cannot be drawn: an operator is told, it is tried again for a day, and is no repeat', async () => {
    const broken = { ...post.store, get: failing(post.store.get) }
    await post.replica({ store: broken }).deliver([await post.promise()])
    const { state, lastError, unknownSends } = (await post.left()) ?? assert.fail()
    assert.deepEqual([state, lastError, unknownSends, post.posts()], ['later', 'broken', 0, 0])
    assert.equal(post.events('notice.failed')[0]?.error, 'RangeError')
    await post.lookAfter(2)
    assert.deepEqual([post.posts(), post.unlabelled()], [1, 1])
  })

  /** Journeys cannot be read. */
  function failing(get: Post['store']['get']): Post['store']['get'] {
    return key => (key.type === 'journey' ? Promise.reject(new RangeError('CANARY')) : get(key))
  }

  it('a kind that has no card here: kept for a newer replica, and an operator is told', async () => {
    await post.change(people.ready, before => ({ ...before, chat: post.chatOf(people.ready) }))
    const asked = { kind: 'ofTomorrow' as 'nudge', to: people.ready }
    await post.sendNew(asked)
    assert.deepEqual([post.posts(), (await post.left(asked))?.lastError], [0, 'broken'])
    assert.equal(post.events('notice.failed').length, 1)
  })

  it('five leases that ran out, and one more: something dies over it, an operator’s', async () => {
    await post.promise({ ...promisedNow(post.time.now), unknownSends: 5 })
    await post.lookAfter(31)
    await post.isATask('unknown', 0)
  })
})
