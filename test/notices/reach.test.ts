/** Who cannot be written to: the rows of the table of errors that are about the person and their chat. */
import assert from 'node:assert/strict'
import { afterContact } from '../../src/conversation/turn/people.ts'
import type { Store } from '../../src/store/store.ts'
import { people } from '../world.ts'
import { openPost, type Post, told } from './post.ts'

describe('when somebody cannot be written to', () => {
  let post: Post
  beforeEach(async () => {
    post = await openPost()
  })
  afterEach(() => post.close())

  it('and the notice is somebody else’s by then: nothing is written, and nothing fails', async () => {
    post.connector.script(told(403, 'BotNotInstalled'))
    const commit: Store['commit'] = async (pk, writes) =>
      pk === 'p:spring' ? { ok: false, failed: 0, conflict: 'changed' } : post.store.commit(pk, writes)
    await post.replica({ store: { ...post.store, commit } }).deliver([await post.promise()])
    assert.deepEqual([post.posts(), (await post.left())?.state], [1, 'promised'])
    assert.deepEqual([post.events('notice.failed'), post.events('notice.unreachable')], [[], []])
  })

  describe('404 ConversationNotFound', () => {
    const gone = told(404, 'ConversationNotFound')
    const paths = () => post.connector.received.map(({ path }) => path.replace('/_connector/v3/conversations', ''))

    it('the chat is opened once, as the person’s own; the message goes there, and where it is is kept', async () => {
      post.connector.scriptFor(`chat-${people.coach}`, gone)
      post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' } })
      await post.sendNew()
      assert.deepEqual(paths(), [`/chat-${people.coach}/activities`, '', '/chat-new/activities'])
      assert.deepEqual(post.connector.received[1]?.activity, {
        bot: { id: '28:bot' },
        members: [{ id: `29:${people.coach}` }],
        isGroup: false,
        tenantId: 'tenant',
        channelData: { tenant: { id: 'tenant' } },
      })
      const { chat, unreachableSince } = await post.profile()
      assert.deepEqual([chat?.conversation, unreachableSince, await post.left()], ['chat-new', undefined, undefined])
      assert.equal(post.unlabelled(), 1)
    })

    it('and again in the new one: the person is out of reach', async () => {
      post.connector.scriptFor(`chat-${people.coach}`, gone)
      post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' } })
      post.connector.scriptFor('chat-new', gone)
      await post.sendNew()
      assert.equal(post.posts(), 3)
      assert.ok((await post.profile()).unreachableSince)
      assert.equal((await post.left())?.state, 'waiting')
      assert.equal(post.events('notice.unreachable').length, 1)
    })

    it('and the chat cannot be opened: as that answer says, and what nobody was shown is no repeat', async () => {
      for (const [answer, state] of [
        ['hang', 'later'],
        [{ status: 502 }, 'later'],
        [told(403, 'BotNotInConversationRoster'), 'waiting'],
      ] as const) {
        post.connector.scriptFor(`chat-${people.coach}`, gone)
        post.connector.scriptFor('', answer)
        await post.sendNew({ no: 1, person: people.ready })
        const { state: left, unknownSends } = (await post.left()) ?? assert.fail()
        assert.deepEqual([left, unknownSends], [state, 0])
        await post.store.commit('p:spring', [
          { op: 'remove', key: { pk: 'p:spring', id: (await post.left())?.id ?? '', type: 'notice' } },
        ])
      }
    })

    it('a chat that was written to meanwhile is not overwritten', async () => {
      post.connector.scriptFor(`chat-${people.coach}`, gone)
      post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' }, afterMs: 100 })
      const sending = post.sendNew()
      await new Promise(resolve => setTimeout(resolve, 50))
      const chat = { ...post.chatOf(people.coach), conversation: 'chat-known-better' }
      await post.change(people.coach, before => ({ ...before, chat }))
      await sending
      assert.equal((await post.profile()).chat?.conversation, 'chat-known-better')
    })
  })

  describe('403: the person cannot be written to', () => {
    const blocked = { error: { code: 'Forbidden', message: JSON.stringify({ subCode: 'MessageWritesBlocked' }) } }
    const writes = () => {
      const chat = post.chatOf(people.coach)
      const said = { kind: 'message', text: 'hi', place: 'personal', tenant: 'tenant', activity: 'a' } as const
      const actor = { person: people.coach, name: '' }
      return post.change(people.coach, before => afterContact(before, { ...said, actor, chat }))
    }
    for (const [name, body] of [
      ['BotNotInConversationRoster', undefined],
      ['BotDisabledByAdmin', undefined],
      ['ForbiddenOperationException', undefined],
      ['MessageWritesBlocked', blocked],
    ] as const) {
      it(`${name}: never again before they come, and then at once, as no repeat`, async () => {
        post.connector.script(body ? { status: 403, body } : told(403, name))
        await post.sendNew()
        assert.equal((await post.profile()).unreachableSince, post.time.now)
        await post.lookAfter(3601)
        assert.deepEqual([post.posts(), (await post.left())?.state], [1, 'waiting'])
        assert.equal(post.events('notice.unreachable')[0]?.code, name)
        await writes()
        await post.replica().deliverTo(people.coach)
        assert.deepEqual([post.posts(), post.unlabelled(), await post.left()], [2, 1, undefined])
      })
    }

    it('an operator is told at once and every day: of what kind, and for how long', async () => {
      post.connector.script(told(403, 'BotDisabledByAdmin'))
      await post.sendNew()
      for (let hour = 1; hour <= 26; hour++) await post.lookAfter(3601)
      const tasks = post.events('notice.unreachable').map(({ kind, code, hours }) => ({ kind, code, hours }))
      assert.deepEqual(tasks, [
        { kind: 'ready', code: 'BotDisabledByAdmin', hours: 0 },
        { kind: 'ready', code: 'stillAway', hours: 24 },
      ])
    })

    it('so is it of somebody who has never been here', async () => {
      await post.change(people.coach, ({ chat: _none, ...rest }) => rest)
      await post.sendNew()
      assert.deepEqual([post.posts(), post.events('notice.unreachable')[0]?.code], [0, 'neverHere'])
    })

    it('who comes while it is being found out is told at once', async () => {
      post.connector.script(told(403, 'MessageWritesBlocked'))
      const commit: Store['commit'] = async (pk, all) => {
        if (all.some(write => 'doc' in write && write.doc.type === 'notice' && write.doc.state === 'waiting'))
          await writes()
        return post.store.commit(pk, all)
      }
      await post.replica({ store: { ...post.store, commit } }).deliver([await post.promise()])
      assert.deepEqual([post.posts(), post.unlabelled(), await post.left()], [2, 1, undefined])
    })

    it('waiting is no try: the first failure after it is not the last', async () => {
      post.connector.script(told(403, 'BotDisabledByAdmin'))
      await post.sendNew()
      for (let hour = 1; hour <= 8; hour++) await post.lookAfter(3601)
      await post.lookAfter(25 * 3600)
      await writes()
      post.connector.script(told(412, 'PreconditionFailed'))
      await post.replica().deliverTo(people.coach)
      const { state, attempts } = (await post.left()) ?? assert.fail()
      assert.deepEqual([state, attempts], ['later', 1])
    })
  })
})
