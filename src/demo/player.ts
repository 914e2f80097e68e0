/** Somebody on the stage whose doings are written down: what they press or type, and what they see then. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { say, type TextKey } from '../cards/texts.ts'
import { currentQuestionSet, questionSet } from '../domain/logs/questions.ts'
import type { Language } from '../domain/values.ts'
import type { Drawing } from './frame.ts'
import type { Actor } from './stage.ts'
import type { Role, Transcript } from './transcript.ts'
import { byLabel, type Typed } from './words.ts'

export type Player = ReturnType<typeof createPlayer>

export type Playing = {
  readonly transcript: Transcript
  /** So that somebody can read along; none when nobody watches. */
  readonly pauseMs: number
  /** How long each request to the bot took, in milliseconds; players add to it. */
  readonly took: number[]
}

type Showing = Partial<Drawing>
const { questions } = questionSet(currentQuestionSet)

/** `language` is what the bot speaks with this person at first. */
export function createPlayer(actor: Actor, role: Role, language: Language, { transcript, pauseMs, took }: Playing) {
  let speaks = language

  async function timed<T>(turn: () => Promise<T>): Promise<T> {
    const began = performance.now()
    const answered = await turn()
    took.push(performance.now() - began)
    return answered
  }

  const press = (key: TextKey, typed: Typed = {}) => timed(() => actor.press(say(speaks, key), byLabel(speaks, typed)))

  async function shows(showing: Showing = {}): Promise<void> {
    transcript.sees(role, actor.card(), showing)
    await pause(pauseMs)
  }

  return {
    name: actor.name,
    text: actor.text,
    /** The card this person looks at, drawn. */
    shows,
    /** From now on the buttons are looked for in this language. */
    speaks: (next: Language) => {
      speaks = next
    },
    installs: async (showing?: Showing) => {
      await timed(actor.install)
      transcript.does(role, 'adds the bot in Teams, and sees:')
      await shows(showing)
    },
    writes: async (text: string, showing?: Showing) => {
      await timed(() => actor.say(text))
      transcript.does(role, `writes “${text}” and sees:`)
      await shows(showing)
    },
    presses: async (key: TextKey, showing?: Showing) => {
      await press(key)
      transcript.does(role, `presses “${say(speaks, key)}” and sees:`)
      await shows(showing)
    },
    /** Fills in what they look at (or what this command brings) and presses; drawn as it is when the button goes down. */
    fills: async (key: TextKey, typed: Typed, command?: string) => {
      if (command) await timed(() => actor.say(command))
      const first = command ? `writes “${command}”, ` : ''
      transcript.does(role, `${first}fills this in and presses “${say(speaks, key)}”:`)
      await shows({ typed: byLabel(speaks, typed) })
      await press(key, typed)
    },
    /** Presses without a drawing, for what was drawn before. */
    quietly: press,
    /** When the next message of the bot arrives by itself, as `performance.now()` tells it. */
    nextArrival: (): Promise<number> => {
      const arrival = actor.hears(actor.received().length).then(() => performance.now())
      arrival.catch(() => {})
      return arrival
    },
    hears: async (arrival: Promise<number>, since: number, showing?: Showing) => {
      const after = Math.ceil((await arrival) - since)
      transcript.does(role, `hears from the bot, ${after} ms after that:`)
      await shows(showing)
    },
    heard: () => actor.received().length,
    /** Answers one question after the other, from the one on the card; every third as a typed message, if `typing`. */
    answers: async (texts: readonly string[], from: number, { typing = false } = {}) => {
      for (const [index, text] of texts.entries()) {
        const number = from + index
        const last = number === questions.length
        const question = questions[number - 1]?.[speaks] ?? ''
        assert.ok(actor.text().includes(question), `${actor.name} is asked question ${number}`)
        const types = typing && !last && index % 3 === 2
        if (types) await timed(() => actor.say(text))
        else await press(last ? 'question.saveReview' : 'question.saveNext', { 'question.label': text })
        const saved = say(speaks, 'question.saved', { question: number })
        assert.ok(last || actor.text().includes(saved), `${actor.name}’s answer ${number} is saved`)
        transcript.row([String(number), 2], [question, 27], [types ? 'typed' : 'pressed', 7], [text, 30])
        await pause(pauseMs / 5)
      }
      transcript.gap()
    },
  }
}
