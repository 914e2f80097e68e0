/** Join codes in odd hands and at odd moments: guesses, an open question, late presses, an index that was lost. */
import assert from 'node:assert/strict'
import { refusalText, say, type TextKey } from '../../src/cards/texts.ts'
import { textOf } from '../../src/demo/card-reading.ts'
import { anna } from '../../src/demo/people.ts'
import { writeCode } from '../../src/domain/membership/codes.ts'
import { languages, plusSeconds } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { ben, codeNow, demoOf, mia, withCode } from './codes.ts'
import { type House, openHouse } from './house.ts'
import { stepper, upToChoosing } from './walk.ts'

const typed = { en: (code: string) => `join ${code}`, 'zh-CN': (code: string) => `加入${code}` } as const
const invite = { en: 'invite', 'zh-CN': '邀请' } as const

for (const language of languages) {
  describe(`join codes, more closely (${language})`, () => {
    let house: House
    const t = (key: TextKey, values = {}) => say(language, key, values)
    const no = (...[refusal, detail]: [Parameters<typeof refusalText>[1], { limit?: number }?]) =>
      refusalText(language, refusal, detail)
    const journeyOf = async (person: string) => (await house.store.get(keys.journey('demo', person)))?.doc
    const profileOf = async (person: string) => (await house.store.get(keys.profile(person)))?.doc
    const triesOf = async (person: string) => (await house.store.get(keys.limits(person)))?.doc.tries?.count
    const newcomer = () => house.stage.actor(mia, 'Mia Moor', 'Asia/Shanghai', language)

    beforeEach(async () => {
      house = await openHouse({ language })
    })
    afterEach(() => house.close())

    it('what cannot be a code is no try', async () => {
      const text = await newcomer().say(typed[language](' us for lunch'))
      assert.ok(text.includes(no('codeUnknown')) && text.includes('us for lunch'))
      assert.equal(await house.store.get(keys.limits(mia)), undefined)
      assert.ok((await newcomer().say(typed[language](''))).includes(t('code.intro')))
    })

    it('many guesses at once are not more than one after the other', async () => {
      const code = await withCode(house, 'participant')
      const someone = newcomer()
      const guesses = Array.from({ length: 14 }, (_, at) => writeCode('demo', `WWWWWW${'BCDFGHJKMPQRTV'.charAt(at)}W`))
      await Promise.all(guesses.map(guess => someone.post({ ...someone.common(), type: 'message', text: guess })))
      assert.equal(await triesOf(mia), 10)
      await someone.say(code)
      assert.equal(await journeyOf(mia), undefined)
    })

    it('while a question is open a whole message that is a code joins, and anything else is the answer', async () => {
      const code = await withCode(house, 'leader')
      await house.anna.install()
      const step = stepper(house.anna, language)
      await upToChoosing(step)
      await step('home.step.beginDo')
      await house.anna.say(`${typed[language](' us for lunch')}`)
      const answer = (await house.store.get(keys.log('demo', anna.id, 1, 1)))?.doc.answers['1']?.text
      assert.equal(answer, typed[language](' us for lunch'))
      const text = await house.anna.say(typed[language](code))
      assert.ok(text.includes(t('joined.heading.leader')))
      assert.ok((await demoOf(house)).leaders.some(({ person }) => person === anna.id))
    })

    it('a coach changes the places, renews the code and takes it back; a late press does nothing', async () => {
      await house.carla.install()
      await house.carla.say(invite[language])
      const first = await codeNow(house)
      house.time.now = plusSeconds(house.time.now, 60)
      await house.carla.press(t('invite.savePlaces'), { [t('codes.places')]: '12' })
      assert.equal(await codeNow(house), first)
      assert.equal((await demoOf(house)).code?.places, 12)
      const many = await house.carla.press(t('invite.savePlaces'), { [t('codes.places')]: '501' })
      assert.ok(many.includes(no('outOfRange', { limit: 500 }).slice(0, 8)))
      house.time.now = plusSeconds(house.time.now, 60)
      const late = house.carla.pressing(t('invite.takeBack'))
      await house.carla.press(t('invite.renew'))
      const second = await codeNow(house)
      assert.notEqual(second, first)
      house.carla.look(await house.carla.post(late))
      assert.equal(await codeNow(house), second)
      await house.carla.say(invite[language])
      await house.carla.press(t('invite.takeBack'))
      assert.equal((await demoOf(house)).code, undefined)
      assert.ok((await newcomer().say(second)).includes(no('codeUnknown')))
    })

    it('nobody but a coach sees a code or makes one', async () => {
      const code = await withCode(house, 'participant')
      for (const who of [house.anna, house.leo, house.stage.actor(ben, 'Ben', 'Asia/Shanghai', language)]) {
        for (const verb of ['invitePeople', 'newCode', 'takeBackCode']) {
          const action = {
            type: 'Action.Execute',
            verb,
            data: { programme: 'demo', code: 'participant', of: house.time.now },
          }
          const pressed = { ...who.common(), type: 'invoke', name: 'adaptiveCard/action', value: { action } }
          const { body } = await who.post(pressed)
          assert.equal(textOf(body?.value as Parameters<typeof textOf>[0]), t('general.stranger'))
        }
      }
      assert.equal(await codeNow(house), code)
    })

    it('joining again when the index was lost shows where one is', async () => {
      const code = await withCode(house, 'participant')
      const someone = newcomer()
      await someone.say(code)
      const before = await journeyOf(mia)
      const again = await someone.say(code)
      assert.ok(again.includes(t('code.invitedAlready')))
      assert.deepEqual(await journeyOf(mia), before)
      const lost = document(keys.profile(mia), { person: mia, name: '', memberships: [] })
      await house.store.commit(lost.pk, [{ op: 'put', doc: lost }])
      house.time.now = plusSeconds(house.time.now, 61)
      assert.ok((await someone.say(code)).includes(t('invitation.whoSeesWhat')))
      assert.deepEqual((await profileOf(mia))?.memberships, [{ programme: 'demo', role: 'participant' }])
    })
  })
}
