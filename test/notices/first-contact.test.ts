/** Whoever is invited and never came: found by whatever they write first, written to once the platform lets us, and told once. */
import assert from 'node:assert/strict'
import { invite } from '../../src/domain/membership/consent.ts'
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

  it('is not tried again where the platform refuses what we ask', async () => {
    post.connector.scriptFor('', told(400, 'BadSyntax'))
    await post.sendNew(about())
    assert.equal((await post.profile(newcomer)).unreachableSince, post.time.now)
  })

  it('is not tried through a coach who is away themselves', async () => {
    await post.change(people.coach, before => ({ ...before, unreachableSince: post.time.now }))
    await post.sendNew(about())
    assert.deepEqual([paths(), (await post.left(about()))?.state], [[], 'waiting'])
  })

  it('waits for its turn like everything else: no chat is opened while the platform pauses us', async () => {
    const replica = post.replica()
    post.connector.script({ status: 429, headers: { 'retry-after': '60' } })
    await replica.deliver([await post.promise()])
    const before = post.posts()
    await replica.deliver([await post.promise(about())])
    assert.deepEqual([post.posts(), (await post.left(about()))?.lastError], [before, 'postponed'])
    assert.equal((await post.profile(newcomer)).unreachableSince, undefined)
  })

  it('opens no chat any more when this process ends', async () => {
    const asked = Promise.withResolvers<void>()
    const read = Promise.withResolvers<void>()
    const get: typeof post.store.get = async key => {
      if (key.id === 'profile' && key.pk === `u:${people.coach}`) {
        asked.resolve()
        await read.promise
      }
      return post.store.get(key)
    }
    const leaving = post.replica({ store: { ...post.store, get } })
    const delivering = leaving.deliver([await post.promise(about())])
    await asked.promise
    const stopping = leaving.stop(1_000, 500)
    read.resolve()
    await Promise.all([stopping, delivering])
    assert.deepEqual([paths(), (await post.left(about()))?.lastError], [[], 'handedBack'])
  })

  it('is all that opens a chat: a coach who never came is not written to about anything else', async () => {
    await post.change(people.coach, ({ chat: _none, ...profile }) => profile)
    await post.change(people.newCoach, profile => ({ ...profile, chat: post.chatOf(people.newCoach) }))
    await post.sendNew()
    assert.deepEqual([paths(), (await post.left())?.state], [[], 'waiting'])
  })

  it('seen, keeps nothing else from the person', async () => {
    const invitationShown = { programme: 'spring', at: post.time.now }
    await post.change(people.coach, profile => ({ ...profile, invitationShown }))
    await post.sendNew()
    assert.equal(post.posts(), 1)
  })

  it('to a programme that is not there any more is dropped', async () => {
    const { etag } = (await post.store.get(keys.programme('spring'))) ?? assert.fail()
    await post.store.removeIf(keys.programme('spring'), etag)
    await post.sendNew(about())
    assert.deepEqual([paths(), await post.left(about()), post.events('notice.dropped').length], [[], undefined, 1])
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
