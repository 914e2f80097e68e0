/** What happens to a promise when its promiser dies, and when two processes do the same thing at once. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '../../src/cards/texts.ts'
import { anna, carla } from '../../src/demo/people.ts'
import { seed } from '../../src/demo/seed.ts'
import { type Actor, openStage, type Stage } from '../../src/demo/stage.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { until } from '../scenarios/house.ts'
import { stepper, upToChoosing, upToLastPress } from '../scenarios/walk.ts'
import { startConnector } from '../teams/connector.ts'
import type { DieAt } from './bot.ts'
import { type BotProcess, startBot } from './process.ts'

const clock = () => new Date().toISOString()

describe('a promise', function () {
  this.timeout(30_000)
  let folder: string
  let file: string
  let stage: Stage
  let url: string
  let bots: BotProcess[]
  let writer: Actor
  let coach: Actor

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
    file = join(folder, 'store.sqlite')
    bots = []
    const store = openSqlite(file, clock)
    await seed(store, 'en', clock())
    await store.close()
    stage = openStage(() => url, await startConnector())
    writer = stage.actor(anna.id, anna.name)
    coach = stage.actor(carla.id, carla.name)
  })

  afterEach(async () => {
    for (const bot of bots) await bot.kill()
    await stage.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function start(diesAt?: DieAt): Promise<BotProcess> {
    const bot = await startBot(file)
    if (diesAt !== undefined) await bot.arm(diesAt)
    bots.push(bot)
    url = bot.url
    return bot
  }

  /** Everything up to the last press, which is returned and not yet made. */
  async function upToLastSubmit(): Promise<object> {
    const step = stepper(writer, 'en')
    await coach.install()
    await writer.install()
    await upToLastPress(step)
    return writer.pressing(say('en', 'review.submit'))
  }

  const told = () => coach.received().filter(text => text.includes(`${anna.name} is ready`))
  const nothingPromised = async () => {
    const store = openSqlite(file, clock)
    const left = await store.query('dueNotices', { now: '9999' })
    await store.close()
    return left.length === 0
  }

  it('is kept by the next process when its promiser is killed between commit and send', async () => {
    const doomed = await start('afterPromise')
    const last = await upToLastSubmit()
    await assert.rejects(writer.post(last))
    await doomed.gone
    assert.equal(told().length, 0)
    await start()
    await until('the coach is told', () => told().length > 0, 10_000)
    await until('the promise is gone', nothingPromised)
    assert.equal(told().length, 1)
    // The writer presses again, as a person does who saw no answer: it is in, and nobody is told twice.
    assert.ok(writer.look(await writer.post(last)).includes(say('en', 'submitted.headingAll')))
    assert.equal(told().length, 1)
  })

  it('is repeated only when its promiser is killed between send and removal, and says so', async () => {
    await start('beforeRemoval')
    const last = await upToLastSubmit()
    await writer.post(last)
    await until('the coach is told', () => told().length === 1)
    await bots[0]?.gone
    await start()
    await until('the coach is told again', () => told().length === 2, 10_000)
    await until('the promise is gone', nothingPromised)
    const [first = '', second = ''] = told()
    assert.equal(first.includes(say('en', 'ready.repeat')), false)
    assert.ok(second.includes(say('en', 'ready.repeat')))
    await coach.press(say('en', 'ready.readBest'))
    assert.ok(coach.text().includes('Answer 1'))
  })

  it('is made once when two processes on one store get the same press at once', async () => {
    const one = await start()
    const two = await start()
    const step = stepper(writer, 'en')
    await coach.install()
    await writer.install()
    await upToChoosing(step)
    await step('home.step.beginDo')

    /** The same press at both doors, under the same activity id and then (a repeat of Teams') under a new one. */
    const twice = async (title: string, typed?: Record<string, string>) => {
      const press = writer.pressing(title, typed)
      const again = { ...press, id: `${Math.random()}` }
      const all = await Promise.all([
        writer.post(press, one.url),
        writer.post(press, two.url),
        writer.post(again, one.url),
        writer.post(again, two.url),
      ])
      const notSaved = say('en', 'general.notSaved')
      for (const { status, body } of all) {
        assert.equal(status, 200)
        assert.equal(JSON.stringify(body).includes(notSaved), false, 'nobody sees an error')
        assert.equal(body?.type, 'application/vnd.microsoft.card.adaptive')
      }
      writer.look(all[0] ?? assert.fail())
    }

    for (const log of [1, 2]) {
      for (let question = 1; question <= 16; question++) {
        await twice(say('en', question === 16 ? 'question.saveReview' : 'question.saveNext'), {
          [say('en', 'question.label')]: `Log ${log}, ${question}`,
        })
      }
      await twice(say('en', 'review.submit'))
      if (log === 1) await step('submitted.otherLog')
    }
    await until('the coach is told', () => told().length > 0)
    await until('the promise is gone', nothingPromised)
    assert.equal(told().length, 1)

    const store = openSqlite(file, clock)
    const found = await store.query('programmeOf', { programme: 'demo' })
    const journey = found.map(({ doc }) => doc).find(doc => doc.type === 'journey')
    const logs = journey?.rounds[0]?.logs
    await store.close()
    assert.deepEqual([logs?.[1]?.snapshot, logs?.[2]?.snapshot, journey?.rounds[0]?.readyNo], [1, 1, 1])
  })
})
