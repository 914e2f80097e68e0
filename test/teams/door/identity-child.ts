/**
 * A process with an identity of its own: `identity-child.ts <cloud> <identity as JSON>` asks for tokens as the bot does
 * and prints them. Its environment is App Service's (`IDENTITY_ENDPOINT`, `IDENTITY_HEADER`), and what it sends to Entra
 * by https goes to `ENTRA_PORT` on this machine instead, with the host it was meant for in a header.
 */
import http from 'node:http'
import https from 'node:https'
import { type CloudName, clouds } from '../../../src/teams/clouds.ts'
import { credentialFor } from '../../../src/teams/outbound/credentials.ts'
import { createTokens } from '../../../src/teams/outbound/tokens.ts'

const [name = '', identity = ''] = process.argv.slice(2)
const {
  APP: app = '',
  TENANT: tenant = '',
  SERVICE_URL: serviceUrl = '',
  ENTRA_PORT: port,
  LIMIT_MS: limitMs,
} = process.env
const cloud = clouds[name as CloudName]

/** Requests to Entra that are still under way. */
const open = new Set<http.ClientRequest>()

https.request = ((options: https.RequestOptions, callback?: (response: http.IncomingMessage) => void) => {
  const { method, path, hostname = '' } = options
  const headers = { ...(options.headers as Record<string, string>), 'x-meant-for': hostname ?? '' }
  const request = http.request({ method, path, headers, host: '127.0.0.1', port }, callback)
  open.add(request)
  return request.on('close', () => open.delete(request))
}) as typeof https.request

const token = createTokens({
  credential: credentialFor({ identity: JSON.parse(identity), app, tenant, cloud, limitMs: Number(limitMs) }),
  cloud,
  limitMs: Number(limitMs),
  report: (event, fields) => console.log(JSON.stringify({ event, ...fields })),
})
for (const each of await Promise.allSettled([token(serviceUrl), token(serviceUrl)])) {
  console.log(JSON.stringify(each.status === 'fulfilled' ? each.value : 'none'))
}
for (let waited = 0; open.size > 0 && waited < 3_000; waited += 50)
  await new Promise(resolve => setTimeout(resolve, 50))
console.log(JSON.stringify({ stillOpen: open.size }))
// One that hangs would keep the process alive.
process.exit()
