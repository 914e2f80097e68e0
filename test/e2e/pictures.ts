/** `node test/e2e/pictures.ts [folder]`: the README's pictures, as Microsoft's Playground shows the cards. Same every time. */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { say } from '../../src/cards/texts.ts'
import { startDemoBot } from '../../src/demo/bot.ts'
import { anna, carla, everyone, leo } from '../../src/demo/people.ts'
import { type Person, startPlayground } from '../../src/demo/playground.ts'
import { best, mostChallenging, sessions, type Told } from '../../src/demo/story.ts'
import type { Language } from '../../src/domain/values.ts'
import { answerAll } from '../scenarios/walk.ts'
import { openBrowser } from './browser.ts'
import { type Chat, openChat } from './chat.ts'
import { freePort } from './ports.ts'
import { fill, stepsIn } from './steps.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../../docs/pictures')
const mostBytes = 80_000
/** A narrow chat, so that the text is large enough in the README. */
const view = { width: 760, height: 1200 }
/** Longer cards fade out here. */
const height = 620

const chinese: Told = {
  coachee: '小王',
  topic: '交接预算',
  goal: '小王自己说出第一步',
  day: '2026-11-12',
  rating: 4,
  line: '她比我先找到答案。',
}
const chineseAnswers = [
  '我请小王接手预算，先安静了十分钟，只问她会怎么做。',
  '一开始紧张，后来松了一口气。沉默很难，但值得。',
]

type House = Awaited<ReturnType<typeof openHouse>>

/** A bot with a clock that stands still until it is moved, and a page for each of these people. */
async function openHouse(browser: Browser, language: Language, people: readonly Person[]) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'learning-log-pictures-'))
  const time = { now: '2026-11-02T08:00:00.000Z' }
  const bot = await startDemoBot({ port: 0, dataFolder, language, fresh: false, clock: () => time.now })
  const botUrl = `http://127.0.0.1:${bot.port}/api/messages`
  const pages = await Promise.all(
    people.map(async person => startPlayground({ person, port: await freePort(), botUrl, dataFolder, everyone })),
  )
  const chats: Chat[] = []
  for (const [index, { name }] of people.entries()) {
    chats.push(await openChat(browser, pages[index]?.url ?? '', { ...view, name, timeZone: 'Europe/Berlin' }))
  }
  return {
    chats,
    on: (day: string) => {
      time.now = `${day}T08:00:00.000Z`
    },
    problems: () => chats.flatMap(chat => chat.problems()),
    close: async () => {
      for (const chat of chats) await chat.close()
      for (const page of pages) await page.stop()
      await bot.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function picture(chat: Chat | undefined, name: string): Promise<void> {
  const file = join(folder, `${name}.png`)
  await (await chat?.lastCard())?.screenshot(file, { height })
  const { size } = await stat(file)
  console.log(`${file} ${(size / 1024).toFixed(0)} KB`)
  if (size > mostBytes) throw new Error(`${file} is larger than ${mostBytes / 1000} KB; show less of the card.`)
}

/** Consent, these sessions planned and held on their days. Ends on home. */
async function upToHeld({ chats, on }: House, language: Language, told: readonly Told[]): Promise<void> {
  const [writer] = chats
  if (!writer) return
  const step = stepsIn(writer, language)
  await step('invitation.consent')
  for (const { coachee, topic, goal, day, rating, line } of told) {
    on(day)
    await writer.say('plan')
    await step('plan.save', {
      'plan.coachee': coachee,
      'plan.topic': topic,
      'plan.goal': goal,
      'plan.plannedFor': day,
    })
    await writer.say('record')
    await step('record.save', { 'record.heldOn': day, 'record.rating': String(rating), 'record.line': line })
  }
}

async function english(house: House): Promise<void> {
  const [writer, coach, leader] = house.chats
  if (!writer || !coach || !leader) return
  const step = stepsIn(writer, 'en')
  await picture(writer, 'invitation')
  await upToHeld(house, 'en', sessions)

  house.on('2026-11-20')
  await writer.say('choose')
  await step('choose.save', { 'choose.best': '2', 'choose.mostChallenging': '1' })
  await step('home.step.beginDo')
  await answerAll(step, best.slice(0, 7))
  await fill(await writer.lastCard(), 'en', { 'question.label': best[7] })
  await picture(writer, 'question')
  await step('question.later', { 'question.label': best[7] })
  await picture(writer, 'home')
  await leader.say('progress')
  await picture(leader, 'leader-progress')

  await step('home.step.continueDo')
  await answerAll(step, best.slice(8), 9)
  await picture(writer, 'review')
  await step('review.submit')
  await step('submitted.otherLog')
  await answerAll(step, mostChallenging)
  house.on('2026-11-23')
  await step('review.submit')
  await picture(writer, 'both-in')
  await coach.waitForCard(say('en', 'ready.opening', { name: anna.name }))
  await picture(coach, 'coach-told')
  await (await coach.lastCard()).press(say('en', 'ready.readBest'))
  await picture(coach, 'coach-reads')
}

async function inChinese(house: House): Promise<void> {
  const [writer] = house.chats
  if (!writer) return
  const step = stepsIn(writer, 'zh-CN')
  await upToHeld(house, 'zh-CN', [chinese])
  await writer.say('选择')
  await step('choose.save', { 'choose.best': '1' })
  await step('home.step.beginDo')
  await answerAll(step, chineseAnswers.slice(0, 1))
  await fill(await writer.lastCard(), 'zh-CN', { 'question.label': chineseAnswers[1] })
  await picture(writer, 'question-zh-CN')
}

await mkdir(folder, { recursive: true })
const browser = await openBrowser()
try {
  for (const [language, people, play] of [
    ['en', [anna, carla, leo], english],
    ['zh-CN', [anna], inChinese],
  ] as const) {
    const house = await openHouse(browser, language, people)
    try {
      await play(house)
      if (house.problems().length > 0) throw new Error(house.problems().join('\n'))
    } finally {
      await house.close()
    }
  }
} finally {
  await browser.close()
}
