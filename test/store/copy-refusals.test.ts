/** What a copy of a store does not put up with: a target that is taken, a half source, and a copy that is not the same. */
import assert from 'node:assert/strict'
import { copyStore } from '../../src/store/operator/copy.ts'
import type { RawStore } from '../../src/store/raw-store.ts'
import { given, keyOf, logDoc } from './bench.ts'
import { contents, copyBench, endless, fileShelf, stored, using } from './copying.ts'

describe('a copy of a store', function () {
  this.timeout(60_000)
  const { store, cosmos, emptyFile, fullFile, copied } = copyBench()

  describe('tells what is not the same', () => {
    /** Copied but for the last step; then the target is changed, and it is compared again. */
    async function changed(change: (target: RawStore) => Promise<void>): Promise<readonly string[]> {
      const file = fullFile()
      await assert.rejects(copied(fileShelf(file, 'source'), endless(cosmos())), /stopped/)
      await using(cosmos(), change)
      const said: string[] = []
      const again = (say: (line: string) => void) =>
        using(fileShelf(file, 'source'), source => using(cosmos(), target => copyStore(source, target, say)))
      await assert.rejects(
        again(line => said.push(line)),
        /is not the same as .*: somebody wrote .*empty the target/,
      )
      await assert.rejects(
        again(() => {}),
        /is not the same/,
        'and goes on saying so',
      )
      assert.ok(
        await using(cosmos(), target => target.get({ pk: 'copy', id: 'position' })),
        'nobody takes it for a whole copy',
      )
      assert.ok(!said.join('\n').includes('CANARY'))
      return said.filter(line => line.endsWith('DIFFERENT')).map(line => line.trim().split(/\s+/).join(' '))
    }
    const logs = stored.filter(({ type }) => type === 'log').length
    const key = keyOf(logDoc(1))
    const one = { ...key, id: 'l:person-007:1:2' }

    it('a document that was changed, by one letter', async () => {
      const lines = await changed(async target => {
        const lying = await target.get(one)
        assert.ok(lying)
        const text = JSON.stringify(lying.fields).replace('CANARY', 'CANARy')
        await target.put([{ fields: JSON.parse(text) }])
      })
      assert.deepEqual(lines, [`log ${logs} ${logs} DIFFERENT`, `all ${stored.length} ${stored.length} DIFFERENT`])
    })

    it('a document that is missing', async () => {
      assert.equal((await changed(target => target.remove(one)))[0], `log ${logs} ${logs - 1} DIFFERENT`)
    })

    it('a document too many, of a kind nobody knows', async () => {
      const [line] = await changed(target => target.put([{ fields: { ...one, type: 'other', id: 'x' } }]))
      assert.equal(line, 'other 0 1 DIFFERENT')
    })
  })

  describe('refuses', () => {
    const refused = async (from: RawStore, to: RawStore, why: RegExp) => {
      const before = await contents(to)
      await using(from, () =>
        using(to, async () => {
          await assert.rejects(copyStore(from, to, assert.fail), why)
          assert.deepEqual(await contents(to), before)
        }),
      )
    }

    it('a target that holds anything', async () => {
      const file = fullFile()
      await given(store(), logDoc(1))
      await refused(fileShelf(file, 'source'), cosmos(), /holds a store already.*: name an empty target/)
      await refused(cosmos(), fileShelf(file), /holds a store already/)
    })

    it('a target that holds a part of another store, and a part as a source', async () => {
      const to = cosmos()
      const stopping: RawStore = {
        ...to,
        page: () => Promise.resolve({ docs: [] }),
        remove: () => Promise.reject(new Error()),
      }
      await assert.rejects(copied(fileShelf(fullFile(), 'source'), stopping))
      await refused(fileShelf(fullFile(), 'source'), cosmos(), /holds a part of sqlite:.*: finish that copy/)
      await refused(cosmos(), fileShelf(emptyFile()), /is not complete: finish that copy first/)
    })

    it('a source that holds nothing', () =>
      refused(cosmos(), fileShelf(emptyFile()), /nothing in cosmos:.*: name the store/))
  })
})
