/** A coach says who the team leaders are: by the picker, by ids, and takes one out again. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { anna, leo } from '../../src/demo/people.ts'
import { type Language, languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openHouse, until } from './house.ts'

const mia = '0d0d0d0d-0000-4000-8000-00000000000d'
const ben = '0e0e0e0e-0000-4000-8000-00000000000e'

const leadersOf = async (house: Awaited<ReturnType<typeof openHouse>>) =>
  (await house.store.get(keys.programme('demo')))?.doc.leaders.map(({ person, name }) => [person, name])

async function opened(language: Language) {
  const house = await openHouse({ language })
  await house.carla.install()
  const open = async () => {
    const pressed = { ...house.carla.common(), type: 'invoke', name: 'adaptiveCard/action' }
    const action = { type: 'Action.Execute', verb: 'leadersForm', data: { programme: 'demo' } }
    house.carla.look(await house.carla.post({ ...pressed, value: { action } }))
  }
  await open()
  return { house, open, t: (key: Parameters<typeof say>[1], values = {}) => say(language, key, values) }
}

for (const language of languages) {
  describe(`team leaders (${language})`, () => {
    it('are added by picker and id, named in the card, and each promised an invitation', async () => {
      const { house, t } = await opened(language)
      const said = await house.carla.press(t('leaders.add'), {
        [t('picking.people')]: `${mia}`,
        [t('picking.ids')]: `${ben} Ben Okafor\n${leo.id}`,
      })
      assert.deepEqual(await leadersOf(house), [
        [leo.id, leo.name],
        [mia, ''],
        [ben, 'Ben Okafor'],
      ])
      assert.ok(said.includes('Ben Okafor') && said.includes(t('picking.nameFollows')))
      for (const to of [mia, ben]) {
        const kind = 'leaderInvitation'
        const no = Date.parse(house.time.now)
        const notice = await house.store.get(keys.notice({ kind, programme: 'demo', person: to, round: 1, no, to }))
        assert.equal(notice?.doc.to, to)
      }
      assert.equal((await house.store.get(keys.limits(house.carla.person)))?.doc.sent?.count, 2)
      await house.close()
    })

    it('have their name from the moment they come', async () => {
      const { house, t } = await opened(language)
      await house.carla.press(t('leaders.add'), { [t('picking.people')]: mia })
      const leader = house.stage.actor(mia, 'Mia Moor', 'Europe/Berlin', language)
      await until('she is findable', async () => (await house.store.get(keys.profile(mia))) !== undefined)
      await leader.install()
      await until('her name is there', async () => (await leadersOf(house))?.at(-1)?.[1] === 'Mia Moor')
      await house.close()
    })

    it('are not looked up by e-mail address, and what was typed stays', async () => {
      const { house, t } = await opened(language)
      const typed = `${mia}\nben@example.com`
      const said = await house.carla.press(t('leaders.add'), { [t('picking.ids')]: typed })
      assert.ok(said.includes(t('picking.address', { line: 'ben@example.com' })))
      assert.ok(said.includes(typed))
      assert.deepEqual(await leadersOf(house), [[leo.id, leo.name]])
      assert.equal(await house.store.get(keys.limits(house.carla.person)), undefined)
      await house.close()
    })

    it('go after a question that says whose leader they are, and their people follow', async () => {
      const { house, t } = await opened(language)
      const asked = await house.carla.press(t('leaders.remove'))
      assert.ok(asked.includes(leo.name) && asked.includes(anna.name))
      assert.equal((await leadersOf(house))?.length, 1)
      assert.ok((await house.carla.press(t('leaders.remove'))).includes(t('leaders.removed')))
      assert.deepEqual(await leadersOf(house), [])
      for (let look = 0; look < 500; look++) {
        if ((await house.store.get(keys.journey('demo', anna.id)))?.doc.leader === undefined) break
        await new Promise(resolve => setTimeout(resolve, 10))
      }
      assert.equal((await house.store.get(keys.journey('demo', anna.id)))?.doc.leader, undefined)
      await house.close()
    })

    it('who blocked the coach are not written to, and others are', async () => {
      const { house, t } = await opened(language)
      const shield = document(keys.shield(mia), { blocked: [house.carla.person] })
      await house.store.commit(shield.pk, [{ op: 'create', doc: shield }])
      const said = await house.carla.press(t('leaders.add'), { [t('picking.ids')]: `${mia} Mia\n${ben} Ben` })
      assert.ok(said.includes(t('picking.notReached', { names: 'Mia', count: 1 })))
      assert.deepEqual(
        (await leadersOf(house))?.map(([, name]) => name),
        [leo.name, 'Ben'],
      )
      await house.close()
    })
  })
}
