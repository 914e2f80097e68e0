/** Stands before the connector and writes down what goes by, byte for byte: also headers that nobody thinks of. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A body of ours is JSON, in which no line break stands as it is. */
const heads = /(?:POST|PUT|GET|DELETE) \S+ HTTP\/1\.1\r\n(?:[^\r\n]+\r\n)+/g

export async function startTap(to: string) {
  const { port } = new URL(to)
  const chunks: Buffer[] = []
  const sockets = new Set<Socket>()

  const server = createServer(client => {
    const beyond = connect(Number(port), '127.0.0.1')
    client.on('data', chunk => chunks.push(chunk))
    client.pipe(beyond).pipe(client)
    for (const [one, other] of [
      [client, beyond],
      [beyond, client],
    ] as const) {
      sockets.add(one)
      // Whoever breaks off has broken off on both sides.
      one.on('error', () => other.resetAndDestroy())
      one.on('close', () => other.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/_connector/`,
    /** First lines and headers of all requests; of the last one perhaps not yet. */
    heads: (): readonly string[] => Buffer.concat(chunks).toString().match(heads) ?? [],
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
