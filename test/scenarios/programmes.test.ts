/** Somebody in several programmes: a card says which it is about, a typed word is asked about once, nothing is lost meanwhile. */
import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { anna, carla } from '../../src/demo/people.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { invite } from '../../src/domain/membership/consent.ts'
import { newProfile, type Role, withMembership } from '../../src/domain/profile.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { golden } from './golden.ts'
import { type House, openHouse } from './house.ts'
import { stepper, upToChoosing } from './walk.ts'

for (const language of languages) {
  describe(`several programmes of one person (${language})`, () => {
    let house: House
    const script: string[] = []
    const note = (title: string, text: string) => script.push(`## ${title}\n\n${text}`)
    beforeEach(async () => {
      house = await openHouse({ language })
      await house.carla.install()
      await house.anna.install()
    })
    afterEach(() => house.close())
    after(() => golden(`programmes.${language}`, script.join('\n\n')))

    const which = () => say(language, 'programmes.which')
    const first = { en: 'Coaching Master Class', 'zh-CN': '教练大师班' }[language]

    /** A second programme with these coaches and participants, in the store and in everybody's index. */
    async function second(coaches: readonly string[], people: readonly string[], change: Partial<Programme> = {}) {
      const demo = (await house.store.get(keys.programme('demo')))?.doc ?? assert.fail()
      const since = house.time.now
      const programme = {
        ...demo,
        programme: 'second',
        name: 'Second programme',
        leaders: [],
        coaches: coaches.map(person => ({ person, name: `Coach ${person.slice(0, 2)}`, since })),
        ...change,
      }
      const docs = [
        document(keys.programme('second'), programme),
        ...people.map(person =>
          document(keys.journey('second', person), invite(programme, person, 'Somebody', undefined, since)),
        ),
      ]
      for (const doc of docs) assert.ok((await house.store.commit(doc.pk, [{ op: 'create', doc }])).ok)
      const indexed: [string, Role][] = [
        ...coaches.map((person): [string, Role] => [person, 'coach']),
        ...people.map((person): [string, Role] => [person, 'participant']),
      ]
      for (const [person, role] of indexed) {
        const before = (await house.store.get(keys.profile(person)))?.doc ?? newProfile(person, 'Somebody')
        const doc = document(keys.profile(person), withMembership(before, { programme: 'second', role }))
        assert.ok((await house.store.commit(doc.pk, [{ op: 'put', doc }])).ok)
      }
      // Profiles are remembered for a minute.
      house.time.now = '2026-11-23T09:02:00.000Z'
    }

    const sessions = async (programme: string, person = anna.id) =>
      (await house.store.get(keys.journey(programme, person)))?.doc.rounds[0]?.sessions.map(({ topic }) => topic) ?? []

    /** Presses "This one" beside this programme. */
    async function take(actor: Actor, programme: string, typed: Record<string, string> = {}): Promise<string> {
      const titles = [say(language, 'programmes.go'), say(language, 'programmes.open')]
      const go = titles.find(title => actor.buttons().includes(title)) ?? assert.fail('no list of programmes')
      const rows = (actor.card() as { body: object[] }).body.filter(
        row => JSON.stringify(row).includes(`"${programme}"`) || !('items' in row),
      )
      return actor.look(await actor.post(actor.pressing(go, typed, { ...actor.card(), body: rows })))
    }

    it('a word that only one role knows is not asked about', async () => {
      await second([anna.id], [])
      await stepper(house.anna, language)('invitation.consent')
      await house.anna.say(language === 'en' ? 'plan M.L.; A topic' : '计划 M.L.；A topic')
      assert.deepEqual(await sessions('demo'), ['A topic'])
      const text = await house.anna.say(language === 'en' ? 'ready' : '就绪')
      assert.ok(text.includes('Second programme') && !text.includes(which()), text)
    })

    it('a word that could mean two is asked about once, and remembered until another is used', async () => {
      await second([carla.id], [anna.id])
      const ready = language === 'en' ? 'ready' : '就绪'
      const asked = await house.carla.say(ready)
      note('Which one?', asked)
      assert.ok(asked.includes(which()) && asked.includes(first) && asked.includes('Second programme'))
      assert.ok((await take(house.carla, 'second')).includes('Second programme'))
      const again = await house.carla.say(ready)
      assert.ok(again.includes('Second programme') && !again.includes(which()), again)
      assert.equal((await house.store.get(keys.profile(carla.id)))?.doc.lastProgramme, 'second')

      await house.carla.say(language === 'en' ? 'home' : '主页')
      await house.carla.press(say(language, 'programmes.other'))
      note('My programmes', house.carla.text())
      assert.ok(house.carla.text().includes(say(language, 'programmes.current')))
      assert.ok((await take(house.carla, 'demo')).includes(first))
      assert.ok((await house.carla.say(ready)).includes(first))
    })

    it('what was typed is kept while it is asked, can be corrected, and is done in that programme alone', async () => {
      await second([carla.id], [anna.id])
      await stepper(house.anna, language)('invitation.consent')
      const plan = language === 'en' ? 'plan M.L.; A topic' : '计划 M.L.；A topic'
      // Consenting was a press in the first one, so that is the one used last; as if she had never pressed:
      const profile = (await house.store.get(keys.profile(anna.id)))?.doc ?? assert.fail()
      const { lastProgramme: _last, ...rest } = profile
      assert.ok((await house.store.commit(profile.pk, [{ op: 'put', doc: rest }])).ok)
      house.time.now = '2026-11-23T09:04:00.000Z'

      const asked = await house.anna.say(plan)
      note('What was typed is kept', asked)
      assert.match(asked, /\[.*: M\.L\.[;；] ?A topic\]/)
      assert.deepEqual(await sessions('demo'), [])
      await take(house.anna, 'demo', { [say(language, 'programmes.typed')]: 'M.L.; Another topic' })
      assert.deepEqual([await sessions('demo'), await sessions('second')], [['Another topic'], []])
      await house.anna.say(plan)
      assert.deepEqual(await sessions('demo'), ['Another topic', 'A topic'])
    })

    it('a programme that is over is not asked about while another goes on', async () => {
      await second([carla.id], [], { closedAt: house.time.now })
      const text = await house.carla.say(language === 'en' ? 'ready' : '就绪')
      assert.ok(text.includes(first) && !text.includes(which()), text)
    })

    it('one that was put away is in no list but that of its own, and can be opened there', async () => {
      await second([carla.id], [], { closedAt: house.time.now, archivedAt: house.time.now })
      const text = await house.carla.say(language === 'en' ? 'programmes' : '我的项目')
      assert.ok(text.includes(first) && !text.includes('Second programme'), text)
      const away = await house.carla.press(say(language, 'programmes.away'))
      assert.ok(away.includes('Second programme') && !away.includes(first), away)
      assert.ok(away.includes(say(language, 'programmes.introAway', { count: 1 })))
      await house.carla.press(say(language, 'programmes.open'))
      assert.ok(house.carla.text().includes('Second programme'), house.carla.text())
      await house.carla.say(language === 'en' ? 'programmes' : '我的项目')
      await house.carla.press(say(language, 'programmes.away'))
      assert.ok((await house.carla.press(say(language, 'programmes.notAway'))).includes(first))
    })

    it('nobody says yes to an invitation they have not been shown', async () => {
      await second([carla.id], [anna.id])
      // What she was shown when she came is the first one's.
      const agree = { en: 'take part', 'zh-CN': '参加' }[language]
      assert.ok((await house.anna.say(agree)).includes(which()))
      const shown = await take(house.anna, 'second')
      assert.ok(shown.includes('Second programme') && shown.includes(say(language, 'invitation.whoSeesWhat')), shown)
      const consent = async () => (await house.store.get(keys.journey('second', anna.id)))?.doc.consent
      assert.equal(await consent(), undefined, 'not before it was shown')
      await house.anna.say(agree)
      assert.deepEqual((await consent())?.coaches, [carla.id])
    })

    it('words go to the question that is open, also from the other programme’s home', async () => {
      await second([carla.id], [anna.id])
      const step = stepper(house.anna, language)
      await upToChoosing(step)
      await step('home.step.beginDo')
      await house.anna.say(language === 'en' ? 'programmes' : '我的项目')
      const other = await take(house.anna, 'second')
      assert.ok(other.includes('Second programme'), 'the other one’s invitation')
      await house.anna.say('An answer from elsewhere')
      const log = (await house.store.get(keys.log('demo', anna.id, 1, 1)))?.doc
      assert.equal(log?.answers[1]?.text, 'An answer from elsewhere')
    })

    it('nothing of this concerns somebody in one programme', async () => {
      await stepper(house.anna, language)('invitation.consent')
      assert.ok(!house.anna.buttons().includes(say(language, 'programmes.other')))
      assert.equal((await house.store.get(keys.profile(anna.id)))?.doc.lastProgramme, undefined)
      const text = await house.anna.say(language === 'en' ? 'programmes' : '我的项目')
      assert.ok(text.includes(first), text)
    })
  })
}
