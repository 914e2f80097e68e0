/** A stand-in for Application Insights' ingestion endpoint on this machine: keeps what it was sent, answers as told. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What came, as the exporter wraps it; only what the tests look at. */
export type Envelope = {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly data: {
    readonly baseType: string
    readonly baseData: {
      readonly name?: string
      readonly id?: string
      readonly duration?: string
      readonly success?: boolean
      readonly responseCode?: string
      readonly metrics?: readonly { readonly name: string; readonly value: number; readonly count?: number }[]
      readonly properties?: Readonly<Record<string, string>>
    }
  }
}

export type Ingestion = Awaited<ReturnType<typeof startIngestion>>

export async function startIngestion() {
  const requests: { path: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = []
  const answer: { status: number | 'hang'; headers: Record<string, string> } = { status: 200, headers: {} }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    requests.push({ path: `${request.method} ${request.url}`, headers: request.headers, body })
    if (answer.status === 'hang') return
    const { length } = JSON.parse(body)
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(JSON.stringify({ itemsReceived: length, itemsAccepted: length, errors: [] }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const envelopes = (): Envelope[] => requests.flatMap(({ body }) => JSON.parse(body) as Envelope[])
  const properties = ({ data }: Envelope) => data.baseData.properties ?? {}

  return {
    connectionString: connectionString(url),
    requests,
    answer,
    envelopes,
    /** Of a metric: how often with these properties, summed over all that came. */
    total: (metric: string, wanted: Readonly<Record<string, string>> = {}): number =>
      envelopes()
        .filter(each => Object.entries(wanted).every(([name, value]) => properties(each)[name] === value))
        .flatMap(({ data }) => data.baseData.metrics ?? [])
        .reduce((sum, { name, value }) => (name === metric ? sum + value : sum), 0),
    /** Connections that are open. */
    open: () =>
      new Promise<number>((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export function connectionString(url: string): string {
  const key = '00000000-1111-4222-8333-444444444444'
  return `InstrumentationKey=${key};IngestionEndpoint=${url}/;LiveEndpoint=http://127.0.0.1:9/`
}
