import assert from 'node:assert/strict'
import { newProfile, withMembership } from '../../src/domain/person.ts'

describe('a profile', () => {
  it('has each membership once: another programme or another role is another one', () => {
    const profile = withMembership(newProfile('person-ann', 'Ann'), { programme: 'spring', role: 'participant' })
    assert.equal(withMembership(profile, { programme: 'spring', role: 'participant' }), profile)
    for (const other of [
      { programme: 'autumn', role: 'participant' },
      { programme: 'spring', role: 'coach' },
    ] as const) {
      assert.deepEqual(withMembership(profile, other).memberships, [...profile.memberships, other])
    }
  })
})
