/**
 * How Microsoft's Cosmos client reaches the network: its `httpClient`, on undici in place of Node's own client and streams,
 * which took a quarter to half of a request's processor time. Knows the SDK by the shape of its requests alone.
 *
 * As safe as the SDK's own, and where they differ:
 * - A request is written once, to a connection with nothing else under way on it; nothing here sends it again.
 * - What its signal ends is rejected at once. If it was written its connection goes with it, else it is not written any more.
 * - Certificates are checked as Node does; TLS 1.2 at least, HTTP/1.1, no proxy, no redirects, no compression asked for.
 * - A connection that nobody used for a minute is closed here: Azure's load balancers forget one after four, and as a rule
 *   say nothing. One that was closed at the other end is noticed before it is written to, not by an answer that is lost.
 * - Where there is no answer, the error's code is one the SDK does not know: it would sleep a second before it read again,
 *   longer than a try lasts, and one loop tries again, ours (`cosmos-failure.ts`).
 *
 * Sources: undici, "Dispatcher" and "Client"; Microsoft Learn, "Load Balancer TCP Reset and Idle Timeout"; what the SDK's
 * own does, in `nodeHttpClient.js` of `@typespec/ts-http-runtime`.
 */
import { Agent, type Dispatcher } from 'undici'

/** What is used of the SDK's `PipelineRequest`. It sets no `timeout`: its own timer and ours end a request by its signal. */
type Asked = {
  readonly url: string
  readonly method: Dispatcher.HttpMethod
  readonly headers: { readonly toJSON: () => Record<string, string> }
  readonly body?: unknown
  readonly abortSignal?: Signal
  readonly allowInsecureConnection?: boolean
}

type Signal = {
  readonly aborted: boolean
  readonly addEventListener: (type: 'abort', listener: () => void) => void
  readonly removeEventListener: (type: 'abort', listener: () => void) => void
}

type Answered<R> = {
  readonly request: R
  readonly status: number
  readonly headers: Headers
  readonly bodyAsText: string
}

type Headers = ReturnType<typeof headersOf>

export type CosmosHttp = {
  /** Rejects with an `AbortError` when the signal ends it; else with an error that has a string for a code. */
  readonly sendRequest: <R extends Asked>(request: R) => Promise<Answered<R>>
  /** Lets what is under way end, and takes no more. May be called again. */
  readonly close: () => void
}

/** A connection that nobody uses, in milliseconds; less when the server says so. */
const idleMs = 60_000
/** For a connection to be made: what waits for it is given up before, and a closed store has nothing to wait for. */
const connectMs = 3_000

export function cosmosHttp(): CosmosHttp {
  const agent = new Agent({
    keepAliveTimeout: idleMs,
    pipelining: 1,
    allowH2: false,
    connect: { minVersion: 'TLSv1.2', timeout: connectMs },
    // The signal says when it is too late, also amid the answer.
    ...{ headersTimeout: 0, bodyTimeout: 0 },
  })

  return {
    sendRequest: request =>
      new Promise((resolve, reject) => {
        const { method, abortSignal: signal } = request
        const { origin, protocol, pathname, search } = new URL(request.url)
        if (protocol !== 'https:' && !request.allowInsecureConnection) throw new Error(`Not over ${protocol}`)
        if (signal?.aborted) throw aborted()
        const body = textOf(request.body)

        let written: Dispatcher.DispatchController | undefined
        let status = 0
        let headers = headersOf({})
        const chunks: Buffer[] = []
        const giveUp = () => {
          reject(aborted())
          written?.abort(aborted())
        }
        const over = () => signal?.removeEventListener('abort', giveUp)
        signal?.addEventListener('abort', giveUp)

        const handler: Dispatcher.DispatchHandler = {
          /** There is a connection, which it is written to as soon as this returns. */
          onRequestStart(controller) {
            written = controller
            if (signal?.aborted) controller.abort(aborted())
          },
          onResponseStart(_controller, statusCode, raw) {
            status = statusCode
            headers = headersOf(raw)
          },
          onResponseData(_controller, chunk) {
            chunks.push(chunk)
          },
          onResponseEnd() {
            over()
            resolve({ request, status, headers, bodyAsText: Buffer.concat(chunks).toString() })
          },
          onResponseError(_controller, error) {
            over()
            reject(unanswered(error))
          },
        }
        const path = pathname + search
        agent.dispatch({ origin, path, method, headers: request.headers.toJSON(), body }, handler)
      }),

    // The second time there is nothing to close, which undici takes for an error.
    close: () => void agent.close().catch(() => {}),
  }
}

/** The SDK sends JSON, or nothing. */
function textOf(body: unknown): string | null {
  if (typeof body === 'string') return body
  if (body === undefined) return null
  throw new TypeError('Cosmos DB is sent text alone.')
}

/** By names in lower case, as undici gives them; what comes several times is one value, as HTTP has it. */
function headersOf(raw: Readonly<Record<string, string | string[] | undefined>>) {
  const values: Record<string, string> = {}
  for (const name of Object.keys(raw)) {
    const value = raw[name]
    if (value !== undefined) values[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return {
    get: (name: string) => values[name.toLowerCase()],
    has: (name: string) => Object.hasOwn(values, name.toLowerCase()),
    set: (name: string, value: string | number | boolean) => {
      values[name.toLowerCase()] = String(value)
    },
    delete: (name: string) => {
      delete values[name.toLowerCase()]
    },
    toJSON: () => ({ ...values }),
    [Symbol.iterator]: () => Object.entries(values)[Symbol.iterator](),
  }
}

/** The SDK tells it by its name. Its signal's own reason would have a number for a code, like an HTTP status. */
function aborted(): Error {
  return Object.assign(new Error('The request was given up.'), { name: 'AbortError' })
}

/**
 * A host that is not found keeps its code, for which the SDK looks its regions up anew. Nothing else of the error is told:
 * a parser's has what it read.
 */
function unanswered(error: Error): Error {
  const { code = error.name } = error as { code?: unknown }
  return Object.assign(new Error('No answer'), { code: code === 'ENOTFOUND' ? code : `no answer, ${code}` })
}
