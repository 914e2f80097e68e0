/**
 * What is let as far as restify 12, which three kinds of unauthenticated request can kill: a `Content-Encoding: gzip`
 * header on a body that is not gzip (restify#1975; a gzip bomb also passes its size limit), and a path or a `Host` header
 * that is no URL (`GET http://[`), because it parses both without a catch. Multipart bodies would leave files behind.
 */
import type { Next, Request, Response } from 'restify'
import type { HttpAnswer } from '../teams/answers.ts'

const path = /^\/[\w/.-]*(\?.*)?$/
const json = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i

/** A handler for `server.pre`: 404 for odd paths, 415 for any encoding but identity and any POST not of UTF-8 JSON. */
export function acceptable(respond: (response: Response, answer: HttpAnswer) => void) {
  return (request: Request, response: Response, next: Next) => {
    const { headers, method, url = '' } = request
    const refusal = path.test(url) ? mediaRefusal(method, headers) : { status: 404, body: { error: 'not found' } }
    if (refusal) {
      respond(response, refusal)
      return next(false)
    }
    headers.host = 'localhost'
    // restify refuses "identity" itself, which means nothing at all (RFC 9110, 8.4.1).
    delete headers['content-encoding']
    return next()
  }
}

function mediaRefusal(method: string | undefined, headers: Request['headers']): HttpAnswer | undefined {
  const plain = /^(identity)?$/i.test(headers['content-encoding'] ?? '')
  if (plain && (method !== 'POST' || json.test(headers['content-type'] ?? ''))) return undefined
  return { status: 415, body: { error: 'unsupported media type' } }
}
