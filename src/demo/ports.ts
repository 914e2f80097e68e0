import { createServer } from 'node:net'

const canListen = (port: number, host?: string): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

/** Whether a server could listen on this TCP port now, both on the loopback address and on all addresses. */
export const portIsFree = async (port: number): Promise<boolean> =>
  (await canListen(port, '127.0.0.1')) && (await canListen(port))
