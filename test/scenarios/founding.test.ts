/** A coach founds a programme, changes it, closes it and opens it again: through the public entry, in both languages. */
import assert from 'node:assert/strict'
import { refusalText, say, type TextKey } from '../../src/cards/texts.ts'
import { inputsOf } from '../../src/demo/card-reading.ts'
import { anna, carla } from '../../src/demo/people.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { type Language, languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { golden } from './golden.ts'
import { type House, openHouse, until } from './house.ts'
import { stepper } from './walk.ts'

const dora = { id: 'd0000000-0000-4000-8000-000000000004', name: 'Dora Diaz' }
const anyone = { creators: { creators: 'anyone', buddies: true } } as const
const typedWord: Record<Language, string> = { en: 'new programme', 'zh-CN': '新建项目' }
const runWord: Record<Language, string> = { en: 'programme', 'zh-CN': '项目' }

const programmeOf = async (house: House, actor: Actor) => {
  const profile = (await house.store.get(keys.profile(actor.person)))?.doc ?? assert.fail('no profile')
  const id = profile.memberships.find(({ role }) => role === 'coach')?.programme ?? assert.fail('coaches nothing')
  return (await house.store.get(keys.programme(id)))?.doc ?? assert.fail('no programme')
}

for (const language of languages) {
  describe(`founding a programme (${language})`, () => {
    let house: House
    let script: string[]
    const said = (key: TextKey, values = {}) => say(language, key, values)
    const note = (title: string, text: string) => script.push(`## ${title}\n\n${text}`)

    beforeEach(() => {
      script = []
    })
    afterEach(() => house.close())

    it('needs a name and nothing else, refuses kindly what cannot be, and happens once', async () => {
      house = await openHouse({ language, ...anyone })
      const founder = house.stage.actor(dora.id, dora.name, 'Europe/Berlin', language)
      note('Somebody new who may', await founder.say('hi'))
      assert.ok(founder.text().includes(said('general.mayCreate')))
      assert.equal(await house.store.get(keys.profile(dora.id)), undefined, 'nothing is kept of somebody new')
      note('The form', await founder.say(typedWord[language]))
      const values = inputsOf(founder.card()).map(({ value }) => value)
      assert.deepEqual(values, ['', '2026-11-30', '6', '5', language, 'Europe/Berlin', 'false'])

      const step = stepper(founder, language)
      const refused = async (title: string, why: string, typed: Parameters<typeof step>[1]) => {
        const text = await step('programmeForm.create', typed)
        assert.ok(text.includes(why), `${title}: ${text}`)
        note(title, text)
      }
      await refused('Without a name', refusalText(language, 'fieldMissing', { field: 'name' }), {
        'programmeForm.weeks': '8',
      })
      const again = inputsOf(founder.card()).map(({ value }) => value)
      assert.deepEqual(again.slice(0, 3), ['', '2026-11-30', '8'], 'what was filled in stays')
      await refused('Too many weeks', refusalText(language, 'outOfRange', { field: 'weeks', limit: 26 }), {
        'programmeForm.name': 'Autumn *circle*',
        'programmeForm.weeks': '27',
      })
      assert.equal(inputsOf(founder.card())[0]?.value, 'Autumn *circle*', 'exactly as typed')
      await refused('Too far away', refusalText(language, 'startTooFar'), {
        'programmeForm.weeks': '6',
        'programmeForm.startDate': '2031-01-06',
      })

      const press = founder.pressing(said('programmeForm.create'), { [said('programmeForm.startDate')]: '2026-11-30' })
      note('It is there', founder.look(await founder.post(press)))
      assert.ok(founder.text().includes(said('programme.founded')))
      const made = await programmeOf(house, founder)
      assert.match(made.programme, /^[BCDFGHJKMPQRTVWXY234679]{8}$/)
      assert.deepEqual(
        [made.name, made.startDate, made.weeks, made.maxSessions, made.language, made.zone, made.coaches.length],
        ['Autumn *circle*', '2026-11-30', 6, 5, language, 'Europe/Berlin', 1],
      )
      assert.deepEqual([made.coaches[0]?.person, made.coaches[0]?.name], [dora.id, dora.name])
      const profile = (await house.store.get(keys.profile(dora.id)))?.doc
      assert.deepEqual(profile?.memberships, [{ programme: made.programme, role: 'coach' }])
      assert.deepEqual([profile?.language, profile?.zone, !!profile?.chat], [language, 'Europe/Berlin', true])

      assert.ok(founder.buttons().includes(said('programme.invite')), 'the next step is there')
      // The same press under a new id, as some clients repeat it; and delivered twice.
      for (const id of [press.id, 'another'])
        assert.ok(founder.look(await founder.post({ ...press, id })).includes(said('programme.founded')))
      assert.equal((await house.store.get(keys.profile(dora.id)))?.doc.memberships.length, 1)
      assert.deepEqual(await programmeOf(house, founder), made)
      note('Home of a programme without people', await founder.say(language === 'en' ? 'home' : '主页'))
      golden(`founding.${language}`, script.join('\n\n'))
    })

    it('happens ten times a day at most, and keeps what was filled in', async () => {
      house = await openHouse({ language, ...anyone })
      const founder = house.stage.actor(dora.id, dora.name, 'Europe/Berlin', language)
      const step = stepper(founder, language)
      for (let no = 1; no <= 11; no++) {
        await founder.say(typedWord[language])
        await step('programmeForm.create', { 'programmeForm.name': `Number ${no}` })
      }
      assert.ok(founder.text().includes(refusalText(language, 'foundedEnough', { limit: 10 })), founder.text())
      assert.equal(inputsOf(founder.card())[0]?.value, 'Number 11')
      assert.equal((await house.store.get(keys.profile(dora.id)))?.doc.memberships.length, 10)
      house.time.now = '2026-11-24T09:00:01.000Z'
      await step('programmeForm.create')
      assert.ok(founder.text().includes(said('programme.founded')))
    })

    it('is for those who may: a stranger is told nothing, a participant kindly no', async () => {
      house = await openHouse({ language, creators: { creators: [carla.id], buddies: true } })
      const stranger = house.stage.actor(dora.id, dora.name, 'Europe/Berlin', language)
      for (const text of ['hi', typedWord[language]]) assert.equal(await stranger.say(text), said('general.stranger'))
      assert.equal(await house.store.get(keys.profile(dora.id)), undefined)
      await house.anna.install()
      assert.equal(await house.anna.say(typedWord[language]), refusalText(language, 'mayNotCreate'))
      await house.carla.install()
      assert.ok(house.carla.buttons().includes(said('coachHome.newProgramme')))
      await stepper(house.carla, language)('coachHome.newProgramme')
      assert.ok(house.carla.text().includes(said('programmeForm.headingNew')))
    })

    it('is changed by two coaches at once without either losing what they did', async () => {
      house = await openHouse({ language, ...anyone })
      const co = house.stage.actor(dora.id, dora.name, 'Europe/Berlin', language)
      await house.carla.install()
      await joinAsCoach(house, co)
      for (const each of [house.carla, co]) {
        await each.say(runWord[language])
        await stepper(each, language)('programme.edit')
      }
      note('Carla’s form', house.carla.text())
      const [first, second] = [stepper(house.carla, language), stepper(co, language)]
      await first('programmeForm.save', { 'programmeForm.name': 'By Carla', 'programmeForm.weeks': '8' })
      note('Carla is first', house.carla.text())
      const both = await second('programmeForm.save', {
        'programmeForm.name': 'By Dora',
        'programmeForm.maxSessions': '4',
      })
      note('Dora is second, and both changed the name', both)
      assert.ok(both.includes(refusalText(language, 'changedMeanwhile', { field: 'name' })))
      assert.ok(both.includes(`${said('programmeForm.isNow')} By Carla`))
      assert.ok(both.includes(`${said('programmeForm.youSent')} By Dora`))
      const fields = inputsOf(co.card()).map(({ value }) => value)
      assert.deepEqual([fields[0], fields[2], fields[3]], ['By Dora', '8', '4'], 'hers, his, hers')
      const unchanged = (await house.store.get(keys.programme('demo')))?.doc
      assert.deepEqual([unchanged?.name, unchanged?.weeks, unchanged?.maxSessions], ['By Carla', 8, 5])
      await second('programmeForm.save')
      note('Dora means it', co.text())
      const now = (await house.store.get(keys.programme('demo')))?.doc
      assert.deepEqual([now?.name, now?.weeks, now?.maxSessions], ['By Dora', 8, 4])
      golden(`two-coaches.${language}`, script.join('\n\n'))
    })

    it('can be closed for everybody, opened again, and put away', async () => {
      house = await openHouse({ language, ...anyone })
      const { anna: writer, carla: coach } = house
      for (const each of [writer, coach]) await each.install()
      const [step, run] = [stepper(writer, language), stepper(coach, language)]
      await step('invitation.consent')
      await step('home.step.planFirstDo')
      const journey = async () => (await house.store.get(keys.journey('demo', anna.id)))?.doc ?? assert.fail()

      await coach.say(runWord[language])
      note('The coach’s place', coach.text())
      await run('programme.extend')
      const tooEarly = await run('lastDay.save', { 'lastDay.label': '2026-11-30' })
      assert.ok(tooEarly.includes(refusalText(language, 'extraDays', { limit: 182 })), tooEarly)
      await run('lastDay.save', { 'lastDay.label': '2027-01-10' })
      note('The last day is another one', coach.text())
      assert.ok(
        (await writer.say(language === 'en' ? 'home' : '主页')).includes(language === 'en' ? '10 January' : '1月10日'),
      )
      await step('home.step.planFirstDo')

      note('Closing asks first', await run('programme.close'))
      assert.equal((await house.store.get(keys.programme('demo')))?.doc.closedAt, undefined)
      note('Closed', await run('programme.yesClose'))
      await until('the journey follows', async () => !(await journey()).active)
      const no = await step('plan.save', { 'plan.coachee': 'M.L.', 'plan.topic': 'Too late' })
      assert.ok(no.includes(refusalText(language, 'notActive')), no)
      assert.equal((await journey()).rounds[0]?.sessions.length, 0, 'nobody can write')
      note('The participant’s home says so', await writer.say(language === 'en' ? 'home' : '主页'))
      assert.ok(writer.text().includes(said('general.closed')))

      note('Opened again', await run('programme.reopen'))
      await until('the journey follows', async () => (await journey()).active)
      await writer.say(language === 'en' ? 'plan M.L.; In time' : '计划 M.L.；In time')
      assert.equal((await journey()).rounds[0]?.sessions.length, 1)

      await run('programme.close')
      await run('programme.yesClose')
      note('Put away', await run('programme.archive'))
      const away = (await house.store.get(keys.programme('demo')))?.doc
      assert.ok(away?.closedAt && away.archivedAt)
      note('Brought back', await run('programme.unarchive'))
      const back = (await house.store.get(keys.programme('demo')))?.doc
      assert.deepEqual([back?.closedAt, back?.archivedAt], [away.closedAt, undefined])
      golden(`closing.${language}`, script.join('\n\n'))
    })
  })
}

/** Somebody is a coach of the demo's programme beside Carla, by what is stored. */
async function joinAsCoach({ store, time }: House, actor: Actor): Promise<void> {
  const { doc, etag } = (await store.get(keys.programme('demo'))) ?? assert.fail()
  const coach = { person: actor.person, name: actor.name, since: time.now }
  await store.commit(doc.pk, [{ op: 'put', doc: { ...doc, coaches: [...doc.coaches, coach] }, etag }])
  const memberships = [{ programme: 'demo', role: 'coach' as const }]
  const profile = { person: actor.person, name: actor.name, memberships }
  await store.commit(`u:${actor.person}`, [{ op: 'put', doc: document(keys.profile(actor.person), profile) }])
}
