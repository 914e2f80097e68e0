/** A stand-in for the Bot Connector's issuer on 127.0.0.1: OpenID metadata, keys, and tokens signed with them. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

export type Mood =
  | 'well'
  | 'down'
  | 'hanging'
  | 'hangingInBody'
  | 'garbage'
  | 'huge'
  | 'noKeys'
  | 'inline'
  | 'elsewhere'

export type Pair = { readonly kid: string; readonly alg: string; readonly privateKey: CryptoKey; readonly jwk: JWK }

export type Issuer = Awaited<ReturnType<typeof startIssuer>>

/** A key pair with the public half as it is published. */
export async function pair(kid: string, extra: object = { endorsements: ['msteams'] }, alg = 'RS256'): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', ...extra } }
}

export function sign(by: Pair, claims: JWTPayload, header: object = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'JWT', ...header }).sign(by.privateKey)
}

/** A genuine signature over whatever it is. */
export function signText(by: Pair, text: string): Promise<string> {
  return new CompactSign(Buffer.from(text)).setProtectedHeader({ alg: by.alg, kid: by.kid }).sign(by.privateKey)
}

export async function startIssuer(...pairs: readonly Pair[]) {
  const published = { keys: pairs.map(each => each.jwk) as unknown[] }
  let mood: Mood = 'well'
  let asked = 0

  const server = createServer((request, response) => {
    if (request.url === '/metadata') asked++
    const json = (body: unknown) => response.end(JSON.stringify(body))
    const well = () => json(request.url === '/keys' ? published : { issuer: 'x', jwks_uri: `${url}keys` })
    switch (mood) {
      case 'hanging':
        return
      case 'hangingInBody':
        return void response.write('{"jwks_uri":')
      case 'down':
        response.statusCode = 503
        return void well()
      case 'garbage':
        return void response.end('<html>Sign in to the guest network</html>')
      case 'huge':
        return endlessly(response)
      case 'noKeys':
        return void json(
          request.url === '/metadata' ? { jwks_uri: `${url}keys` } : { keys: [{ kty: 'oct', kid: 'x' }] },
        )
      case 'inline':
        return void json({ jwks_uri: `data:application/json,${encodeURIComponent(JSON.stringify(published))}` })
      case 'elsewhere':
        if (request.url !== '/metadata') return void well()
        response.writeHead(302, { location: `${url}moved` })
        return void response.end()
      case 'well':
        return void well()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  return {
    metadata: `${url}metadata`,
    /** How often the metadata were asked for. */
    asked: () => asked,
    be: (next: Mood) => {
      mood = next
    },
    publish: (...next: readonly unknown[]) => {
      published.keys = [...next]
    },
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** As much as is taken, until the other side has had enough. */
function endlessly(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
