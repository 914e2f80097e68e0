/** A stand-in for Microsoft's connector on 127.0.0.1: keeps what it was sent, in order, and answers as it is told. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

export type Answer =
  | {
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
      /** Answered only after so many milliseconds. */
      readonly afterMs?: number
      /** Status and headers come, the body never ends. */
      readonly endless?: boolean
      /** Nobody was shown it, whatever the status says. */
      readonly lost?: boolean
    }
  /** The request is read (and so accepted, for all that anybody knows), then the connection breaks or nothing comes. */
  | 'reset'
  | 'hang'
  /** Status and headers come, the body never ends. */
  | 'hangInBody'

export type Received = {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly activity: Readonly<Record<string, unknown>>
}

/** What a person may see of it, and when it came, in milliseconds of this process. */
export type Shown = Received & { readonly at: number }

export type Connector = {
  readonly serviceUrl: string
  readonly received: Received[]
  /** What may have reached a person: all that was received but what was refused or lost. */
  readonly shown: Shown[]
  /** How many connections were ever opened. */
  readonly connections: () => number
  /** The answers to the next requests; afterwards all is well again. */
  readonly script: (...answers: Answer[]) => void
  /** The answers to the next requests to this conversation. */
  readonly scriptFor: (conversation: string, ...answers: Answer[]) => void
  readonly stop: () => Promise<void>
}

/** @param read answers whatever is only asked for: that shows nobody anything, and is kept by whoever answers it. */
export async function startConnector(read?: (path: string) => Answer | Promise<Answer>): Promise<Connector> {
  const received: Received[] = []
  const shown: Shown[] = []
  const sockets = new Set<Socket>()
  const scriptedFor = new Map<string, Answer[]>()
  let scripted: Answer[] = []
  let opened = 0

  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    // Whoever is killed amid a sentence has said nothing.
    const body = await text(request).catch(() => undefined)
    if (body === undefined) return
    if (method === 'GET') return give((await read?.(path)) ?? { status: 404 }, response)
    const one = { method, path, authorization: headers.authorization, activity: JSON.parse(body) }
    received.push(one)
    const fine: Answer =
      method === 'PUT'
        ? { status: 200, body: { id: path.split('/').at(-1) } }
        : { status: 201, body: { id: `m${received.length}` } }
    const answer = scriptedFor.get(conversationOf(path))?.shift() ?? scripted.shift() ?? fine
    if (isShown(answer)) shown.push({ ...one, at: performance.now() })
    await give(answer, response)
  })
  server.on('connection', (socket: Socket) => {
    opened++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/_connector/`,
    received,
    shown,
    connections: () => opened,
    script: (...answers) => {
      scripted = answers
    },
    scriptFor: (conversation, ...answers) => void scriptedFor.set(conversation, answers),
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** The answers by which nobody can tell whether it was accepted count as accepted: the worst case for repeats. */
function isShown(answer: Answer): boolean {
  if (typeof answer === 'string') return true
  const { status, lost = false } = answer
  return !lost && (status < 300 || status === 408 || status >= 500)
}

async function give(answer: Answer, response: ServerResponse): Promise<void> {
  if (answer === 'hang') return
  if (answer === 'reset') return void response.socket?.resetAndDestroy()
  if (answer === 'hangInBody') {
    // Not chained: restify, once loaded, patches `writeHead` of every response in the process to return nothing.
    response.writeHead(201, { 'content-type': 'application/json' })
    return void response.write('{"id"')
  }
  if (answer.afterMs !== undefined) await sleep(answer.afterMs)
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  if (answer.endless) return void response.write('{"id"')
  response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}))
}

function conversationOf(path: string): string {
  return decodeURIComponent(path.split('/conversations/')[1]?.split('/')[0] ?? '')
}
