/** Answers that cannot be saved as they come, each with a kind word and the text kept. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { inputsOf } from '../../src/demo/card-reading.ts'
import { anna } from '../../src/demo/people.ts'
import { keys } from '../../src/store/documents.ts'
import { type House, openHouse } from './house.ts'
import { answerAll, answers, stepper, upToChoosing } from './walk.ts'

const next = say('en', 'question.saveNext')
const field = say('en', 'question.label')

describe('answering', () => {
  let house: House
  const stored = async () => (await house.store.get(keys.log('demo', anna.id, 1, 1)))?.doc.answers ?? {}
  const typed = () => inputsOf(house.anna.card())[0]?.value

  async function raw(verb: string, data: object) {
    const value = { action: { type: 'Action.Execute', verb, data } }
    const press = { ...house.anna.common(), type: 'invoke', name: 'adaptiveCard/action', value }
    return house.anna.look(await house.anna.post(press))
  }
  const jump = (question: number) => raw('question', { programme: 'demo', round: 1, session: 1, question })

  beforeEach(async () => {
    house = await openHouse()
    await house.anna.install()
    await upToChoosing(stepper(house.anna, 'en'))
    await house.anna.press(say('en', 'home.step.beginDo'))
  })
  afterEach(() => house.close())

  it('keeps a text that is too long in the field, and says what to do', async () => {
    const text = 'x'.repeat(4001)
    const card = await house.anna.press(next, { [field]: text })
    assert.ok(card.includes(refusalText('en', 'tooLong', { limit: 4000 })))
    assert.equal(typed(), text)
    assert.deepEqual(await stored(), {})
  })

  it('takes answers in any order: the log begins with whichever comes first, and the count follows', async () => {
    for (const [no, question] of [5, 1, 15, 2, 5].entries()) {
      await jump(question)
      const shown = await house.anna.press(next, { [field]: `Text ${no}` })
      assert.ok(shown.includes(say('en', 'question.saved', { question })), shown)
      const journey = await house.store.get(keys.journey('demo', anna.id))
      assert.equal(journey?.doc.rounds[0]?.logs[1]?.answered, Object.keys(await stored()).length)
      assert.equal((await stored())[question]?.text, `Text ${no}`)
    }
    assert.deepEqual(Object.keys(await stored()), ['1', '2', '5', '15'])
  })

  it('says the one neutral sentence of a programme that is not there, whichever question it is', async () => {
    for (const question of [1, 2]) {
      const data = { programme: 'elsewhere', round: 1, session: 1, question, rev: 0, go: 'next', answer: 'A text' }
      assert.ok((await raw('answer', data)).includes(say('en', 'general.stranger')), `${question}`)
    }
  })

  it('says that nothing is there to save', async () => {
    assert.ok((await house.anna.press(next)).includes(refusalText('en', 'emptyAnswer')))
    assert.ok((await house.anna.press(next, { [field]: ' \n ' })).includes(refusalText('en', 'emptyAnswer')))
    assert.deepEqual(await stored(), {})
  })

  it('goes back, later and to the review without a text, and never empties an answer by it', async () => {
    await house.anna.press(next, { [field]: 'One' })
    await house.anna.press(say('en', 'common.back'))
    assert.equal(typed(), 'One')
    await house.anna.press(say('en', 'question.later'), { [field]: '' })
    assert.equal((await stored())[1]?.text, 'One')
    assert.ok(house.anna.text().includes(say('en', 'home.later')))
  })

  it('shows every answer in its field exactly as typed', async () => {
    await answerAll(stepper(house.anna, 'en'))
    for (const text of [...answers].reverse()) {
      await jump(answers.indexOf(text) + 1)
      assert.equal(typed(), text)
    }
  })

  // The first answer makes the log, the second is put into it: each in a way of its own.
  for (const question of [1, 2]) {
    it(`asks Keep or Replace when answer ${question} was changed elsewhere, and loses neither text`, async () => {
      if (question === 2) await house.anna.press(next, { [field]: 'One' })
      const phone = house.stage.actor(anna.id, anna.name)
      const old = house.anna.card()
      await house.anna.press(next, { [field]: 'From the desk' })
      const press = house.anna.pressing(next, { [field]: 'From the phone' }, old)
      const card = house.anna.look(await house.anna.post(press))
      assert.ok(card.includes('From the desk'))
      assert.equal(typed(), 'From the phone')
      assert.equal((await stored())[question]?.text, 'From the desk')

      phone.look(await phone.post(press))
      await phone.press(say('en', 'stale.replace'))
      const { text, rev } = (await stored())[question] ?? {}
      assert.deepEqual([text, rev], ['From the phone', 2])
      await house.anna.press(say('en', 'stale.keep'))
      assert.equal((await stored())[question]?.text, 'From the phone')
    })

    it(`saves the same press of answer ${question} once, under whatever activity id, and moves on each time`, async () => {
      if (question === 2) await house.anna.press(next, { [field]: 'One' })
      const press = house.anna.pressing(next, { [field]: 'Once' })
      for (const id of ['first', 'first', 'second']) {
        const shown = house.anna.look(await house.anna.post({ ...press, id }))
        assert.ok(shown.includes(`Question ${question + 1} of 16`))
      }
      const { text, rev } = (await stored())[question] ?? {}
      assert.deepEqual([text, rev], ['Once', 1])
    })
  }

  it('takes a typed message as the answer to the open question, and a command as the command', async () => {
    assert.ok((await house.anna.say('It went  well\n\nI think ')).includes('Question 2 of 16'))
    assert.equal((await stored())[1]?.text, 'It went  well\n\nI think ')
    assert.ok((await house.anna.say('Home')).includes(say('en', 'home.logs')))
    assert.ok((await house.anna.say('Second answer')).includes('Question 3 of 16'))
    await house.anna.press(say('en', 'common.back'))
    assert.ok((await house.anna.say('Something else')).includes(say('en', 'answered.heading')))
    assert.equal(typed(), 'Something else')
    assert.equal((await stored())[2]?.text, 'Second answer')
  })

  it('says kindly that a word is not known when no question is open', async () => {
    await house.anna.press(say('en', 'question.later'))
    assert.ok((await house.anna.say('Blorp')).includes(say('en', 'general.unknownWord')))
    assert.deepEqual(await stored(), {})
  })

  it('does not submit again when the press of an earlier submit is delivered once more', async () => {
    const step = stepper(house.anna, 'en')
    await answerAll(step)
    const press = house.anna.pressing(say('en', 'review.submit'))
    house.anna.look(await house.anna.post(press))
    assert.ok(house.anna.text().includes(say('en', 'submitted.headingOne')))
    await step('submitted.review')
    const back = house.anna.pressing(say('en', 'review.withdraw'))
    house.anna.look(await house.anna.post(back))
    for (const id of ['late one', 'late two']) house.anna.look(await house.anna.post({ ...press, id }))
    const facts = async () => (await house.store.get(keys.journey('demo', anna.id)))?.doc.rounds[0]?.logs[1]
    assert.deepEqual([(await facts())?.submittedAt, (await facts())?.snapshot], [undefined, 1])
    await house.anna.say('submit best')
    house.anna.look(await house.anna.post({ ...back, id: 'late three' }))
    assert.deepEqual([!!(await facts())?.submittedAt, (await facts())?.snapshot], [true, 2])
  })

  it('names the gaps when submitting', async () => {
    await house.anna.press(next, { [field]: 'One' })
    const action = { type: 'Action.Execute', verb: 'submit', data: { programme: 'demo', round: 1, session: 1 } }
    const answer = await house.anna.post({
      ...house.anna.common(),
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action },
    })
    const questions = Array.from({ length: 15 }, (_, index) => index + 2)
    assert.ok(house.anna.look(answer).includes(refusalText('en', 'gaps', { questions })))
  })
})

describe('strangers, groups and buttons from long ago', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
  })
  afterEach(() => house.close())

  it('gives a stranger one neutral sentence, whatever they try', async () => {
    const stranger = house.stage.actor('e0000000-0000-4000-8000-000000000009', 'Sam')
    await stranger.install()
    assert.ok(stranger.text().includes(say('en', 'general.stranger')))
    assert.ok((await stranger.say('plan')).includes(say('en', 'general.stranger')))
    assert.ok((await stranger.say('home')).includes(say('en', 'general.stranger')))
  })

  it('answers one fixed sentence in a group, and shows no card of anybody there', async () => {
    await house.anna.install()
    await house.anna.press(say('en', 'invitation.consent'))
    const group = { id: 'chat-group', conversationType: 'groupChat', tenantId: 'tenant' }
    await house.anna.post({ ...house.anna.common(), conversation: group, type: 'message', text: 'home' })
    const sent = house.stage.connector.received.at(-1)
    assert.ok(sent?.path.includes('/chat-group/'))
    assert.ok(JSON.stringify(sent?.activity).includes(say('en', 'general.groupChat')))
  })

  it('offers home when a button cannot be understood any more', async () => {
    await house.anna.install()
    for (const action of [
      { verb: 'gone', data: {} },
      { verb: 'answer', data: { programme: 7 } },
      { verb: 'constructor', data: {} },
    ]) {
      const invoke = {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', ...action } },
      }
      const text = house.anna.look(await house.anna.post({ ...house.anna.common(), ...invoke }))
      assert.ok(text.includes(say('en', 'general.badPress')), text)
    }
  })
})
