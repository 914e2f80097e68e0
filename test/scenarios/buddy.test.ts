/** Whoever has been through a programme runs one for their own people: its child, whose coach and leader they are. */
import assert from 'node:assert/strict'
import { refusalText, say, type TextKey } from '../../src/cards/texts.ts'
import { anna } from '../../src/demo/people.ts'
import { currentRound, withRound } from '../../src/domain/journey.ts'
import { consent, invite } from '../../src/domain/membership/consent.ts'
import { newProfile, withMembership } from '../../src/domain/profile.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { ok } from '../domain/given.ts'
import { golden } from './golden.ts'
import { type House, openHouse } from './house.ts'
import { stepper } from './walk.ts'

const dora = { id: 'd0000000-0000-4000-8000-000000000004', name: 'Dora Diaz' }

for (const language of languages) {
  describe(`a Buddy programme (${language})`, () => {
    let house: House
    const script: string[] = []
    const note = (title: string, text: string) => void script.push(`## ${title}\n\n${text}`)
    const said = (key: TextKey, values = {}) => say(language, key, values)
    afterEach(() => house.close())

    it('is founded by a graduate, whose people are told first that their leader is the reader', async () => {
      house = await openHouse({ language })
      const { anna: graduate, store } = house
      await reviewed(house)
      await graduate.install()
      const step = stepper(graduate, language)
      await step('home.runBuddy')
      assert.ok(graduate.text().includes(said('programmeForm.headingBuddy')))
      await step('programmeForm.create', { 'programmeForm.name': 'Anna’s own' })
      assert.ok(graduate.text().includes(said('programme.founded')), graduate.text())
      const child = await childOf(house)
      assert.deepEqual([child.name, child.parent], ['Anna’s own', 'demo'])
      assert.deepEqual([child.coaches[0]?.person, child.leaders[0]?.person], [anna.id, anna.id])

      const reader = house.stage.actor(dora.id, dora.name)
      const journey = invite(child, dora.id, dora.name, anna.id, house.time.now)
      const profile = withMembership(newProfile(dora.id, dora.name), {
        programme: child.programme,
        role: 'participant',
      })
      await store.commit(`p:${child.programme}`, [
        { op: 'create', doc: document(keys.journey(child.programme, dora.id), journey) },
      ])
      await store.commit(`u:${dora.id}`, [{ op: 'create', doc: document(keys.profile(dora.id), profile) }])
      const first = await reader.say('hi')
      const sentence = said('invitation.leaderIsCoach', { leader: anna.name })
      assert.ok(first.includes(sentence), first)
      assert.ok(first.indexOf(sentence) < first.indexOf(said('invitation.whoSeesWhat')), 'before everything else')
    })

    it('is told to the coach it came from in counts, once three take part, and never by name', async () => {
      house = await openHouse({ language })
      const { anna: graduate, carla, store } = house
      const ask = async () => {
        await carla.say(language === 'en' ? 'programme' : '项目')
        return carla.press(said('programme.buddies'))
      }
      await reviewed(house)
      await carla.install()
      assert.ok((await ask()).includes(said('buddies.nobody')))
      note('Nobody runs one yet', carla.text())
      await graduate.install()
      await graduate.press(said('home.runBuddy'))
      await graduate.press(said('programmeForm.create'), { [said('programmeForm.name')]: 'Own people' })
      const child = await childOf(house)
      const names = ['Ben', 'Cleo', 'Dora', 'Emil']
      for (const [at, name] of names.entries()) {
        const asked = invite(child, name, name, anna.id, house.time.now)
        const journey = at === 3 ? asked : ok(consent(asked, child, [anna.id], house.time.now)).journey
        await store.commit(`p:${child.programme}`, [
          { op: 'create', doc: document(keys.journey(child.programme, name), journey) },
        ])
        if (at === 1) {
          note('Two take part', await ask())
          assert.ok(carla.text().includes(said('buddies.tooFew', { fewest: 3 })))
        }
      }
      const seen = await ask()
      note('Three take part, and one is asked', seen)
      assert.ok(seen.includes('Own people') && seen.includes(said('coachHome.countPeople', { count: 4 })), seen)
      assert.deepEqual(
        [anna.name, ...names].filter(name => seen.includes(name)),
        [],
      )
      const press = { ...graduate.common(), type: 'invoke', name: 'adaptiveCard/action' }
      const action = { type: 'Action.Execute', verb: 'buddies', data: { programme: 'demo' } }
      const other = graduate.look(await graduate.post({ ...press, value: { action } }))
      assert.ok(other.includes(said('general.stranger')), other)
      golden(`buddies.${language}`, script.join('\n\n'))
    })

    it('is nobody’s who has not been through one, and nobody’s where it is switched off', async () => {
      house = await openHouse({ language, creators: { creators: [], buddies: false } })
      await reviewed(house)
      await house.anna.install()
      assert.ok(!house.anna.buttons().includes(said('home.runBuddy')))
      assert.equal(
        await house.anna.say(language === 'en' ? 'new programme' : '新建项目'),
        refusalText(language, 'mayNotCreate'),
      )
    })
  })
}

/** Anna's round is reviewed, by what is stored. */
async function reviewed({ store, time }: House): Promise<void> {
  const programme = (await store.get(keys.programme('demo')))?.doc ?? assert.fail()
  const { doc, etag } = (await store.get(keys.journey('demo', anna.id))) ?? assert.fail()
  const readers = programme.coaches.map(({ person }) => person)
  const { journey } = ok(consent(doc, programme, readers, time.now))
  const over = withRound(journey, { ...currentRound(journey), reviewedAt: time.now })
  await store.commit('p:demo', [{ op: 'put', doc: document(keys.journey('demo', anna.id), over), etag }])
}

async function childOf({ store }: House): Promise<Programme> {
  const memberships = (await store.get(keys.profile(anna.id)))?.doc.memberships ?? []
  const id = memberships.find(({ role }) => role === 'coach')?.programme ?? assert.fail('Anna coaches nothing')
  return (await store.get(keys.programme(id)))?.doc ?? assert.fail('no programme')
}
