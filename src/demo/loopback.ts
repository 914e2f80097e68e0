// Preloaded into a server that would listen on every address of the machine: it listens on the loopback address alone.
import { Server } from 'node:net'

const listen = Server.prototype.listen

function listenOnLoopback(this: Server, ...args: unknown[]): Server {
  if (typeof args[0] === 'number' && typeof args[1] !== 'string') args.splice(1, 0, '127.0.0.1')
  return Reflect.apply(listen, this, args)
}

Object.assign(Server.prototype, { listen: listenOnLoopback })
