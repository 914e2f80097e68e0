/** People's words come back exactly as they were typed, UTF-16 code unit by code unit. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { answerLimit } from '../../../src/domain/logs/log.ts'
import { chosen } from '../../domain/given.ts'
import { type Bench, done, given, journeyDoc, keyOf, logDoc, pk } from '../bench.ts'

export const texts: Record<string, string> = {
  'emoji and joined emoji': '🙂 👩‍👩‍👧‍👦 🇩🇪 e\u0301 é',
  'quotes and slashes': `"double" 'single' \`back\` \\ / // '' ; -- :now @now ?1 $1`,
  templates: '${x} {{x}} #{x} %s {0} <b>&amp;</b>',
  'line breaks and spaces': ' \r\n\n\r\u2028\u2029\t\u00a0\ufeff ',
  'Chinese beyond the first plane': '学习日志 𠀀𪚥',
  'right to left': 'שלום \u202eabc\u202c مرحبا',
  'NUL and control characters': 'before\u0000after\u0001\u001f\u007f\u0085',
  'lone surrogates': '\ud800 \udc00x\ud83d',
  noncharacters: '\ufffe\uffff\ufffd',
  'the longest answer': '"\n😀\\'.repeat(answerLimit / 5),
  'a word that is JSON': '{"__proto__":{"a":1}}',
  'numbers and keywords': '007',
  nothing: '',
}

export function fidelity({ store }: Bench): void {
  const roundTrip = async (text: string) => {
    const [written] = done(await store().commit(pk, [{ op: 'put', doc: logDoc(1, text) }]))
    assert.deepEqual(written?.doc, logDoc(1, text))
    assert.deepEqual(await store().get(keyOf(logDoc(1))), written)
  }

  for (const [what, text] of Object.entries(texts)) it(`keeps ${what}`, () => roundTrip(text))

  it('keeps any code units', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 0xffff })), units =>
        roundTrip(String.fromCharCode(...units)),
      ),
      { numRuns: 50 },
    ))

  it('keeps null, and what `Object.groupBy` makes, which has no prototype', async () => {
    const grouped = Object.groupBy(['a', 'bb'], ({ length }) => length)
    const doc = { ...logDoc(1), nothing: null, list: [null], grouped }
    const [written] = done(await store().commit(pk, [{ op: 'put', doc }]))
    assert.deepEqual(written?.doc, { ...doc, grouped: { 1: ['a'], 2: ['bb'] } })
  })

  it('keeps texts in patches and in what queries read', async () => {
    const journey = journeyDoc({ ...chosen(), name: Object.values(texts).join('') })
    await given(store(), journey)
    const where = { name: 'draftOfActiveMember', round: 1, session: 1 } as const
    const set = [{ path: '/rounds/0/sessions/0/topic', value: Object.values(texts).join('|') }]
    const [patched] = done(await store().commit(pk, [{ op: 'patch', key: keyOf(journey), set, where }]))
    const expected: typeof journey = JSON.parse(JSON.stringify(journey))
    Object.assign(expected.rounds[0]?.sessions[0] ?? {}, { topic: set[0]?.value })
    assert.deepEqual(patched?.doc, expected)
    assert.deepEqual(await store().query('programmeOf', { programme: 'spring' }), [patched])
  })

  it('keeps the ids of people and activities, whatever letters they have', async () => {
    for (const id of ['a:1:0-x_y', '29:1Ab-Cd_Ef', 'ä 学 🙂', "it's", '%2F', 'A', 'a']) {
      const doc = { ...logDoc(1, id), id }
      await given(store(), doc)
      assert.deepEqual((await store().get(keyOf(doc)))?.doc, doc)
    }
  })
}
