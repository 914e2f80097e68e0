/**
 * One keep-alive connection that posts activities and waits for each answer. Node's own client would need as much of a
 * processor as the fastest of the servers, so this one knows just what they send: HTTP/1.1 with a Content-Length.
 */
import { once } from 'node:events'
import { connect } from 'node:net'

export type Wire = {
  /** Resolves with the body. @throws for whatever is not answered 200. */
  readonly post: (token: string, body: string) => Promise<Buffer>
  readonly close: () => void
}

const endOfHead = '\r\n\r\n'

export async function openWire(port: number): Promise<Wire> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let waiting: PromiseWithResolvers<Buffer> | undefined
  let received: Buffer = Buffer.alloc(0)

  socket.on('data', chunk => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const head = received.indexOf(endOfHead)
    if (head < 0) return
    const text = received.toString('latin1', 0, head)
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1]
    const end = head + endOfHead.length + Number(length)
    if (received.length < end) return
    const body = received.subarray(end - Number(length), end)
    received = Buffer.alloc(0)
    if (text.startsWith('HTTP/1.1 200') && length !== undefined) waiting?.resolve(body)
    else waiting?.reject(new Error(`Answered ${text.split('\r\n', 1)}: ${body.toString().slice(0, 200)}`))
  })
  socket.on('error', error => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('The connection was closed.')))
  await once(socket, 'connect')

  return {
    post: (token, body) => {
      waiting = Promise.withResolvers()
      socket.write(
        `POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
          `Authorization: Bearer ${token}\r\nContent-Length: ${Buffer.byteLength(body)}${endOfHead}${body}`,
      )
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}
