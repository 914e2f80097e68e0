/**
 * Who tries to get in, and what they are to be answered. `documented`: the cases that were once tried on the SDK's own
 * authentication, where six were answered 500 and four let in, besides every emulator's. `further`: what else a stranger,
 * or another channel's or tenant's genuine token, could try. Each starts from what is genuine and changes one thing.
 */
import { activity, app, claims, serviceUrl, tenant } from './genuine.ts'
import { sign, signText } from './issuer.ts'
import {
  type Attack,
  bringing,
  changed,
  claiming,
  entra,
  foreign,
  from,
  header,
  heading,
  hmacWith,
  json,
  now,
  signedBy,
  withBitFlipped,
  withShortKey,
} from './tries.ts'

export const documented: readonly Attack[] = [
  ['nothing changed', claiming({}), 200],
  ['no token', () => ({})],
  ['an empty header', () => ({ header: '' })],
  ['garbage', () => ({ header: 'Bearer not.a.token' })],
  ['for another bot', claiming({ aud: 'dddddddd-1111-4111-8111-dddddddddddd' })],
  ['of another issuer', claiming({ iss: 'https://api.example.com' })],
  ['expired', claiming(() => ({ exp: now() - 301 }))],
  ['not valid yet', claiming(() => ({ nbf: now() + 400 }))],
  ['without an end', claiming({ exp: undefined })],
  ['unknown key', signedBy('unpublished')],
  ['ES256', signedBy('elliptic')],
  ['a key of web chat', signedBy('webchat')],
  ['a key without endorsements', signedBy('unendorsed')],
  ['alg none', () => header(`${json({ alg: 'none', kid: 'good' })}.${json(claims())}.`)],
  ['signature stripped', changed(([head, body]) => `${head}.${body}.`)],
  ['forged: another key under the same id', signedBy('stranger')],
  ['HS256 with the public key as secret', ({ good }) => hmacWith(String(good.jwk.n))],
  ['service URL of the token is another', claiming({ serviceurl: 'https://smba.trafficmanager.net/amer/' })],
  ['token without service URL', claiming({ serviceurl: undefined })],
  ['activity without service URL', bringing({ serviceUrl: undefined })],
  ['activity without channel', bringing({ channelId: undefined })],
  ['channel ""', bringing({ channelId: '' })],
  ['emulator token of our tenant', claiming(entra(tenant))],
  ['emulator token of another tenant', claiming(entra(foreign))],
  ['a user’s delegated token', claiming({ ...entra(tenant), scp: 'access_as_user', oid: foreign })],
  ['a skill’s token', claiming({ ...entra(tenant), appid: foreign, azp: foreign })],
  ['the government’s issuer', claiming({ iss: 'https://api.botframework.us' })],
  [
    'a foreign tenant',
    bringing({ conversation: { id: 'c', tenantId: foreign }, channelData: { tenant: { id: foreign } } }),
  ],
]

export const further: readonly Attack[] = [
  // The header
  ['lower-case bearer', async ({ good }) => ({ header: `bearer ${await sign(good, claims())}` })],
  ['another scheme', async ({ good }) => ({ header: `Basic ${await sign(good, claims())}` })],
  ['bare token', async ({ good }) => ({ header: await sign(good, claims()) })],
  [
    'two tokens',
    async ({ good }) => ({ header: `Bearer ${await sign(good, claims())} ${await sign(good, claims())}` }),
  ],
  [
    'two tokens with a comma',
    async ({ good, stranger }) => ({
      header: `Bearer ${await sign(stranger, claims())}, Bearer ${await sign(good, claims())}`,
    }),
  ],
  ['five parts (JWE)', changed(parts => [...parts, 'x', 'y'].join('.'))],
  ['a fourth, empty part', changed(parts => `${parts.join('.')}.`)],
  ['a token of 9,000 letters', claiming({ more: 'x'.repeat(9000) })],
  ['base64 with padding', changed(parts => `${parts.join('.')}==`)],
  // How it is signed
  ['RS512 by a published key', signedBy('rs512')],
  ['RS256 by a key that is published for RS512', signedBy('forRs512')],
  ['RS256 said, ES256 key', async ({ elliptic, good }) => header(sign({ ...good, kid: elliptic.kid }, claims()))],
  ['PS256 by a published key', signedBy('pss')],
  ['a short key', withShortKey],
  ['a key for encryption', signedBy('forEncryption')],
  ['a key with empty endorsements', signedBy('emptyEndorsed')],
  ['HS256 with an empty secret', () => hmacWith('')],
  ['HS256 with the key as JWK', ({ good }) => hmacWith(JSON.stringify(good.jwk))],
  ['alg nOnE', () => header(`${json({ alg: 'nOnE', kid: 'good' })}.${json(claims())}.x`)],
  ['alg as a list', () => header(`${json({ alg: ['RS256'], kid: 'good' })}.${json(claims())}.x`)],
  [
    'claims of one token, signature of another',
    async ({ good }) => {
      const [head, , signature] = (await sign(good, claims())).split('.')
      return header(`${head}.${json({ ...claims(), exp: now() + 9_999_999 })}.${signature}`)
    },
  ],
  ['one bit of the signature', withBitFlipped],
  ['embedded jwk', ({ stranger }) => header(sign({ ...stranger, kid: 'mine' }, claims(), { jwk: stranger.jwk }))],
  ['jku', ({ stranger }) => header(sign(stranger, claims(), { jku: 'http://127.0.0.1:9/keys', kid: 'mine' }))],
  ['x5u', ({ stranger }) => header(sign(stranger, claims(), { x5u: 'http://127.0.0.1:9/cert' }))],
  ['jku beside a good key changes nothing', heading({ jku: 'http://127.0.0.1:9/keys' }), 200],
  [
    'crit of the unknown',
    async ({ good }) => {
      const [, body, signature] = (await sign(good, claims())).split('.')
      return header(`${json({ alg: 'RS256', kid: 'good', crit: ['exp'], exp: 1 })}.${body}.${signature}`)
    },
  ],
  ['crit b64, well signed', heading({ crit: ['b64'], b64: true })],
  ['no kid', heading({ kid: undefined })],
  ['kid as a number', heading({ kid: 7 })],
  ['kid __proto__', heading({ kid: '__proto__' })],
  ['kid as a path', heading({ kid: '../../etc/passwd' })],
  // What it says
  ['aud as a list', claiming({ aud: [app] })],
  ['aud as a list with others', claiming({ aud: [app, 'dddddddd-1111-4111-8111-dddddddddddd'] })],
  ['aud with a space', claiming({ aud: `${app} ` })],
  ['aud empty', claiming({ aud: '' })],
  ['aud missing', claiming({ aud: undefined })],
  ['aud in capitals is the same GUID', claiming({ aud: app.toUpperCase() }), 200],
  ['iss missing', claiming({ iss: undefined })],
  ['iss as a list', claiming({ iss: ['https://api.botframework.com'] })],
  ['iss with a slash', claiming({ iss: 'https://api.botframework.com/' })],
  ['iss of 21Vianet', claiming({ iss: 'https://api.botframework.azure.cn' })],
  ['exp as text', claiming(() => ({ exp: String(now() + 3600) }))],
  ['exp null', claiming({ exp: null })],
  ['exp in milliseconds, negative', claiming(() => ({ exp: -Date.now() }))],
  ['nbf as text', claiming({ nbf: 'now' })],
  ['expired within the five minutes of skew', claiming(() => ({ exp: now() - 200 })), 200],
  ['claims that are a list', ({ good }) => header(signText(good, JSON.stringify([claims()])))],
  ['claims that are text', ({ good }) => header(signText(good, 'home'))],
  ['serviceUrl in camel case alone', claiming({ serviceurl: undefined, serviceUrl })],
  ['serviceurl as a list', claiming({ serviceurl: [serviceUrl] })],
  // Where it says it comes from, token and activity agreeing
  ['from anywhere', from('https://evil.example/')],
  ['by http', from('http://smba.trafficmanager.net/emea/')],
  ['another port', from('https://smba.trafficmanager.net:8443/emea/')],
  ['the default port, spelt out', from('https://smba.trafficmanager.net:443/emea/')],
  ['somebody before the @', from('https://smba.trafficmanager.net@evil.example/')],
  ['a name before the @', from('https://anna@smba.trafficmanager.net/emea/')],
  ['our host as a prefix', from('https://smba.trafficmanager.net.evil.example/')],
  ['our host as a suffix', from('https://evilsmba.trafficmanager.net/')],
  ['a sibling of our host', from('https://attacker.trafficmanager.net/')],
  ['a dot at the end of the host', from('https://smba.trafficmanager.net./emea/')],
  ['host in capitals', from('https://SMBA.trafficmanager.net/emea/')],
  ['backslashes', from('https:\\\\smba.trafficmanager.net\\emea\\')],
  ['dot-dot', from('https://smba.trafficmanager.net/emea/../x/')],
  ['encoded dot-dot', from('https://smba.trafficmanager.net/emea/%2e%2e/x/')],
  ['two slashes', from('https://smba.trafficmanager.net//evil.example/')],
  ['a query', from('https://smba.trafficmanager.net/emea/?x=')],
  ['a question mark', from('https://smba.trafficmanager.net/emea/?')],
  ['a fragment', from('https://smba.trafficmanager.net/emea/#')],
  ['a space before it', from(' https://smba.trafficmanager.net/emea/')],
  ['a line break in it', from('https://smba.traffic\nmanager.net/emea/')],
  ['the GCC host at a bot of the public cloud', from('https://smba.infra.gcc.teams.microsoft.com/teams/')],
  ['this machine', from('http://127.0.0.1:3978/')],
  ['Azure’s metadata service', from('http://169.254.169.254/metadata/')],
  ['service URL as a list', bringing({ serviceUrl: [serviceUrl] }), 400],
  ['service URL with one slash less than the token', bringing({ serviceUrl: serviceUrl.slice(0, -1) })],
  // Another channel, with a token that is genuine for Teams
  ...['emulator', 'webchat', 'directline', 'AseChannel', 'skype', 'msteams ', 'MSTEAMS', 'unknown'].map(
    (channelId): Attack => [`channel ${JSON.stringify(channelId)}`, bringing({ channelId })],
  ),
  ['channel null', bringing({ channelId: null })],
  ['channel as a list', bringing({ channelId: ['msteams'] }), 400],
  ['AseChannel without a token', () => ({ body: activity({ channelId: 'AseChannel' }) })],
  [
    'emulator and skill, without a token',
    () => ({
      body: activity({ channelId: 'emulator', recipient: { id: 'x', role: 'skill' } }),
    }),
  ],
  // Another tenant
  ['foreign conversation, home channel data', bringing({ conversation: { id: 'c', tenantId: foreign } })],
  ['home conversation, foreign channel data', bringing({ channelData: { tenant: { id: foreign } } })],
  ['our tenant in capitals is the same GUID', bringing({ channelData: { tenant: { id: tenant.toUpperCase() } } }), 200],
  ['no tenant at all', bringing({ conversation: { id: 'c' }, channelData: {} })],
  ['tenant empty', bringing({ conversation: { id: 'c', tenantId: '' }, channelData: {} })],
  ['tenants null', bringing({ conversation: { id: 'c', tenantId: null }, channelData: { tenant: { id: null } } })],
  ['tenant as a list', bringing({ conversation: { id: 'c', tenantId: [tenant] } })],
  ['tenant as a number', bringing({ channelData: { tenant: { id: 7 } } })],
  ['channel data as text', bringing({ channelData: tenant })],
  [
    'tenant in the token alone',
    async ({ good }) => ({
      ...(await header(sign(good, { ...claims(), tid: tenant }))),
      body: activity({ conversation: { id: 'c' }, channelData: {} }),
    }),
  ],
  // Elsewhere in the body
  [
    'token in the body',
    async ({ good }) => ({ body: activity({ authorization: `Bearer ${await sign(good, claims())}` }) }),
  ],
  ['caller id of a trusted skill', () => ({ body: activity({ callerId: 'urn:botframework:azure' }) })],
]
