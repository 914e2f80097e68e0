import assert from 'node:assert/strict'
import type { Turn } from '../../src/conversation/turn/reply.ts'
import type { Promised } from '../../src/domain/readiness.ts'
import { anna, execute, inGroup, installation, message, submit } from './activities.ts'
import { type Bot, type BotOptions, sorryText, startBot, turnWith } from './bot.ts'
import { type Connector, startConnector } from './connector.ts'

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Saved' }] }
const rendered = { card, summary: 'Saved' }
const promised: Promised = { kind: 'ready', programme: 'p', person: anna, round: 1, no: 1, to: 'coach' }

describe('turns, over HTTP', () => {
  let connector: Connector
  let bot: Bot
  const here = (activity: object) => ({ ...activity, serviceUrl: connector.serviceUrl })
  const start = async (options: BotOptions) => {
    bot = await startBot(options)
  }
  const replying = (parts: Partial<Turn>) => start({ conversation: async () => turnWith(parts) })
  const paths = () => connector.received.map(({ method, path }) => `${method} ${path.split('/').slice(5).join('/')}`)

  beforeEach(async () => {
    connector = await startConnector()
  })
  afterEach(async () => {
    await bot.close()
    await connector.stop()
  })

  it('answers a press of Execute in the invoke, and sends nothing', async () => {
    await replying({ reply: { card: rendered } })
    const response = await bot.post(here(execute('answer', { answer: 'x' })))
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: card,
    })
    assert.deepEqual(paths(), [])
  })

  it('replaces the card whose Submit was pressed', async () => {
    await replying({ reply: { card: rendered } })
    const response = await bot.post(here(submit('answer', { answer: 'x' })))
    assert.deepEqual([response.status, await response.text()], [200, ''])
    assert.equal(response.headers.get('content-type'), null)
    assert.deepEqual(paths(), ['PUT activities/1795411974306'])
    assert.deepEqual(connector.received[0]?.activity.summary, 'Saved')
  })

  it('answers a message with a new card, and an event that says nothing with nothing', async () => {
    await replying({ reply: { card: rendered } })
    await bot.post(here(message('home')))
    assert.deepEqual(paths(), ['POST activities'])
    await bot.close()
    await replying({ outcome: 'ignored' })
    assert.equal((await bot.post(here(installation('add')))).status, 200)
    assert.equal(connector.received.length, 1)
  })

  it('hands over the same incoming for both kinds of press', async () => {
    await replying({ reply: { card: rendered } })
    await bot.post(here(execute('answer', { answer: 'x' })))
    await bot.post(here(submit('answer', { answer: 'x' })))
    assert.deepEqual(bot.incomings[0], bot.incomings[1])
  })

  it('gives a complete body for a press that has no card to show', async () => {
    await replying({ outcome: 'ignored' })
    const response = await bot.post(here(execute('x', {})))
    assert.deepEqual(await response.json(), {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: '',
    })
  })

  it('keeps promises after the answer, and lets close wait for them', async () => {
    const order: string[] = []
    await start({
      conversation: async () => turnWith({ reply: { card: rendered }, promised: [promised], nowReachable: true }),
      deliver: async ([notice]) => {
        order.push(`deliver to ${notice?.to}`)
        await new Promise(resolve => setTimeout(resolve, 100))
        order.push('delivered')
      },
    })
    await (await bot.post(here(execute('submit', {})))).json()
    order.push('answered')
    await bot.close()
    assert.equal(order.at(-1), 'delivered')
    assert.ok(order.indexOf('answered') < order.indexOf('delivered'))
    assert.deepEqual(bot.reachable, [anna])
  })

  it('goes on with nothing when nothing was promised', async () => {
    const begun: string[] = []
    await start({
      conversation: async () => turnWith({ reply: { card: rendered } }),
      deliver: async () => void begun.push('deliver'),
      work: async () => void begun.push('work'),
    })
    await bot.post(here(message('x')))
    await bot.settled()
    assert.deepEqual([begun, bot.reachable], [[], []])
  })

  it('outlives a delivery that breaks', async () => {
    await start({
      conversation: async () => turnWith({ reply: { card: rendered }, promised: [promised] }),
      deliver: () => Promise.reject(new TypeError('canary-5521')),
    })
    assert.equal((await bot.post(here(message('x')))).status, 200)
    await bot.settled()
    assert.ok(bot.events().includes('background.failed'))
    assert.ok(!bot.log().includes('canary'))
  })

  describe('when the conversation breaks', () => {
    const canary = 'canary-7731 what Anna wrote'
    let written = ''
    const { write: stdout } = process.stdout
    const { write: stderr } = process.stderr

    beforeEach(async () => {
      written = ''
      const capture = (chunk: unknown) => {
        written += String(chunk)
        return true
      }
      process.stdout.write = capture
      process.stderr.write = capture
      await start({
        conversation: async ({ kind }) => {
          throw new RangeError(`${canary} ${kind}`, {
            cause: Object.assign(new Error(canary), { code: 'SQLITE_BUSY' }),
          })
        },
      })
    })
    const release = () => {
      process.stdout.write = stdout
      process.stderr.write = stderr
    }
    afterEach(release)

    const quiet = () => {
      release()
      assert.ok(!`${written}${bot.log()}${JSON.stringify(connector.received)}`.includes('canary'))
      assert.equal(written, '')
    }

    it('tells who pressed, in the invoke', async () => {
      const response = await bot.post(here({ ...execute('answer', { answer: canary }), locale: 'zh-CN' }))
      assert.equal(response.status, 200)
      assert.deepEqual(await response.json(), {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: sorryText('pressed', 'zh-CN'),
      })
      const [line] = bot.log().split('\n')
      const { error, cause, at } = JSON.parse(line ?? '')
      assert.deepEqual([error, cause, at?.split(':')[0]], ['RangeError', 'SQLITE_BUSY', 'test/teams/turns.test.ts'])
      quiet()
    })

    it('tells who typed or submitted, in a message, and leaves their card alone', async () => {
      for (const activity of [message(canary), submit('answer', { answer: canary })]) {
        const response = await bot.post(here(activity))
        assert.deepEqual([response.status, await response.text()], [200, ''])
      }
      assert.deepEqual(paths(), ['POST activities', 'POST activities'])
      for (const { activity } of connector.received) assert.equal(activity.text, sorryText('typed', 'en'))
      quiet()
    })

    it('answers an event with 500 and one word', async () => {
      for (const change of ['add', 'remove']) {
        const response = await bot.post(here(installation(change)))
        assert.deepEqual([response.status, await response.json()], [500, { error: 'failed' }])
      }
      assert.deepEqual(paths(), [])
      quiet()
    })
  })

  it('serves nobody without an Entra id, and says so only in the log', async () => {
    await replying({ reply: { card: rendered } })
    const from = { id: '29:x', name: 'Canary Name' }
    assert.equal((await bot.post(here({ ...message('x'), from }))).status, 200)
    const pressed = await bot.post(here({ ...execute('x', {}), from }))
    assert.deepEqual(await pressed.json(), {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: sorryText('typed', 'en'),
    })
    assert.deepEqual([bot.incomings.length, bot.events()], [0, ['activity.ignored', 'activity.ignored']])
    assert.ok(!bot.log().includes('Canary'))
  })

  it('says of an invoke it does not serve that it is not served', async () => {
    await replying({})
    const response = await bot.post(here({ ...execute('x', {}), name: 'task/fetch' }))
    assert.deepEqual([response.status, await response.json()], [400, { error: 'not served' }])
  })

  it('hands on what comes from a group as such', async () => {
    await replying({ reply: { card: rendered } })
    await bot.post(here(inGroup(message('<at>Learning Log</at> help'))))
    assert.equal(bot.incomings[0]?.place, 'group')
  })

  it('logs ids only as hashes', async () => {
    await replying({ reply: { card: rendered } })
    await bot.post(here(message('canary text')))
    assert.ok(bot.log().includes('"person":"'))
    for (const secret of [anna, 'Anna', 'canary', 'personal-']) assert.ok(!bot.log().includes(secret), secret)
  })
})
