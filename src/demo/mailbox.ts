/** A stand-in for Microsoft's connector on 127.0.0.1: takes every message the bot sends, and keeps them in order. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** Where the bot's messages arrive. What is received is never changed or taken away. */
export type Mailbox = {
  readonly serviceUrl: string
  readonly received: readonly { readonly path: string; readonly activity: Readonly<Record<string, unknown>> }[]
  readonly stop: () => Promise<void>
}

/** Listens on a free port and says yes to everything. */
export async function startMailbox(): Promise<Mailbox> {
  const received: Mailbox['received'][number][] = []
  const server = createServer(async (request, response) => {
    const { method, url: path = '' } = request
    received.push({ path, activity: JSON.parse((await text(request)) || '{}') })
    // An update keeps its id; whatever is new gets one. (Not chained: restify patches `writeHead` to return nothing.)
    const id = method === 'PUT' ? path.split('/').at(-1) : `m${received.length}`
    response.writeHead(method === 'PUT' ? 200 : 201, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/_connector/`,
    received,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
