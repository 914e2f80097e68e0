/** Saying yes and naming one's team leader; saying no; and no to whoever asks. */
import assert from 'node:assert/strict'
import { refusalText, say, type TextKey } from '../../src/cards/texts.ts'
import { anna, carla, leo } from '../../src/demo/people.ts'
import type { Journey } from '../../src/domain/journey.ts'
import { languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { golden } from './golden.ts'
import { type House, openHouse } from './house.ts'

const mia = '0d0d0d0d-0000-4000-8000-00000000000d'

for (const language of languages) {
  describe(`consenting (${language})`, () => {
    let house: House
    const script: string[] = []
    const note = (title: string, text: string) => void script.push(`## ${title}\n\n${text}`)
    const t = (key: TextKey, values = {}) => say(language, key, values)
    const stored = async () => await house.store.get(keys.journey('demo', anna.id))
    const journey = async (): Promise<Journey> => (await stored())?.doc ?? assert.fail()

    /** As if the coach had named more leaders, or this person had been invited otherwise. */
    async function given(named: readonly { id: string; name: string }[], of: Partial<Journey> = {}) {
      const leaders = named.map(({ id: person, name }) => ({ person, name }))
      const [programme, before] = [await house.store.get(keys.programme('demo')), await stored()]
      assert.ok(programme && before)
      const { leader: _nobody, ...rest } = before.doc
      await house.store.commit(programme.doc.pk, [
        { op: 'put', doc: document(keys.programme('demo'), { ...programme.doc, leaders }), etag: programme.etag },
        { op: 'put', doc: document(keys.journey('demo', anna.id), { ...rest, ...of }), etag: before.etag },
      ])
    }

    /** What can be chosen on the card Anna looks at. */
    const choices = () =>
      (house.anna.card() as { body: { choices?: { title: string }[] }[] }).body
        .flatMap(({ choices = [] }) => choices)
        .map(({ title }) => title)

    beforeEach(async () => {
      house = await openHouse({ language })
    })
    afterEach(() => house.close())
    after(() => golden(`consenting.${language}`, script.join('\n\n')))

    it('asks who leads them, and each says so', async () => {
      await given([leo, { id: mia, name: 'Mia Lead' }])
      await house.anna.install()
      const asked = house.anna.text()
      note('Who leads you', asked)
      assert.ok(asked.includes(t('invitation.leader')))
      assert.deepEqual(choices(), [t('invitation.noLeader'), leo.name, 'Mia Lead'])
      await house.anna.press(t('invitation.consent'), { [t('invitation.leader')]: mia })
      assert.deepEqual([(await journey()).active, (await journey()).leader], [true, mia])
      const progress = { en: 'progress', 'zh-CN': '进度' }[language]
      assert.ok(!(await house.leo.say(progress)).includes(anna.name))
    })

    it('has the named leader chosen beforehand, and nobody can be taken instead', async () => {
      await given([leo], { leader: leo.id })
      await house.anna.install()
      await house.anna.press(t('invitation.consent'), { [t('invitation.leader')]: 'none' })
      assert.equal((await journey()).leader, undefined)
      assert.ok((await journey()).active)
    })

    it('typed, is to what the invitation said', async () => {
      await given([leo], { leader: leo.id })
      await house.anna.install()
      await house.anna.say({ en: 'take part', 'zh-CN': '参加' }[language])
      assert.deepEqual([(await journey()).active, (await journey()).leader], [true, leo.id])
    })

    it('typed, shows the invitation first where it is not known that it was shown; then it is to that', async () => {
      await given([leo], { leader: leo.id })
      await house.anna.install()
      const profile = (await house.store.get(keys.profile(anna.id)))?.doc ?? assert.fail()
      const { invitationShown: _unrecorded, ...rest } = profile
      const doc = document(keys.profile(anna.id), rest)
      assert.ok((await house.store.commit(doc.pk, [{ op: 'put', doc }])).ok)
      // Profiles are remembered for a minute.
      house.time.now = '2026-11-23T09:01:01.000Z'
      const agreed = { en: 'take part', 'zh-CN': '参加' }[language]
      const shown = await house.anna.say(agreed)
      assert.ok(shown.includes(t('invitation.whoSeesWhat')) && !shown.includes(refusalText(language, 'readersChanged')))
      assert.equal((await journey()).active, false)
      await house.anna.say(agreed)
      assert.equal((await journey()).active, true)
    })

    it('says before the choice that a leader is the coach', async () => {
      await given([carla, leo])
      await house.anna.install()
      assert.deepEqual(choices().slice(1), [`${carla.name} · ${t('invitation.alsoCoach')}`, leo.name])
    })

    it('shows the card once more when the leader has gone meanwhile, and nothing has happened', async () => {
      await given([leo, { id: mia, name: 'Mia Lead' }])
      await house.anna.install()
      const press = house.anna.pressing(t('invitation.consent'), { [t('invitation.leader')]: mia })
      await given([leo])
      house.anna.look(await house.anna.post(press))
      note('A leader who has gone', house.anna.text())
      assert.ok(house.anna.text().includes(refusalText(language, 'notALeader')))
      assert.deepEqual(choices(), [t('invitation.noLeader'), leo.name])
      assert.deepEqual([(await journey()).active, (await journey()).consent], [false, undefined])
    })

    it('not given, is counted once a card; after the second nobody asks again, and the door stays open', async () => {
      await house.anna.install()
      const no = house.anna.pressing(t('invitation.decline'))
      house.anna.look(await house.anna.post(no))
      note('Saying no', house.anna.text())
      assert.ok(house.anna.text().includes(t('declined.once')))
      await house.anna.post({ ...no, id: 'the-same-press-again' })
      assert.equal((await journey()).declined?.length, 1)
      await house.carla.install()
      // The coach asks again, a while later.
      house.time.now = '2026-11-26T09:00:00.000Z'
      const before = await stored()
      assert.ok(before)
      const nudged = { ...before.doc, nudgedAt: house.time.now }
      await house.store.commit(before.doc.pk, [
        { op: 'put', doc: document(keys.journey('demo', anna.id), nudged), etag: before.etag },
      ])
      await house.anna.press(t('declined.seeInvitation'))
      await house.anna.press(t('invitation.decline'))
      note('Saying no again', house.anna.text())
      assert.ok(house.anna.text().includes(t('declined.meant')))
      assert.equal((await journey()).declined?.length, 2)
      const nudge = { en: 'nudge', 'zh-CN': '提醒' }[language]
      assert.ok((await house.carla.say(`${nudge} ${anna.name}`)).includes(refusalText(language, 'notInvitable')))
      await house.anna.press(t('declined.seeInvitation'))
      await house.anna.press(t('invitation.consent'))
      assert.deepEqual([(await journey()).active, (await journey()).declined], [true, undefined])
    })

    it('not given, can be a no to whoever asked: they reach this person no more', async () => {
      await given([leo], { invitedBy: carla.id })
      await house.anna.install()
      await house.anna.press(t('invitation.decline'))
      await house.anna.press(t('declined.block'))
      note('No more invitations from this person', house.anna.text())
      assert.ok(house.anna.text().includes(t('declined.blocked', { known: 'yes', coach: carla.name })))
      assert.deepEqual((await house.store.get(keys.shield(anna.id)))?.doc.blocked, [carla.id])
      // What was asked already is still theirs to take.
      await house.anna.press(t('declined.seeInvitation'))
      await house.anna.press(t('invitation.consent'))
      assert.equal((await journey()).active, true)
    })

    it('is no way to block somebody for who came by a code', async () => {
      await house.anna.install()
      await house.anna.press(t('invitation.decline'))
      assert.ok(!house.anna.text().includes(t('declined.block')))
      const common = { ...house.anna.common(), type: 'invoke', name: 'adaptiveCard/action' }
      const action = { type: 'Action.Execute', verb: 'block', data: { programme: 'demo' } }
      house.anna.look(await house.anna.post({ ...common, value: { action } }))
      assert.ok(house.anna.text().includes(t('general.stranger')))
      assert.equal(await house.store.get(keys.shield(anna.id)), undefined)
    })
  })
}
