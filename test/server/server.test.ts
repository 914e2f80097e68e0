import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createServer } from '../../src/server/server.ts'
import { until } from '../scenarios/house.ts'
import { message } from '../teams/activities.ts'
import { type Bot, startBot, turnWith } from '../teams/bot.ts'

/** Bytes as they are; resolves with whatever came back until the other side closed. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', chunk => {
      got += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(got))
  })
}

describe('server', () => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot()
  })
  afterEach(() => bot.close())

  const alive = async () => assert.equal((await fetch(`${bot.url}/healthz`)).status, 200)
  const says = async (response: Response, status: number, error: string) => {
    assert.deepEqual([response.status, await response.json()], [status, { error }])
    assert.deepEqual([response.headers.get('server'), response.headers.get('x-powered-by')], [null, null])
  }

  it('refuses every encoded body before anything reads it, and lives on', async () => {
    const unsupported = 'unsupported media type'
    await says(await bot.post('not gzip', { 'content-encoding': 'gzip' }), 415, unsupported)
    const bomb = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync('x'.repeat(1e6)),
    }
    await says(await fetch(`${bot.url}/api/messages`, bomb), 415, unsupported)
    await says(await bot.post('{}', { 'content-encoding': 'identity, gzip' }), 415, unsupported)
    await says(await bot.post('{}', { 'content-encoding': 'br' }), 415, unsupported)
    await alive()
  })

  it('takes "identity", which encodes nothing', async () => {
    assert.equal((await bot.post(message('x'), { 'content-encoding': 'identity' })).status, 200)
  })

  it('refuses what is not JSON in UTF-8', async () => {
    const types = [
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
      'application/json; charset=utf-16',
      'application/jsonp',
      '',
    ]
    for (const type of types) await says(await bot.post('{}', { 'content-type': type }), 415, 'unsupported media type')
    const taken = await bot.post(message('x'), { 'content-type': 'application/json; charset=utf-8' })
    assert.deepEqual([taken.status, taken.headers.get('content-type'), await taken.text()], [200, null, ''])
    await alive()
  })

  it('refuses a body of more than 256 KB', async () => {
    await says(await bot.post(message('x'.repeat(300_000))), 413, 'too large')
    assert.equal((await bot.post(message('x'.repeat(250_000)))).status, 200)
    assert.equal(bot.incomings.length, 1)
  })

  it('refuses broken JSON without quoting it', async () => {
    for (const body of ['{"type":"mess', 'canary', '{"type":"message",}'])
      await says(await bot.post(body), 400, 'not JSON')
  })

  it('refuses JSON that is no activity', async () => {
    for (const body of ['[]', '7', 'null', '"x"', 'true', '{}', ''])
      await says(await bot.post(body), 400, 'not an activity')
  })

  it('takes very deep JSON calmly', async () => {
    const deep = `{"type":"invoke","value":${'['.repeat(60_000)}${']'.repeat(60_000)}}`
    assert.equal((await bot.post(deep)).status, 400)
    await alive()
  })

  it('has nothing else, and says so in the same words', async () => {
    for (const path of ['/', '/api', '/api/messages', '/healthz/x', '/.env', '/%E0%A4%A', '//x'])
      await says(await fetch(bot.url + path), 404, 'not found')
    await says(await fetch(`${bot.url}/healthz`, { method: 'DELETE' }), 404, 'not found')
    const { status, headers } = await fetch(`${bot.url}/api/messages`, { method: 'HEAD' })
    assert.deepEqual([status, headers.get('allow')], [404, null])
  })

  it('survives paths and hosts that are no URL, which restify would die of', async () => {
    const end = 'Connection: close\r\n\r\n'
    for (const line of [
      'GET http://[ HTTP/1.1\r\nHost: x',
      'GET http://a:99999999/ HTTP/1.1\r\nHost: x',
      'GET //[ HTTP/1.1\r\nHost: x',
      'OPTIONS * HTTP/1.1\r\nHost: x',
    ]) {
      assert.match(await raw(bot.port, `${line}\r\n${end}`), /^HTTP\/1\.1 404 /)
    }
    assert.match(await raw(bot.port, `GET /healthz HTTP/1.1\r\nHost: [\r\n${end}`), /^HTTP\/1\.1 200 /)
    await alive()
  })

  it('hangs up on a WebSocket', async () => {
    const upgrade = 'GET /api/messages HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'
    assert.equal(await raw(bot.port, upgrade), '')
    await alive()
  })

  it('answers JSON whatever the client would rather have', async () => {
    const response = await fetch(`${bot.url}/healthz`, { headers: { accept: 'text/html' } })
    assert.deepEqual([response.status, await response.json()], [200, { alive: true }])
  })

  it('names the checks that fail, not their reasons', async () => {
    await bot.close()
    bot = await startBot({ checks: { store: () => Promise.reject(new Error('canary')), clock: async () => undefined } })
    const response = await fetch(`${bot.url}/readyz`)
    assert.deepEqual([response.status, await response.json()], [503, { ready: false, failed: ['store'] }])
    await bot.close()
    bot = await startBot({ checks: { store: async () => undefined } })
    assert.equal((await fetch(`${bot.url}/readyz`)).status, 200)
  })

  it('says which port is taken and what to do', async () => {
    const second = createServer({
      handlePost: () => assert.fail(),
      checks: {},
      settled: async () => {},
      report: () => {},
    })
    await assert.rejects(second.listen('127.0.0.1', bot.port), new RegExp(`Port ${bot.port} is in use.*PORT`))
    await second.close()
  })

  describe('close', () => {
    const slow = (ms: number) => async () => {
      await new Promise(resolve => setTimeout(resolve, ms))
      return turnWith({})
    }

    it('lets a running turn be answered and takes nothing new', async () => {
      const busy = await startBot({ conversation: slow(150) })
      const answer = busy.post(message('x'))
      await until('the turn runs', () => busy.incomings.length > 0)
      const closing = busy.close()
      await assert.rejects(fetch(`${busy.url}/healthz`))
      assert.equal((await answer).status, 200)
      await closing
    })

    it('does so also when nobody waits for the answer any more, and says nothing of it', async () => {
      const uncaught: unknown[] = []
      const note = (error: unknown) => void uncaught.push(error)
      process.prependListener('uncaughtException', note)
      const ended = Promise.withResolvers<void>()
      const busy = await startBot({
        conversation: async () => {
          await new Promise(resolve => setTimeout(resolve, 100))
          ended.resolve()
          return turnWith({})
        },
      })
      const gone = new AbortController()
      const request = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message('x')),
      }
      const answer = fetch(`${busy.url}/api/messages`, { ...request, signal: gone.signal }).catch(() => 'hung up')
      await until('the turn runs', () => busy.incomings.length > 0)
      gone.abort()
      assert.equal(await answer, 'hung up')
      await ended.promise
      await new Promise(resolve => setTimeout(resolve, 20))
      await busy.close()
      process.off('uncaughtException', note)
      assert.deepEqual([uncaught, busy.events().filter(event => event !== 'turn')], [[], []])
    })

    it('answers a request whose body is still on its way, and none that comes after', async () => {
      const busy = await startBot()
      const body = JSON.stringify(message('x'))
      const head = `POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
      const socket = connect(busy.port, '127.0.0.1', () => socket.write(head + body.slice(0, 20)))
      let got = ''
      socket.on('data', chunk => {
        got += chunk
      })
      const ended = new Promise(resolve => socket.on('close', resolve))
      await new Promise(resolve => setTimeout(resolve, 50))
      const closing = busy.close()
      await new Promise(resolve => setTimeout(resolve, 200))
      socket.write(`${body.slice(20)}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`)
      await Promise.all([closing, ended])
      assert.match(got, /^HTTP\/1\.1 200 /)
      assert.equal(got.split('HTTP/1.1').length, 2)
      assert.equal(busy.incomings.length, 1)
    })

    it('waits no longer than its limit', async () => {
      const stuck = await startBot({ conversation: slow(2000), closeLimitMs: 100 })
      const answer = stuck.post(message('x')).catch(() => 'cut')
      await new Promise(resolve => setTimeout(resolve, 50))
      const began = performance.now()
      await stuck.close()
      assert.ok(performance.now() - began < 500)
      assert.equal(await answer, 'cut')
      assert.ok(stuck.events().includes('server.cutShort'))
    })
  })
})
