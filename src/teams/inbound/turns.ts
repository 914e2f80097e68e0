/** One turn at the edge: the conversation is asked, its reply goes where the person looks, then promises are kept. */

import type { Report } from '../../base/report.ts'
import { within } from '../../base/within.ts'
import type { Incoming } from '../../conversation/turn/incoming.ts'
import type { Turn } from '../../conversation/turn/reply.ts'
import type { Promised } from '../../domain/readiness.ts'
import type { Task } from '../../domain/tasks.ts'
import type { Language, PersonId } from '../../domain/values.ts'
import { cardAnswer, type HttpAnswer, messageAnswer, taken } from '../answers.ts'
import { failure } from '../failure.ts'
import type { Messenger } from '../outbound/messenger.ts'
import type { Background } from './background.ts'
import type { Inbound } from './inbound.ts'
import { createReplies } from './replies.ts'

/** What somebody is told whose press or words could not be saved. */
export type Sorry = (kind: 'pressed' | 'typed', language: Language | undefined) => string

export type TurnsOptions = {
  readonly conversation: (incoming: Incoming) => Promise<Turn>
  readonly delivery: {
    readonly deliver: (promised: readonly Promised[]) => Promise<void>
    readonly deliverTo: (person: PersonId) => Promise<void>
  }
  /** Does the work for many that a turn has promised. */
  readonly work: (tasks: readonly Task[]) => Promise<void>
  readonly messenger: Messenger
  readonly background: Background
  /** "Not saved, press again", in the language of the client when it is one of ours. */
  readonly sorry: Sorry
  readonly report: Report
  /** How long a second is waited where an answer is not taken, in milliseconds: 1000. */
  readonly secondMs?: number
}

/**
 * So many seconds after it asked the platform is answered, however long a card takes to arrive: what is answered late it
 * sends again. Three seconds are promised.
 */
const answerWithinSeconds = 2.5

/** Answers one inbound; never throws. What breaks in the conversation is told to the person in one sentence of ours. */
export function createTurns(options: TurnsOptions): (inbound: Inbound) => Promise<HttpAnswer> {
  const { conversation, delivery, work, messenger, background, sorry, report, secondMs = 1000 } = options
  const replies = createReplies(messenger, report, secondMs)

  return async inbound => {
    const { incoming, invoke } = inbound
    const began = performance.now()
    let turn: Turn
    try {
      turn = await conversation(incoming)
    } catch (error) {
      report('turn.failed', { ...facts(incoming, began), ...failure(error) })
      return apologise(inbound, began)
    }
    report('turn', {
      ...facts(incoming, began),
      did: turn.did,
      outcome: turn.outcome,
      refusal: turn.refusal,
      error: turn.trouble,
    })
    const { card } = turn.reply
    const answer = invoke ? (card ? cardAnswer(card) : messageAnswer('')) : taken
    const sending = !invoke && card ? replies.show(inbound, card) : undefined
    if (turn.promised.length > 0) background.run('deliver', () => delivery.deliver(turn.promised))
    const { tasks = [] } = turn
    if (tasks.length > 0) background.run('work', () => work(tasks))
    if (turn.nowReachable) background.run('deliverTo', () => delivery.deliverTo(incoming.actor.person))
    if (sending) await inTime(began, sending)
    return answer
  }

  /** Until it is sent, or the answer is due; then it goes on by itself. */
  async function inTime(began: number, sending: Promise<void>): Promise<void> {
    await within(began + answerWithinSeconds * secondMs - performance.now(), background.watch('reply', sending))
  }

  async function apologise({ incoming, invoke }: Inbound, began: number): Promise<HttpAnswer> {
    // Nobody waits for an answer to an event: the platform is told the truth, so that it may ask again.
    if (incoming.kind === 'installed' || incoming.kind === 'removed') return { status: 500, body: { error: 'failed' } }
    const text = sorry(incoming.kind === 'action' ? 'pressed' : 'typed', incoming.actor.language)
    if (invoke) return messageAnswer(text)
    // As a message below a Submit's card, which stays as it is: what was typed into it is not lost.
    await inTime(began, replies.say(incoming, text))
    return taken
  }
}

function facts({ kind, place, actor }: Incoming, began: number) {
  return { kind, place, person: actor.person, ms: Math.round(performance.now() - began) }
}
