/**
 * Stands between the store and its gateway and writes every request down: what it was, which documents, how many bytes
 * went over the wire. It changes nothing but the address the account gives for itself, so that nothing goes past it.
 */
import { once } from 'node:events'
import { Agent, request as ask, createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import type { Json } from '../store/gateway/answer.ts'
import type { RequestKind } from '../store/gateway/faults.ts'
import { kindOf, partitionKey } from '../store/gateway/routes.ts'

export type Recorded = {
  readonly kind: RequestKind
  readonly pk: string | undefined
  /** Of a read or a delete. */
  readonly id: string | undefined
  readonly asked: Json | undefined
  /** What came back is there once it did; bytes are the whole exchange, headers included. */
  status: number
  told: Json | undefined
  sent: number
  received: number
}

export type Recorder = {
  readonly url: string
  /** In the order they were asked. */
  readonly recorded: Recorded[]
  /**
   * Resolves when nothing was asked for so many rounds of the event loop, a millisecond each; not by the clock alone,
   * which runs on while this process has to wait for others.
   */
  readonly quiet: (rounds: number) => Promise<void>
  readonly close: () => Promise<void>
}

export async function startRecorder(gateway: string): Promise<Recorder> {
  const recorded: Recorded[] = []
  const agent = new Agent({ keepAlive: true })
  /** What a connection had carried when its last exchange ended. */
  const carried = new WeakMap<Socket, { read: number; written: number }>()
  let underWay = 0

  const server = createServer(async (incoming, response) => {
    underWay++
    const { socket, method = '', url: path = '', headers } = incoming
    const body = await text(incoming)
    const parts = path.split('/').flatMap(part => (part === '' ? [] : decodeURIComponent(part)))
    const asked: Json | undefined = body === '' ? undefined : JSON.parse(body)
    const kind = kindOf({ method, path: parts, headers, body: asked })
    const each: Recorded = {
      kind,
      pk: partitionKey(headers),
      id: parts[5],
      asked,
      status: 0,
      told: undefined,
      sent: 0,
      received: 0,
    }
    recorded.push(each)

    const forward = ask(new URL(path, gateway), { method, headers, agent })
    forward.end(body)
    const [answer] = (await once(forward, 'response')) as [IncomingMessage]
    const told = (await text(answer)).replaceAll(gateway, here())
    each.status = answer.statusCode ?? 0
    each.told = told === '' ? undefined : JSON.parse(told)
    response.on('finish', () => {
      const { read, written } = carried.get(socket) ?? { read: 0, written: 0 }
      each.sent = socket.bytesRead - read
      each.received = socket.bytesWritten - written
      carried.set(socket, { read: socket.bytesRead, written: socket.bytesWritten })
      underWay--
    })
    const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = answer.headers
    response.writeHead(each.status, rest)
    response.end(told)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const here = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  return {
    url: here(),
    recorded,
    quiet: async rounds => {
      let [idle, seen] = [0, recorded.length]
      while (idle < rounds) {
        await pause(1)
        idle = underWay > 0 || recorded.length > seen ? 0 : idle + 1
        seen = recorded.length
      }
    },
    close: async () => {
      agent.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
