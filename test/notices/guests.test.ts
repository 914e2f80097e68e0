/** Whoever is invited and never came: found by whatever they write first, written to once the platform lets us, and told once. */
import assert from 'node:assert/strict'
import { invite } from '../../src/domain/journey.ts'
import { noOf } from '../../src/domain/notices.ts'
import { document, keys } from '../../src/store/documents.ts'
import { people, programme } from '../world.ts'
import { openPost, type Post, told } from './post.ts'

const newcomer = 'person-newcomer'

describe('an invitation to somebody who never came', () => {
  let post: Post
  beforeEach(async () => {
    post = await openPost()
    const journey = invite(programme, newcomer, 'Nora Newcomer', undefined, post.time.now)
    const doc = document(keys.journey('spring', newcomer), journey)
    assert.ok((await post.store.commit(doc.pk, [{ op: 'create', doc }])).ok)
  })
  afterEach(() => post.close())

  const about = () => ({ kind: 'invitation', person: newcomer, to: newcomer, no: noOf(post.time.now) }) as const
  const membersAsked = () => Object(post.connector.received[0]?.activity).members
  const paths = () => post.connector.received.map(({ path }) => path.replace('/_connector/v3/conversations', ''))

  it('makes them findable and opens a chat, as their coach is reached and by what the platform calls them', async () => {
    post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' } })
    await post.sendNew({ ...about(), account: '29:from-a-team' })
    assert.deepEqual(paths(), ['', '/chat-new/activities'])
    assert.deepEqual(membersAsked(), [{ id: '29:from-a-team' }])
    const { name, memberships, chat, invitationShown } = await post.profile(newcomer)
    assert.deepEqual(memberships, [{ programme: 'spring', role: 'participant' }])
    const shown = { programme: 'spring', at: post.time.now }
    assert.deepEqual([name, chat?.conversation, invitationShown], ['Nora Newcomer', 'chat-new', shown])
    assert.equal(await post.left(about()), undefined)
    assert.ok(post.shown()[0]?.includes('Name of coach'), 'it says whose programme it is')
  })

  it('without such a name it is their object id', async () => {
    post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' } })
    await post.sendNew(about())
    assert.deepEqual(membersAsked(), [{ id: newcomer }])
  })

  it('waits where the platform says no, is tried no more, and goes out when they come', async () => {
    post.connector.scriptFor('', told(403, 'BotNotInstalled'))
    await post.sendNew(about())
    assert.equal((await post.left(about()))?.state, 'waiting')
    const before = post.posts()
    await post.lookAfter(3700)
    await post.lookAfter(3700)
    assert.equal(post.posts(), before, 'no further try')
    await post.change(newcomer, ({ unreachableSince: _gone, ...profile }) => ({
      ...profile,
      chat: post.chatOf(newcomer),
    }))
    await post.replica().deliverTo(newcomer)
    assert.deepEqual([paths().at(-1), await post.left(about())], [`/chat-${newcomer}/activities`, undefined])
  })

  it('is not sent once more to somebody who has found it by themselves', async () => {
    post.connector.scriptFor('', told(403, 'BotNotInstalled'))
    const promised = about()
    await post.sendNew(promised)
    post.move(60)
    const seen = post.time.now
    await post.change(newcomer, ({ unreachableSince: _gone, ...profile }) => ({
      ...{ ...profile, chat: post.chatOf(newcomer), invitationShown: { programme: 'spring', at: seen } },
    }))
    const before = post.posts()
    await post.replica().deliverTo(newcomer)
    assert.deepEqual([post.posts(), await post.left(promised)], [before, undefined])
  })

  it('is sent to somebody who has only seen the one to another programme', async () => {
    post.connector.scriptFor('', told(403, 'BotNotInstalled'))
    await post.sendNew(about())
    post.move(60)
    const other = { programme: 'mother', at: post.time.now }
    await post.change(newcomer, ({ unreachableSince: _gone, ...profile }) => ({
      ...{ ...profile, chat: post.chatOf(newcomer), welcomedAt: other.at, invitationShown: other },
    }))
    await post.replica().deliverTo(newcomer)
    assert.equal(paths().at(-1), `/chat-${newcomer}/activities`)
  })

  it('is tried another time when what hinders passes', async () => {
    post.connector.scriptFor('', told(503, 'Busy'))
    await post.sendNew(about())
    assert.equal((await post.profile(newcomer)).unreachableSince, undefined)
    post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' } })
    await post.lookAfter(3700)
    assert.equal(paths().at(-1), '/chat-new/activities')
  })

  it('invites to lead and to coach in the same way', async () => {
    for (const [kind, to, role, says] of [
      ['leaderInvitation', people.secondLeader, 'leader', 'Welcome, team leader'],
      ['coachInvitation', people.newCoach, 'coach', 'Welcome, coach'],
    ] as const) {
      await post.change(to, profile => ({ ...profile, memberships: [], chat: post.chatOf(to) }))
      await post.sendNew({ kind, person: to, to, no: 7 })
      assert.deepEqual((await post.profile(to)).memberships, [{ programme: 'spring', role }])
      assert.ok(post.shown().at(-1)?.includes(says))
    }
  })
})
