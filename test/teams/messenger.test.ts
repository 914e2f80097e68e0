import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { isLocal } from '../../src/teams/inbound/frontDoor.ts'
import { createMessenger } from '../../src/teams/outbound/messenger.ts'
import { type Answer, type Connector, startConnector } from './connector.ts'

const card = { card: { type: 'AdaptiveCard', version: '1.5' }, summary: 'Something for you' }

describe('messenger', () => {
  let connector: Connector
  /** Long enough for a busy machine to answer within half of it. */
  const limitMs = 600
  const messenger = createMessenger({ token: async () => undefined, mayCall: isLocal, limitMs })
  const chat = () => ({
    serviceUrl: connector.serviceUrl,
    conversation: 'a:1/x;y',
    tenant: 't',
    bot: '28:bot',
    account: '29:anna',
  })

  beforeEach(async () => {
    connector = await startConnector()
  })
  afterEach(() => connector.stop())

  it('posts a card with its summary, addressed both ways', async () => {
    assert.deepEqual(await messenger.send(chat(), card), { sent: true, activity: 'm1' })
    assert.deepEqual(connector.received, [
      {
        method: 'POST',
        path: '/_connector/v3/conversations/a%3A1%2Fx%3By/activities',
        authorization: undefined,
        activity: {
          type: 'message',
          from: { id: '28:bot' },
          recipient: { id: '29:anna' },
          conversation: { id: 'a:1/x;y', tenantId: 't' },
          summary: 'Something for you',
          attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card.card }],
        },
      },
    ])
  })

  it('posts a sentence as plain text, with the token it is given', async () => {
    const withToken = createMessenger({ token: async url => `for ${url}`, mayCall: isLocal })
    await withToken.send(chat(), 'a *plain* sentence')
    const [{ authorization, activity } = assert.fail()] = connector.received
    assert.equal(authorization, `Bearer for ${connector.serviceUrl}`)
    assert.deepEqual([activity.text, activity.textFormat], ['a *plain* sentence', 'plain'])
  })

  it('replaces a card where it stands', async () => {
    assert.deepEqual(await messenger.update(chat(), '1795/1', card), { sent: true, activity: '1795%2F1' })
    const [{ method, path } = assert.fail()] = connector.received
    assert.deepEqual([method, path], ['PUT', '/_connector/v3/conversations/a%3A1%2Fx%3By/activities/1795%2F1'])
  })

  const blocked = { message: JSON.stringify({ subCode: 'MessageWritesBlocked', details: 'Anna blocked it' }) }
  const told = (code: string) => ({ error: { code, message: 'Some words' } })
  const table: [string, Answer, object][] = [
    [
      'blocked, told inside the message',
      { status: 403, body: { error: { code: 'Forbidden', ...blocked } } },
      { why: 'unreachable', code: 'MessageWritesBlocked' },
    ],
    [
      'blocked, told at the top',
      { status: 403, body: { errorCode: 209, ...blocked } },
      { why: 'unreachable', code: 'MessageWritesBlocked' },
    ],
    ...['BotNotInConversationRoster', 'BotDisabledByAdmin', 'ForbiddenOperationException'].map(
      (code): [string, Answer, object] => [code, { status: 403, body: told(code) }, { why: 'unreachable', code }],
    ),
    [
      'a wrong address of ours',
      { status: 403, body: told('InvalidBotApiHost') },
      { why: 'misdirected', code: 'InvalidBotApiHost' },
    ],
    ['a 403 of some proxy', { status: 403, body: '<html>No</html>' }, { why: 'refused', code: 'http403' }],
    [
      'no such conversation',
      { status: 404, body: told('ConversationNotFound') },
      { why: 'noConversation', code: 'ConversationNotFound' },
    ],
    [
      'no such message',
      { status: 404, body: told('ActivityNotFoundInConversation') },
      { why: 'noActivity', code: 'ActivityNotFoundInConversation' },
    ],
    ['a 404 of some proxy', { status: 404, body: '<html>No</html>' }, { why: 'refused', code: 'http404' }],
    [
      'too many',
      { status: 429, headers: { 'retry-after': '7' } },
      { why: 'throttled', code: 'http429', retryAfterSeconds: 7 },
    ],
    [
      'far too many',
      { status: 429, headers: { 'retry-after': '86400' } },
      { why: 'throttled', code: 'http429', retryAfterSeconds: 900 },
    ],
    [
      'too many, until a date gone by',
      { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } },
      { why: 'throttled', code: 'http429', retryAfterSeconds: 0 },
    ],
    [
      'too many, until a date by the clock of who says so',
      {
        status: 429,
        headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:30 GMT', date: 'Wed, 21 Oct 2015 07:28:00 GMT' },
      },
      { why: 'throttled', code: 'http429', retryAfterSeconds: 30 },
    ],
    [
      'too many, of unknown length',
      { status: 429, headers: { 'retry-after': 'soon' } },
      { why: 'throttled', code: 'http429' },
    ],
    ['too many, without a word', { status: 429, body: told('Throttled') }, { why: 'throttled', code: 'Throttled' }],
    ['accepted, then 502', { status: 502 }, { why: 'ambiguous', code: 'http502' }],
    ...[408, 500, 503, 504].map((status): [string, Answer, object] => [
      `${status}`,
      { status },
      { why: 'ambiguous', code: `http${status}` },
    ]),
    ['accepted, then reset', 'reset', { why: 'ambiguous', code: 'ECONNRESET' }],
    ['accepted, then silence', 'hang', { why: 'ambiguous', code: 'TimeoutError' }],
    [
      'a passing state',
      { status: 412, body: told('PreconditionFailed') },
      { why: 'notDelivered', code: 'PreconditionFailed' },
    ],
    ['a bad activity', { status: 400, body: told('BadSyntax') }, { why: 'refused', code: 'BadSyntax' }],
    ['too large', { status: 413, body: told('MessageSizeTooBig') }, { why: 'refused', code: 'MessageSizeTooBig' }],
    ['elsewhere', { status: 307, headers: { location: '/elsewhere' } }, { why: 'refused', code: 'http307' }],
    [
      'more words than an honest answer has',
      { status: 403, body: { ...told('BotDisabledByAdmin'), padding: 'x'.repeat(70_000) } },
      { why: 'refused', code: 'http403' },
    ],
    ['a sentence for a code', { status: 400, body: told('Anna said something') }, { why: 'refused', code: 'http400' }],
  ]
  for (const [name, answer, result] of table) {
    it(`sorts out ${name}, with one try`, async () => {
      connector.script(answer)
      assert.deepEqual(await messenger.send(chat(), card), { sent: false, ...result })
      assert.equal(connector.received.length, 1)
    })
  }

  it('tries a replacement once as well', async () => {
    for (const answer of ['reset', 'hang', { status: 502 }] as const) {
      connector.script(answer)
      const sent = await messenger.update(chat(), 'm1', card)
      assert.equal(!sent.sent && sent.why, 'ambiguous')
    }
    assert.equal(connector.received.length, 3)
  })

  it('takes an accepted message for sent, whatever becomes of the rest of the answer', async () => {
    for (const answer of [
      'hangInBody',
      { status: 202, body: '' },
      { status: 201, body: `"${'x'.repeat(100_000)}"` },
    ] as const) {
      connector.script(answer)
      assert.deepEqual(await messenger.send(chat(), card), { sent: true, activity: undefined })
    }
  })

  it('asks for a fresh token when its own was refused, and once', async () => {
    const asked: boolean[] = []
    const token = async (_url: string, fresh = false) => `token ${asked.push(fresh)}`
    const withToken = createMessenger({ token, mayCall: isLocal })
    connector.script({ status: 401 })
    assert.equal((await withToken.send(chat(), card)).sent, true)
    assert.deepEqual(asked, [false, true])
    assert.deepEqual(
      connector.received.map(({ authorization }) => authorization),
      ['Bearer token 1', 'Bearer token 2'],
    )
    connector.script({ status: 401 }, { status: 401 })
    assert.deepEqual(await withToken.send(chat(), card), { sent: false, why: 'unauthorised', code: 'http401' })
    assert.equal(connector.received.length, 4)
  })

  it('has no time to try a fresh token when the refusal took it all: nothing was sent, and that is said', async () => {
    const asked: boolean[] = []
    const token = async (_url: string, fresh = false) => `token ${asked.push(fresh)}`
    const withToken = createMessenger({ token, mayCall: isLocal, limitMs })
    connector.script({ status: 401, endless: true })
    assert.deepEqual(await withToken.send(chat(), card), { sent: false, why: 'unauthorised', code: 'http401' })
    assert.deepEqual(asked, [false])
  })

  it('opens a chat with one person, and tells where it is', async () => {
    connector.script({ status: 201, body: { id: 'a:new' } })
    assert.deepEqual(await messenger.open(chat()), { opened: true, conversation: 'a:new' })
    const [{ method, path, activity } = assert.fail()] = connector.received
    assert.deepEqual([method, path], ['POST', '/_connector/v3/conversations'])
    assert.deepEqual(activity, {
      bot: { id: '28:bot' },
      members: [{ id: '29:anna' }],
      isGroup: false,
      tenantId: 't',
      channelData: { tenant: { id: 't' } },
    })
  })

  it('takes an opening of unknown outcome for one that may be repeated, and one without an id for none', async () => {
    for (const answer of ['reset', 'hang', { status: 502 }] as const) {
      connector.script(answer)
      const opened = await messenger.open(chat())
      assert.equal('why' in opened && opened.why, 'notDelivered')
    }
    connector.script({ status: 201, body: {} })
    assert.deepEqual(await messenger.open(chat()), { sent: false, why: 'refused', code: 'NoConversationId' })
  })

  it('never waits longer than its limit, whoever hangs, and half as long for a replacement', async () => {
    const took = async (work: () => Promise<unknown>) => {
      const began = performance.now()
      await work()
      return performance.now() - began
    }
    connector.script('hang', 'hang')
    const sending = await took(() => messenger.send(chat(), card))
    const replacing = await took(() => messenger.update(chat(), 'm', card))
    assert.ok(sending >= limitMs * 0.95 && sending < limitMs * 4, `${sending} ms`)
    assert.ok(replacing >= limitMs * 0.45 && replacing < sending, `${replacing} of ${sending} ms`)
    const token = () => new Promise<string>(() => {})
    const waiting = createMessenger({ token, mayCall: isLocal, limitMs })
    const without = await took(() => waiting.send(chat(), card))
    assert.ok(without >= limitMs * 0.95 && without < limitMs * 4, `${without} ms`)
    assert.equal(connector.received.length, 2)
  })

  it('knows what never left: nobody listens there, nobody has that name, no token', async () => {
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const address = free.address()
    const port = typeof address === 'object' && address ? address.port : assert.fail()
    free.close()
    for (const host of ['127.0.0.1', 'localhost']) {
      const sent = await messenger.send({ ...chat(), serviceUrl: `http://${host}:${port}/` }, card)
      assert.deepEqual(sent, { sent: false, why: 'notDelivered', code: 'ECONNREFUSED' })
    }
    const anywhere = createMessenger({ token: async () => undefined, mayCall: () => true })
    const nowhere = await anywhere.send({ ...chat(), serviceUrl: 'http://connector.invalid/' }, card)
    assert.equal(!nowhere.sent && nowhere.why, 'notDelivered')
    let asked = 0
    const none = () => Promise.reject(new Error(`secret words ${asked++}`))
    const tokenless = createMessenger({ token: none, mayCall: isLocal })
    assert.deepEqual(await tokenless.send(chat(), card), { sent: false, why: 'unauthorised', code: 'NoToken' })
    assert.equal(asked, 1)
    assert.equal(connector.received.length, 0)
  })

  it('calls nobody whom it may not call, and asks for no token for them', async () => {
    const tokens: string[] = []
    const strict = createMessenger({ token: async url => `token ${tokens.push(url)}`, mayCall: isLocal })
    for (const serviceUrl of [
      'https://evil.example/',
      'http://localhost.evil.example/',
      'http://127.0.0.1@evil.example/',
      'nonsense',
    ]) {
      const sent = await strict.send({ ...chat(), serviceUrl }, card)
      assert.deepEqual(sent, { sent: false, why: 'refused', code: 'ServiceUrlNotAllowed' })
    }
    assert.deepEqual(tokens, [])
  })

  it('keeps one connection for twenty sends', async () => {
    for (let n = 0; n < 20; n++) {
      await messenger.send(chat(), card)
      // The connection is given back in the next round of the event loop, which every real pause between sends has.
      await new Promise(resolve => setImmediate(resolve))
    }
    assert.deepEqual([connector.received.length, connector.connections()], [20, 1])
  })
})
