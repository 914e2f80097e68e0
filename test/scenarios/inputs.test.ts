/** How much a coach has to do until twelve people are invited: every message, every press and every field that is filled, counted. */
import assert from 'node:assert/strict'
import { say, type TextKey } from '../../src/cards/texts.ts'
import { inputsOf } from '../../src/demo/card-reading.ts'
import { byLabel, type Typed } from '../../src/demo/words.ts'
import { languages } from '../../src/domain/values.ts'
import { keys } from '../../src/store/documents.ts'
import { openHouse, until } from './house.ts'

const dora = { id: 'd0000000-0000-4000-8000-000000000004', name: 'Dora Diaz' }
const twelve = Array.from({ length: 12 }, (_, no) => `0f0f0f0f-0000-4000-8000-${String(no).padStart(12, '0')}`)
const most = 8
const word = { en: 'new programme', 'zh-CN': '新建项目' } as const

for (const language of languages) {
  describe(`what it takes to invite twelve people (${language})`, () => {
    it(`is at most ${most} inputs, from the first word to twelve invitations`, async () => {
      const house = await openHouse({ language, creators: { creators: [dora.id], buddies: true } })
      const coach = house.stage.actor(dora.id, dora.name, 'Europe/Berlin', language)
      const done: string[] = []
      const types = async (text: string) => {
        done.push(`types ${text}`)
        await coach.say(text)
      }
      const presses = async (key: TextKey, typed: Typed = {}) => {
        const fields = byLabel(language, typed)
        for (const { label, value } of inputsOf(coach.card())) {
          const filled = fields[label]
          if (filled !== undefined && filled !== value) done.push(`fills in ${label}`)
        }
        done.push(`presses ${say(language, key)}`)
        await coach.press(say(language, key), fields)
      }

      await types(word[language])
      await presses('programmeForm.create', { 'programmeForm.name': 'Autumn' })
      await presses('programme.inviteByName')
      await presses('inviting.invite', { 'picking.people': twelve.join(',') })

      const programme = (await house.store.get(keys.profile(dora.id)))?.doc.memberships[0]?.programme ?? assert.fail()
      const docs = (await house.store.query('programmeOf', { programme })).map(({ doc }) => doc)
      const invited = docs.flatMap(doc => (doc.type === 'journey' && doc.invitedBy === dora.id ? [doc.person] : []))
      assert.deepEqual(invited.toSorted(), twelve)
      assert.ok(coach.text().includes(say(language, 'invited.heading', { count: 12 })), coach.text())
      const opened = () => house.stage.connector.received.filter(({ path }) => path.endsWith('/conversations'))
      await until('a chat is opened with each of them', () => opened().length === 12, 20_000)
      assert.ok(done.length <= most, done.join('\n'))
      console.log(`      ${done.length} inputs: ${done.join(', ')}`)
      await house.close()
    })
  })
}
