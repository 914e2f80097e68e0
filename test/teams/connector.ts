/** A stand-in for Microsoft's connector on 127.0.0.1: keeps what it was sent, in order, and answers as it is told. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
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

export type Connector = {
  readonly serviceUrl: string
  readonly received: Received[]
  /** How many connections were ever opened. */
  readonly connections: () => number
  /** The answers to the next requests; afterwards all is well again. */
  readonly script: (...answers: Answer[]) => void
  readonly stop: () => Promise<void>
}

export async function startConnector(): Promise<Connector> {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  let scripted: Answer[] = []
  let opened = 0

  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    received.push({ method, path, authorization: headers.authorization, activity: JSON.parse(await text(request)) })
    const fine: Answer =
      method === 'PUT'
        ? { status: 200, body: { id: path.split('/').at(-1) } }
        : { status: 201, body: { id: `m${received.length}` } }
    const answer = scripted.shift() ?? fine
    if (answer === 'hang') return
    if (answer === 'reset') return void request.socket.resetAndDestroy()
    if (answer === 'hangInBody') {
      // Not chained: restify, once loaded, patches `writeHead` of every response in the process to return nothing.
      response.writeHead(201, { 'content-type': 'application/json' })
      return void response.write('{"id"')
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}))
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
    connections: () => opened,
    script: (...answers) => {
      scripted = answers
    },
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
