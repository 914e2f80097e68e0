/**
 * A coach brings a team in: a word in a channel, a question in their own chat, and everybody of the team is invited. Through
 * the public entry, against a stand-in for the platform's list.
 */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { anna, carla } from '../../src/demo/people.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { withMembership } from '../../src/domain/profile.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { block, mostInvitations } from '../../src/domain/quotas/limits.ts'
import { languages } from '../../src/domain/values.ts'
import { type DocumentOf, document, keys } from '../../src/store/documents.ts'
import { createPagedMembers, guestId, type Listed, memberId, rosterOf, teamId } from '../teams/paged-members.ts'
import { golden } from './golden.ts'
import { type House, openHouse, until } from './house.ts'

const words = { en: 'enrol', 'zh-CN': '导入成员' }
const listed = ({ id, name }: { id: string; name: string }): Listed => ({ id: `29:${id}`, objectId: id, name })

for (const language of languages) {
  describe(`importing a team (${language})`, () => {
    let house: House
    let members: ReturnType<typeof createPagedMembers>
    const script: string[] = []
    const note = (title: string, text: string) => script.push(`## ${title}\n\n${text}`)

    async function open(roster: readonly Listed[], named = true) {
      members = createPagedMembers(roster)
      const creators = { creators: named ? [carla.id] : [], buddies: true }
      house = await openHouse({ language, members: members.answer, creators })
      for (const actor of [house.anna, house.carla, house.leo]) {
        await actor.install()
        await until('greeted', () => actor.received().length === 1)
      }
    }
    afterEach(() => house.close())
    after(() => golden(`enrol.${language}`, script.join('\n\n')))

    const team = () => [listed(carla), listed(anna), ...rosterOf(8, 2, 3)]
    const invited = async () => {
      const docs = (await house.store.query('programmeOf', { programme: 'demo' })).map(({ doc }) => doc)
      return docs.flatMap(doc => (doc.type === 'journey' && doc.invitedBy === carla.id ? [doc.person] : [])).sort()
    }
    const eight = Array.from({ length: 8 }, (_, no) => memberId(no))
    const fixed = () => say(language, 'general.groupChat')
    const written = () => say(language, 'enrol.written')

    it('is asked about in the coach’s own chat, and then invites everybody but guests and bots', async () => {
      await open(team())
      const { carla: coach } = house
      note('Carla, in a channel of the team', await inChannel(house, coach, words[language]))
      assert.deepEqual(channel(house), [written()])
      const asked = await coach.hears(1)
      note('Carla, in her own chat', asked)
      for (const count of [10, 2, 3]) assert.match(asked, new RegExp(`(^|\\D)${count}(\\D|$)`))
      assert.deepEqual(await invited(), [], 'before she confirms')
      note('Carla presses Invite', await coach.press(say(language, 'enrol.invite')))
      const done = await coach.hears(2)
      note('Carla, a little later', done)
      assert.deepEqual(await invited(), eight)
      assert.ok(done.includes(say(language, 'enrol.done')))
      assert.deepEqual(channel(house), [written()], 'nothing else was said in the channel')
      assert.equal(members.asked.length, 2)
      const accounts = Array.from({ length: 8 }, (_, no) => `29:member-${no}`)
      await until('all of them are written to', () => writtenTo(house).length === 8, 20_000)
      assert.deepEqual(writtenTo(house).sort(), accounts, 'each in a chat of their own, by the account in the list')
    })

    it('invites guests where the coach says so', async () => {
      await open(team())
      await inChannel(house, house.carla, words[language])
      await house.carla.hears(1)
      await house.carla.press(say(language, 'enrol.invite'), { [say(language, 'enrol.guests')]: 'in' })
      await house.carla.hears(2)
      assert.deepEqual(await invited(), [...eight, guestId(0), guestId(1)])
    })

    it('asks which programme is meant, and imports into that one', async () => {
      await open(team())
      await secondProgramme(house)
      await inChannel(house, house.carla, words[language])
      note('Carla coaches two programmes', await house.carla.hears(1))
      await house.carla.press(say(language, 'enrol.invite'), { [say(language, 'enrol.into')]: 'second' })
      await house.carla.hears(2)
      assert.deepEqual(await invited(), [])
      const docs = await house.store.query('programmeOf', { programme: 'second' })
      // Anna is not in this one.
      assert.equal(docs.length, 1 + 9)
      const no = await house.carla.press(say(language, 'common.home'))
      assert.ok(no.length > 0)
    })

    it('is forgotten when the coach says not now, and an old card does nothing any more', async () => {
      await open(team())
      const { carla: coach } = house
      await inChannel(house, coach, words[language])
      await coach.hears(1)
      const card = coach.card()
      note('Carla presses Not now', await coach.press(say(language, 'enrol.notNow')))
      const late = coach.look(await coach.post(coach.pressing(say(language, 'enrol.invite'), {}, card)))
      note('Carla presses Invite on the old card', late)
      assert.ok(late.includes(say(language, 'enrol.gone')))
      assert.deepEqual(await invited(), [])
      assert.equal((await house.store.query('dueTasks', { now: '9999-12-31T23' })).length, 0)
    })

    it('is one import, however often it is written and pressed', async () => {
      await open(team())
      const { carla: coach } = house
      await inChannel(house, coach, words[language])
      await coach.hears(1)
      await inChannel(house, coach, words[language])
      await coach.hears(2)
      const press = coach.pressing(say(language, 'enrol.invite'))
      await Promise.all([coach.post(press), coach.post({ ...press, id: 'another' }), coach.post(press)])
      await coach.hears(3)
      await until('done', async () => (await house.store.query('dueTasks', { now: '9999-12-31T23' })).length === 0)
      assert.deepEqual(await invited(), eight)
      const done = coach.received().filter(text => text.includes(say(language, 'enrol.done')))
      assert.equal(done.length, 1)
    })

    it('is refused kindly where it is too many for a day, and the choice is kept', async () => {
      await open([listed(carla), ...rosterOf(mostInvitations.anyone + 1, 1)], false)
      await inChannel(house, house.carla, words[language])
      await house.carla.hears(1)
      const no = await house.carla.press(say(language, 'enrol.invite'), { [say(language, 'enrol.guests')]: 'in' })
      note('Carla may not invite so many', no)
      assert.ok(no.includes(say(language, 'refusal.invitedEnough', { limit: 30, field: '', questions: '', count: 0 })))
      const { choices } = fieldOf(house.carla, say(language, 'enrol.guests'))
      assert.equal(choices, 'in')
      assert.deepEqual(await invited(), [])
    })

    it('is refused kindly where the programme was closed meanwhile, and where everybody is in', async () => {
      await open([listed(carla), listed(anna)])
      await inChannel(house, house.carla, words[language])
      await house.carla.hears(1)
      const nobody = await house.carla.press(say(language, 'enrol.invite'))
      assert.ok(nobody.includes(say(language, 'refusal.alreadyIn')))
      await change(house, 'demo', { closedAt: house.time.now })
      const closed = await house.carla.press(say(language, 'enrol.invite'))
      assert.ok(closed.includes(say(language, 'refusal.programmeClosed')))
    })

    it('says what to do where the bot is not in the team, and where the coach is not', async () => {
      await open(team())
      members.script(1, { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } })
      await inChannel(house, house.carla, words[language])
      note('The bot is not in the team', await house.carla.hears(1))
      await house.close()
      await open(rosterOf(5))
      await inChannel(house, house.carla, words[language])
      note('Carla is not in the team', await house.carla.hears(1))
      assert.deepEqual(await invited(), [])
    })

    it('leaves alone who has blocked the coach, and does not tell who', async () => {
      await open(team())
      const doc = document(keys.shield(memberId(3)), block(undefined, carla.id))
      assert.ok((await house.store.commit(doc.pk, [{ op: 'put', doc }])).ok)
      await inChannel(house, house.carla, words[language])
      await house.carla.hears(1)
      await house.carla.press(say(language, 'enrol.invite'))
      const done = await house.carla.hears(2)
      assert.deepEqual(
        await invited(),
        eight.filter(person => person !== memberId(3)),
      )
      assert.ok(done.includes(say(language, 'enrol.fact.unwilling')))
      assert.doesNotMatch(done, /Member 3/)
    })

    it('is for a coach of an open programme alone, and that word alone', async () => {
      await open(team())
      for (const actor of [house.anna, house.leo]) await inChannel(house, actor, words[language])
      for (const text of ['home', 'ready', `${words[language]} now`]) await inChannel(house, house.carla, text)
      await inChannel(house, house.carla, words[language], { conversationType: 'groupChat' })
      await inChannel(house, house.carla, words[language], { team: undefined })
      await inChannel(house, house.carla, words[language], { team: '19:../../elsewhere@thread.tacv2' })
      await change(house, 'demo', { closedAt: house.time.now })
      await inChannel(house, house.carla, words[language])
      assert.deepEqual(
        channel(house),
        Array.from({ length: 9 }, () => fixed()),
      )
      assert.equal((await house.store.query('dueTasks', { now: '9999-12-31T23' })).length, 0)
      assert.equal(members.asked.length, 0)
    })

    it('is somebody else’s to confirm by no card, not even a copied one', async () => {
      await open(team())
      await inChannel(house, house.carla, words[language])
      await house.carla.hears(1)
      const { value } = house.carla.pressing(say(language, 'enrol.invite')) as unknown as Pressed
      const { owner: _mark, ...data } = value.action.data
      for (const actor of [house.anna, house.leo]) {
        const seen = actor.look(
          await actor.post({
            ...house.carla.pressing(say(language, 'enrol.invite')),
            ...actor.common(),
            value: { action: { ...value.action, data } },
          }),
        )
        assert.ok(seen.includes(say(language, 'general.stranger')))
      }
      assert.deepEqual(await invited(), [])
    })

    it('tells who types it in their own chat how it is done', async () => {
      await open(team())
      note('Carla types the word in her own chat', await house.carla.say(words[language]))
      assert.ok((await house.anna.say(words[language])).includes(say(language, 'general.stranger')))
    })
  })
}

/** Members of the team who were sent a message, as often as they were. */
function writtenTo({ stage }: Pick<House, 'stage'>): string[] {
  return stage.connector.received.flatMap(({ activity }) => {
    const { id = '' } = (activity.recipient ?? {}) as { id?: string }
    return /^29:(member|guest)/.test(id) ? [id] : []
  })
}

type Pressed = { readonly value: { readonly action: { readonly data: Record<string, unknown> } } }
type Where = { readonly team?: string | undefined; readonly conversationType?: string }

const channelId = '19:general@thread.tacv2;messageid=1'

/** Posted as Teams does, with the bot's mention. @returns what was last said there. */
async function inChannel({ stage, language }: House, actor: Actor, text: string, where: Where = {}): Promise<string> {
  const { team = teamId, conversationType = 'channel' } = 'team' in where ? { ...where, team: where.team ?? '' } : where
  const common = actor.common()
  await actor.post({
    ...common,
    locale: language,
    type: 'message',
    text: `<at>Learning Log</at>&nbsp;${text}`,
    entities: [{ type: 'mention', mentioned: { id: '28:bot' }, text: '<at>Learning Log</at>' }],
    conversation: { id: channelId, conversationType, isGroup: true, tenantId: 'tenant' },
    channelData: { ...common.channelData, ...(team && { team: { id: team } }) },
  })
  return channel({ stage }).at(-1) ?? assert.fail('nothing was said in the channel')
}

/** All that was ever said in the channel. */
function channel({ stage }: Pick<House, 'stage'>): readonly string[] {
  const sent = stage.connector.received.filter(({ path }) => path.includes(encodeURIComponent(channelId)))
  return sent.map(({ activity }) => {
    const [card] = activity.attachments as {
      content: { body: { items: { inlines: { text: string }[] }[] }[]; actions?: unknown[] }
    }[]
    assert.deepEqual(card?.content.actions ?? [], [])
    return (
      card?.content.body
        .flatMap(({ items }) => items.flatMap(({ inlines }) => inlines.map(({ text }) => text)))
        .join() ?? ''
    )
  })
}

function fieldOf(actor: Actor, label: string): { choices: unknown } {
  const find = (node: unknown): { label?: string; value?: unknown }[] =>
    typeof node === 'object' && node !== null
      ? [
          ...('label' in node ? [node as { label?: string; value?: unknown }] : []),
          ...Object.values(node).flatMap(find),
        ]
      : []
  return { choices: find(actor.card()).find(each => each.label === label)?.value }
}

async function change({ store, time }: House, id: string, change: Partial<Programme>) {
  const before: DocumentOf<'programme'> = (await store.get(keys.programme(id)))?.doc ?? assert.fail()
  const doc = document(keys.programme(id), { ...before, ...change })
  assert.ok((await store.commit(doc.pk, [{ op: 'put', doc }])).ok)
  // Programmes and profiles are remembered for a minute.
  time.now = new Date(Date.parse(time.now) + 61_000).toISOString()
}

async function secondProgramme(house: House) {
  const demo = (await house.store.get(keys.programme('demo')))?.doc ?? assert.fail()
  const programme = { ...demo, programme: 'second', name: 'Second programme', startDate: '2026-11-16' }
  const profile = (await house.store.get(keys.profile(carla.id)))?.doc ?? assert.fail()
  const indexed = withMembership(profile, { programme: 'second', role: 'coach' })
  for (const doc of [document(keys.programme('second'), programme), document(keys.profile(carla.id), indexed)]) {
    assert.ok((await house.store.commit(doc.pk, [{ op: 'put', doc }])).ok)
  }
}
