/**
 * One server of the suite `answer`: `bot.ts <kind> <issuer's metadata> <store, or the card that is always answered>`. Tells
 * its parent the port, and whenever it is asked how much processor time it has used and how much memory it has. Ends when
 * its parent is gone or lets it go. Each loads only what it needs, or its memory would say nothing.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { AdaptiveCardInvokeResponse } from 'botbuilder'

process.on('disconnect', () => process.exit())

export type Kind = 'floor' | 'stock' | 'door' | 'product' | 'usual'
export type Used = { readonly cpu: NodeJS.CpuUsage; readonly rss: number }

const [kind, metadata = '', given = ''] = process.argv.slice(2)

async function floor(): Promise<number> {
  const answer = Buffer.from(given)
  const server = createServer(async (request, response) => {
    await text(request)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
    response.end(answer)
  })
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function stock(): Promise<number> {
  const { ActivityHandler } = await import('botbuilder')
  const { stockHouse } = await import('../stock.ts')
  const card: AdaptiveCardInvokeResponse = JSON.parse(given)
  class Echo extends ActivityHandler {
    override async onAdaptiveCardInvoke(): Promise<AdaptiveCardInvokeResponse> {
      return card
    }
  }
  const echo = new Echo()
  return stockHouse(metadata, context => echo.run(context))
}

async function door(): Promise<number> {
  return (await import('../ours.ts')).ourHouse(metadata, { status: 200, body: JSON.parse(given) })
}

async function product(): Promise<number> {
  return (await import('../ours.ts')).ourProduct(metadata, given)
}

async function usual(): Promise<number> {
  return (await import('./usual.ts')).usualHouse(metadata, given)
}

const houses: Record<Kind, () => Promise<number>> = {
  floor,
  stock,
  door,
  product,
  usual,
}

const port = await houses[kind as Kind]()
process.on('message', () => process.send?.({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() } satisfies Used))
process.send?.({ port })
