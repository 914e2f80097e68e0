/** Somebody is faster than we follow: the store is not asked, nothing changes, and nothing typed is lost in silence. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { usualRateLimit } from '../../src/conversation/routing/user-rate-limit.ts'
import type { Incoming } from '../../src/conversation/turn/incoming.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { ownerOf } from '../../src/conversation/turn/turn-context.ts'
import { type AnyCard, buttonsOf, inputsOf, textOf } from '../../src/demo/card-reading.ts'
import { languages, plusSeconds } from '../../src/domain/values.ts'
import { keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { counting } from '../store/counting.ts'
import { now, people, settleWorld } from '../world.ts'

const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
const at = { programme: 'spring', round: 1, session: 2, question: 3, rev: 1, go: 'next' }

for (const language of languages) {
  describe(`somebody too fast (${language})`, () => {
    let store: Store
    let requests: ReturnType<typeof counting>
    let time: string
    let bot: ReturnType<typeof createConversation>
    let activities = 0

    const from = (person: string, place: Incoming['place'] = 'personal') =>
      ({ actor: { person, name: 'N', language }, tenant: 't', activity: `a-${++activities}`, place, chat }) as const
    const say1 = (text: string, person: string = people.drafting, place?: Incoming['place']) =>
      bot({ ...from(person, place), kind: 'message', text })
    const press = (verb: string, data: object, person: string = people.drafting, place?: Incoming['place']) =>
      bot({ ...from(person, place), kind: 'action', verb, data: { ...data } })
    const cardOf = ({ reply }: Awaited<ReturnType<typeof bot>>): AnyCard => ({ ...(reply.card?.card ?? assert.fail()) })
    const log = async () => (await store.get(keys.log('spring', people.drafting, 1, 2)))?.doc

    beforeEach(async () => {
      time = now
      store = openSqlite(':memory:', () => time)
      await settleWorld(store)
      requests = counting(store)
      const clocks = { clock: () => time, elapsed: () => Date.parse(time) }
      const options = { store: requests.store, people: createPeople(requests.store), ...clocks }
      bot = createConversation({ ...options, buttons: 'execute', leaseSeconds: 60, rateLimit: usualRateLimit })
      for (let no = 0; no < usualRateLimit.burst; no++) assert.notEqual((await say1('help')).did, 'tooFast')
      requests.reset()
    })
    afterEach(() => store.close())

    it('gets a text back in its field, and the same press saves it after the pause', async () => {
      const before = await log()
      const text = ' Ein Gedanke **bleibt** 🙂\n{{DATE(2026)}} '
      for (let no = 0; no < 5; no++) {
        const turn = await press('answer', { ...at, answer: text })
        assert.deepEqual([turn.did, turn.outcome], ['tooFast', 'refused'])
        assert.deepEqual(
          inputsOf(cardOf(turn)).map(({ value }) => value),
          [text],
        )
        assert.ok(textOf(cardOf(turn)).includes(say(language, 'unsaved.alert')))
      }
      assert.equal(requests.total(), 0, 'the store was not asked')
      assert.deepEqual(await log(), before)
      time = plusSeconds(now, usualRateLimit.pauseSeconds)
      const again = buttonsOf(cardOf(await press('answer', { ...at, answer: text })))
      assert.ok(again.length > 0)
      assert.equal((await log())?.answers[3]?.text, text)
    })

    it('finds the button again that was pressed, when nothing was written', async () => {
      const turn = await press('review', { programme: 'spring', round: 1, session: 2, page: 1 })
      const [again, ...others] = buttonsOf(cardOf(turn))
      assert.deepEqual([again?.title, again?.verb, others], [say(language, 'general.pressAgain'), 'review', []])
      assert.deepEqual(again?.data, {
        programme: 'spring',
        round: 1,
        session: 2,
        page: 1,
        owner: ownerOf(people.drafting),
      })
      assert.ok(textOf(cardOf(turn)).includes(say(language, 'general.tooFastPressed')))
      assert.equal(requests.total(), 0)
    })

    it('gets neither text nor button of a card that was made for somebody else', async () => {
      for (const [verb, data] of [
        ['answer', { ...at, answer: 'CANARY' }],
        ['submit', at],
      ] as const) {
        const card = cardOf(await press(verb, { ...data, owner: ownerOf(people.other) }))
        assert.deepEqual(
          buttonsOf(card).map(button => button.verb),
          ['home'],
        )
        assert.ok(!JSON.stringify(card).includes('CANARY'))
      }
    })

    it('is told once in a pause what becomes of typed messages, and once in the next', async () => {
      const sentence = say(language, 'general.tooFastTyped', { seconds: usualRateLimit.pauseSeconds })
      for (const begins of [now, plusSeconds(now, usualRateLimit.pauseSeconds)]) {
        time = begins
        const said: string[] = []
        for (let no = 0; no < 40; no++) {
          const turn = await say1('An answer, over and over')
          if (turn.did === 'tooFast' && turn.reply.card) said.push(textOf(cardOf(turn)))
        }
        assert.deepEqual(said, [sentence])
      }
    })

    it('is nobody else’s trouble, and holds up no coming or going', async () => {
      assert.equal((await say1('help')).did, 'tooFast')
      assert.equal((await say1('help', people.ready)).did, 'help')
      assert.equal((await bot({ ...from(people.drafting), kind: 'removed' })).did, 'removed')
      assert.equal((await bot({ ...from(people.drafting), kind: 'installed' })).did, 'installed')
    })

    it('begins no import in a team either', async () => {
      const word = { en: 'enrol', 'zh-CN': '导入成员' }[language]
      const asking = {
        ...from(people.coach, 'group'),
        kind: 'message',
        text: word,
        team: '19:team@thread.tacv2',
      } as const
      for (let no = 0; no < usualRateLimit.burst; no++) await say1('help', people.coach)
      requests.reset()
      const turn = await bot(asking)
      assert.deepEqual([turn.did, turn.tasks ?? [], requests.total()], ['group', [], 0])
    })

    it('says nothing else in a group either', async () => {
      const first = await say1('help', people.drafting, 'group')
      assert.ok(textOf(cardOf(first)).includes(say(language, 'general.groupChat')))
      assert.deepEqual((await say1('help', people.drafting, 'group')).reply, {})
      const pressed = await press('answer', { ...at, answer: 'CANARY' }, people.drafting, 'group')
      assert.ok(textOf(cardOf(pressed)).includes(say(language, 'general.groupChat')))
      assert.ok(!JSON.stringify(pressed).includes('CANARY'))
      assert.equal(requests.total(), 0)
    })
  })
}
