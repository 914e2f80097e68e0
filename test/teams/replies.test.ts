/**
 * The table of errors for answers to whoever pressed or typed, a row a test: what is harmless is tried again while they look,
 * what may have arrived never is, and the platform is answered in time whatever hangs. Over HTTP, both ways. Seconds are
 * short here, so nobody waits for real ones; a send takes one of them at most.
 */
import assert from 'node:assert/strict'
import { message, submit } from './activities.ts'
import { type Bot, startBot, turnWith } from './bot.ts'
import { type Answer, type Connector, startConnector } from './connector.ts'

const card = { card: { type: 'AdaptiveCard', version: '1.5' }, summary: 'Saved' }
const told = (status: number, code: string): Answer => ({ status, body: { error: { code } } })
/** How long a second is here, and where it is looked at that something comes neither early nor late. */
const secondMs = 300
const longSecondMs = 500
const put = 'PUT activities/1795411974306'
const post = 'POST activities'

describe('when an answer is not taken', () => {
  let connector: Connector
  let bot: Bot
  beforeEach(async () => {
    connector = await startConnector()
    await open(secondMs, 1)
  })
  afterEach(async () => {
    await bot.close()
    await connector.stop()
  })

  /** @param sendSeconds how long a send may take. */
  async function open(secondMs: number, sendSeconds: number): Promise<void> {
    const limitMs = secondMs * sendSeconds
    bot = await startBot({ conversation: async () => turnWith({ reply: { card } }), limitMs, secondMs })
  }

  const inTime = (seconds: number) => seconds > 2.4 && seconds < 2.95
  const sent = () => connector.received.map(({ method, path }) => `${method} ${path.split('/').slice(5).join('/')}`)
  const reported = (event: string) => bot.events().filter(each => each === event).length

  /** What was sent when all of it is over, and how many seconds the platform waited for its answer. */
  async function answering(activity: object, ...answers: Answer[]): Promise<{ sent: string[]; seconds: number }> {
    const { secondMs } = bot
    connector.script(...answers)
    const began = performance.now()
    const { status } = await bot.post({ ...activity, serviceUrl: connector.serviceUrl })
    const seconds = (performance.now() - began) / secondMs
    assert.equal(status, 200)
    await bot.settled()
    return { sent: sent(), seconds }
  }
  const pressed = (...answers: Answer[]) => answering(submit('answer', {}), ...answers)
  const typed = (...answers: Answer[]) => answering(message('home'), ...answers)

  describe('a card in the place of the pressed one', () => {
    for (const answer of [500, 502, 503, 504, 408, 412, 'reset'] as const) {
      const given: Answer = typeof answer === 'number' ? { status: answer } : answer

      it(`${answer}: is tried again, which is harmless`, async () => {
        assert.deepEqual((await pressed(given)).sent, [put, put])
        assert.deepEqual((await pressed(given, given)).sent.slice(2), [put, put, put])
        assert.equal(reported('card.notReplaced'), 0)
      })

      it(`${answer}, thrice: a new card below`, async () => {
        assert.deepEqual((await pressed(given, given, given)).sent, [put, put, put, post])
        assert.equal(reported('card.notReplaced'), 1)
      })
    }

    it('404 ActivityNotFound: is tried once more, and then a new card below', async () => {
      const gone = told(404, 'ActivityNotFoundInConversation')
      assert.deepEqual((await pressed(gone)).sent, [put, put])
      assert.deepEqual((await pressed(gone, gone)).sent.slice(2), [put, put, post])
    })

    it('no answer in half the time of a send: is tried again', async () => {
      const { sent, seconds } = await pressed('hang')
      assert.deepEqual(sent, [put, put])
      assert.ok(seconds > 0.45 && seconds < 2, `${seconds} s`)
    })

    it('429: waits as long as it is told, once', async () => {
      const { sent, seconds } = await pressed({ status: 429, headers: { 'retry-after': '1' } })
      assert.deepEqual(sent, [put, put])
      assert.ok(seconds > 0.95 && seconds < 2, `${seconds} s`)
    })

    for (const [status, code] of [
      [400, 'BadSyntax'],
      [413, 'MessageSizeTooBig'],
    ] as const) {
      it(`${status}: a new card below, once, and an operator is told when that is not taken either`, async () => {
        assert.deepEqual((await pressed(told(status, code), told(status, code))).sent, [put, post])
        assert.deepEqual([reported('card.notReplaced'), reported('reply.notSent')], [1, 1])
      })
    }

    for (const [status, code, tries] of [
      [403, 'MessageWritesBlocked', 1],
      [403, 'InvalidBotApiHost', 1],
      [401, 'Unauthorized', 2],
    ] as const) {
      it(`${status} ${code}: no new card, which would not be taken either; an operator is told`, async () => {
        const no = told(status, code)
        assert.deepEqual((await pressed(no, no)).sent, Array(tries).fill(put))
        assert.equal(reported('reply.notSent'), 1)
      })
    }
  })

  describe('a new message', () => {
    for (const answer of [500, 502, 503, 504, 408, 'reset', 'hang'] as const) {
      it(`${answer}: may have arrived, and is never sent again`, async () => {
        const given: Answer = typeof answer === 'number' ? { status: answer } : answer
        assert.deepEqual((await typed(given)).sent, [post])
        assert.equal(reported('reply.notSent'), 1)
      })
    }

    it('412: never left, and is tried twice more', async () => {
      const passing = told(412, 'PreconditionFailed')
      assert.deepEqual((await typed(passing, passing)).sent, [post, post, post])
      assert.deepEqual((await typed(passing, passing, passing)).sent.slice(3), [post, post, post])
      assert.equal(reported('reply.notSent'), 1)
    })

    it('429: waits as long as it is told, once, and the platform is answered meanwhile', async () => {
      await bot.close()
      await open(longSecondMs, 1)
      const { sent, seconds } = await typed({ status: 429, headers: { 'retry-after': '3' } })
      assert.deepEqual(sent, [post, post])
      assert.ok(inTime(seconds), `${seconds} s`)
      const again = { status: 429, headers: { 'retry-after': '0' } }
      assert.deepEqual((await typed(again, again)).sent.slice(2), [post, post])
      assert.equal(reported('reply.notSent'), 1)
    })

    it('429 for longer than anybody looks: given up', async () => {
      assert.deepEqual((await typed({ status: 429, headers: { 'retry-after': '11' } })).sent, [post])
      assert.equal(reported('reply.notSent'), 1)
    })

    it('404 ConversationNotFound: they have just written from there, so no other chat is opened', async () => {
      assert.deepEqual((await typed(told(404, 'ConversationNotFound'))).sent, [post])
      assert.equal(reported('reply.notSent'), 1)
    })

    it('401: again at once with a fresh token', async () => {
      assert.deepEqual((await typed({ status: 401 })).sent, [post, post])
      assert.equal(reported('reply.notSent'), 0)
    })
  })

  it('hangs all the way: the platform is answered within three seconds, and close waits for the rest', async () => {
    await bot.close()
    await open(longSecondMs, 4)
    connector.script('hang', 'hang')
    const began = performance.now()
    await bot.post({ ...submit('answer', {}), serviceUrl: connector.serviceUrl })
    const seconds = (performance.now() - began) / longSecondMs
    assert.ok(inTime(seconds), `${seconds} s`)
    assert.deepEqual(sent(), [put, post])
    await bot.close()
    assert.equal(reported('reply.notSent'), 1)
  })
})
