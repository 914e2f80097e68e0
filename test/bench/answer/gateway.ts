/**
 * The gateway as a process of its own, for several bots at once. Tells its parent the port, and whenever it is asked how
 * many requests it has had of each kind, and how many bytes it was sent: on the wire, and of them documents.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { prepareCosmos } from '../../../src/store/cosmos/cosmos.ts'
import { startGateway } from '../../store/gateway/gateway.ts'

export type Asked = {
  readonly requests: Readonly<Record<string, number>>
  /** Bytes. */
  readonly sent: number
  readonly bodies: number
}

process.on('disconnect', () => process.exit())

const sockets = new Set<Socket>()
let bodies = 0

subscribe('http.server.request.start', message => {
  const { request, socket } = message as { request: IncomingMessage; socket: Socket }
  sockets.add(socket)
  bodies += Number(request.headers['content-length'] ?? 0)
})

const gateway = await startGateway(() => new Date().toISOString())
const where = { endpoint: gateway.url, database: 'db', auth: { key: 'a2V5' } }
await prepareCosmos({ ...where, container: 'log' })

process.on('message', () => {
  const requests: Record<string, number> = {}
  for (const kind of gateway.requests) requests[kind] = (requests[kind] ?? 0) + 1
  const sent = [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0)
  process.send?.({ requests, sent, bodies } satisfies Asked)
})
process.send?.({ url: gateway.url })
