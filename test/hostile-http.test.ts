/**
 * What a stranger can do to the port: bytes that are no HTTP, HTTP that lies, and connections that wait for ever. The
 * process lives, answers others meanwhile, keeps its memory, and lets nobody hold on longer than its time limits.
 */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import http from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { type Bot, startBot } from './teams/bot.ts'

const close = 'Connection: close\r\n\r\n'
const json = 'Content-Type: application/json\r\n'
const post = (headers: string, body: string | Buffer = '') =>
  Buffer.concat([Buffer.from(`POST /api/messages HTTP/1.1\r\nHost: x\r\n${headers}${close}`), Buffer.from(body)])
const sized = (body: string | Buffer, headers = json) =>
  post(`${headers}Content-Length: ${Buffer.byteLength(body)}\r\n`, body)
const get = (path: string, headers = 'Host: x\r\n', end = close) => `GET ${path} HTTP/1.1\r\n${headers}${end}`
const part = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n'
const deep = `{"type":"message","value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`

/** What is sent, and how the answer begins: a status, or nothing at all. */
// biome-ignore format: a table is read in one look
const cases: readonly (readonly [what: string, bytes: string | Buffer, begins: RegExp])[] = [
  ['gzip that is none', sized('not gzip', `${json}Content-Encoding: gzip\r\n`), /^HTTP\/1.1 415/],
  ['a gzip bomb of 200 MB', sized(gzipSync(Buffer.alloc(200 * 2 ** 20)), `${json}Content-Encoding: gzip\r\n`), /^HTTP\/1.1 415/],
  ['multipart with a file', sized(part, 'Content-Type: multipart/form-data; boundary=b\r\n'), /^HTTP\/1.1 415/],
  ['JSON 100,000 deep', sized(deep), /^HTTP\/1.1 200/],
  ['300 KB in chunks, its length not told', post(`${json}Transfer-Encoding: chunked\r\n`, `493e0\r\n${'x'.repeat(300_000)}\r\n0\r\n\r\n`), /^HTTP\/1.1 413/],
  ['a length that is told and not kept', post(`${json}Content-Length: 2\r\n`, `{}${get('/healthz')}`), /^HTTP\/1.1 400 /],
  ['a length and chunks at once', post(`${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`, '{}'), /^HTTP\/1.1 400/],
  ['two lengths', post(`${json}Content-Length: 2\r\nContent-Length: 3\r\n`, '{}'), /^HTTP\/1.1 400/],
  ['a length below nothing', post(`${json}Content-Length: -1\r\n`, '{}'), /^HTTP\/1.1 400/],
  ['chunks of no size', post(`${json}Transfer-Encoding: chunked\r\n`, 'zz\r\n'), /^HTTP\/1.1 400/],
  ['an expectation of its own', post(`${json}Expect: the-unexpected\r\nContent-Length: 2\r\n`, '{}'), /^HTTP\/1.1 417/],
  ['20,000 headers', get('/healthz', `Host: x\r\n${'a: b\r\n'.repeat(20_000)}`), /^HTTP\/1.1 431|^$/],
  ['a header of 1 MB', get('/healthz', `Host: x\r\na: ${'b'.repeat(2 ** 20)}\r\n`), /^HTTP\/1.1 431|^$/],
  ['an address of 1 MB', get(`/${'a'.repeat(2 ** 20)}`), /^HTTP\/1.1 431|^$/],
  ['a header with a line break in it', get('/healthz', 'Host: x\r\na: b\n c\r\n'), /^HTTP\/1.1 (200|400)/],
  ['no host', get('/healthz', ''), /^HTTP\/1.1 400/],
  ['two hosts', get('/healthz', 'Host: a\r\nHost: b\r\n'), /^HTTP\/1.1 (200|400)/],
  ['a host that is none', get('/healthz', 'Host: [::\r\n'), /^HTTP\/1.1 200/],
  ['an address with a host of its own', get('http://evil.example/healthz'), /^HTTP\/1.1 404/],
  ['an address that leaves the house', get('/../../etc/passwd'), /^HTTP\/1.1 404/],
  ['an address with NUL in it', get('/healthz\0'), /^HTTP\/1.1 (400|404)/],
  ['a method nobody knows', `FOO /healthz HTTP/1.1\r\nHost: x\r\n${close}`, /^HTTP\/1.1 400/],
  ['a tunnel', `CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n${close}`, /^$|^HTTP\/1.1 4/],
  ['a trace', `TRACE /healthz HTTP/1.1\r\nHost: x\r\n${close}`, /^HTTP\/1.1 404/],
  ['HTTP 0.9', 'GET /healthz\r\n\r\n', /^HTTP\/1.1 (200|400)/],
  ['HTTP 3 in words', `GET /healthz HTTP/3.0\r\nHost: x\r\n${close}`, /^HTTP\/1.1 (400|505)/],
  ['HTTP 2 in the clear', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1.1 (400|505)/],
  ['the beginning of TLS', Buffer.from('16030100c8010000c40303', 'hex'), /^HTTP\/1.1 400/],
  ['noise', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)), /^HTTP\/1.1 400/],
  ['50 requests in one breath', `${get('/healthz', 'Host: x\r\n', '\r\n').repeat(49)}${get('/healthz')}`, /^(HTTP\/1.1 200 [\s\S]*?){50}$/],
]

/** Sends and hangs up its own half; resolves with whatever came back until the connection was closed. */
function exchange(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise(resolve => {
    let got = ''
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(bytes))
    socket.on('data', chunk => {
      got += chunk
    })
    // A connection that is cut is an answer too.
    socket.on('error', () => {})
    socket.on('close', () => resolve(got))
  })
}

describe('a hostile port', () => {
  let bot: Bot
  let server: http.Server
  const { createServer } = http
  const rss = () => process.memoryUsage().rss / 2 ** 20
  const alive = async () => assert.equal((await fetch(`${bot.url}/healthz`)).status, 200)

  before(async () => {
    // Caught while it is made: how often Node looks for connections that are late is settled when it begins to listen.
    http.createServer = ((...given: []) => {
      server = createServer(...given)
      Object.defineProperty(server, 'connectionsCheckingInterval', { get: () => 50, set: () => {} })
      return server
    }) as typeof createServer
    bot = await startBot()
    http.createServer = createServer
  })
  after(async () => {
    http.createServer = createServer
    await bot.close()
  })

  for (const [what, bytes, begins] of cases) {
    it(`answers ${what} and lives on`, async () => {
      const before = rss()
      const answer = await exchange(bot.port, bytes)
      assert.match(answer, begins, answer.slice(0, 200))
      assert.doesNotMatch(answer, /node_modules|at .*\.js:|Error:|<pre>/)
      await alive()
      assert.ok(rss() - before < 150, `${Math.round(rss() - before)} MB more`)
    })
  }

  it('leaves no file of anybody’s behind', async () => {
    const before = readdirSync(tmpdir()).filter(name => name.startsWith('upload_'))
    for (let no = 0; no < 20; no++)
      await exchange(bot.port, sized(part, 'Content-Type: multipart/form-data; boundary=b\r\n'))
    assert.deepEqual(
      readdirSync(tmpdir()).filter(name => name.startsWith('upload_')),
      before,
    )
  })

  it('outlives senders who go away in the middle, in every way', async () => {
    const whole = sized('{"type":"message"}')
    for (let end = 1; end < whole.length; end += 3) {
      const socket = connect(bot.port, '127.0.0.1', () =>
        socket.write(whole.subarray(0, end), () => leave(socket, end)),
      )
      socket.on('error', () => {})
    }
    await pause(200)
    await alive()
  })

  it('serves others while 1,000 connections wait, and forgets them', async () => {
    const before = rss()
    const sockets = await Promise.all(Array.from({ length: 1_000 }, () => opened(bot.port)))
    await alive()
    assert.ok(rss() - before < 200, `${Math.round(rss() - before)} MB more`)
    for (const socket of sockets) socket.destroy()
    await alive()
  })

  describe('with its time limits made short', () => {
    before(() => {
      assert.deepEqual([server.headersTimeout, server.requestTimeout], [10_000, 15_000], 'as they are in production')
      server.headersTimeout = 200
      server.requestTimeout = 400
    })

    const slow: readonly (readonly [string, string, string])[] = [
      ['who says nothing', '', ''],
      ['whose headers never end', 'GET /healthz HTTP/1.1\r\nHost: x\r\n', 'a: b\r\n'],
      [
        'whose body never ends',
        `POST /api/messages HTTP/1.1\r\nHost: x\r\n${json}Content-Length: 100000\r\n\r\n{`,
        ' ',
      ],
      [
        'whose chunks never end',
        `POST /api/messages HTTP/1.1\r\nHost: x\r\n${json}Transfer-Encoding: chunked\r\n\r\n`,
        '1\r\n \r\n',
      ],
    ]
    for (const [whom, first, drop] of slow) {
      it(`hangs up on somebody ${whom}`, async () => {
        const began = performance.now()
        const socket = await opened(bot.port)
        socket.on('error', () => {})
        const gone = new Promise<void>(resolve => socket.on('close', () => resolve()))
        socket.resume()
        if (first) socket.write(first)
        const dropping = setInterval(() => drop && socket.writable && socket.write(drop), 20)
        await gone
        clearInterval(dropping)
        assert.ok(performance.now() - began < 3_000, 'it took too long')
        await alive()
      })
    }
  })
})

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
  })
}

function leave(socket: Socket, how: number): void {
  if (how % 3 === 0) socket.resetAndDestroy()
  else if (how % 3 === 1) socket.end()
  else socket.destroy()
}
