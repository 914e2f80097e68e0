/**
 * The connector as a process of its own: takes every message a bot sends, answers 201 at once and counts. Tells its parent
 * the port, and whenever it is asked how many messages it has had, and how many of them were the last of a dialog.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { thanks } from './work.ts'

export type Heard = { readonly messages: number; readonly ended: number }

process.on('disconnect', () => process.exit())

let messages = 0
let ended = 0
const answer = Buffer.from('{"id":"m"}')

const server = createServer(async (request, response) => {
  const said = await text(request)
  messages++
  if (said.includes(thanks)) ended++
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': answer.length })
  response.end(answer)
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', () => process.send?.({ messages, ended } satisfies Heard))
