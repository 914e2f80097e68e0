/** A team's list as the platform gives it, and everything else that may come in its place. */
import assert from 'node:assert/strict'
import { isLocal } from '../../src/teams/inbound/frontDoor.ts'
import { createMessenger } from '../../src/teams/outbound/messenger.ts'
import { rosterPageOf } from '../../src/teams/outbound/roster.ts'
import { type Answer, type Connector, startConnector } from './connector.ts'
import { createPagedMembers, type PagedMembers, rosterOf, teamId } from './paged-members.ts'

const tenant = '11111111-1111-4111-8111-111111111111'
const id = 'AAAAAAAA-0000-4000-8000-000000000001'
const of = (...members: unknown[]) => rosterPageOf({ members }, tenant)?.members

describe('a team’s list', () => {
  it('names people by Entra’s id in lower case, and by their account and name as the platform has them', () => {
    const person = { who: 'person', person: id.toLowerCase(), account: '29:a' }
    const entry = { id: '29:a', objectId: id }
    assert.deepEqual(of({ ...entry, givenName: 'Ann', surname: 'Example' }), [{ ...person, name: 'Ann Example' }])
    assert.deepEqual(of({ id: '29:a', aadObjectId: id, name: 'Ann', userRole: 'user' }), [{ ...person, name: 'Ann' }])
    assert.deepEqual(of(entry), [{ ...person, name: '' }])
    assert.deepEqual(of({ ...entry, name: 7, surname: 'x'.repeat(513) }), [{ ...person, name: '' }])
  })

  it('tells guests by their sign-in name, their role or another tenant', () => {
    const entry = { id: '29:a', objectId: id, tenantId: tenant.toUpperCase() }
    const who = (more: object) => of({ ...entry, ...more })?.[0]?.who
    assert.equal(who({}), 'person')
    assert.equal(who({ userPrincipalName: 'ann_fabrikam.com#EXT#@contoso.onmicrosoft.com' }), 'guest')
    assert.equal(who({ userRole: 'guest' }), 'guest')
    assert.equal(who({ tenantId: '22222222-2222-4222-8222-222222222222' }), 'guest')
    assert.equal(who({ tenantId: '29:1UX7p8Fkx7p93' }), 'person')
  })

  it('counts bots, visitors and whatever cannot be read, and names none of them', () => {
    const bots = [
      { id: '28:bot', objectId: id, name: 'Bot' },
      { id: '29:a', name: 'No object id' },
    ]
    const visitors = [
      { id: '29:a', objectId: id, userRole: 'anonymous' },
      { id: '29:a', objectId: 'ann@contoso.com' },
    ]
    const broken = [null, 7, 'x', [], {}, { id: 'a\nb', objectId: id }, { id: '', objectId: id }]
    const all = [...bots, ...visitors, ...broken]
    assert.deepEqual(
      of(...all),
      all.map(() => ({ who: 'other' })),
    )
  })

  it('is no page when it is anything else', () => {
    for (const body of [undefined, null, [], {}, { members: {} }, { members: [], continuationToken: 7 }]) {
      assert.equal(rosterPageOf(body, tenant), undefined)
    }
    assert.deepEqual(rosterPageOf({ members: [], continuationToken: '' }, tenant), { members: [] })
  })
})

describe('asking for a team’s list', () => {
  let connector: Connector
  let members: PagedMembers
  const messenger = createMessenger({ token: async url => `for ${url}`, mayCall: isLocal, limitMs: 300 })
  const team = () => ({ team: teamId, serviceUrl: connector.serviceUrl, tenant })
  const scripted = async (what: Answer) => {
    members.script(1, what)
    return messenger.roster(team(), undefined)
  }

  beforeEach(async () => {
    members = createPagedMembers(rosterOf(450, 20, 5))
    connector = await startConnector(members.answer)
  })
  afterEach(() => connector.stop())

  it('goes page by page, by the token of the one before, to the end', async () => {
    const sizes: number[] = []
    let token: string | undefined
    do {
      const page = await messenger.roster(team(), token)
      assert.ok('members' in page)
      sizes.push(page.members.length)
      token = page.next
    } while (token !== undefined)
    assert.deepEqual(sizes, [200, 200, 75])
    assert.deepEqual(
      members.asked.map(each => [each.token, each.pageSize]),
      [undefined, 'page from 200', 'page from 400'].map(each => [each, 200]),
    )
  })

  it('says why there is none, in the words of any other request, and never throws', async () => {
    const told = (code: string) => ({ error: { code, message: 'CANARY' } })
    const no = (why: string, code: string) => ({ sent: false, why, code })
    const throttled = { ...no('throttled', 'http429'), retryAfterSeconds: 7 }
    assert.deepEqual(await scripted({ status: 429, headers: { 'retry-after': '7' } }), throttled)
    assert.deepEqual(await scripted({ status: 502 }), no('ambiguous', 'http502'))
    assert.deepEqual(
      await scripted({ status: 403, body: told('BotNotInConversationRoster') }),
      no('unreachable', 'BotNotInConversationRoster'),
    )
    assert.deepEqual(await scripted({ status: 400, body: told('BadArgument') }), no('refused', 'BadArgument'))
    assert.deepEqual(await scripted({ status: 200, body: 'no page' }), no('ambiguous', 'NoPage'))
    assert.deepEqual(await scripted('hang'), no('ambiguous', 'TimeoutError'))
    assert.deepEqual(await scripted('reset'), no('ambiguous', 'ECONNRESET'))
    const elsewhere = { ...team(), serviceUrl: 'https://smba.example.com/' }
    assert.deepEqual(await messenger.roster(elsewhere, undefined), no('refused', 'ServiceUrlNotAllowed'))
  })
})
