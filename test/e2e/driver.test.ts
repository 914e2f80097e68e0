import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { type Person, type Playground, startPlayground } from '../../src/demo/playground.ts'
import { portIsFree } from '../../src/demo/ports.ts'
import { openBrowser } from './browser.ts'
import { type Chat, openChat } from './chat.ts'
import { type EchoBot, startEchoBot } from './echo-bot.ts'
import { freePort } from './ports.ts'

const ANNA: Person = { id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Anna Lin', timeZone: 'Asia/Shanghai' }
const BEN: Person = { id: 'bbbbbbbb-0000-4000-8000-000000000002', name: 'Ben 本' }

describe('the page driver', () => {
  let folder: string
  let bot: EchoBot
  let browser: Browser
  let playground: Playground
  let chat: Chat

  const startFor = async (person: Person) =>
    startPlayground({ person, port: await freePort(), botUrl: bot.url, dataFolder: folder, everyone: [ANNA, BEN] })
  const lastInvoke = () => bot.received.findLast(activity => activity.type === 'invoke')?.value?.action
  const shot = (name: string) => path.join(process.env.SCREENSHOTS ?? folder, `driver-${name}.png`)

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'learning-log-e2e-'))
    bot = await startEchoBot(await freePort())
    playground = await startFor(ANNA)
    browser = await openBrowser()
    // West of Greenwich, where a date read as midnight UTC would be the day before.
    chat = await openChat(browser, playground.url, { name: ANNA.name, timeZone: 'America/New_York' })
  })

  after(async () => {
    await browser?.close()
    await playground?.stop()
    await bot?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('talks: the bot hears the person by name, Entra id and time zone, in a chat of fixed id', async () => {
    await chat.say('hello 你好')
    assert.equal(await chat.waitForMessage('You said'), 'You said: hello 你好')
    const heard = bot.received.at(-1)
    assert.equal(heard?.from.name, ANNA.name)
    assert.equal(heard?.from.aadObjectId, ANNA.id)
    assert.equal(heard?.conversation.id, `personal-${ANNA.id}`)
    assert.equal(heard && 'localTimezone' in heard && heard.localTimezone, ANNA.timeZone)
  })

  it('fills and chooses in every kind of input, and sees the card replaced in place', async () => {
    await chat.say('form')
    const card = await chat.lastCard()
    await card.fill('Your name', 'Anna')
    await card.fill('What happened? (学习日志)', 'first line\nsecond line 第二行')
    await card.fill('No label here', 'bare')
    await card.fill('Day', '2026-12-05')
    await card.fill('Mark', '7')
    await card.choose('One of a list', 'Beta 乙')
    await card.choose('One of all', 'Green')
    await card.choose('Some of all', 'A')
    await card.choose('Some of all', 'C')
    await card.choose('Some of a list', 'North')
    await card.choose('Some of a list', 'West')
    await card.choose('Agreement', 'I agree')
    assert.equal(await card.value('Some of all'), 'A, C')
    assert.equal(await card.value('One of a list'), 'Beta 乙')
    await chat.screenshot(shot('form'))
    await card.press('Save in body')
    assert.deepEqual(lastInvoke()?.data, {
      name: 'Anna',
      log: 'first line\nsecond line 第二行',
      bare: 'bare',
      day: '2026-12-05',
      mark: '7',
      one: 'beta 乙',
      radio: 'green',
      many: 'a,c',
      some: 'north,west',
      agree: 'true',
    })
    assert.match(await card.text(), /^Saved .*"day":"2026-12-05"/)
    assert.equal(await chat.cards(), 1)
    await chat.screenshot(shot('saved'))
    await card.press('Back')
    assert.match(await card.text(), /^Form again/)
  })

  it('presses buttons of the card and of its overflow menu, and waits for a late answer', async () => {
    const card = await chat.lastCard()
    await card.fill('Your name', 'Late Anna')
    await card.press('Late')
    assert.match(await card.text(), /Saved .*Late Anna/)
    await card.press('Back')
    await card.fill('Your name', 'Seven')
    await card.press('Seventh')
    assert.match(await card.text(), /Saved .*Seven/)
  })

  it('waits for the turn of a Submit, and finds a new card by what it reads', async () => {
    await chat.say('form')
    const card = await chat.waitForCard(/^Form for Anna/, { after: 1 })
    await card.fill('Your name', 'Submitted Anna')
    await card.press('Submit')
    assert.match((await chat.messages()).at(-1) ?? '', /Submitted .*"from":"submit".*Submitted Anna/)
    assert.equal(await chat.cards(), 2)
  })

  it('enters again what a message that came meanwhile has emptied', async () => {
    const card = await chat.lastCard()
    await card.fill('Your name', 'Kept')
    await chat.say('something else')
    await card.press('Just say')
    assert.equal(lastInvoke()?.data?.name, 'Kept')
    assert.equal(await card.notice(), 'Noted 记下了')
    await chat.screenshot(shot('notice'))
  })

  it('rejects a press that sends nothing, and names what is missing', async () => {
    await assert.rejects(async () => (await chat.lastCard()).press('Save'), /sent nothing[\s\S]*Please give your name/)
    await assert.rejects(async () => (await chat.lastCard()).fill('No such input', 'x'), /No input is labelled/)
    await assert.rejects(chat.waitForCard('nowhere', { within: 200 }), /saw no card that reads nowhere/)
    await chat.screenshot(shot('required'))
    assert.deepEqual(chat.problems(), [])
  })

  it('reports refusals and failures as problems', async () => {
    const card = await chat.lastCard()
    await card.fill('Your name', 'Refused')
    await card.press('Refuse')
    assert.equal(await card.notice(), 'Not now')
    await chat.screenshot(shot('refused'))
    await card.fill('Your name', 'Failed')
    await card.press('Fail')
    assert.match(
      chat.problems().join('\n'),
      /Pressing "Refuse" was refused: Not now[\s\S]*Pressing "Fail" was answered with 502/,
    )
  })

  it('shows two people side by side, each in a chat of their own, and frees the ports', async () => {
    const other = await startFor(BEN)
    const bens = await openChat(browser, other.url, { name: BEN.name })
    await bens.say('form')
    assert.match(await (await bens.lastCard()).text(), /^Form for Ben 本/)
    assert.equal(bot.received.at(-1)?.conversation.id, `personal-${BEN.id}`)
    assert.deepEqual(bens.problems(), [])
    await bens.screenshot(shot('ben'))
    const port = Number(new URL(other.url).port)
    assert.equal(await portIsFree(port), false)
    await assert.rejects(
      startPlayground({ person: BEN, port, botUrl: bot.url, dataFolder: folder, everyone: [] }),
      new RegExp(`Port ${port} is taken`),
    )
    await bens.close()
    await other.stop()
    assert.equal(await portIsFree(port), true)
  })
})
