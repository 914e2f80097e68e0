/** A coach and a team leader look after people: at a glance, one by one, a nudge, a review, out and back in again. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { anna, carla, leo } from '../../src/demo/people.ts'
import { type Language, languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { crowdOf, documentsOf, profilesOf, put } from '../bench/crowd.ts'
import { golden } from './golden.ts'
import { type House, openHouse, until } from './house.ts'
import { stepper, upToChoosing, upToLastPress } from './walk.ts'

const hours = (now: string, count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString()

for (const language of languages) {
  describe(`looking after people (${language})`, () => {
    let house: House
    const script: string[] = []
    const note = (title: string, text: string) => void script.push(`## ${title}\n\n${text}`)
    const step = (...asked: Parameters<ReturnType<typeof stepper>>) => stepper(house.anna, language)(...asked)
    const text = (...asked: Parameters<typeof say> extends [Language, ...infer Rest] ? Rest : never) =>
      say(language, ...asked)
    const no = (...asked: Parameters<typeof refusalText> extends [Language, ...infer Rest] ? Rest : never) =>
      refusalText(language, ...asked)
    const journey = async () => (await house.store.get(keys.journey('demo', anna.id)))?.doc ?? assert.fail()
    const programme = async () => (await house.store.get(keys.programme('demo')))?.doc ?? assert.fail()
    const heard = (says: string) => house.anna.received().filter(each => each.includes(says)).length

    beforeEach(async () => {
      house = await openHouse({ language })
      for (const person of [house.anna, house.carla, house.leo]) await person.install()
    })
    afterEach(() => house.close())
    after(() => golden(`coaching.${language}`, script.join('\n\n')))

    async function leadersMayNudge() {
      const doc = { ...(await programme()), leadersMayNudge: true }
      await house.store.commit('p:demo', [{ op: 'put', doc }])
    }

    it('shows a coach nobody, one, and twelve with who is held up and whom nothing reaches', async () => {
      const empty = crowdOf({ name: 'empty', size: 0, from: 500, now: house.time.now, language })
      const lives = ['ready', 'writing', 'invited', 'joined', 'held', 'chosen', 'opened', 'reviewed'] as const
      const twelve = crowdOf({ name: 'twelve', size: 12, from: 600, now: house.time.now, language, lives })
      for (const crowd of [empty, twelve]) {
        await put(house.store, documentsOf(crowd))
        await put(house.store, profilesOf(crowd, house.stage.connector.serviceUrl))
      }
      const [, , invited = assert.fail(), , , chosen = assert.fail()] = twelve.people
      const waits = { unknownSends: 0, attempts: 1, promisedAt: house.time.now, round: 1, no: 1 } as const
      const notice = (person: string, state: 'waiting' | 'failed', to = person) => {
        const promised = { kind: 'nudge', programme: 'twelve', person, to, ...waits } as const
        return document(keys.notice(promised), { ...promised, state, runAt: '9999-12-31T00:00:00.000Z' })
      }
      await put(house.store, [
        notice(invited.id, 'waiting'),
        notice(chosen.id, 'failed'),
        notice(chosen.id, 'waiting', twelve.leader.id),
      ])
      house.time.now = '2026-12-16T09:00:00.000Z'

      const nobody = await house.stage.actor(empty.coach.id, empty.coach.name).say('ready')
      assert.ok(nobody.includes(text('coachHome.nobody')))
      note('A coach of nobody', nobody)
      const one = await house.carla.say('ready')
      assert.ok(one.includes(anna.name) && one.includes(text('stuck.notConsented', { date: day(language) })))
      note('A coach of one', one)
      const coach = house.stage.actor(twelve.coach.id, twelve.coach.name)
      const all = `${await coach.say('ready')}\n\n${await coach.press(text('common.nextPage'))}`
      assert.ok(all.includes(text('unreached.neverCame')) && all.includes(text('unreached.undelivered')))
      assert.ok(all.includes(text('late.yes')))
      assert.ok(all.includes(twelve.leader.name), 'a leader out of reach')
      note('A coach of twelve', all)
      const person = await coach.say(`progress ${twelve.people[5]?.name}`)
      assert.ok(person.includes(text('unreached.undelivered')))
      note('One of the twelve', person)
    })

    it('lets a leader see their own people alone, and nobody before they have said who leads them', async () => {
      const before = await house.leo.say('progress')
      assert.ok(before.includes(text('progress.nobody')) && !before.includes(anna.name))
      await step('invitation.consent')
      assert.ok((await house.leo.say('progress anna')).includes(anna.name))
      await house.store.commit('p:demo', [
        { op: 'put', doc: document(keys.journey('demo', anna.id), { ...(await journey()), leader: 'somebody-else' }) },
      ])
      for (const verb of ['progressOne', 'nudge', 'person']) {
        const action = { type: 'Action.Execute', verb, data: { programme: 'demo', person: anna.id } }
        const pressed = { ...house.leo.common(), type: 'invoke', name: 'adaptiveCard/action', value: { action } }
        const answer = house.leo.look(await house.leo.post(pressed))
        assert.ok(answer.includes(text('general.stranger')) && !answer.includes(anna.name), verb)
      }
      note('A leader asks about somebody who is not theirs', house.leo.text())
    })

    it('lets a leader nudge where the programme lets leaders, once in 48 hours, and nobody who is ready', async () => {
      await upToChoosing(step)
      const refusedTo = async (sentence: string, who = house.leo) => {
        const kept = JSON.stringify(await journey())
        const answer = await who.say('nudge anna')
        assert.ok(answer.includes(sentence), answer)
        assert.equal(JSON.stringify(await journey()), kept)
        note(`Refused: ${who.name} nudges`, answer)
      }
      await refusedTo(no('leadersDoNotNudge'))
      assert.equal(house.leo.buttons().includes(text('nudging.nudge')), false)
      await leadersMayNudge()
      house.time.now = hours(house.time.now, 1)
      await house.leo.say('progress anna')
      const known = house.anna.received().length
      const done = await house.leo.press(text('nudging.nudge'))
      assert.ok(done.includes(text('nudging.done', { name: anna.name })), done)
      note('A leader nudges', done)
      const told = await house.anna.hears(known)
      assert.ok(
        told.includes(text('nudge.from', { name: leo.name })) &&
          told.includes(text('home.step.begin', { pointer: text('pointer.best') })),
        told,
      )
      note('What the participant gets', told)
      await step('home.step.beginDo')

      await refusedTo(no('nudgedLately', { limit: 48 }))
      house.time.now = hours(house.time.now, 47.5)
      await refusedTo(no('nudgedLately', { limit: 1 }), house.carla)
      house.time.now = hours(house.time.now, 1)
      await house.carla.say('nudge anna')
      await until('the coach’s nudge', () => heard(text('nudge.from', { name: carla.name })) === 1)
      assert.equal((await journey()).nudgedBy, carla.id)
    })

    it('nudges nobody whose logs are in', async () => {
      await upToLastPress(step)
      await step('review.submit')
      const answer = await house.carla.say('nudge anna')
      assert.ok(answer.includes(no('nothingToNudge')))
      assert.equal(house.carla.buttons().includes(text('nudging.nudge')), false)
      assert.equal((await journey()).nudgedAt, undefined)
      note('A nudge to somebody who is ready', answer)
    })

    it('marks a round as reviewed, asks where a log was not opened, and tells the participant', async () => {
      await upToLastPress(step)
      await step('review.submit')
      await house.carla.say('read anna')
      await house.carla.press(text('ready.readBest'))
      await house.carla.say('progress anna')
      const asked = await house.carla.press(text('person.review'))
      assert.ok(asked.includes(text('person.askReview', { name: anna.name })))
      assert.equal((await journey()).rounds[0]?.reviewedAt, undefined)
      note('A coach is asked first', asked)
      await house.carla.press(text('person.no'))
      await house.carla.press(text('person.review'))
      const done = await house.carla.press(text('person.yesReview'))
      assert.ok(done.includes(text('person.reviewedNow', { name: anna.name })))
      assert.equal((await journey()).rounds[0]?.reviewedAt, house.time.now)
      note('Reviewed', done)
      await until('the participant is told', () => heard(text('reviewed.heading')) === 1)
      note('What the participant is told', house.anna.text())
      const home = await house.anna.press(text('common.home'))
      assert.ok(home.includes(text('home.step.done')))
      assert.equal(house.anna.buttons().includes(text('home.choose')), false)
      note('The participant’s home', home)
      await house.carla.say('progress anna')
      assert.equal(house.carla.buttons().includes(text('person.review')), false)
    })

    it('changes leader and last day for one person, and keeps what was typed when a rule says no', async () => {
      await step('invitation.consent')
      await house.carla.say('progress anna')
      await house.carla.press(text('person.change'))
      const label = text('person.lastDay')
      const refused = await house.carla.press(text('person.saveLastDay'), { [label]: '2028-01-01' })
      assert.ok(refused.includes(no('extraDays', { limit: 182 })) && refused.includes(`[${label}: 2028-01-01]`))
      await house.carla.press(text('person.saveLastDay'), { [label]: '2026-12-27' })
      assert.equal((await journey()).rounds[0]?.extraDays, 7)
      await house.carla.press(text('person.change'))
      const moved = await house.carla.press(text('person.saveLeader'), { [text('person.leaderLabel')]: 'none' })
      assert.ok(moved.includes(text('person.noLeader')))
      assert.equal((await journey()).leader, undefined)
      assert.equal((await house.leo.say('progress')).includes(anna.name), false)
    })

    it('takes somebody out after asking, leaves them what they wrote, and invites them back', async () => {
      await upToChoosing(step)
      await step('home.step.beginDo')
      await step('question.saveNext', { 'question.label': 'Mine for ever' })
      await house.carla.say('progress anna')
      const asked = await house.carla.press(text('person.remove'))
      assert.ok(asked.includes(text('person.askRemove', { name: anna.name })))
      assert.equal((await journey()).removedAt, undefined)
      note('A coach is asked before somebody is taken out', asked)
      const gone = await house.carla.press(text('person.yesRemove'))
      assert.ok((await journey()).removedAt)
      note('Taken out', gone)
      assert.equal((await house.carla.say('ready')).includes(anna.name), false)
      assert.ok((await house.anna.say('home')).includes(text('general.removed')))
      assert.ok((await house.anna.say('review best')).includes('Mine for ever'))

      await house.carla.say('progress anna')
      const back = await house.carla.press(text('person.inviteBack'))
      assert.ok(back.includes(text('person.invitedBack', { name: anna.name })))
      note('Invited back', back)
      const after = await journey()
      assert.deepEqual([after.invitedAgainAt, after.active, after.invitedBy], [house.time.now, false, carla.id])
    })
  })
}

/** The day the demo's participant was invited, as it is written. */
function day(language: Language): string {
  return language === 'en' ? '23 November' : '11月23日'
}
