/** One claimed notice: whether it is still true, its card, the send, and what comes of it. */

import type { Report } from '../base/report.ts'
import type { Reader } from '../cards/reader.ts'
import type { RenderedCard } from '../cards/render.ts'
import { chatOf, isReachable, type People } from '../conversation/turn/people.ts'
import { digest, ownerOf } from '../conversation/turn/turn-context.ts'
import { noOf } from '../domain/notices.ts'
import { type ChatReference, invitationShownAt, type Profile } from '../domain/profile.ts'
import { stillTrue } from '../domain/readiness.ts'
import { never, type PersonId } from '../domain/values.ts'
import { keys, keyText } from '../store/documents.ts'
import type { Clock, Store } from '../store/store.ts'
import { type Claims, type Found, facts, type Why } from './claims.ts'
import type { FirstContact } from './first-contact.ts'
import { noticeCard } from './notice-cards.ts'
import { retryPolicy } from './retry-policy.ts'
import type { SendRateLimit } from './send-rate-limit.ts'
import type { Opened, Sent } from './sent.ts'

export type SendingOptions = {
  readonly store: Store
  readonly people: People
  readonly send: (chat: ChatReference, card: RenderedCard) => Promise<Sent>
  /** Opens a chat that is not there any more. */
  readonly open: (chat: ChatReference) => Promise<Opened>
  readonly clock: Clock
  readonly buttons: Reader['buttons']
  readonly report: Report
  readonly firstContact: FirstContact
  readonly claims: Claims
  readonly rateLimit: SendRateLimit
  /** From 0 to 1. */
  readonly random: () => number
  /** When it is so, no send begins any more. */
  readonly stopped: () => boolean
}

/** Whoever waits for somebody looks again after an hour, in case the news that they came was lost. */
const waitSeconds = 3600
/** Until a person is tried again whose profile could not be written. */
const unmarkedSeconds = 60
/** The operator is told of it at once, and then about once a day. */
const looksADay = 24

export function createSending(options: SendingOptions) {
  const { store, people, firstContact, send, open, clock, buttons, report, claims, rateLimit, random, stopped } =
    options
  const begun = new Map<string, Found>()

  /** @param profile of whom it is for. @returns the notice when it waits for somebody who has come this moment. */
  async function attempt(held: Found, profile: Profile | undefined): Promise<Found | undefined> {
    let card: RenderedCard | undefined
    const drawnAt = clock()
    try {
      card = await drawn(held.doc, profile)
    } catch (error) {
      report('notice.failed', { ...about(held), error: error instanceof Error ? error.name : 'unknown' })
      return afterTrouble(held, { why: 'broken' })
    }
    if (!card) {
      await claims.remove(held)
      report('notice.dropped', about(held))
      return undefined
    }
    const chat = chatOf(profile)
    if (!chat) return waitFor(held, { why: 'unreachable', code: profile?.chat ? 'stillAway' : 'neverHere' })
    const first = await trySending(held, chat, card)
    const last = first && (await inNewChat(first, chat, card))
    if (!last) return undefined
    if (!last.sent.sent) return afterTrouble(last.held, last.sent, chat)
    try {
      // First: whatever fails before the notice is gone makes somebody send it again.
      await claims.remove(last.held)
      report('notice.sent', { ...about(held), mayBeRepeat: held.doc.unknownSends > 0 })
    } finally {
      // Also when it could not be removed: an invitation known as shown is not sent again.
      await recorded(held, () => firstContact.shown(held.doc, drawnAt))
    }
    return undefined
  }

  /** What is written about the person beside the notice. When it fails that is reported, and the notice goes on. */
  async function recorded(held: Found, write: () => Promise<unknown>): Promise<boolean> {
    try {
      await write()
      return true
    } catch (error) {
      report('notice.unrecorded', { ...about(held), error: error instanceof Error ? error.name : 'unknown' })
      return false
    }
  }

  const about = (found: Found) => facts(found, clock())

  /** Undefined when it says what is not so any more. */
  async function drawn(doc: Found['doc'], profile: Profile | undefined): Promise<RenderedCard | undefined> {
    const [programme, journey] = await Promise.all([
      people.programmeNow(doc.programme),
      store.get(keys.journey(doc.programme, doc.person)),
    ])
    if (!programme || !stillTrue(doc, journey?.doc, programme)) return undefined
    // They came by themselves and have it before them already.
    if (doc.kind === 'invitation' && noOf(invitationShownAt(profile, doc.programme, clock())) >= doc.no)
      return undefined
    const { language = programme.language, zone = programme.zone } = profile ?? {}
    const rendering = digest(keyText(doc)).slice(0, 10)
    const to: Reader = { language, zone, buttons, rendering, owner: ownerOf(doc.to) }
    const mayBeRepeat = doc.unknownSends > 0
    return noticeCard(to, { notice: doc, programme, journey: journey?.doc, now: clock(), mayBeRepeat })
  }

  type Tried = { readonly held: Found; readonly sent: Sent }

  /** One try, under a lease that outlasts it; undefined when there was none: handed back, or somebody else's by now. */
  async function trySending(found: Found, chat: ChatReference, card: RenderedCard): Promise<Tried | undefined> {
    const held = await claims.hold(found)
    if (!held) return undefined
    if (stopped()) {
      await claims.release(held)
      return undefined
    }
    begun.set(keyText(held.doc), held)
    try {
      return { held, sent: await send(chat, card) }
    } finally {
      begun.delete(keyText(held.doc))
    }
  }

  /** A chat that is not there any more is opened once, and where it is then is kept. */
  async function inNewChat(tried: Tried, chat: ChatReference, card: RenderedCard) {
    const { held, sent } = tried
    if (sent.sent || sent.why !== 'noConversation') return tried
    const opened = await open(chat)
    if (!('opened' in opened)) return { held, sent: opened }
    const { conversation } = opened
    await recorded(held, () =>
      people.change(held.doc.to, '', before => {
        // They may have written meanwhile, and then we know better already.
        if (before.chat?.conversation !== chat.conversation) return before
        return { ...before, chat: { ...before.chat, conversation } }
      }),
    )
    return trySending(held, { ...chat, conversation }, card)
  }

  async function afterTrouble(
    held: Found,
    trouble: Why & { readonly retryAfterSeconds?: number },
    chat?: ChatReference,
  ): Promise<Found | undefined> {
    const next = retryPolicy(held.doc, trouble, clock(), random())
    tellOperator(trouble)
    switch (next.do) {
      case 'wait': {
        const marked = await recorded(held, () => markUnreachable(held.doc.to))
        if (marked) return waitFor(held, { why: 'unreachable', code: trouble.code })
        // Without the mark they look reachable: their coming would not be noticed, so it is tried again soon.
        await claims.putOff(held, 'later', unmarkedSeconds, trouble)
        return undefined
      }
      case 'again': {
        const { seconds, pause } = next
        if (pause === 'everybody') rateLimit.pause('everybody', seconds)
        if (pause === 'tenant' && chat) rateLimit.pause(chat, seconds)
        await claims.putOff(held, 'later', seconds, trouble)
        return undefined
      }
      case 'repeat':
        // It stays promised: whoever claims it next cannot know more than we do.
        await claims.putOff(held, 'promised', next.seconds, trouble)
        return undefined
      case 'handOver':
        await claims.deadLetter(held, trouble)
        return undefined
      default:
        return never(next)
    }
  }

  /** What no waiting mends is told at once, whatever becomes of this notice. */
  function tellOperator({ why, code }: Why): void {
    if (why === 'unauthorised') report('sending.unauthorised', { error: why, code })
    if (why === 'misdirected') report('sending.misdirected', { error: why, code })
  }

  async function markUnreachable(person: PersonId): Promise<void> {
    await people.change(person, '', before => ({ ...before, unreachableSince: clock() }))
  }

  /** Until they come. They may have come while this was being tried. */
  async function waitFor(held: Found, why: Why): Promise<Found | undefined> {
    const waiting = await claims.putOff(held, 'waiting', waitSeconds, why)
    if (!waiting) return undefined
    const { attempts, since } = waiting.doc
    if (attempts % looksADay === 1) {
      const hours = Math.floor((Date.parse(clock()) - Date.parse(since ?? clock())) / 3_600_000)
      report('notice.unreachable', { ...about(waiting), error: why.why, why: why.why, code: why.code, hours })
    }
    const now = await store.get(keys.profile(held.doc.to))
    return isReachable(now?.doc) ? waiting : undefined
  }

  return {
    attempt,
    /** Whose send has begun and not ended, under the claim it was begun with. */
    begun: (): readonly Found[] => [...begun.values()],
  }
}
