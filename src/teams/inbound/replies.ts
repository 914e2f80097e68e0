/**
 * Answers to people, which nobody delivers later: what is harmless to repeat is tried again while they look, and after that
 * they press or write again. What may have arrived is never sent twice.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../../base/report.ts'
import type { RenderedCard } from '../../cards/render.ts'
import type { Incoming } from '../../conversation/turn/incoming.ts'
import type { NotSent, Sent } from '../../outbox/sent.ts'
import type { Messenger } from '../outbound/messenger.ts'
import type { Inbound } from './inbound.ts'

export type Replies = {
  /** The card in place of the pressed one; where that fails, and where nothing was pressed, a new message below. */
  readonly show: (inbound: Inbound, card: RenderedCard) => Promise<void>
  /** A sentence as a new message. */
  readonly say: (incoming: Incoming, text: string) => Promise<void>
}

/** The pauses before each further try, in seconds; without any there is none. */
type Patience = { readonly [why in NotSent['why']]?: readonly number[] }

/** A replacement may be done again, whatever became of the first. The platform denies messages it has, now and then. */
const replacing: Patience = { ambiguous: [0.1, 0.3], notDelivered: [0.1, 0.3], noActivity: [0.25] }
const sending: Patience = { notDelivered: [0.2, 0.6] }
/** After so many seconds no further try is made: a person looks. */
const patienceSeconds = 1
/** Somebody still looks after that, so a throttled answer is worth waiting for, once. */
const longestThrottleSeconds = 10
/** What fails for the chat and not for the message fails for a new one as well. */
const hopeless: readonly NotSent['why'][] = ['unreachable', 'misdirected', 'unauthorised']

/** @param secondMs how long a second is waited, in milliseconds: all pauses keep their ratios. */
export function createReplies(messenger: Messenger, report: Report, secondMs = 1000): Replies {
  const persist = persistent(secondMs)

  async function send({ chat, actor }: Incoming, what: RenderedCard | string): Promise<void> {
    const sent = await persist(sending, () => messenger.send(chat, what))
    if (!sent.sent) notSent(sent, actor)
  }

  function notSent({ why, code }: NotSent, { person }: Incoming['actor']): void {
    report('reply.notSent', { error: why, why, code, person })
  }

  return {
    show: async ({ incoming, pressedCard }, card) => {
      const { chat, actor } = incoming
      if (pressedCard !== undefined) {
        const updated = await persist(replacing, () => messenger.update(chat, pressedCard, card))
        if (updated.sent) return
        if (hopeless.includes(updated.why)) return notSent(updated, actor)
        report('card.notReplaced', { why: updated.why, code: updated.code, person: actor.person })
      }
      await send(incoming, card)
    },
    say: send,
  }
}

type Persist = (patience: Patience, work: () => Promise<Sent>) => Promise<Sent>

function persistent(secondMs: number): Persist {
  return async (patience, work) => {
    const began = performance.now()
    const tries = new Map<NotSent['why'], number>()
    for (;;) {
      const sent = await work()
      if (sent.sent) return sent
      const no = tries.get(sent.why) ?? 0
      tries.set(sent.why, no + 1)
      const inTime = performance.now() - began < patienceSeconds * secondMs
      const pause = sent.why === 'throttled' ? untilAllowed(sent, no) : inTime ? patience[sent.why]?.[no] : undefined
      if (pause === undefined) return sent
      await sleep(pause * secondMs)
    }
  }
}

function untilAllowed({ retryAfterSeconds = 1 }: NotSent, no: number): number | undefined {
  return no === 0 && retryAfterSeconds <= longestThrottleSeconds ? retryAfterSeconds : undefined
}
