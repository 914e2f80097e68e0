/** What is posted, turn by turn, and what each answer must have in it. Every lane works for one person at a time. */
import { randomUUID } from 'node:crypto'
import { currentQuestionSet, questionSet } from '../../../src/domain/logs/questions.ts'
import { activity, tenant } from '../../teams/door/genuine.ts'
import type { Crowd } from '../crowd.ts'
import { answerText, type Person } from '../lives.ts'

export type Turn = { readonly body: string; readonly expected: string }
/** The turns of one person, in order. */
export type Piece = readonly Turn[]
/** The next person's turns; undefined when there is nobody left. */
export type Work = () => Piece | undefined

export type Writer = Person & { readonly programme: string }

/** What the usual bot says at the end. */
export const thanks = 'Thank you, that is all.'

const { questions } = questionSet(currentQuestionSet)
const numbers = questions.map((_question, index) => index + 1)
const adaptive = '"type":"AdaptiveCard"'

export const writersOf = ({ programme, people }: Crowd): readonly Writer[] =>
  people.map(person => ({ ...person, programme: programme.programme }))

/** The same press over and over, of nobody in particular. */
export function presses(): Work {
  const body = JSON.stringify(activity())
  const piece = numbers.map(() => ({ body, expected: adaptive }))
  return () => piece
}

/** Sixteen answers by card. What is answered with `{` in it is a card; that each was saved is seen in the store. */
export function cardAnswers(next: () => Writer | undefined): Work {
  return () => {
    const writer = next()
    return writer && numbers.map(question => ({ body: answerPress(writer, question), expected: adaptive }))
  }
}

function answerPress(writer: Writer, question: number): string {
  const place = { programme: writer.programme, round: 1, session: 1 }
  const data = { ...place, question, rev: 0, go: 'next', answer: answerText(question, 1) }
  const action = { type: 'Action.Execute', title: 'Save and next', verb: 'answer', data }
  return JSON.stringify(activity({ ...by(writer), value: { action } }))
}

/**
 * Where a dialog's replies go: to the connector at this address, as in Teams; or, without one, into the HTTP answer, as an
 * invoke's do (`expectReplies`), where each can be looked at.
 */
export type Replies = { readonly connector?: string }

/** Sixteen answers typed to a dialog that has asked the first question already; each is answered with the next one. */
export function typedAnswers(next: () => Writer | undefined, replies: Replies = {}): Work {
  return () => {
    const writer = next()
    return writer && numbers.map(no => typed(writer, answerText(no, 1), questions[no]?.en ?? thanks, replies))
  }
}

/** The word that a dialog begins at, from each of them. */
export function greetings(writers: readonly Writer[], replies: Replies = {}): Work {
  const left = [...writers]
  return () => {
    const writer = left.shift()
    return writer && [typed(writer, 'hello', questions[0]?.en ?? '', replies)]
  }
}

function typed(writer: Writer, text: string, reply: string, { connector }: Replies): Turn {
  const { name: _name, value: _value, ...rest } = activity(by(writer)) as Record<string, unknown>
  const to = connector === undefined ? { deliveryMode: 'expectReplies' } : { serviceUrl: connector }
  const body = JSON.stringify({ ...rest, type: 'message', text, textFormat: 'plain', ...to })
  return { body, expected: connector === undefined ? JSON.stringify(reply) : '' }
}

function by({ id, name }: Person) {
  return {
    id: randomUUID(),
    from: { id: `29:${id}`, name, aadObjectId: id },
    conversation: { id: `chat-${id}`, conversationType: 'personal', tenantId: tenant },
  }
}
