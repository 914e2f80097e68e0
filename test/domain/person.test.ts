import assert from 'node:assert/strict'
import { invitationShownAt, newProfile, withMembership } from '../../src/domain/profile.ts'

describe('the invitation last shown', () => {
  const at = '2026-11-23T09:00:00.000Z'
  const profile = { ...newProfile('person-ann', 'Ann'), invitationShown: { programme: 'spring', at } }

  it('is of one programme, and not of a moment that no right clock has reached', () => {
    assert.equal(invitationShownAt(profile, 'spring', at), at)
    assert.equal(invitationShownAt(profile, 'autumn', at), '')
    assert.equal(invitationShownAt(profile, 'spring', '2026-11-23T08:00:00.000Z'), at)
    assert.equal(invitationShownAt(profile, 'spring', '2026-11-23T07:59:59.999Z'), '')
  })
})

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
