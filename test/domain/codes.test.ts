import assert from 'node:assert/strict'
import { codeAlphabet, codeLetters, readCode, writeCode } from '../../src/domain/membership/codes.ts'

const secret = 'WXY23467'
const ids = ['BCDF2346', 'demo', 'Demo', 'shanghai-1', 'a', '-', '_', '0OIl', 'x'.repeat(32), 'bcdf2346', 'ABCDFGHJ']

describe('a join code', () => {
  it('is four groups of four, of signs nobody confuses', () => {
    assert.equal(writeCode('BCDF2346', secret), 'BCDF-2346-WXY2-3467')
    assert.equal(new Set(codeAlphabet).size, codeAlphabet.length)
    for (const pair of ['0O', '1I', '1L', 'IL', '2Z', '5S', '8B', 'UV']) {
      assert.equal([...pair].filter(sign => codeAlphabet.includes(sign)).length < 2, true, pair)
    }
    assert.equal(/[AEIOU]/.test(codeAlphabet), false)
  })
  for (const id of ids) {
    it(`brings back the id ${id}, however it is typed`, () => {
      const code = writeCode(id, secret)
      const wanted = { programme: id, secret }
      const typed = [
        code,
        code.toLowerCase(),
        code.replaceAll('-', ''),
        code.replaceAll('-', ' – '),
        `  ${[...code].join(' ')}\n`,
        code.replace(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
        code.replaceAll('2', 'z').replaceAll('B', '8').replaceAll('V', 'u'),
        code.replaceAll('-', '−\u200b'),
      ]
      for (const each of typed) assert.deepEqual(readCode(each), wanted, each)
      assert.match(code, /^\w{1,4}(-\w{4})+$/)
    })
  }
  it('of every sign an id may have can be read', () => {
    for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-') {
      assert.equal(readCode(writeCode(sign, secret))?.programme, sign)
    }
  })
  for (const text of [
    '',
    'BCDF-2346-WXY2',
    'BCDF-2346-WXY2-3467-B',
    'BCDF-2346-WXY2-346!',
    'home',
    'AWXY-2346-7',
    `AYY${secret}`,
    `AB${secret}`,
    `A${'BC'.repeat(33)}${secret}`,
    `plan ${writeCode('demo', secret)}`,
  ]) {
    it(`is not "${text.slice(0, 30)}"`, () => assert.equal(readCode(text), undefined))
  }
  it('is not made for an id that is none', () => {
    for (const id of ['', 'a b', 'x'.repeat(33), 'ä']) assert.throws(() => writeCode(id, secret), /id/)
  })
  it('has eight letters, each of two random bytes', () => {
    assert.equal(codeLetters(new Uint8Array(16)), 'BBBBBBBB')
    const bytes = Uint8Array.from({ length: 16 }, (_, at) => at * 16 + 3)
    assert.equal(codeLetters(bytes).length, 8)
    assert.equal(codeLetters(Uint8Array.of(...Array<number>(14).fill(0), 1, 0)).at(-1), codeAlphabet[256 % 23])
    assert.throws(() => codeLetters(new Uint8Array(15)), /16 random bytes/)
  })
})
