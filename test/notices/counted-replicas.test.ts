/** The one document in which processes count each other, on both engines: who is in it, who is not, and who writes at once. */
import assert from 'node:assert/strict'
import { createReplicas } from '../../src/outbox/replicas.ts'
import { keys } from '../../src/store/documents.ts'
import { StoreUnavailable } from '../../src/store/errors.ts'
import type { Store } from '../../src/store/store.ts'
import { engines } from '../scenarios/house.ts'
import { openPost, type Post } from './post.ts'

for (const engine of engines) {
  describe(`counted replicas, on ${engine}`, () => {
    let post: Post
    beforeEach(async () => {
      post = await openPost(undefined, engine)
    })
    afterEach(() => post.close())

    const replica = (id: string, store: Store = post.store) => createReplicas({ store, clock: post.clock, id })
    const seen = async () => (await post.store.get(keys.replicas()))?.doc.seen
    const names = async () => Object.keys((await seen()) ?? {}).sort()
    const counts = (all: readonly ReturnType<typeof replica>[]) => all.map(({ count }) => count())
    const look = async (...all: ReturnType<typeof replica>[]) => {
      for (const each of all) await each.look()
    }

    it('are two before anybody has looked; then one, or as many as there are', async () => {
      const [one, two, three] = [replica('one'), replica('two'), replica('three')]
      assert.equal(one.count(), 2)
      await look(one)
      assert.equal(one.count(), 1)
      await look(two, three, one)
      assert.deepEqual(
        [counts([one, two, three]), await names()],
        [
          [3, 2, 3],
          ['one', 'three', 'two'],
        ],
      )
    })

    it('that are gone without a word are forgotten after a minute and a half', async () => {
      const [one, dead] = [replica('one'), replica('dead')]
      await look(one, dead)
      post.move(60)
      await look(one)
      assert.deepEqual([one.count(), await names()], [2, ['dead', 'one']])
      post.move(31)
      await look(one)
      assert.deepEqual([one.count(), await seen()], [1, { one: post.time.now }])
    })

    it('that end take themselves out, and no document is left by the last', async () => {
      const [one, two] = [replica('one'), replica('two')]
      await look(one, two)
      await one.leave()
      assert.deepEqual(await names(), ['two'])
      await look(two, one)
      assert.deepEqual([two.count(), await names()], [1, ['two']], 'who has left is not put in again')
      await two.leave()
      await two.leave()
      assert.equal(await post.store.get(keys.replicas()), undefined)
    })

    it('that end during a look are out after it', async () => {
      const begun = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      const commit: Store['commit'] = async (...given) => {
        asked.resolve()
        await begun.promise
        return post.store.commit(...given)
      }
      const one = replica('one', { ...post.store, commit })
      const looking = one.look()
      await asked.promise
      const leaving = one.leave()
      begun.resolve()
      await Promise.all([looking, leaving])
      assert.equal(await post.store.get(keys.replicas()), undefined)
    })

    it('leave nothing behind when all of them are killed', async () => {
      await look(replica('one'), replica('two'))
      post.move(91)
      assert.equal(await post.store.get(keys.replicas()), undefined)
    })

    it('that look at the same moment are all in it', async () => {
      const all = Array.from({ length: 8 }, (_, no) => replica(`no-${no}`))
      await Promise.all(all.map(each => each.look()))
      assert.equal((await names()).length, 8)
      await look(...all)
      assert.deepEqual(new Set(counts(all)), new Set([8]))
      await Promise.all(all.map(each => each.leave()))
      assert.equal(await post.store.get(keys.replicas()), undefined)
    })

    it('meet who was quicker, and write neither over the other', async () => {
      let conflicts = 3
      const other = replica('other')
      const get: Store['get'] = async key => {
        const found = await post.store.get(key)
        if (conflicts-- > 0) await other.look()
        return found
      }
      const one = replica('one', { ...post.store, get })
      await look(one)
      assert.deepEqual([one.count(), await names()], [2, ['one', 'other']])
    })

    it('give up where others keep writing, and count them all the same', async () => {
      const other = replica('other')
      let reads = 0
      const get: Store['get'] = async key => {
        reads++
        const found = await post.store.get(key)
        await other.look()
        return found
      }
      const one = replica('one', { ...post.store, get })
      await assert.rejects(one.look(), StoreUnavailable)
      assert.deepEqual([one.count(), reads, await names()], [2, 8, ['other']])
    })

    it('are as last known while the store is away', async () => {
      let away = false
      const get: Store['get'] = key => (away ? Promise.reject(new StoreUnavailable('away')) : post.store.get(key))
      const one = replica('one', { ...post.store, get })
      await look(replica('two'), replica('three'), one)
      away = true
      await assert.rejects(one.look(), StoreUnavailable)
      assert.equal(one.count(), 3)
      await assert.rejects(one.leave(), StoreUnavailable)
    })

    it('cost one read and one write a look', async () => {
      const asked: string[] = []
      const get: Store['get'] = key => {
        asked.push('get')
        return post.store.get(key)
      }
      const commit: Store['commit'] = (...given) => {
        asked.push('commit')
        return post.store.commit(...given)
      }
      const one = replica('one', { ...post.store, get, commit })
      await look(one, one)
      assert.deepEqual(asked, ['get', 'commit', 'get', 'commit'])
    })
  })
}
