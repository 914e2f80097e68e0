import assert from 'node:assert/strict'
import { remove } from '../../src/domain/membership/consent.ts'
import { isGraduate, mayCreate } from '../../src/domain/programme/creating.ts'
import { ann, coach, later, ready, reviewed } from './given.ts'

const graduated = [
  { ...reviewed(), programme: 'summer' },
  { ...ready(), programme: 'winter' },
]
const strangers = [{ ...reviewed(), person: 'somebody' }]

describe('who may start a programme', () => {
  for (const [who, person, creators, buddies, journeys, wanted] of [
    ['one of those named', coach, [coach], false, [], { as: 'named', parents: [] }],
    ['anybody where anyone may', coach, 'anyone', false, [], { as: 'anyone', parents: [] }],
    ['somebody called so, where anyone may', 'one', 'anyone', false, [], { as: 'anyone', parents: [] }],
    ['a graduate', ann, [coach], true, graduated, { as: 'graduate', parents: ['summer'] }],
    ['a graduate where anyone may', ann, 'anyone', true, graduated, { as: 'anyone', parents: ['summer'] }],
    ['a graduate who is named', ann, [ann], true, graduated, { as: 'named', parents: ['summer'] }],
    ['a graduate who is named, without Buddy programmes', ann, [ann], false, graduated, { as: 'named', parents: [] }],
  ] as const) {
    it(`is ${who}`, () => assert.deepEqual(mayCreate(person, { creators, buddies }, journeys), wanted))
  }
  for (const [who, person, creators, buddies, journeys] of [
    ['a stranger', 'somebody', [coach], true, []],
    ['a graduate without Buddy programmes', ann, [coach], false, graduated],
    ['somebody whose round is not reviewed', ann, [coach], true, [ready()]],
    ['somebody with another’s journey', ann, [coach], true, strangers],
  ] as const) {
    it(`is not ${who}`, () => {
      assert.deepEqual(mayCreate(person, { creators, buddies }, journeys), { refused: 'mayNotCreate' })
    })
  }
  it('stays so for a graduate who has left', () => assert.equal(isGraduate(remove(reviewed(), later)), true))
})
