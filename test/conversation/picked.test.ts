import assert from 'node:assert/strict'
import { pickedIn } from '../../src/conversation/membership/picked.ts'

const one = '0a0a0a0a-1111-4111-8111-0000000000aa'
const two = '0b0b0b0b-2222-4222-8222-0000000000bb'
const who = (people: string, ids = '') => pickedIn({ people, ids })
const peopleIn = (people: string, ids = '') => {
  const picked = who(people, ids)
  return picked.no ? assert.fail(picked.line) : picked.people
}
const names = (ids: string) => peopleIn('', ids).map(({ name }) => name)

describe('people picked in a card', () => {
  it('come as ids with commas, without names', () => {
    assert.deepEqual(who(`${one},${two}`), {
      people: [
        { person: one, name: '' },
        { person: two, name: '' },
      ],
    })
  })
  it('are each taken once, in lower case, in the order given', () => {
    assert.deepEqual(
      peopleIn(`${two},${one.toUpperCase()}`, `${one}\n${two}`).map(({ person }) => person),
      [two, one],
    )
  })
  it('may be typed one a line, with a name before or after', () => {
    for (const line of [`${one}, Ann Bee`, `Ann Bee <${one}>`, `${one}   Ann Bee`, `Ann Bee: {${one}}`, `${one};\n`]) {
      assert.deepEqual(names(line), [line.includes('Ann') ? 'Ann Bee' : ''], line)
    }
    assert.deepEqual(names(`${one}，王蕾\n\n${two} O'Neil, Jr.`), ['王蕾', "O'Neil, Jr."])
    assert.deepEqual(names(`${one} ${two}`), ['', ''], 'two on a line have no name')
  })
  it('keep the name that was typed beside an id that was picked too', () => {
    assert.deepEqual(peopleIn(one, `${one} Ann`), [{ person: one, name: 'Ann' }])
  })
  it('are nobody when nothing was given', () => {
    assert.deepEqual(who('', ' \n '), { no: 'nobody', line: '' })
  })
  it('are nobody at all when one of them cannot be read', () => {
    assert.deepEqual(who(one, `${two}\nann@example.com`), { no: 'address', line: 'ann@example.com' })
    assert.deepEqual(who(one, 'Ann Bee'), { no: 'notAnId', line: 'Ann Bee' })
    assert.deepEqual(who('0', ''), { no: 'notAnId', line: '0' }, 'a client that gives the index of a choice')
    assert.deepEqual(who('', `${one}0`), { no: 'notAnId', line: `${one}0` })
  })
  it('take no time for a long row of signs', () => {
    assert.equal(names(`${one} ${', '.repeat(60_000)}x${'-'.repeat(60_000)}`).length, 1)
  })
})
