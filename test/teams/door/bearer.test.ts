import assert from 'node:assert/strict'
import { clouds } from '../../../src/teams/clouds.ts'
import { bearerReader } from '../../../src/teams/inbound/bearer.ts'
import { app, claims } from './genuine.ts'
import { pair, sign } from './issuer.ts'

describe('verified tokens', () => {
  let time = Date.now()
  let verified = 0
  let read: ReturnType<typeof bearerReader>
  let signed: (no: number, otherwise?: object) => Promise<string>

  before(async () => {
    const { jwk, privateKey } = await pair('good')
    const { importJWK } = await import('jose')
    const key = await importJWK(jwk, 'RS256')
    const find = async () => {
      verified++
      return key
    }
    const keys = { find, warm: async () => {} }
    read = bearerReader({ app, issuer: clouds.public.issuer, keys, now: () => time, elapsed: () => time })
    signed = async (no, otherwise) =>
      `Bearer ${await sign({ kid: 'good', alg: 'RS256', privateKey, jwk }, { ...claims(), no, ...otherwise })}`
  })
  beforeEach(() => {
    verified = 0
  })

  it('are not verified again for five minutes', async () => {
    const token = await signed(-1)
    for (let n = 0; n < 10; n++) await read(token)
    assert.equal(verified, 1)
    time += 299_999
    await read(token)
    assert.equal(verified, 1)
    time += 1
    await read(token)
    assert.equal(verified, 2)
  })

  it('are for one bot and one address, which are words', async () => {
    for (const otherwise of [
      { aud: [app] },
      { aud: 'another' },
      { serviceurl: 7 },
      { serviceurl: ['https://a', 'b'] },
    ]) {
      await assert.rejects(read(await signed(-2, otherwise)), { why: 'token' })
    }
  })

  it('are remembered a thousand at most, the last ones', async () => {
    const tokens: string[] = []
    for (let no = 0; no <= 1000; no++) {
      const token = await signed(no)
      tokens.push(token)
      await read(token)
    }
    assert.equal(verified, 1001)
    await read(tokens[1] ?? '')
    assert.equal(verified, 1001)
    await read(tokens[0] ?? '')
    assert.equal(verified, 1002)
  })
})
