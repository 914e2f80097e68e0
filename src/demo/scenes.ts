/** The story that `npm run demo -- --tour` plays: six weeks of one participant, her coach and her team leader. */
import assert from 'node:assert/strict'
import { say } from '../cards/texts.ts'
import type { Language } from '../domain/values.ts'
import type { Player } from './player.ts'
import { best, mostChallenging, sessions } from './story.ts'
import type { Transcript } from './transcript.ts'

export type Scenes = {
  readonly anna: Player
  readonly carla: Player
  readonly leo: Player
  readonly transcript: Transcript
  readonly language: Language
  /** It is 9 o’clock of this day. */
  readonly on: (day: string) => string
  /** Ends the bot and starts it again on the same data. */
  readonly restart: () => Promise<void>
}

const short = { lines: 9 }

export async function play(scenes: Scenes): Promise<void> {
  await beginning(scenes)
  await coaching(scenes)
  await choosing(scenes)
  await writing(scenes)
  await telling(scenes)
  await reading(scenes)
}

async function beginning({ anna, carla, leo, transcript, on }: Scenes): Promise<void> {
  transcript.scene('Three people meet the bot', on('2026-11-02'))
  await carla.installs()
  await leo.installs(short)
  await anna.installs()
  await anna.presses('invitation.consent')
  await leo.writes('progress')
}

async function coaching({ anna, transcript, on }: Scenes): Promise<void> {
  transcript.scene('Anna plans three sessions', on('2026-11-03'))
  for (const [index, { coachee, topic, goal, day }] of sessions.entries()) {
    const form = { 'plan.coachee': coachee, 'plan.topic': topic, 'plan.goal': goal, 'plan.plannedFor': day }
    await anna.quietly(index === 0 ? 'home.step.planFirstDo' : 'home.plan')
    if (index === 0) await anna.fills('plan.save', form)
    else await anna.quietly('plan.save', form)
  }
  transcript.aside('… and two more in the same way. Her home then:')
  await anna.shows()

  for (const [index, { coachee, day, rating, line }] of sessions.entries()) {
    const form = { 'record.heldOn': day, 'record.rating': String(rating), 'record.line': line }
    transcript.scene(`She holds the session with ${coachee}`, on(day))
    await anna.quietly(index < 2 ? 'home.step.recordDo' : 'home.record')
    if (index === 0) await anna.fills('record.save', form)
    else {
      await anna.quietly('record.save', form)
      transcript.aside(`She records it in the same way: “${line}”`)
    }
  }
}

async function choosing({ anna, leo, carla, transcript, on }: Scenes): Promise<void> {
  transcript.scene('She chooses two of them, and begins', on('2026-11-18'))
  await anna.fills('choose.save', { 'choose.best': '1', 'choose.mostChallenging': '2' }, 'choose')
  await anna.presses('home.step.beginDo')
  transcript.aside('She answers, by the button or by simply writing. Every answer is saved at once.')
  await anna.answers(mostChallenging.slice(0, 4), 1, { typing: true })
  await anna.presses('question.later', short)

  transcript.scene('She changes her mind', on('2026-11-19'))
  await anna.fills('choose.save', { 'choose.best': '2', 'choose.mostChallenging': '1' }, 'choose')
  transcript.aside('The four answers stay with their session:')
  await anna.shows({ lines: 19 })
  await leo.writes('progress')
  await carla.writes('ready')
}

async function writing({ anna, transcript, language, on, restart }: Scenes): Promise<void> {
  transcript.scene('The bot is started anew; Anna goes on', on('2026-11-20'))
  await restart()
  await anna.writes('continue')
  await anna.answers(best.slice(0, 7), 1, { typing: true })
  const other = language === 'en' ? 'zh-CN' : 'en'
  await anna.writes(wordFor[other], short)
  anna.speaks(other)
  await anna.writes('continue')
  await anna.answers(best.slice(7, 8), 8)
  await anna.writes(wordFor[language], short)
  anna.speaks(language)
  await anna.quietly('home.step.continueDo')
  await anna.answers(best.slice(8), 9, { typing: true })
  await anna.shows({ lines: 12 })
  await anna.presses('review.submit')
}

const wordFor: Record<Language, string> = { en: 'english', 'zh-CN': '中文' }

async function telling({ anna, carla, transcript, on }: Scenes): Promise<void> {
  transcript.scene('The other log; then Carla is told', on('2026-11-23'))
  const known = carla.heard()
  await anna.quietly('submitted.otherLog')
  transcript.aside('It goes on at question 5. Carla has heard nothing so far, and can read nothing.')
  await anna.answers(mostChallenging.slice(4), 5, { typing: true })
  assert.equal(carla.heard(), known, 'nothing is told before both are in')
  const arrival = carla.nextArrival()
  const pressed = performance.now()
  await anna.presses('review.submit')
  await carla.hears(arrival, pressed)
}

async function reading({ anna, carla, leo, transcript, language, on }: Scenes): Promise<void> {
  transcript.scene('Carla reads; Anna is a moment too late', on('2026-11-24'))
  await anna.presses('submitted.review', short)
  await carla.presses('ready.readMostChallenging', { lines: 16 })
  await anna.presses('review.withdraw', short)
  assert.ok(anna.text().includes(say(language, 'refusal.alreadyOpened')), 'what was opened cannot be taken back')
  await carla.presses('reading.readBest', short)
  await leo.writes('progress')
}
