/** The tally that two stores are compared by: the same for the same documents, and for no others. */
import assert from 'node:assert/strict'
import { checksumOf, compared } from '../../src/store/operator/checksum.ts'
import type { RawDocument } from '../../src/store/raw-store.ts'

const doc = (id: string, more: object = {}, type = 'log'): RawDocument => ({ fields: { pk: 'p', id, type, ...more } })

async function* pages(...docs: readonly RawDocument[][]) {
  yield* docs
}

const verdict = async (one: readonly RawDocument[], other: readonly RawDocument[]) =>
  compared(await checksumOf(pages([...one])), await checksumOf(pages([...other])))

describe('tally', () => {
  it('is the same in any order, on any pages, and however fields are ordered', async () => {
    const docs = ['a', 'b', 'c'].map(id => doc(id, { x: 1, y: { b: [1, { c: 2, d: 3 }], a: null } }))
    const other = ['c', 'a', 'b'].map(id => ({
      fields: { y: { a: null, b: [1, { d: 3, c: 2 }] }, x: 1, type: 'log', id, pk: 'p' },
    }))
    const [one, two] = [await checksumOf(pages(docs)), await checksumOf(pages(other.slice(0, 1), [], other.slice(1)))]
    assert.equal(compared(one, two).same, true)
  })

  for (const [what, one, other] of [
    ['a document more', [doc('a')], [doc('a'), doc('b')]],
    ['another key', [doc('a')], [doc('b')]],
    ['another value', [doc('a', { x: 1 })], [doc('a', { x: 2 })]],
    ['a number for a text', [doc('a', { x: 1 })], [doc('a', { x: '1' })]],
    ['nothing for no field', [doc('a', { x: null })], [doc('a')]],
    ['an empty list for an object', [doc('a', { x: [] })], [doc('a', { x: {} })]],
    ['another order of a list', [doc('a', { x: [1, 2] })], [doc('a', { x: [2, 1] })]],
    ['another version', [doc('a', { schemaVersion: 1 })], [doc('a', { schemaVersion: 2 })]],
    ['half a pair for the mark of a broken one', [doc('a', { x: '\ud800' })], [doc('a', { x: '\ufffd' })]],
    ['half a pair for its escape', [doc('a', { x: '\ud800' })], [doc('a', { x: '\\ud800' })]],
    [
      'two documents that swapped a field',
      [doc('a', { x: 1 }), doc('b', { x: 2 })],
      [doc('a', { x: 2 }), doc('b', { x: 1 })],
    ],
    ['a document of another kind', [doc('a')], [doc('a', {}, 'journey')]],
    ['the same one twice', [doc('a')], [doc('a'), doc('a')]],
  ] as const) {
    it(`tells ${what}`, async () => assert.equal((await verdict(one, other)).same, false))
  }

  it('says for each kind how many, and nothing of what is in them', async () => {
    const { lines } = await verdict(
      [doc('CANARY', { text: 'CANARY' }), doc('j', {}, 'journey')],
      [doc('CANARY', { text: 'CANARY 2' }), doc('j', {}, 'journey')],
    )
    const words = lines.map(line => line.trim().split(/\s+/).join(' '))
    assert.deepEqual(words.slice(1, 4), ['journey 1 1 same', 'log 1 1 DIFFERENT', 'all 2 2 DIFFERENT'])
    assert.ok(!lines.join('\n').includes('CANARY'))
  })

  it('counts apart what expires by itself, and does not compare it', async () => {
    const passing: RawDocument = { ...doc('a', {}, 'marker'), expires: '2026-11-23T10:00:00.000Z' }
    const { same, lines } = await verdict([doc('b'), passing], [doc('b')])
    assert.equal(same, true)
    assert.match(lines.join('\n'), /expire by themselves, 1 and 0/)
  })
})
