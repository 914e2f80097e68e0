/** A pasted log: read once in each turn, also when others write to the same log meanwhile. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { type AnyCard, buttonsOf, textOf } from '../../src/demo/card-reading.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { now, people, settleWorld } from '../world.ts'

const writer = people.drafting
const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
const secondLine = 'with a second line'
const pasted = `1. pasted one\n2. pasted two\n${secondLine}\n3. pasted three`

type Texts = Readonly<Record<string, string>>

describe('filling a log from one text', () => {
  let store: Store
  beforeEach(async () => {
    store = openSqlite(':memory:', () => now)
    await settleWorld(store)
    await answered({ 2: 'My own answer' })
  })
  afterEach(() => store.close())

  const key = keys.log('spring', writer, 1, 2)
  const logNow = async () => (await store.get(key))?.doc ?? assert.fail()
  async function answered(texts: Texts) {
    const answers = Object.fromEntries(Object.entries(texts).map(([no, text]) => [no, { text, rev: 1, at: now }]))
    assert.ok((await store.commit(key.pk, [{ op: 'put', doc: document(key, { ...(await logNow()), answers }) }])).ok)
  }

  /** @param meanwhile what others write to the log right before each of the first commits, one after the other. */
  function bot(meanwhile: readonly Texts[] = []) {
    const left = [...meanwhile]
    const commit: Store['commit'] = async (pk, writes) => {
      const next = pk === key.pk ? left.shift() : undefined
      if (next) await answered(next)
      return store.commit(pk, writes)
    }
    const watched = { ...store, commit }
    const given = { store: watched, people: createPeople(watched), clock: () => now, leaseSeconds: 60 }
    return createConversation({ ...given, buttons: 'execute' })
  }
  const from = { actor: { person: writer, name: 'N' }, tenant: 't', place: 'personal', chat } as const
  const types = () => bot()({ ...from, activity: 'typed', kind: 'message', text: pasted })
  const presses = (data: object, meanwhile: readonly Texts[]) =>
    bot(meanwhile)({ ...from, activity: 'pressed', kind: 'action', verb: 'fill', data: { ...data, pasted } })

  it('reads the text once when it is typed', async () => {
    const { result, times } = await parsing(types)
    const card = (result.reply.card?.card ?? {}) as AnyCard
    assert.ok(textOf(card).includes(say('en', 'pasted.heading')), textOf(card))
    assert.equal(times, 1)
    assert.deepEqual(Object.keys((await logNow()).answers), ['2'], 'nothing is filled before it is pressed')
  })

  it('reads it once more when it is pressed, however often others write meanwhile, and keeps what they wrote', async () => {
    const offer = (await types()).reply.card?.card ?? assert.fail()
    const { data } = buttonsOf(offer as AnyCard).find(({ verb }) => verb === 'fill') ?? assert.fail()
    const meanwhile: Texts[] = [
      { 2: 'My own answer', 4: 'Another' },
      { 2: 'My own answer', 3: 'From my phone' },
    ]
    const { times } = await parsing(() => presses(data ?? {}, meanwhile))
    const { answers } = await logNow()
    const texts = Object.fromEntries(Object.entries(answers).map(([no, { text }]) => [no, text]))
    assert.deepEqual(texts, { 1: 'pasted one', 2: 'My own answer', 3: 'From my phone' })
    assert.equal(times, 1)
  })
})

/** How often the text is taken apart during a turn: each time its second line is looked at for a number, once. */
async function parsing<T>(turn: () => Promise<T>): Promise<{ result: T; times: number }> {
  const { exec } = RegExp.prototype
  let times = 0
  RegExp.prototype.exec = function (text) {
    if (text === secondLine && this.source.includes('第')) times++
    return exec.call(this, text)
  }
  try {
    return { result: await turn(), times }
  } finally {
    RegExp.prototype.exec = exec
  }
}
