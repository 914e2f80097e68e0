/** A cohort from its first minute to its child, as people see it: founded, joined by codes, one log read, a graduate goes on. */
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { say, type TextKey } from '../../src/cards/texts.ts'
import type { Person } from '../../src/demo/playground.ts'
import type { Chat } from './chat.ts'
import { stepsIn } from './steps.ts'
import { openTown, type Town } from './town.ts'

const screenshots = join(import.meta.dirname, 'screenshots')
const person = (no: number, name: string): Person => ({
  id: `e0000000-0000-4000-8000-00000000000${no}`,
  name,
  timeZone: 'Europe/Berlin',
})
/** None of them is in the demo's programme. */
const nora = person(1, 'Nora Novak')
const ben = person(2, 'Ben Okafor')
const lars = person(3, 'Lars Lind')
const rosa = person(4, 'Rosa Ruiz')

for (const engine of ['sqlite', 'gateway'] as const) {
  describe(`a cohort and its child in four browser pages (${engine})`, () => {
    let town: Town
    before(async () => {
      await mkdir(screenshots, { recursive: true })
      town = await openTown('en', engine, [nora, ben, lars, rosa])
    })
    after(() => town?.close())

    it('is founded, joined by code, led, read, and followed by a Buddy programme', async () => {
      const coach = await town.visit(nora)
      const founds = stepsIn(coach, 'en')
      const t = (key: TextKey, values = {}) => say('en', key, values)
      const text = async (chat: Chat) => (await chat.lastCard()).text()
      const reads = async (chat: Chat, ...what: readonly string[]) => {
        const seen = await text(chat)
        for (const each of what) assert.ok(seen.includes(each), `${chat.name} reads “${each}” in:\n${seen}`)
      }
      const shot = (chat: Chat, what: string) => chat.screenshot(join(screenshots, `cohort-${what}.png`))
      /** Of the code card the coach looks at. */
      const code = async () =>
        /[A-Z0-9]{1,4}(?:-[A-Z0-9]{4}){2,}/.exec(await text(coach))?.[0] ?? assert.fail(await text(coach))

      await reads(coach, t('general.mayCreate'))
      await founds('general.newProgramme')
      await founds('programmeForm.create', { 'programmeForm.name': 'Spring circle' })
      await reads(coach, t('programme.founded'))
      await founds('programme.invite')
      const forParticipants = await code()
      await shot(coach, 'codes')
      await founds('codes.other.leader')
      const forLeaders = await code()
      assert.notEqual(forLeaders, forParticipants)

      const leader = await town.visit(lars)
      await reads(leader, t('general.mayCreate'))
      await leader.say(forLeaders)
      await leader.say('progress')
      await reads(leader, t('progress.nobody'))

      const writer = await town.visit(ben)
      const step = stepsIn(writer, 'en')
      await writer.say(`join ${forParticipants}`)
      await reads(writer, 'Spring circle', nora.name, t('invitation.whoSeesWhat'))
      await (await writer.lastCard()).choose(t('invitation.leader'), lars.name)
      await shot(writer, 'invitation')
      await step('invitation.consent')

      await writer.say('plan M.L.; Handing over')
      await writer.say('record 1; yesterday; 4; We took our time')
      await writer.say('choose best 1')
      await writer.say('send one log')
      await writer.say('continue best')
      for (let question = 1; question <= 16; question++) await writer.say(`Secret ${question}`)
      await writer.say('submit best')
      await coach.waitForCard(t('ready.heading', { name: ben.name }), { within: 5000 })
      await shot(coach, 'ready')
      await leader.say('progress')
      await reads(leader, ben.name, 'Ready for the coach')
      assert.ok(!(await text(leader)).includes('Secret'))
      await shot(leader, 'leader')

      await founds('ready.readBest')
      await reads(coach, 'Secret 1', 'M.L.')
      await coach.say('progress Ben')
      await founds('person.review')
      await reads(coach, t('person.reviewedNow', { name: ben.name }))

      await writer.say('home')
      await step('home.runBuddy')
      await step('programmeForm.create', { 'programmeForm.name': 'Ben’s own people' })
      await step('programme.invite')
      const forReports = /[A-Z0-9]{1,4}(?:-[A-Z0-9]{4}){2,}/.exec(await text(writer))?.[0] ?? assert.fail()
      const report = await town.visit(rosa)
      await report.say(forReports)
      await reads(report, 'Ben’s own people', t('invitation.leaderIsCoach', { leader: ben.name }))
      const leads = `${ben.name} · ${t('invitation.alsoCoach')}`
      assert.equal(await (await report.lastCard()).value(t('invitation.leader')), leads)
      await shot(report, 'buddy-invitation')
      await stepsIn(report, 'en')('invitation.consent')
      await reads(report, t('home.step.planFirst'))
      await writer.say('programmes')
      await shot(writer, 'graduate')
      await reads(writer, 'Ben’s own people', 'Spring circle')
      const problems = [coach, leader, writer, report].flatMap(chat => chat.problems())
      assert.deepEqual(problems, [])
    })
  })
}
