/** A store that fails as no store should: with somebody's words in whatever an error can carry. */
import type { Document } from '../../src/store/documents.ts'
import type { Store, Stored } from '../../src/store/store.ts'

/**
 * `asked`: what is asked of it throws, and not in the port's words. `drawn`: it does what it should, and whoever draws a
 * card from what it gave back falls over it. `answered`: no store at all, but whoever answers requests throws.
 */
export type Sabotage = 'none' | { readonly when: 'asked' | 'drawn' | 'answered'; readonly words: string }

export function sabotaged(store: Store, order: { readonly how: Sabotage }): Store {
  const check = () => failing(order, 'asked')

  function poisoned<D extends Document>(stored: Stored<D> | undefined): Stored<D> | undefined {
    const { how } = order
    if (!stored || how === 'none' || how.when !== 'drawn') return stored
    const doc = new Proxy(stored.doc, {
      get(target, field) {
        if (field === 'rounds') throw broken(how.words)
        return Reflect.get(target, field)
      },
    })
    return { ...stored, doc }
  }

  return {
    ...store,
    async get(key) {
      check()
      return store.get(key)
    },
    async commit(pk, writes) {
      check()
      const done = await store.commit(pk, writes)
      return done.ok ? { ...done, docs: done.docs.map(poisoned) } : done
    },
    async query(name, input) {
      check()
      return store.query(name, input)
    },
  }
}

/** @throws when it is ordered. */
export function failing({ how }: { readonly how: Sabotage }, when: 'asked' | 'answered'): void {
  if (how !== 'none' && how.when === when) throw broken(how.words)
}

/** Only names and codes of a program stay what they are: those come from no person. */
function broken(words: string): Error {
  const cause = Object.assign(new TypeError(`caused by ${words}`), { body: words })
  const error = new RangeError(`${words}\n    at ${words} (/src/${words}.ts:1:1)`, { cause })
  return Object.assign(error, {
    request: { body: { text: words } },
    headers: { authorization: words },
    toString: () => words,
  })
}
