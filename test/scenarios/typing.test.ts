/** What is typed: pasted logs and markup, commands in the middle of a question, adding, settings, sessions left behind. */
import assert from 'node:assert/strict'
import { refusalText, say } from '../../src/cards/texts.ts'
import { inputsOf } from '../../src/demo/card-reading.ts'
import { anna, leo } from '../../src/demo/people.ts'
import { keys } from '../../src/store/documents.ts'
import { type House, openHouse } from './house.ts'
import { stepper, upToChoosing } from './walk.ts'

const field = say('en', 'question.label')

describe('typing', () => {
  let house: House
  const stored = async (session = 1) => {
    const log = await house.store.get(keys.log('demo', anna.id, 1, session))
    return Object.fromEntries(Object.entries(log?.doc.answers ?? {}).map(([no, answer]) => [no, answer.text]))
  }
  const step = (...asked: Parameters<ReturnType<typeof stepper>>) => stepper(house.anna, 'en')(...asked)

  beforeEach(async () => {
    house = await openHouse()
    await house.anna.install()
    await upToChoosing(step)
  })
  afterEach(() => house.close())

  it('keeps markup as the text it is', async () => {
    await house.anna.say('continue best')
    const text = '<p>Hello&nbsp;<b>you</b></p><script>alert(1)</script>'
    await house.anna.say(text)
    assert.deepEqual(await stored(), { 1: text })
    assert.ok((await house.anna.say('review')).includes(text))
  })

  it('offers to fill the questions of a pasted log, keeps what is there, and does it once', async () => {
    await house.anna.say('continue best')
    await house.anna.say('My own answer')
    const pasted = '1. pasted one\n2. pasted two\nwith a second line\n3. pasted three\n5) pasted five'
    const offer = await house.anna.say(pasted)
    assert.ok(offer.includes(say('en', 'pasted.heading')))
    assert.deepEqual(await stored(), { 1: 'My own answer' }, 'nothing is filled before it is pressed')
    const fill =
      house.anna.buttons().find(title => title.startsWith('Fill')) ?? assert.fail(house.anna.buttons().join(' | '))
    const press = house.anna.pressing(fill)
    for (const id of ['one', 'one', 'two']) house.anna.look(await house.anna.post({ ...press, id }))
    assert.deepEqual(await stored(), {
      1: 'My own answer',
      2: 'pasted two\nwith a second line',
      3: 'pasted three',
      5: 'pasted five',
    })
  })

  it('runs a command in the middle of a question, and offers to save the word instead', async () => {
    await house.anna.say('continue best')
    await house.anna.say('help')
    assert.ok(house.anna.text().includes(say('en', 'help.heading')))
    assert.ok((await house.anna.press(say('en', 'typing.saveInstead', { word: 'help' }))).includes('Question 2 of 16'))
    assert.deepEqual(await stored(), { 1: 'help' })
  })

  it('adds to an answer, once, however often the press arrives', async () => {
    await house.anna.say('continue best')
    await house.anna.say('First thought')
    await house.anna.say('question 1')
    await house.anna.say('Second thought')
    assert.ok(house.anna.text().includes(say('en', 'answered.heading')))
    const press = house.anna.pressing(say('en', 'answered.add'))
    for (const id of ['one', 'one', 'two']) house.anna.look(await house.anna.post({ ...press, id }))
    assert.deepEqual(await stored(), { 1: 'First thought\nSecond thought' })
  })

  it('asks before it takes the same words for the next question', async () => {
    await house.anna.say('continue best')
    await house.anna.say('See above')
    const card = await house.anna.say('See above')
    assert.ok(card.includes(say('en', 'typing.sameAgain', { question: 1 })))
    assert.deepEqual(await stored(), { 1: 'See above' })
    await house.anna.press(say('en', 'question.saveNext'))
    assert.deepEqual(await stored(), { 1: 'See above', 2: 'See above' })
  })

  it('gives a text back whose session is not chosen any more, and the draft returns with its session', async () => {
    await house.anna.say('plan C.3; Another')
    await house.anna.say('record 3; yesterday; 5')
    await house.anna.say('continue best')
    await house.anna.say('Kept with session one')
    const old = house.anna.pressing(say('en', 'question.saveNext'), { [field]: 'Too late for this one' })
    await house.anna.say('later')
    await house.anna.say('choose best 3')
    const card = house.anna.look(await house.anna.post(old))
    assert.ok(card.includes(refusalText('en', 'notChosen')))
    assert.ok(inputsOf(house.anna.card()).some(input => input.value === 'Too late for this one'))
    assert.deepEqual(await stored(3), {})
    await house.anna.say('choose best 1')
    assert.ok((await house.anna.say('continue best')).includes('Question 2 of 16'))
    assert.deepEqual(await stored(), { 1: 'Kept with session one' })
  })

  it('remembers language and time zone, and every card follows', async () => {
    await house.anna.say('settings')
    await house.anna.press(say('en', 'settings.save'), {
      [say('en', 'settings.language')]: 'zh-CN',
      [say('en', 'settings.zone')]: 'Asia/Shanghai',
    })
    assert.ok(house.anna.text().includes(say('zh-CN', 'settings.saved')))
    house.time.now = '2026-11-23T17:30:00.000Z'
    assert.ok((await house.anna.say('home')).includes(say('zh-CN', 'home.logs')))
    const profile = (await house.store.get(keys.profile(anna.id)))?.doc
    assert.deepEqual([profile?.language, profile?.zone], ['zh-CN', 'Asia/Shanghai'])
    assert.ok(
      (await house.leo.say('progress')).includes(say('en', 'progress.heading')),
      `${leo.name} still reads English`,
    )
  })

  it('shows a leader one person by name, and nobody else anything', async () => {
    assert.ok((await house.leo.say('progress anna')).includes(anna.name))
    assert.ok((await house.anna.say('progress')).includes(say('en', 'general.stranger')))
    const asked = { verb: 'progressOne', data: { programme: 'demo', person: anna.id } }
    const invoke = {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', ...asked } },
    }
    const text = house.carla.look(await house.carla.post({ ...house.carla.common(), ...invoke }))
    assert.ok(text.includes(say('en', 'general.stranger')), 'a coach who is not the leader has a home of their own')
  })
})
