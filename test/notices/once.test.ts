/**
 * What was sent is not sent again because something that is written beside it fails: over HTTP by the real messenger, on
 * both engines, with a store that does not take profiles, or does not remove.
 */
import assert from 'node:assert/strict'
import { invite } from '../../src/domain/membership/consent.ts'
import { noOf } from '../../src/domain/notices.ts'
import type { ChatReference, Profile } from '../../src/domain/profile.ts'
import { document, keys } from '../../src/store/documents.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import type { Store } from '../../src/store/store.ts'
import { engines } from '../scenarios/house.ts'
import { people, programme } from '../world.ts'
import { leaseSeconds, openPost, type Post, told } from './post.ts'

const newcomer = 'person-newcomer'
const fails = () => Promise.reject(new StoreUnavailable('away'))

for (const engine of engines) {
  describe(`what was sent, on ${engine}`, () => {
    let post: Post
    beforeEach(async () => {
      post = await openPost(undefined, engine)
    })
    afterEach(() => post.close())

    /** Takes everything but profiles. */
    const withoutProfiles = (): Store => ({
      ...post.store,
      commit: (pk, writes) => (pk.startsWith('u:') ? fails() : post.store.commit(pk, writes)),
    })
    const about = () => ({ kind: 'invitation', person: newcomer, to: newcomer, no: noOf(post.time.now) }) as const
    const troubles = () => post.events('notice.unrecorded').map(({ kind, error }) => ({ kind, error }))

    /** Invited, and findable and reachable already, so that nothing is written before the send. */
    async function invited(part: { readonly chat?: ChatReference } = { chat: post.chatOf(newcomer) }) {
      const journey = invite(programme, newcomer, 'Nora Newcomer', undefined, post.time.now)
      const doc = document(keys.journey('spring', newcomer), journey)
      assert.ok((await post.store.commit(doc.pk, [{ op: 'create', doc }])).ok)
      const memberships = [{ programme: 'spring', role: 'participant' }] as const
      const profile: Profile = { person: newcomer, name: 'Nora Newcomer', memberships, ...part }
      const held = document(keys.profile(newcomer), profile)
      assert.ok((await post.store.commit(held.pk, [{ op: 'create', doc: held }])).ok)
    }

    it('an invitation is done with, though that it was shown cannot be written, and an operator is told', async () => {
      await invited()
      const notice = await post.promise(about())
      await post.replica({ store: withoutProfiles() }).deliver([notice])
      await post.lookAfter(leaseSeconds + 1)
      await post.lookAfter(3600)
      assert.deepEqual([post.posts(), await post.left(notice)], [1, undefined])
      assert.equal(post.events('notice.sent').length, 1)
      assert.deepEqual(troubles(), [{ kind: 'invitation', error: 'StoreUnavailable' }])
    })

    it('two notices of the same name in two programmes are both sent at once, promised or found', async () => {
      const twin = { ...programme, programme: 'twin' }
      const journey = (await post.store.get(keys.journey('spring', people.ready)))?.doc ?? assert.fail()
      for (const doc of [
        document(keys.programme('twin'), twin),
        document(keys.journey('twin', people.ready), { ...journey, programme: 'twin' }),
      ]) {
        assert.ok((await post.store.commit('p:twin', [{ op: 'create', doc }])).ok)
      }
      const both = async (no: number) => {
        const made = [await post.promise({ no }), await post.promise({ no, programme: 'twin' })]
        assert.equal(keys.notice(made[0] ?? assert.fail()).id, keys.notice(made[1] ?? assert.fail()).id)
        return made
      }
      const { readyNo = 0 } = journey.rounds[0] ?? {}
      await post.replica().deliver(await both(readyNo))
      assert.deepEqual([post.posts(), post.unlabelled()], [2, 2])
      await both(readyNo)
      post.move(leaseSeconds + 1)
      await post.replica().poll()
      assert.equal(post.posts(), 4)
    })

    it('an invitation that cannot be removed is known as shown, and not sent once more', async () => {
      await invited()
      const notice = await post.promise(about())
      await post.replica({ store: { ...post.store, removeIf: fails } }).deliver([notice])
      await post.lookAfter(leaseSeconds + 1)
      assert.deepEqual([post.posts(), await post.left(notice)], [1, undefined])
    })

    it('an invitation was shown as it was when it was drawn: who coaches since then was not on it', async () => {
      await invited()
      const notice = await post.promise(about())
      const drawnAt = post.time.now
      const send = (...given: Parameters<typeof post.messenger.send>) => {
        post.move(2)
        return post.messenger.send(...given)
      }
      await post.replica({ send }).deliver([notice])
      assert.equal((await post.profile(newcomer)).invitationShown?.at, drawnAt)
    })

    it('an invitation does not take the place of one that was shown later', async () => {
      await invited()
      const notice = await post.promise(about())
      const later = { programme: 'mother', at: new Date(Date.parse(post.time.now) + 1_000).toISOString() }
      const send: typeof post.messenger.send = async (...given) => {
        const sent = await post.messenger.send(...given)
        await post.change(newcomer, before => ({ ...before, invitationShown: later }))
        return sent
      }
      await post.replica({ send }).deliver([notice])
      assert.deepEqual((await post.profile(newcomer)).invitationShown, later)
    })

    it('goes to the new chat, once and as no repeat, though where that is cannot be written', async () => {
      post.connector.scriptFor(`chat-${people.coach}`, told(404, 'ConversationNotFound'))
      post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' } })
      await post.replica({ store: withoutProfiles() }).deliver([await post.promise()])
      await post.lookAfter(leaseSeconds + 1)
      const ways = post.connector.received.map(({ path }) => path.split('/conversations')[1])
      assert.deepEqual(ways, [`/chat-${people.coach}/activities`, '', '/chat-new/activities'])
      assert.deepEqual([await post.left(), post.unlabelled()], [undefined, 1])
      assert.deepEqual(troubles(), [{ kind: 'ready', error: 'StoreUnavailable' }])
    })

    it('and refused is tried again soon, where that they are out of reach cannot be written; it is no repeat', async () => {
      post.connector.script(told(403, 'BotDisabledByAdmin'))
      await post.replica({ store: withoutProfiles() }).deliver([await post.promise()])
      assert.deepEqual([post.posts(), (await post.left())?.state], [1, 'later'])
      assert.deepEqual(troubles(), [{ kind: 'ready', error: 'StoreUnavailable' }])
      await post.lookAfter(leaseSeconds + 1)
      assert.equal(post.posts(), 1, 'not before it is looked again')
      await post.lookAfter(60)
      assert.deepEqual([post.posts(), post.unlabelled(), await post.left()], [2, 1, undefined])
    })

    it('is no repeat when nothing had begun before the store was away', async () => {
      await invited({})
      post.connector.scriptFor('', { status: 201, body: { id: 'chat-new' } })
      const notice = await post.promise(about())
      await post.replica({ store: withoutProfiles() }).deliver([notice])
      assert.deepEqual([post.shown().length, (await post.left(notice))?.state], [0, 'later'])
      await post.lookAfter(leaseSeconds + 1)
      assert.deepEqual([post.unlabelled(), await post.left(notice)], [1, undefined])
    })
  })
}
