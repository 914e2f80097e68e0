/** Joining by a code: by somebody nobody knows, as a participant or a team leader; and everything that is wrong with a code. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { anna, carla } from '../../src/demo/people.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { languages } from '../../src/domain/values.ts'
import { keys } from '../../src/store/documents.ts'
import { golden } from './golden.ts'
import { type House, openHouse } from './house.ts'

const nina = 'd0000000-0000-4000-8000-000000000011'
const lars = 'd0000000-0000-4000-8000-000000000012'
const hoursLater = (hours: number) => new Date(Date.parse('2026-11-23T09:00:00.000Z') + hours * 3_600_000).toISOString()

for (const language of languages) {
  describe(`joining by a code (${language})`, () => {
    let house: House
    const script: string[] = []
    /** A new code each time, so that it is left out. */
    const note = (title: string, text: string) =>
      void script.push(`## ${title}\n\n${text.replace(/[A-Z0-9]{1,4}(?:-[A-Z0-9]{4}){2,}/g, 'CODE')}`)
    const invite = { en: 'invite', 'zh-CN': '邀请' }[language]
    const join = { en: 'join', 'zh-CN': '加入' }[language]
    const programme = async (): Promise<Programme> =>
      (await house.store.get(keys.programme('demo')))?.doc ?? assert.fail()
    const journey = async (person: string) => (await house.store.get(keys.journey('demo', person)))?.doc
    const profile = async (person: string) => (await house.store.get(keys.profile(person)))?.doc

    beforeEach(async () => {
      house = await openHouse({ language })
      await house.carla.install()
    })
    afterEach(() => house.close())
    after(() => golden(`joining.${language}`, script.join('\n\n')))

    const someone = (person: string, name: string) => house.stage.actor(person, name, 'Europe/Berlin', language)

    /** The code as it stands on the coach's card. */
    async function code(kind: 'participant' | 'leader' = 'participant'): Promise<string> {
      await house.carla.say(invite)
      if (kind === 'leader') await house.carla.press(say(language, 'codes.other.leader'))
      return /[A-Z0-9]{1,4}(?:-[A-Z0-9]{4}){2,}/.exec(house.carla.text())?.[0] ?? assert.fail(house.carla.text())
    }

    it('brings a stranger to the preview; only consent makes them a member', async () => {
      const known = await code()
      note('The coach’s code', house.carla.text())
      assert.ok(house.carla.text().includes('https://teams.microsoft.com/l/chat/0/0?users=28:bot&message='))
      const guest = someone(nina, 'Nina Neu')
      await guest.install()
      assert.equal(await profile(nina), undefined, 'nothing is kept of a stranger')
      const preview = await guest.say(`${join} ${known}`)
      note('Who joins sees first', preview)
      assert.ok(preview.includes(carla.name) && preview.includes(say(language, 'invitation.whoSeesWhat')))
      assert.deepEqual([(await journey(nina))?.active, (await journey(nina))?.consent], [false, undefined])
      await guest.press(say(language, 'invitation.consent'))
      assert.equal((await journey(nina))?.active, true)
      assert.deepEqual((await profile(nina))?.memberships, [{ programme: 'demo', role: 'participant' }])
      assert.ok((await house.carla.say(language === 'en' ? 'ready' : '就绪')).includes('Nina Neu'))
    })

    it('takes the bare code, in any spelling, and the same one twice as once', async () => {
      const known = await code()
      const guest = someone(nina, 'Nina Neu')
      await guest.say(known.toLowerCase().replaceAll('-', ' '))
      assert.ok(guest.text().includes(say(language, 'invitation.whoSeesWhat')))
      const before = JSON.stringify(await journey(nina))
      const again = await guest.say(`${join} ${known}`)
      assert.ok(again.includes(say(language, 'code.invitedAlready')), again)
      assert.equal(JSON.stringify(await journey(nina)), before)
    })

    it('makes a team leader, who sees nobody before they are chosen', async () => {
      const known = await code('leader')
      const boss = someone(lars, 'Lars Lead')
      const welcome = await boss.say(`${join} ${known}`)
      note('Who joins as a team leader sees', welcome)
      assert.ok((await programme()).leaders.some(({ person }) => person === lars))
      const progress = await boss.say(language === 'en' ? 'progress' : '进度')
      assert.ok(progress.includes(say(language, 'progress.nobody')) && !progress.includes(anna.name), progress)
    })

    it('answers a wrong, a revoked and an unknown programme’s code alike, and keeps what was typed', async () => {
      const known = await code()
      await house.carla.say(invite)
      await house.carla.press(say(language, 'invite.takeBack'))
      const guest = someone(nina, 'Nina Neu')
      const wrong = [known, known.replace(/.{4}$/, 'BCDF'), 'BCDF-GHJK-MPQR-TVWX']
      for (const typed of wrong) {
        const answer = await guest.say(`${join} ${typed}`)
        assert.ok(answer.includes(refusalText(language, 'codeUnknown')) && answer.includes(typed), answer)
      }
      note('A code that is none', guest.text())
      assert.equal(await journey(nina), undefined)
      assert.equal((await house.store.get(keys.limits(nina)))?.doc.tries?.count, 3)
      assert.equal(await profile(nina), undefined, 'of who guesses nothing is kept but the count')
    })

    it('stops at the tenth wrong try, also for the right code, until the day is over', async () => {
      const known = await code()
      const guest = someone(nina, 'Nina Neu')
      for (let no = 1; no <= 9; no++) await guest.say(`${join} BCDF-GHJK-MPQR-TVWX`)
      const tenth = await guest.say(`${join} BCDF-GHJK-MPQR-TVWX`)
      note('The tenth wrong try', tenth)
      const stop = refusalText(language, 'tooManyTries', { limit: 24 })
      assert.ok(tenth.includes(stop), tenth)
      assert.ok((await guest.say(`${join} ${known}`)).includes(stop))
      assert.equal(await journey(nina), undefined)
      house.time.now = hoursLater(24.1)
      assert.ok((await guest.say(`${join} ${known}`)).includes(say(language, 'invitation.whoSeesWhat')))
    })

    it('says when it is full, when the programme is closed, and that a removal stands', async () => {
      const known = await code()
      const doc = await programme()
      const put = async (change: Partial<Programme>) =>
        assert.ok(
          (await house.store.commit('p:demo', [{ op: 'put', doc: { ...(await programme()), ...change } as never }])).ok,
        )
      await put({ code: { ...(doc.code ?? assert.fail()), places: 1 } })
      const guest = someone(nina, 'Nina Neu')
      const full = await guest.say(`${join} ${known}`)
      assert.ok(full.includes(refusalText(language, 'codeFull')), full)
      note('A code without places left', full)
      await put({ code: doc.code ?? assert.fail(), closedAt: house.time.now })
      const closed = await guest.say(`${join} ${known}`)
      assert.ok(closed.includes(refusalText(language, 'programmeClosed')), closed)
      note('A closed programme', closed)
      assert.equal(await journey(nina), undefined)
    })
  })
}
