/**
 * Answers to people, which nobody delivers later: what is harmless to repeat is tried again while they look, and after that
 * they press or write again. What may have arrived is never sent twice.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { RenderedCard } from '../cards/render.ts'
import type { Incoming } from '../conversation/incoming.ts'
import type { Report } from '../conversation/report.ts'
import type { NotSent, Sent } from '../notices/sent.ts'
import type { Inbound } from './inbound.ts'
import type { Messenger } from './messenger.ts'

export type Replies = {
  /** The card in place of the pressed one; where that fails, and where nothing was pressed, a new message below. */
  readonly show: (inbound: Inbound, card: RenderedCard) => Promise<void>
  /** A sentence as a new message. */
  readonly say: (incoming: Incoming, text: string) => Promise<void>
}

/** The pauses before each further try, in milliseconds; without any there is none. */
type Patience = { readonly [why in NotSent['why']]?: readonly number[] }

/** A replacement may be done again, whatever became of the first. The platform denies messages it has, now and then. */
const replacing: Patience = { ambiguous: [100, 300], notDelivered: [100, 300], noActivity: [250] }
const sending: Patience = { notDelivered: [200, 600] }
/** After so long no further try is made: a person looks. */
const patienceMs = 1000
/** Somebody still looks after that, so a throttled answer is worth waiting for, once. */
const longestThrottleSeconds = 10
/** What fails for the chat and not for the message fails for a new one as well. */
const hopeless: readonly NotSent['why'][] = ['unreachable', 'misdirected', 'unauthorised']

export function createReplies(messenger: Messenger, report: Report): Replies {
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

async function persist(patience: Patience, work: () => Promise<Sent>): Promise<Sent> {
  const began = performance.now()
  const tries = new Map<NotSent['why'], number>()
  for (;;) {
    const sent = await work()
    if (sent.sent) return sent
    const no = tries.get(sent.why) ?? 0
    tries.set(sent.why, no + 1)
    const inTime = performance.now() - began < patienceMs
    const pause = sent.why === 'throttled' ? untilAllowed(sent, no) : inTime ? patience[sent.why]?.[no] : undefined
    if (pause === undefined) return sent
    await sleep(pause)
  }
}

function untilAllowed({ retryAfterSeconds = 1 }: NotSent, no: number): number | undefined {
  return no === 0 && retryAfterSeconds <= longestThrottleSeconds ? retryAfterSeconds * 1000 : undefined
}
