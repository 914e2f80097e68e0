/**
 * The HTTP server: one door for Teams, two for whoever watches over the process. Everything is answered by `respond`,
 * in JSON and in our own few words; restify's own error texts, stacks and banner never leave the house.
 */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import pino from 'pino'
import restify, { type Next, type Request, type Response } from 'restify'
import type { Report } from '../base/report.ts'
import { within } from '../base/within.ts'
import type { HttpAnswer } from '../teams/answers.ts'
import { failure } from '../teams/failure.ts'
import { type Checks, failedChecks } from './readiness.ts'
import { acceptable } from './request-guard.ts'

export type ServerOptions = {
  /** Answers one POST of the platform. Must not throw. */
  readonly handlePost: (authHeader: string, body: unknown) => Promise<HttpAnswer>
  readonly checks: Checks
  /** What goes on after answers were sent; `close` waits for it. */
  readonly settled: () => Promise<void>
  readonly report: Report
  /** How long `close` waits for what is running, in milliseconds. */
  readonly closeLimitMs?: number
}

export type Server = {
  /** @returns the port, which is a free one when 0 was asked for. @throws when it cannot listen, with the mend. */
  readonly listen: (host: string, port: number) => Promise<number>
  /** `/readyz` says no from now on. Everything is answered as before, so that nobody is lost until that is noticed. */
  readonly drain: () => void
  /** Takes nothing new, lets running turns and their promises finish, then ends. Never later than its limit. */
  readonly close: () => Promise<void>
}

/** `maxBodySize` in bytes; nothing of a body becomes a parameter. */
const bodyReading = { maxBodySize: 256 * 1024, mapParams: false }
/** For a whole request to arrive, in milliseconds; a slow one may live until Node looks the next time. */
const headersLimitMs = 10_000
const requestLimitMs = 15_000
const lookEveryMs = 5_000

export function createServer({ handlePost, checks, settled, report, closeLimitMs = 10_000 }: ServerOptions): Server {
  // An empty name keeps the banner away; uncaught errors end the process, as they must.
  const house = restify.createServer({ name: '', handleUncaughtExceptions: false })
  // restify's own log would print what came from outside (and its types know only bunyan).
  Object.assign(house, { log: pino({ level: 'silent' }) })
  const { server } = house
  server.headersTimeout = headersLimitMs
  server.requestTimeout = requestLimitMs
  // An option of Node's that its types know for a new server only; it is read when the server begins to listen.
  Object.assign(server, { connectionsCheckingInterval: lookEveryMs })
  let draining = false
  /** How many are between the first line of their request and the last byte of their answer; when there are none, `over`. */
  let exchanges = 0
  let over = () => {}
  server.on('request', (_request, response) => {
    exchanges++
    response.once('close', () => {
      exchanges--
      if (exchanges === 0) over()
    })
  })

  house.pre(acceptable(give))
  house.post('/api/messages', restify.plugins.jsonBodyParser(bodyReading), answered(messages))
  house.get(
    '/healthz',
    answered(async () => ({ status: 200, body: { alive: true } })),
  )
  house.get('/readyz', answered(ready))
  // Nobody speaks WebSocket with us; left alone such a connection would stay open for ever.
  house.on('upgrade', (_request: Request, socket: Socket) => socket.destroy())
  // Without a listener here the error of a failed `listen` would be thrown past whoever called it.
  house.on('error', (error: unknown) => report('http.failed', { ...failure(error) }))
  house.on('restifyError', (_request: Request, response: Response, error: unknown, done: () => void) => {
    give(response, refusal(error))
    done()
  })

  async function messages(request: Request): Promise<HttpAnswer> {
    return handlePost(request.headers.authorization ?? '', request.body)
  }

  /** On a connection used once more a request could arrive at the moment when nobody listens any longer. */
  function give(response: Response, answer: HttpAnswer): void {
    respond(response, answer, draining ? { Connection: 'close' } : {})
  }

  async function ready(): Promise<HttpAnswer> {
    const failed = draining ? ['closing'] : await failedChecks(checks)
    return failed.length === 0
      ? { status: 200, body: { ready: true } }
      : { status: 503, body: { ready: false, failed } }
  }

  function answered(handle: (request: Request) => Promise<HttpAnswer>) {
    return (request: Request, response: Response, next: Next) => {
      handle(request)
        .then(answer => give(response, answer))
        .catch((error: unknown) => give(response, broken(error)))
        .then(() => next())
    }
  }

  function refusal(error: unknown): HttpAnswer {
    const status = statusOf(error)
    const answer = refusals[status]
    if (answer) return { status: answer.status ?? status, body: { error: answer.error } }
    return broken(error)
  }

  function broken(error: unknown): HttpAnswer {
    report('http.failed', { ...failure(error) })
    return { status: 500, body: { error: 'failed' } }
  }

  async function finished(): Promise<void> {
    while (exchanges > 0) {
      await new Promise<void>(resolve => {
        over = resolve
      })
    }
    await settled()
  }

  return {
    listen: async (host, port) => {
      server.listen({ host, port })
      try {
        await once(server, 'listening')
      } catch (error) {
        throw cannotListen(error, host, port)
      }
      return (server.address() as AddressInfo).port
    },
    drain: () => {
      draining = true
    },
    close: async () => {
      draining = true
      const closed = once(server, 'close')
      server.close()
      await within(closeLimitMs, finished())
      if (exchanges > 0) report('server.cutShort', { running: exchanges })
      server.closeIdleConnections()
      // An answer just written gets a moment to leave; a client that keeps its connection busy gets no more.
      await within(100, closed)
      server.closeAllConnections()
      await closed
    },
  }
}

/** Writes an answer by itself: restify's formatters choose by the `Accept` header and may answer something else. */
function respond(response: Response, { status, body }: HttpAnswer, headers: Readonly<Record<string, string>>): void {
  if (response.headersSent) return
  response.removeHeader('Allow')
  const text = body === undefined ? '' : JSON.stringify(body)
  if (text) response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.sendRaw(status, text, { ...headers, 'Content-Length': String(Buffer.byteLength(text)) })
}

const refusals: Readonly<Record<number, { readonly error: string; readonly status?: number }>> = {
  400: { error: 'not JSON' },
  404: { error: 'not found' },
  // Which methods there are is nobody's business.
  405: { error: 'not found', status: 404 },
  413: { error: 'too large' },
  415: { error: 'unsupported media type' },
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500
}

function cannotListen(error: unknown, host: string, port: number): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} is in use already: end the other process, or set PORT to another number.`)
  }
  return new Error(`Cannot listen on ${host}:${port} (${code ?? 'unknown'}): check HOST and PORT.`, { cause: error })
}
