/** A coach invites people by name: whoever is in, whoever is not to be reached, and whoever comes. Through the public entry. */
import assert from 'node:assert/strict'
import { refusalText, say, type TextKey } from '../../src/cards/texts.ts'
import { inputsOf } from '../../src/demo/card-reading.ts'
import { anna, carla, leo } from '../../src/demo/people.ts'
import type { Journey } from '../../src/domain/journey.ts'
import { invite, remove } from '../../src/domain/membership/consent.ts'
import { mostInvitations } from '../../src/domain/quotas/limits.ts'
import { languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { ben, demoOf, mia, putProgramme } from './codes.ts'
import { golden } from './golden.ts'
import { type House, openHouse, until } from './house.ts'
import { stepper } from './walk.ts'

const app = '7c1d0000-0000-4000-8000-00000000000a'
const link = `https://teams.microsoft.com/l/app/${app}`
const words = {
  en: { invite: 'invite', ready: 'ready', home: 'home' },
  'zh-CN': { invite: '邀请', ready: '就绪', home: '主页' },
}
const notInstalled = { status: 403, body: { error: { code: 'BotNotInstalledForUser' } } }
const somebody = (no: number) => `0f0f0f0f-0000-4000-8000-${String(no).padStart(12, '0')}`

for (const language of languages) {
  describe(`inviting by name (${language})`, () => {
    let house: House
    const script: string[] = []
    const note = (title: string, text: string) => void script.push(`## ${title}\n\n${text}`)
    const t = (key: TextKey, values = {}) => say(language, key, values)
    const no = (...[refusal, detail]: [Parameters<typeof refusalText>[1], { limit?: number }?]) =>
      refusalText(language, refusal, detail)
    const step = (...asked: Parameters<ReturnType<typeof stepper>>) => stepper(house.carla, language)(...asked)
    const journeyOf = async (person: string) => (await house.store.get(keys.journey('demo', person)))?.doc
    const counted = async () => (await house.store.get(keys.limits(carla.id)))?.doc.sent?.count
    const noticesOf = async () => {
      const docs = (await house.store.query('glanceOf', { programme: 'demo' })).map(({ doc }) => doc)
      return docs.flatMap(doc => (doc.type === 'notice' && doc.kind === 'invitation' ? [doc] : []))
    }
    const put = async (doc: ReturnType<typeof document>) =>
      assert.ok((await house.store.commit(doc.pk, [{ op: 'put', doc }])).ok)

    async function open(creators: readonly string[] | 'anyone' = [carla.id]) {
      house = await openHouse({
        language,
        creators: { creators, buddies: true },
        links: { teams: 'https://teams.microsoft.com', app },
      })
      await house.carla.install()
      await until('she is greeted', () => house.carla.received().length === 1)
    }

    /** From the typed word to the card in which people are picked. */
    async function form() {
      await house.carla.say(words[language].invite)
      await step('codes.byName')
    }
    const shield = (person: string) => put(document(keys.shield(person), { blocked: [carla.id] }))

    afterEach(() => house.close())
    after(() => golden(`inviting.${language}`, script.join('\n\n')))

    it('tells who is in and who is not to be reached; whoever is new decides once they come', async () => {
      await open()
      await shield(ben)
      house.stage.connector.scriptFor('', notInstalled)
      await form()
      note('The form', house.carla.text())
      const press = house.carla.pressing(t('inviting.invite'), { [t('picking.people')]: `${anna.id},${ben},${mia}` })
      const said = house.carla.look(await house.carla.post(press))
      note('One is in, one keeps away, one is new', said)
      for (const part of [
        t('invited.heading', { count: 1 }),
        anna.name,
        t('picking.others', { count: 1, named: 0 }),
        t('invited.ofThese', { count: 1 }),
        link,
      ])
        assert.ok(said.includes(part), part)
      assert.equal(await journeyOf(ben), undefined)
      const { invitedBy, consent, active, name } = (await journeyOf(mia)) ?? assert.fail()
      assert.deepEqual([invitedBy, consent, active, name], [carla.id, undefined, false, ''])
      assert.equal(await counted(), 1, 'who is not reached is not counted')

      await until('her invitation waits', async () => (await noticesOf()).some(({ state }) => state === 'waiting'))
      const seen = await house.carla.say(words[language].ready)
      note('Who is where, a moment later', seen)
      assert.ok(seen.includes(t('unreached.neverCame')) && seen.includes(link), seen)

      const before = JSON.stringify(await journeyOf(mia))
      const again = house.carla.look(await house.carla.post({ ...press, id: 'pressed-again' }))
      note('The same press again', again)
      assert.ok(again.includes(t('invited.heading', { count: 0 })))
      assert.equal(JSON.stringify(await journeyOf(mia)), before)
      assert.equal(await counted(), 1)

      const guest = house.stage.actor(mia, 'Mia Moor', 'Europe/Berlin', language)
      await guest.install()
      const invitation = await guest.hears(0)
      note('She adds the app, and finds her invitation', invitation)
      assert.ok(invitation.includes(carla.name) && invitation.includes(t('invitation.whoSeesWhat')))
      await guest.press(t('invitation.consent'))
      const joined = (await journeyOf(mia)) ?? assert.fail()
      assert.deepEqual([joined.active, joined.name], [true, 'Mia Moor'])
      await until('nothing waits', async () => (await noticesOf()).length === 0)
      assert.equal(guest.received().filter(text => text.includes(t('invitation.whoSeesWhat'))).length, 1, 'once')
      const after = await house.carla.say(words[language].ready)
      assert.ok(after.includes('Mia Moor') && !after.includes(link), after)
    })

    it('names the leader of all of them, and shows by name who is known here', async () => {
      await open()
      await form()
      const said = await step('inviting.invite', {
        'picking.ids': `${mia} Mia Moor\n${ben}`,
        'inviting.leader': leo.id,
      })
      assert.ok(said.includes('Mia Moor'), said)
      for (const person of [mia, ben]) assert.equal((await journeyOf(person))?.leader, leo.id)
      await form()
      const own = await step('inviting.invite', { 'picking.people': leo.id, 'inviting.leader': leo.id })
      assert.ok(own.includes(no('ownLeader')))
      assert.equal(await journeyOf(leo.id), undefined)
      // He is known here, as a leader: the picker gave an id alone.
      const known = await step('inviting.invite', { 'picking.people': leo.id, 'inviting.leader': 'none' })
      assert.ok(known.includes(leo.name), known)
    })

    it('happens once, however often a press arrives at the same moment', async () => {
      await open()
      await form()
      const people = Array.from({ length: 12 }, (_, at) => somebody(at))
      const press = house.carla.pressing(t('inviting.invite'), { [t('picking.people')]: people.join(',') })
      const answers = await Promise.all(['one', 'one', 'another'].map(id => house.carla.post({ ...press, id })))
      for (const { status } of answers) assert.equal(status, 200)
      const docs = (await house.store.query('programmeOf', { programme: 'demo' })).map(({ doc }) => doc)
      assert.equal(docs.filter(doc => doc.type === 'journey').length, 13)
      const opened = () => house.stage.connector.received.filter(({ path }) => path.endsWith('/conversations')).length
      await until('a chat is opened with each', () => opened() >= 12, 20_000)
      await until('each has got theirs', async () => (await noticesOf()).length === 0, 20_000)
      assert.equal(opened(), 12)
    })

    it('keeps what was typed when it cannot be: a line that is no id, too many, too many of this day', async () => {
      await open('anyone')
      await form()
      const kept = () => inputsOf(house.carla.card()).map(({ value }) => value)
      const typed = `${mia}\nben@example.com`
      const address = await step('inviting.invite', {
        'picking.people': ben,
        'picking.ids': typed,
        'inviting.leader': leo.id,
      })
      note('A line that is no id', address)
      assert.ok(address.includes(t('picking.address', { line: 'ben@example.com' })))
      assert.deepEqual(kept(), [ben, typed, leo.id])
      const many = Array.from({ length: 41 }, (_, at) => somebody(at)).join(',')
      const much = await step('inviting.invite', { 'picking.people': many, 'picking.ids': '' })
      assert.ok(much.includes(no('tooManyAtOnce', { limit: 40 })))
      assert.equal(kept()[0], many)

      const most = mostInvitations.anyone
      await put(document(keys.limits(carla.id), { sent: { count: most - 1, since: house.time.now } }))
      const enough = await step('inviting.invite', { 'picking.people': `${mia},${ben}`, 'picking.ids': '' })
      note('Enough for today', enough)
      assert.ok(enough.includes(no('invitedEnough', { limit: most })))
      assert.deepEqual(kept(), [`${mia},${ben}`, '', leo.id])
      assert.deepEqual([await counted(), await journeyOf(mia)], [most - 1, undefined], 'all or none')
      assert.ok((await step('inviting.invite', { 'picking.people': mia })).includes(t('invited.heading', { count: 1 })))
      assert.equal(await counted(), most)
    })

    it('asks back who was taken out: they read what they wrote, say no, and then yes', async () => {
      await open()
      const { anna: writer } = house
      await writer.install()
      const hers = stepper(writer, language)
      await hers('invitation.consent')
      await writer.say({ en: 'plan M.L.; The budget', 'zh-CN': '计划 M.L.；The budget' }[language])
      await house.carla.say(words[language].ready)
      await house.carla.say({ en: 'progress Anna', 'zh-CN': '进度 Anna' }[language])
      await step('person.remove')
      await step('person.yesRemove')
      assert.ok((await writer.say(words[language].home)).includes(t('general.removed')))
      house.time.now = '2026-11-24T09:00:00.000Z'
      await form()
      const known = writer.received().length
      const said = await step('inviting.invite', { 'picking.people': anna.id })
      assert.ok(said.includes(t('invited.heading', { count: 1 })) && said.includes(anna.name), said)
      await writer.hears(known)
      const home = await writer.say(words[language].home)
      note('Who was taken out is asked back', home)
      assert.ok(home.includes(t('invitation.whoSeesWhat')))
      const wrote = await hers('invitation.written')
      note('What she wrote before', wrote)
      assert.ok(wrote.includes('The budget') && wrote.includes(t('general.removed')), wrote)
      await hers('invitation.again')
      const declined = await hers('invitation.decline')
      note('She says no', declined)
      assert.ok(declined.includes(t('declined.back')))
      await hers('declined.seeInvitation')
      const back = await hers('invitation.consent')
      assert.ok(back.includes('The budget'), back)
      const { active, removedAt, name } = (await journeyOf(anna.id)) ?? assert.fail()
      assert.deepEqual([active, removedAt, name], [true, undefined, anna.name])
    })

    it('knows who comes by their name before they say yes', async () => {
      await open()
      house.stage.connector.scriptFor('', notInstalled, notInstalled)
      await form()
      await step('inviting.invite', { 'picking.people': `${mia},${ben}` })
      await until('both wait', async () => (await noticesOf()).filter(({ state }) => state === 'waiting').length === 2)
      const [first, second] = [house.stage.actor(mia, 'Mia Moor'), house.stage.actor(ben, 'Ben Okafor')]
      await first.say(words[language].home)
      await second.install()
      await second.hears(0)
      await second.press(t('invitation.decline'))
      assert.deepEqual([(await journeyOf(mia))?.name, (await journeyOf(ben))?.name], ['Mia Moor', 'Ben Okafor'])
    })

    it('is over in a closed programme, and for who coaches it no more', async () => {
      await open()
      await form()
      const form1 = house.carla.card()
      await putProgramme(house, { ...(await demoOf(house)), closedAt: house.time.now })
      const closed = await step('inviting.invite', { 'picking.people': mia })
      note('Closed meanwhile', closed)
      assert.ok(closed.includes(no('programmeClosed')) && closed.includes(mia))
      const { closedAt: _open, ...programme } = await demoOf(house)
      await putProgramme(house, { ...programme, coaches: [{ ...leo, person: leo.id, since: house.time.now }] })
      const press = house.carla.pressing(t('inviting.invite'), { [t('picking.people')]: mia }, form1)
      assert.equal(house.carla.look(await house.carla.post(press)), t('general.stranger'))
      assert.equal(await journeyOf(mia), undefined)
    })

    it('does not tell who said no from who keeps this coach away', async () => {
      await open()
      await shield(ben)
      const asked = invite(await demoOf(house), mia, '', undefined, '2026-11-20T09:00:00.000Z')
      const declined: Journey = { ...asked, declined: ['2026-11-20T09:00:00.000Z', '2026-11-22T09:00:00.000Z'] }
      await put(document(keys.journey('demo', mia), remove(declined, house.time.now)))
      const said: string[] = []
      for (const person of [ben, mia]) {
        await form()
        said.push(await step('inviting.invite', { 'picking.people': person }))
        assert.ok(((await counted()) ?? 0) === 0)
      }
      assert.ok(said[0]?.includes(t('invited.notReachedHint')))
      assert.equal(said[0], said[1])
    })
  })
}
