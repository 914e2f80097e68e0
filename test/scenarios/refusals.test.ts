/** Every refusal a participant can meet, through the public entry: kind, clear, nothing changed, nothing typed lost. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { anna, carla } from '../../src/demo/people.ts'
import { followProgramme, remove } from '../../src/domain/membership/consent.ts'
import { languages } from '../../src/domain/values.ts'
import { document, keys } from '../../src/store/documents.ts'
import { golden } from './golden.ts'
import { type House, openHouse } from './house.ts'
import { answerAll, stepper, upToChoosing } from './walk.ts'

const short = Array.from({ length: 16 }, (_, index) => `Answer ${index + 1}`)

for (const language of languages) {
  describe(`refusals (${language})`, () => {
    let house: House
    const script: string[] = []
    const step = (...asked: Parameters<ReturnType<typeof stepper>>) => stepper(house.anna, language)(...asked)
    const journey = async () => (await house.store.get(keys.journey('demo', anna.id)))?.doc ?? assert.fail()
    const note = (title: string, text = house.anna.text()) => script.push(`## ${title}\n\n${text}`)

    /** What the person says or presses is refused with this sentence, and the journey stays as it was. */
    async function refuses(title: string, sentence: string, act: () => Promise<string>) {
      const before = JSON.stringify({ ...(await journey()), open: undefined })
      const text = await act()
      assert.ok(text.includes(sentence), `${title}: ${text}`)
      assert.equal(JSON.stringify({ ...(await journey()), open: undefined }), before, `${title} changed something`)
      note(title, text.replace(/x{4001}/, '(4,001 × x)'))
    }

    beforeEach(async () => {
      house = await openHouse({ language })
      await house.carla.install()
      await house.anna.install()
    })
    afterEach(() => house.close())
    after(() => golden(`refusals.${language}`, script.join('\n\n')))

    it('of planning and recording', async () => {
      await step('invitation.consent')
      for (const no of [1, 2, 3, 4, 5]) await house.anna.say(`plan C.${no}; Topic ${no}`)
      const many = refusalText(language, 'tooManySessions', { limit: 5 })
      await refuses('A sixth session', many, () => house.anna.say('plan C.6; Topic 6'))
      await refuses('Held in the future', refusalText(language, 'heldInFuture'), () =>
        house.anna.say('record 1; tomorrow; 4'),
      )
      await refuses('Held in another century', refusalText(language, 'dayTooFar', { limit: 2 }), () =>
        house.anna.say('record 1; 20.11.1926; 4'),
      )
      await refuses('No date', refusalText(language, 'notADate'), () => house.anna.say('record 1; some day; 4'))
      await refuses('No rating', refusalText(language, 'notARating'), () => house.anna.say('record 1; yesterday; six'))
      await refuses('One not held', refusalText(language, 'notHeld'), () => house.anna.say('choose best 1'))
      await house.anna.say('record 1; yesterday; 4')
      await house.anna.say('record 2; yesterday; 4')
      await refuses('The same session twice', refusalText(language, 'sameSession'), () => house.anna.say('choose 1 1'))
      await house.anna.say('choose 1 2')
      await refuses('Cancelling a chosen one', refusalText(language, 'sessionChosen'), () => house.anna.say('cancel 1'))
      await refuses('No such session', refusalText(language, 'noSuchSession'), () => house.anna.say('cancel 9'))
    })

    it('of answering and submitting', async () => {
      await upToChoosing(step)
      await step('home.step.beginDo')
      const label = 'question.label' as const
      await refuses('An empty answer', refusalText(language, 'emptyAnswer'), () => step('question.saveNext'))
      const long = refusalText(language, 'tooLong', { limit: 4000 })
      await refuses('4,001 characters', long, () => step('question.saveNext', { [label]: 'x'.repeat(4001) }))
      assert.ok(house.anna.text().includes('x'.repeat(4001)), 'the text is kept')
      await step('question.saveNext', { [label]: 'One' })
      const questions = Array.from({ length: 15 }, (_, index) => index + 2)
      await refuses('Submitting with gaps', refusalText(language, 'gaps', { questions }), () =>
        house.anna.say('submit best'),
      )
      await house.anna.say('later')
      await refuses('An unknown word', say(language, 'general.unknownWord'), () => house.anna.say('blorp'))
      await refuses(
        'A mistyped word',
        say(language, 'typing.didYouMean', { word: language === 'en' ? 'plan' : '计划' }),
        () => house.anna.say('paln'),
      )
      const channel = { id: 'channel-1', conversationType: 'channel', tenantId: 'tenant' }
      await house.anna.post({ ...house.anna.common(), conversation: channel, type: 'message', text: 'home' })
      const said = JSON.stringify(house.stage.connector.received.at(-1)?.activity)
      assert.ok(said.includes(say('en', 'general.groupChat')), 'one fixed sentence in a channel')
    })

    it('after submitting, after opening, after removal, after closing', async () => {
      await upToChoosing(step)
      await step('home.step.beginDo')
      const question = house.anna.card()
      await answerAll(step, short)
      await step('review.submit')
      const late = house.anna.pressing(
        say(language, 'question.saveNext'),
        { [say(language, 'question.label')]: 'Too late' },
        question,
      )
      await refuses('Answering a submitted log', refusalText(language, 'logNotDraft'), async () =>
        house.anna.look(await house.anna.post(late)),
      )
      assert.ok(house.anna.text().includes('Too late'), 'the text is given back')
      await refuses('Moving a fixed pointer', refusalText(language, 'pointerFixed'), () => house.anna.say('swap'))

      await house.anna.say('continue challenging')
      for (const text of short) await house.anna.say(text)
      await house.anna.say('submit')
      await house.carla.say('read anna')
      await house.carla.press(say(language, 'ready.readBest'))
      await refuses('Withdrawing after opening', refusalText(language, 'alreadyOpened'), () =>
        house.anna.say('withdraw best'),
      )

      const stored = await journey()
      await house.store.commit('p:demo', [
        { op: 'put', doc: document(keys.journey('demo', anna.id), remove(stored, house.time.now)) },
      ])
      await refuses('A removed person plans', refusalText(language, 'notActive'), () => house.anna.say('plan X; Y'))
      const home = await house.anna.say('home')
      assert.ok(home.includes(say(language, 'general.removed')))
      note('A removed person comes home', home)
      const review = await house.anna.say('review best')
      assert.ok(review.includes('Answer 1'), 'what was written stays theirs to read')

      const programme = (await house.store.get(keys.programme('demo')))?.doc ?? assert.fail()
      const closed = { ...programme, closedAt: house.time.now }
      await house.store.commit('p:demo', [
        { op: 'put', doc: closed },
        { op: 'put', doc: document(keys.journey('demo', anna.id), followProgramme(stored, closed)) },
      ])
      // Programmes are remembered for a minute.
      house.time.now = '2026-11-23T09:02:00.000Z'
      await refuses('A closed programme', refusalText(language, 'notActive'), () => house.anna.say('plan X; Y'))
      assert.ok((await house.anna.say('home')).includes(say(language, 'general.closed')))
    })

    it('of a card that was made for somebody else', async () => {
      await step('invitation.consent')
      const stolen = house.anna.pressing(say(language, 'home.step.planFirstDo'))
      const press = { ...stolen, ...house.carla.common() }
      const text = house.carla.look(await house.carla.post(press))
      assert.ok(text.includes(say(language, 'general.notYours')))
      note("Somebody else's card", text)
      assert.equal(await house.store.get(keys.journey('demo', carla.id)), undefined)
    })
  })
}
