/**
 * Cosmos DB as far as the store makes use of it, over HTTP on this machine, so that Microsoft's own client can be run
 * without Azure, and broken on purpose. It answers 400 to whatever it does not know.
 *
 * It does NOT imitate: signatures and tokens (anybody is let in), request units and limits of throughput, indexes (it
 * scans, so a path that is not indexed is found all the same), more than one physical partition, replicas that lag
 * behind or a session token's meaning, regions, the 5 seconds of a batch, change feed, ORDER BY and all other queries
 * than `where.ts` reads, pages that are short for no reason, a continuation that writes in between leave right, single
 * writes but delete and upsert, what becomes of broken UTF-16, and its errors' exact texts. What it
 * says is our reading of Microsoft's documentation; only an account or Microsoft's emulator proves that.
 *
 * The store needs no single upsert and no other partition key than `/pk`: they are there for the bot that `npm run bench`
 * holds ours against, which keeps its state in Microsoft's `CosmosDbPartitionedStorage` (partition key `/id`).
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Json, Refusal } from './answer.ts'
import { createFaults, type Fault, type RequestKind } from './faults.ts'
import { createRoutes, kindOf, partitionKey, type Request } from './routes.ts'

export type Gateway = {
  readonly url: string
  /** What was asked, in order. */
  readonly requests: RequestKind[]
  /** The partition each query was kept to. */
  readonly partitions: (string | undefined)[]
  readonly script: (...faults: readonly Fault[]) => void
  /** No fault from now on. */
  readonly mend: () => void
  /** True when all that was ordered has happened. */
  readonly isMended: () => boolean
  /** What is `late` is done now. */
  readonly arrive: () => void
  readonly close: () => Promise<void>
}

/** Milliseconds after which a `late` request is done: later than a try of the store's lasts. */
const lateMs = 1_200

/** @param clock moves expiry. `pageSize`: documents in a page of a query at most; else as many as go into its bytes. */
export async function startGateway(clock: () => string, pageSize = Number.POSITIVE_INFINITY): Promise<Gateway> {
  const requests: RequestKind[] = []
  const partitions: (string | undefined)[] = []
  const faults = createFaults()
  const arrival = Promise.withResolvers<void>()
  const seconds = () => Math.floor(Date.parse(clock()) / 1000)
  const answer = createRoutes({ seconds, url: () => url, pageSize })

  const server = createServer(async (incoming, response) => {
    const request = await parse(incoming)
    const kind = kindOf(request)
    requests.push(kind)
    if (kind === 'query') partitions.push(partitionKey(request.headers))
    const real = () => refusalsToo(() => answer(request, kind))
    const fault = faults.next(kind)
    if (fault?.when === 'late') await Promise.race([arrival.promise, sleep(lateMs, undefined, { ref: false })])
    if (fault) await misbehave(fault, real, response)
    else send(response, real())
  })
  // Else it hangs up after five idle seconds, which on a busy machine may be just when the client asks again.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  return {
    url,
    requests,
    partitions,
    script: faults.script,
    mend: faults.mend,
    isMended: faults.isMended,
    arrive: arrival.resolve,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function parse(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const body: Json | undefined = text === '' ? undefined : JSON.parse(text)
  const path = (incoming.url ?? '').split('/').filter(part => part !== '')
  return { method: incoming.method ?? '', path: path.map(decodeURIComponent), headers: incoming.headers, body }
}

function refusalsToo(work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

async function misbehave(fault: Fault, real: () => Answer, response: ServerResponse): Promise<void> {
  const done = fault.when === 'before' ? undefined : real()
  if (fault.answer === 'hang') return
  if (fault.answer === 'reset') return void response.socket?.resetAndDestroy()
  if (fault.answer === 'cut') {
    // Not chained: restify, once loaded, patches `writeHead` of every response in the process to return nothing.
    response.writeHead(200, { 'content-length': '1000' })
    response.write('[{"statusCode":20', () => response.socket?.destroy())
    return
  }
  if (fault.answer === 'page') {
    response.writeHead(502)
    return void response.end('<html>CANARY</html>')
  }
  if (typeof fault.answer === 'function') return send(response, await fault.answer(done ?? { status: 200 }))
  const { retryAfterMs } = fault
  const headers: Record<string, string> = retryAfterMs === undefined ? {} : { 'x-ms-retry-after-ms': `${retryAfterMs}` }
  send(response, new Refusal(fault.answer, undefined, headers).answer)
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const common = { 'content-type': 'application/json', 'x-ms-request-charge': '1', 'x-ms-activity-id': 'activity' }
  response.writeHead(status, { ...common, ...headers })
  response.end(body === undefined ? '' : JSON.stringify(body))
}
