/** What the attacks are made of: keys published and not, and ways to change one thing of what is genuine. */
import { createHmac, generateKeyPairSync, sign as signRaw } from 'node:crypto'
import { base64url, type JWTPayload } from 'jose'
import { activity, app, claims } from './genuine.ts'
import { type Pair, pair, sign } from './issuer.ts'

export type World = {
  /** `good` is published for Teams; the others as their names say. `stranger` has the same id as `good`, and is not published. */
  readonly good: Pair
  readonly stranger: Pair
  readonly unpublished: Pair
  readonly webchat: Pair
  readonly unendorsed: Pair
  readonly emptyEndorsed: Pair
  readonly forEncryption: Pair
  readonly forRs512: Pair
  readonly rs512: Pair
  readonly elliptic: Pair
  readonly pss: Pair
  /** RSA of 1,024 bits, which no library of today makes or takes. */
  readonly short: { readonly jwk: object } & { readonly sign: (text: string) => string }
}

/** The Authorization header (absent: none) and the body (absent: a genuine one) of one POST. */
export type Try = { readonly header?: string; readonly body?: unknown }
export type Attack = readonly [name: string, attempt: (world: World) => Promise<Try> | Try, status?: 200 | 400 | 401]

export async function openWorld(): Promise<World> {
  const good = await pair('good')
  return {
    good,
    stranger: await pair('good'),
    unpublished: await pair('unpublished'),
    webchat: await pair('webchat', { endorsements: ['webchat', 'directline'] }),
    unendorsed: await pair('unendorsed', {}),
    emptyEndorsed: await pair('emptyEndorsed', { endorsements: [] }),
    forEncryption: await pair('forEncryption', { endorsements: ['msteams'], use: 'enc' }),
    forRs512: await pair('forRs512', { endorsements: ['msteams'], alg: 'RS512' }),
    rs512: await pair('rs512', { endorsements: ['msteams'] }, 'RS512'),
    elliptic: await pair('elliptic', { endorsements: ['msteams'] }, 'ES256'),
    pss: await pair('pss', { endorsements: ['msteams'] }, 'PS256'),
    short: shortPair(),
  }
}

function shortPair(): World['short'] {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'short', use: 'sig', endorsements: ['msteams'] },
    sign: text => signRaw('sha256', Buffer.from(text), privateKey).toString('base64url'),
  }
}

export function published({ stranger: _same, unpublished: _none, ...pairs }: World): unknown[] {
  return [null, 'x', { kid: 'broken', kty: 'RSA', n: '%%', e: 1 }, ...Object.values(pairs).map(each => each.jwk)]
}

export const header = async (token: string | Promise<string>) => ({ header: `Bearer ${await token}` })
export const json = (part: unknown) => base64url.encode(JSON.stringify(part))
export const now = () => Math.floor(Date.now() / 1000)

/** A genuine signature over changed claims (undefined takes one away), or over a changed header. */
/** @param changes what is said of times is reckoned when it is tried: other tests may take minutes before. */
export const claiming =
  (changes: object | (() => object)) =>
  ({ good }: World) =>
    header(sign(good, { ...claims(), ...(typeof changes === 'function' ? changes() : changes) } as JWTPayload))
export const heading =
  (changes: object) =>
  ({ good }: World) =>
    header(sign(good, claims(), changes))
/** Everything is genuine but the key. */
export const signedBy = (who: Exclude<keyof World, 'short'>) => (world: World) => header(sign(world[who], claims()))
/** A genuine token with another activity. */
export const bringing =
  (changes: object) =>
  async ({ good }: World) => ({ ...(await header(sign(good, claims()))), body: activity(changes) })
/** A genuine token for that very service URL, which the activity names as well. */
export const from =
  (url: unknown) =>
  async ({ good }: World) => ({
    ...(await header(sign(good, { ...claims(), serviceurl: url }))),
    body: activity({ serviceUrl: url }),
  })
export const changed = (edit: (parts: string[]) => string) => async (world: World) => {
  const token = await sign(world.good, claims())
  return { header: `Bearer ${edit(token.split('.'))}` }
}

/** A public key is no secret: whoever verifies HS256 with it takes everybody's word. */
export function hmacWith(secret: string) {
  const text = `${json({ alg: 'HS256', typ: 'JWT', kid: 'good' })}.${json(claims())}`
  return header(`${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`)
}

export const foreign = '99999999-9999-4999-8999-999999999999'
/** As Entra gives them out to whoever has the app's secret, or to users of an app registration that is also a tab's. */
export const entra = (tid: string) => ({
  iss: `https://sts.windows.net/${tid}/`,
  ...{ appid: app, azp: app, tid, ver: '2.0' },
})

export function withShortKey({ short }: World): Promise<Try> {
  const text = `${json({ alg: 'RS256', kid: 'short' })}.${json(claims())}`
  return header(`${text}.${short.sign(text)}`)
}

/** In the middle of the signature. */
export const withBitFlipped = changed(([head, body, signature = '']) => {
  const at = signature.length >> 1
  return `${head}.${body}.${signature.slice(0, at)}${signature[at] === 'A' ? 'B' : 'A'}${signature.slice(at + 1)}`
})
