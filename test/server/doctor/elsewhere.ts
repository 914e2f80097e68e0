/**
 * Loaded before the doctor, so that its process finds Microsoft on this machine: what it fetches from the issuer of keys
 * and what it sends to Entra by https goes to `WORLD_PORT`, with the host it was meant for in a header. Everything else
 * is the real thing. `PRETEND_NODE` and `PRETEND_NO_CHINESE` give it another Node.
 */
import http from 'node:http'
import https from 'node:https'

const { WORLD_PORT: port, PRETEND_NODE: version, PRETEND_NO_CHINESE: noChinese } = process.env
const real = globalThis.fetch

globalThis.fetch = (input, init) => {
  const url = new URL(String(input))
  if (url.hostname !== 'login.botframework.com') return real(input, init)
  return real(`http://127.0.0.1:${port}${url.pathname}`, { ...init, headers: { 'x-meant-for': url.hostname } })
}

https.request = ((options: https.RequestOptions, callback?: (response: http.IncomingMessage) => void) => {
  const { method, path, hostname } = options
  const headers = { ...(options.headers as Record<string, string>), 'x-meant-for': hostname ?? '' }
  return http.request({ method, path, headers, host: '127.0.0.1', port }, callback)
}) as typeof https.request

if (version !== undefined) {
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: version } })
}
if (noChinese !== undefined) {
  const Full = Intl.DateTimeFormat
  const inEnglish = (locale: unknown) => (typeof locale === 'string' && !locale.startsWith('zh') ? locale : 'en')
  // What a Node with English alone does: it falls back.
  Intl.DateTimeFormat = new Proxy(Full, {
    construct: (target, [locale, options]) => new target(inEnglish(locale), options),
  })
}
