/** How the SDK reaches the network, by itself: what `cosmos-http.ts` promises beside what the fault tests see of it. */
import assert from 'node:assert/strict'
import dns from 'node:dns'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createListener, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import sinon from 'sinon'
import { type CosmosHttp, cosmosHttp } from '../../src/store/cosmos/cosmos-http.ts'

type Given = { readonly body?: unknown; readonly abortSignal?: AbortSignal; readonly url?: string }

describe('the way of the SDK to the network', () => {
  let http: CosmosHttp
  let url: string
  let close: (() => Promise<void>)[]
  let seen: { readonly request: IncomingMessage; readonly body: string }[]
  let connections: Socket[]

  beforeEach(() => {
    http = cosmosHttp()
    close = []
    seen = []
    connections = []
  })
  afterEach(async () => {
    http.close()
    for (const each of close) await each()
  })

  async function serve(answer: RequestListener) {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      seen.push({ request, body: Buffer.concat(chunks).toString() })
      answer(request, response)
    })
    server.keepAliveTimeout = 0
    server.on('connection', socket => connections.push(socket))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dbs/db?x=%2F`
    close.push(async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    })
    return server
  }

  const headers = { toJSON: () => ({ 'x-ms-version': '2020-07-15', 'content-type': 'application/json' }) }
  const post = (given: Given = {}) =>
    http.sendRequest({ url, method: 'POST', headers, allowInsecureConnection: true, body: '{"é":1}', ...given })

  const codeOf = (code: string) => (error: unknown) => {
    assert.equal((error as { code?: unknown }).code, code)
    return true
  }
  const givenUp = { name: 'AbortError' }

  it('asks for what it is told to, and for no compression', async () => {
    await serve((_request, response) => response.end())
    await post()
    const [{ request, body } = assert.fail()] = seen
    const { 'x-ms-version': version, 'content-length': length, 'accept-encoding': encoding } = request.headers
    assert.deepEqual([request.method, request.url, body], ['POST', '/dbs/db?x=%2F', '{"é":1}'])
    assert.deepEqual([version, length, encoding], ['2020-07-15', '8', undefined])
  })

  it('gives status, headers and text as they come', async () => {
    const text = Buffer.from('{"n":"学习"}')
    await serve(async (_request, response) => {
      response.writeHead(429, [...['X-MS-Activity-Id', 'a'], ...['x-twice', 'one'], ...['x-twice', 'two']])
      // Amid a character.
      response.write(text.subarray(0, 7))
      await sleep(20)
      response.end(text.subarray(7))
    })
    const answer = await post()
    assert.deepEqual([answer.status, answer.bodyAsText], [429, '{"n":"学习"}'])
    assert.deepEqual([answer.headers.get('x-ms-activity-ID'), answer.headers.has('x-other')], ['a', false])
    assert.equal(answer.headers.toJSON()['x-twice'], 'one, two')
  })

  it('keeps a connection, and does not write to one that was closed meanwhile', async () => {
    const server = await serve((_request, response) => response.end('1'))
    for (let no = 0; no < 10; no++) {
      await post()
      // A connection is free again in the next round of the event loop.
      await sleep(1)
    }
    assert.equal(connections.length, 1)
    for (let no = 0; no < 10; no++) {
      server.closeIdleConnections()
      await post()
      await sleep(1)
    }
    assert.deepEqual([connections.length, seen.length], [11, 20])
  })

  it('writes one request at a time to a connection', async () => {
    await serve(async (_request, response) => {
      await sleep(50)
      response.end('1')
    })
    await Promise.all([post(), post(), post()])
    assert.equal(connections.length, 3)
  })

  it('sends what was answered with a broken connection no second time', async () => {
    await serve((_request, response) => void response.socket?.resetAndDestroy())
    await assert.rejects(post(), codeOf('no answer, ECONNRESET'))
    await sleep(50)
    assert.equal(seen.length, 1)
  })

  it('names no answer by what the system calls it', async () => {
    const listener = createListener().listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const nobody = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`
    listener.close()
    await once(listener, 'close')
    await assert.rejects(post({ url: nobody }), codeOf('no answer, ECONNREFUSED'))
  })

  it('says that a host is not found in the SDK’s word for it', async () => {
    const error = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
    const lookup = sinon
      .stub(dns, 'lookup')
      .callsFake(((_host: string, _options: object, done: (e: Error) => void) => done(error)) as typeof dns.lookup)
    try {
      await assert.rejects(post({ url: 'http://nowhere.invalid/' }), codeOf('ENOTFOUND'))
    } finally {
      lookup.restore()
    }
  })

  it('goes over plain http only where it is allowed', async () => {
    await serve((_request, response) => response.end())
    await assert.rejects(http.sendRequest({ url, method: 'GET', headers }), /http:/)
    assert.equal(seen.length, 0)
  })

  it('sends nothing but text', async () => {
    await serve((_request, response) => response.end())
    await assert.rejects(post({ body: new Blob(['x']) }), TypeError)
    assert.equal(seen.length, 0)
  })

  describe('whose signal', () => {
    it('has ended it already sends nothing', async () => {
      await serve((_request, response) => response.end())
      await assert.rejects(post({ abortSignal: AbortSignal.abort() }), givenUp)
      await sleep(50)
      assert.equal(connections.length, 0)
    })

    it('ends it while it waits for a connection is never written', async () => {
      await serve((_request, response) => response.end())
      const controller = new AbortController()
      const sent = post({ abortSignal: controller.signal })
      controller.abort()
      await assert.rejects(sent, givenUp)
      await sleep(50)
      assert.deepEqual([connections.length, seen.length], [1, 0])
    })

    it('ends it while it waits for the answer hangs up, and the next one is answered', async () => {
      let first = true
      await serve((_request, response) => {
        if (!first) response.end('1')
        first = false
      })
      const controller = new AbortController()
      const sent = post({ abortSignal: controller.signal })
      while (seen.length === 0) await sleep(1)
      controller.abort()
      await assert.rejects(sent, givenUp)
      assert.equal((await post()).bodyAsText, '1')
      assert.equal(seen.length, 2)
      await sleep(20)
      assert.ok(connections[0]?.destroyed)
    })

    it('ends it amid the answer hangs up', async () => {
      await serve((_request, response) => void response.write('{"half":'))
      const controller = new AbortController()
      const sent = post({ abortSignal: controller.signal })
      while (seen.length === 0) await sleep(1)
      await sleep(20)
      controller.abort()
      await assert.rejects(sent, givenUp)
      await sleep(20)
      assert.ok(connections[0]?.destroyed)
    })

    it('stays is let go of when it is answered', async () => {
      await serve((_request, response) => response.end())
      const { signal } = new AbortController()
      const removed = sinon.spy(signal, 'removeEventListener')
      await post({ abortSignal: signal })
      assert.equal(removed.callCount, 1)
    })
  })

  it('lets what is under way end when it is closed, and takes no more', async () => {
    await serve(async (_request, response) => {
      await sleep(30)
      response.end('1')
    })
    const sent = post()
    while (seen.length === 0) await sleep(1)
    http.close()
    await assert.rejects(post(), codeOf('no answer, UND_ERR_CLOSED'))
    assert.equal((await sent).bodyAsText, '1')
  })

  it('is closed any number of times', async () => {
    // What is rejected and nobody hears of would end the program.
    const unheard = sinon.stub()
    process.once('unhandledRejection', unheard)
    for (let no = 0; no < 3; no++) {
      http.close()
      await sleep(5)
    }
    process.off('unhandledRejection', unheard)
    assert.equal(unheard.callCount, 0)
  })
})
