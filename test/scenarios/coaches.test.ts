/** A coach adds a co-coach; each participant decides whether the new one may read; and what becomes of it when one goes. */
import assert from 'node:assert/strict'
import { refusalText, say, type TextKey } from '../../src/cards/texts.ts'
import { anna, carla, leo } from '../../src/demo/people.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { languages } from '../../src/domain/values.ts'
import { keys } from '../../src/store/documents.ts'
import { golden } from './golden.ts'
import { type House, openHouse, until } from './house.ts'
import { stepper, upToLastPress } from './walk.ts'

const bela = 'd0000000-0000-4000-8000-000000000021'
const dana = 'd0000000-0000-4000-8000-000000000022'
const words = { home: { en: 'home', 'zh-CN': '主页' }, join: { en: 'join', 'zh-CN': '加入' } } as const

for (const language of languages) {
  describe(`co-coaches (${language})`, function () {
    this.timeout(60_000)
    let house: House
    let script: string[]
    let others: { readonly bela: Actor; readonly dana: Actor }
    const t = (key: TextKey, values = {}) => say(language, key, values)
    const refusal = (...[no, detail]: [Parameters<typeof refusalText>[1], Parameters<typeof refusalText>[2]?]) =>
      refusalText(language, no, detail)
    const note = (title: string, text: string) => void script.push(`## ${title}\n\n${text}`)
    const later = (minutes = 2) => {
      house.time.now = new Date(Date.parse(house.time.now) + minutes * 60_000).toISOString()
    }
    const programme = async () => (await house.store.get(keys.programme('demo')))?.doc ?? assert.fail()
    const journey = async (person: string) => (await house.store.get(keys.journey('demo', person)))?.doc

    beforeEach(async () => {
      script = []
      house = await openHouse({ language })
      const { stage } = house
      others = {
        bela: stage.actor(bela, 'Bela Bartos', 'Europe/Berlin', language),
        dana: stage.actor(dana, 'Dana Duarte', 'Europe/Berlin', language),
      }
      await house.carla.install()
      await house.anna.install()
      await house.anna.press(t('invitation.consent'))
      later()
    })
    afterEach(() => house.close())

    /** Anybody's press of a button, whatever card lies before them. */
    async function presses(actor: Actor, verb: string, data: object): Promise<string> {
      const action = { type: 'Action.Execute', verb, data: { programme: 'demo', ...data } }
      return actor.look(
        await actor.post({ ...actor.common(), type: 'invoke', name: 'adaptiveCard/action', value: { action } }),
      )
    }

    async function bringIn(actor: Actor): Promise<void> {
      await presses(house.carla, 'invitePeople', {})
      const code = /[A-Z0-9]{1,4}(?:-[A-Z0-9]{4}){2,}/.exec(house.carla.text())?.[0] ?? assert.fail()
      await actor.install()
      await actor.say(`${words.join[language]} ${code}`)
      await actor.press(t('invitation.consent'))
    }

    /** Adds Dana, of whom nothing but her id is known, as the picker gives it. */
    async function addDana(): Promise<string> {
      notInstalled()
      await presses(house.carla, 'manage', {})
      await house.carla.press(t('programme.coachesForm'))
      return house.carla.press(t('coaches.add'), { [t('picking.people')]: dana })
    }

    /** Nobody can open a chat with her before she comes. */
    const notInstalled = () =>
      house.stage.connector.scriptFor('', { status: 403, body: { error: { code: 'BotNotInstalled' } } })

    async function danaComes(): Promise<void> {
      await others.dana.install()
      await until('Anna is asked', () => house.anna.received().some(text => text.includes(t('newCoach.withoutYes'))))
    }

    const asked = (actor: Actor) => actor.received().filter(text => text.includes(t('newCoach.withoutYes'))).length

    it('come, are asked about, and read whom they have a yes of', async () => {
      await bringIn(others.bela)
      await presses(house.carla, 'coachesForm', {})
      note('The coaches, before', house.carla.text())
      const added = await addDana()
      note('Dana is added by the picker, which gives no name', added)
      assert.ok(added.includes(t('coaches.nameless')) && added.includes(t('picking.nameFollows')))
      assert.deepEqual(
        (await programme()).coaches.map(({ person, name }) => [person, name]),
        [
          [carla.id, carla.name],
          [dana, ''],
        ],
      )
      await until('her invitation waits', () => house.reports.some(({ event }) => event === 'notice.putOff'))
      await until('everybody has followed', async () => ((await journey(anna.id))?.follows ?? 0) > 0)
      assert.deepEqual([asked(house.anna), asked(others.bela)], [0, 0], 'nobody is asked about somebody without a name')
      assert.equal((await house.anna.say(words.home[language])).includes(t('newCoach.heading')), false)

      later()
      await danaComes()
      await until('Bela is asked', () => asked(others.bela) === 1)
      await until('she is welcomed', () =>
        others.dana.received().some(text => text.includes(t('joined.heading.coach'))),
      )
      note('Dana is invited', others.dana.received().find(text => text.includes(t('joined.heading.coach'))) ?? '')
      assert.deepEqual((await house.store.get(keys.profile(dana)))?.doc.memberships, [
        { programme: 'demo', role: 'coach' },
      ])
      note('Anna is asked', house.anna.text())
      assert.equal(asked(house.anna), 1)

      const waits = await others.dana.say(words.home[language])
      note('Dana sees who is where, and why she reads nothing', waits)
      assert.ok(waits.includes(t('coachHome.awaited', { count: 2 })))
      const home = await house.anna.say(words.home[language])
      note('The question stands on Anna’s home', home)
      assert.ok(home.includes(t('newCoach.heading')))
      const yes = await house.anna.press(t('newCoach.accept'))
      note('Anna says yes', yes)
      assert.ok(yes.includes(t('newCoach.accepted', { name: 'Dana Duarte', ready: 'false' })))
      const no = await others.bela.press(t('newCoach.decline'))
      note('Bela says not now', no)
      assert.ok(no.includes(t('newCoach.notNow', { name: 'Dana Duarte' })))
      await presses(house.carla, 'coachesForm', {})
      note('The coaches, after', house.carla.text())
      const counts = await house.carla.press(t('coaches.counts'), { [t('picking.ids')]: 'typed already' })
      note('Who has said yes', counts)
      assert.ok(counts.includes(t('coaches.reads', { people: 2, yes: 1 })) && counts.includes('typed already'))
      assert.equal(house.carla.buttons().includes(t('coaches.counts')), false)

      const before = [others.dana.received().length, house.carla.received().length] as const
      for (const actor of [house.anna, others.bela]) {
        await actor.say(words.home[language])
        const step = stepper(actor, language)
        await planned(step)
        await step('review.submit')
      }
      await until('Carla is told twice', () => house.carla.received().length === before[1] + 2)
      await until('Dana is told of Anna', () => others.dana.received().length === before[0] + 1)
      assert.ok(others.dana.text().includes(anna.name))
      const read = await others.dana.press(t('ready.readBest'))
      assert.ok(read.includes('Answer 1'), 'she reads whoever said yes')
      const shut = await presses(others.dana, 'read', { person: bela, round: 1, session: 1, page: 1 })
      note('Dana tries to read Bela', shut)
      assert.ok(shut.includes(refusal('notAccepted')) && !shut.includes('Answer'))
      const both = await presses(others.dana, 'readBoth', { person: bela, round: 1, page: 1 })
      assert.ok(both.includes(refusal('notAccepted')))
      const person = await presses(others.dana, 'person', { person: bela })
      note('Bela’s card, for Dana', person)
      assert.ok(person.includes(t('person.noYes', { name: 'Bela Bartos' })))
      assert.equal(others.dana.buttons().includes(t('person.review')), false)
      const ends = await presses(others.dana, 'reviewRound', { person: bela, round: 1, yes: true })
      assert.ok(ends.includes(refusal('notAccepted')))

      const mind = await others.bela.say(words.home[language])
      note('Bela’s home, after a not now', mind)
      const said = await others.bela.press(t('newCoach.acceptAfterAll'))
      assert.ok(said.includes(t('newCoach.accepted', { name: 'Dana Duarte', ready: 'true' })))
      await until('Dana is told of a round that was ready', () => others.dana.received().length === before[0] + 2)
      note('Dana is told of a round that was ready already', others.dana.text())
      assert.ok((await others.dana.press(t('ready.readBest'))).includes('Answer 1'))
      golden(`coaches.${language}`, script.join('\n\n'))
    })

    it('are answered about once: a second press, a no after the yes, one who is gone, a closed programme', async () => {
      await addDana()
      later()
      await danaComes()
      const letter = house.anna.card()
      const [yes, no] = [t('newCoach.accept'), t('newCoach.decline')].map(title =>
        house.anna.pressing(title, {}, letter),
      )
      assert.ok(yes && no)
      await house.anna.post(yes)
      const version = (await house.store.get(keys.journey('demo', anna.id)))?.etag
      const thanks = t('newCoach.accepted', { name: 'Dana Duarte', ready: 'false' })
      assert.ok(house.anna.look(await house.anna.post({ ...yes, ...house.anna.common() })).includes(thanks))
      assert.ok(
        house.anna.look(await house.anna.post({ ...no, ...house.anna.common() })).includes(refusal('coachAccepted')),
      )
      assert.equal((await house.store.get(keys.journey('demo', anna.id)))?.etag, version)

      later()
      const close = await presses(house.carla, 'closeProgramme', { sure: 'demo' })
      assert.ok(close.includes(t('programme.nowClosed')))
      await until('it is closed for her', async () => (await journey(anna.id))?.active === false)
      const closed = house.anna.look(await house.anna.post({ ...yes, ...house.anna.common() }))
      assert.ok(closed.includes(refusal('notActive')), closed)
      await presses(house.carla, 'addCoach', { people: bela })
      assert.ok(house.carla.text().includes(refusal('programmeClosed')))
      const out = await presses(house.carla, 'removeCoach', { sure: dana })
      assert.ok(out.includes(t('coaches.removed')), 'also of a closed one somebody can go')
      await presses(house.carla, 'reopenProgramme', {})
      await until('it goes on', async () => (await journey(anna.id))?.active === true)
      const gone = house.anna.look(await house.anna.post({ ...yes, ...house.anna.common() }))
      assert.ok(gone.includes(refusal('notACoach')), gone)
    })

    it('who go read nothing from then on; the last one cannot', async () => {
      await addDana()
      later()
      await danaComes()
      await house.anna.press(t('newCoach.accept'))
      const step = stepper(house.anna, language)
      await planned(step)
      await step('review.submit')
      await until(
        'Dana is told',
        () => others.dana.text().includes(t('ready.readBest')) || others.dana.buttons().includes(t('ready.readBest')),
      )
      const told = others.dana.pressing(t('ready.readBest'))
      assert.ok(others.dana.look(await others.dana.post(told)).includes('Answer 1'))

      await presses(house.carla, 'coachesForm', {})
      const ask = await house.carla.press(t('coaches.remove'))
      note('Before Dana goes', ask)
      assert.ok(ask.includes(t('coaches.askRemove', { coach: 'Dana Duarte' })))
      assert.equal((await programme()).coaches.length, 2)
      assert.ok((await house.carla.press(t('coaches.remove'))).includes(t('coaches.removed')))
      const after = others.dana.look(await others.dana.post({ ...told, ...others.dana.common() }))
      assert.ok(after.includes(t('general.stranger')) && !after.includes('Answer'))
      for (const verb of ['coachHome', 'coachesForm', 'manage']) {
        assert.ok((await presses(others.dana, verb, {})).includes(t('general.stranger')), verb)
      }

      assert.equal(house.carla.buttons().includes(t('coaches.remove')), false)
      for (const more of [{ coach: carla.id }, { sure: carla.id }]) {
        const last = await presses(house.carla, 'removeCoach', more)
        assert.ok(last.includes(refusal('lastCoach')), last)
      }
      assert.equal((await programme()).coaches.length, 1)
    })

    it('who take over have to be accepted, and until then nobody reads: everybody is told so', async () => {
      await addDana()
      later()
      await danaComes()
      const step = stepper(house.anna, language)
      await house.anna.say(words.home[language])
      await planned(step)
      const ask = await presses(house.carla, 'removeCoach', { coach: carla.id })
      note('Before Carla leaves', ask)
      assert.ok(ask.includes(t('coaches.nobodyReads', { count: 1 })))
      assert.ok((await house.carla.press(t('coaches.leave'))).includes(t('coaches.left')))
      const known = others.dana.received().length
      const submitted = await step('review.submit')
      assert.ok(submitted.includes(t('newCoach.noReader')), submitted)
      const home = await house.anna.say(words.home[language])
      assert.ok(home.includes(t('newCoach.waiting')) && home.includes(t('newCoach.noReader')), home)
      assert.ok((await presses(house.carla, 'coachHome', {})).includes(t('general.stranger')))
      await house.anna.press(t('newCoach.accept'))
      await until('Dana is told', () => others.dana.received().length > known)
      assert.ok((await others.dana.press(t('ready.readBest'))).includes('Answer 1'))
    })

    it('who come back are asked about anew, also when a message to them still waits', async () => {
      await addDana()
      later()
      await danaComes()
      await others.dana.uninstall()
      await house.anna.press(t('newCoach.accept'))
      const step = stepper(house.anna, language)
      await planned(step)
      await step('review.submit')
      const waits = keys.notice({ kind: 'ready', programme: 'demo', person: anna.id, round: 1, no: 1, to: dana })
      await until('the message waits', async () => (await house.store.get(waits))?.doc.state === 'waiting')
      await presses(house.carla, 'removeCoach', { sure: dana })
      later()
      notInstalled()
      await presses(house.carla, 'addCoach', { people: dana })
      await until('Anna is asked anew', () => asked(house.anna) === 2)
      const yes = await house.anna.press(t('newCoach.accept'))
      assert.ok(yes.includes(t('newCoach.accepted', { name: 'Dana Duarte', ready: 'true' })), yes)
      await others.dana.install()
      await until('she is told', () =>
        others.dana
          .received()
          .some(text => text.includes(anna.name) && text.includes(t('ready.opening', { name: anna.name }))),
      )
    })

    it('whose name is known are asked about at once, and together; a team leader is said to be one', async () => {
      const fay = 'd0000000-0000-4000-8000-000000000023'
      const added = await presses(house.carla, 'addCoach', { people: leo.id, ids: `${fay} Fay Falk` })
      assert.ok(added.includes(leo.name) && added.includes('Fay Falk'))
      await until('Anna is asked', () => asked(house.anna) === 1)
      const letter = house.anna.text()
      assert.ok(letter.includes(leo.name) && letter.includes('Fay Falk'), letter)
      assert.ok(letter.includes(t('newCoach.leader', { name: leo.name })), letter)
      assert.equal(house.anna.buttons().filter(title => title === t('newCoach.accept')).length, 2)
      const home = await house.anna.press(t('newCoach.accept'))
      assert.ok(home.includes(t('newCoach.heading')) && !home.includes(t('newCoach.leader', { name: leo.name })), home)
      await house.anna.press(t('newCoach.decline'))
      assert.equal(house.anna.text().includes(t('newCoach.heading')), false)
      const { acceptedCoaches, declinedCoaches } = (await journey(anna.id)) ?? assert.fail()
      assert.deepEqual(
        [acceptedCoaches.map(({ coach }) => coach), declinedCoaches?.map(({ coach }) => coach)],
        [[carla.id, leo.id], [fay]],
      )
    })

    it('cannot be who learns here, an eleventh, or nobody; and what was typed stays', async () => {
      const learns = await presses(house.carla, 'addCoach', { ids: anna.id })
      assert.ok(learns.includes(refusal('learnsHere')) && learns.includes(anna.id), learns)
      const many = Array.from({ length: 10 }, (_, no) => `d0000000-0000-4000-8000-0000000001${10 + no}`).join('\n')
      const eleven = await presses(house.carla, 'addCoach', { ids: many })
      assert.ok(eleven.includes(refusal('tooManyPeople', { limit: 10 })) && eleven.includes('000119'), eleven)
      assert.ok((await presses(house.carla, 'addCoach', {})).includes(t('picking.nobody')))
      assert.ok((await presses(house.carla, 'removeCoach', { coach: dana })).includes(t('coaches.chooseFirst')))
      assert.equal((await programme()).coaches.length, 1)
      assert.equal(await house.store.get(keys.limits(carla.id)), undefined, 'what is refused uses up no invitation')
    })

    it('are nobody a stranger or a participant can add, remove or answer for', async () => {
      await addDana()
      for (const actor of [house.anna, others.bela, house.leo]) {
        await presses(actor, 'addCoach', { people: bela })
        await presses(actor, 'removeCoach', { sure: carla.id })
        if (actor !== house.anna) await presses(actor, 'acceptCoach', { coach: dana })
      }
      assert.deepEqual(
        (await programme()).coaches.map(({ person }) => person),
        [carla.id, dana],
      )
      assert.equal((await journey(anna.id))?.acceptedCoaches.length, 1)
    })
  })
}

/** From home to both logs complete, the last one on its review. */
async function planned(step: ReturnType<typeof stepper>): Promise<void> {
  await upToLastPress((key, typed) => (key === 'invitation.consent' ? Promise.resolve() : step(key, typed)))
}
