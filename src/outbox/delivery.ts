/**
 * Delivering what was promised. A notice is in the store before anybody tries to send it and leaves it only after it
 * was sent, or when it is no longer true. Whoever sends holds a lease; when that runs out another may claim it.
 */

import { within } from '../base/within.ts'
import { chatOf } from '../conversation/turn/people.ts'
import type { ChatReference } from '../domain/profile.ts'
import type { Promised } from '../domain/readiness.ts'
import type { PersonId } from '../domain/values.ts'
import { keys, keyText, type Notice } from '../store/documents.ts'
import { queryTexts } from '../store/queries.ts'
import { type ClaimsOptions, createClaims, type Found, unknownSends } from './claims.ts'
import { createFirstContact } from './first-contact.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import { createSendRateLimit } from './send-rate-limit.ts'
import { createSending, type SendingOptions } from './sending.ts'

export type DeliveryOptions = ClaimsOptions &
  Pick<SendingOptions, 'people' | 'send' | 'open' | 'buttons'> &
  Partial<Pick<SendingOptions, 'random'>> & {
    /** How many processes share what the platform allows. */
    readonly replicas: () => number
    /** The clock for rates and pauses (`createSendRateLimit`). */
    readonly elapsed?: () => number
  }

/** To so many people at once, of what is new and of what was found. */
const atOnce = 8
/** About one notice, with every answer as late as it may be. */
const handLimitMs = 60_000
/** Whose turn comes within that is waited for; the others come with a later look. */
const patienceMs = 5_000
/** One look takes no longer, however much there is. */
const lookLimitMs = 60_000
/** Leases that ran out, so often: something keeps dying over this notice. */
const mostUnknown = 5

export function createDelivery(options: DeliveryOptions) {
  const { store, clock, report, random = Math.random } = options
  const over = new AbortController()
  const stopped = () => over.signal.aborted
  const claims = createClaims(options)
  const rateLimit = createSendRateLimit(options.replicas, options.elapsed)
  const firstContact = createFirstContact(options)
  const sending = createSending({ ...options, firstContact, claims, rateLimit, random, stopped })
  const hands = createKeyedQueue(handLimitMs, report)
  const lanes = { fresh: hands.lane(atOnce), found: hands.lane(atOnce) }

  /** Sends what this process has just promised, as long as nobody else has had a hand in it. */
  async function deliver(promised: readonly Promised[]): Promise<void> {
    await Promise.all(
      promised.map(notice =>
        lanes.fresh(keyText(keys.notice(notice)), async () => {
          const found = await store.get(keys.notice(notice))
          if (found && isUntouched(found.doc)) await handle(found, true)
        }),
      ),
    )
  }

  /** Sends whatever is due: leases that ran out, sends put off, people who may have come back. Page by page. */
  async function poll(enough = over.signal): Promise<void> {
    const end = performance.now() + lookLimitMs
    const goesOn = () => !enough.aborted && performance.now() < end
    const seen = new Set<string>()
    for (let more = true; more && goesOn(); ) {
      const page = await store.query('dueNotices', { now: clock() })
      const news = page.filter(({ doc }) => !seen.has(keyText(doc)))
      for (const { doc } of news) seen.add(keyText(doc))
      const people = shuffled([...Map.groupBy(news, ({ doc }) => doc.to).values()], random)
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let found = people.pop(); found; found = people.pop()) await inOrder(found, goesOn)
        }),
      )
      // A page with nothing new in it would come again and again.
      more = news.length > 0 && page.length >= (queryTexts.dueNotices.atMost ?? Number.POSITIVE_INFINITY)
    }
  }

  /** The person has just become reachable: what waits for them goes out now. */
  async function deliverTo(person: PersonId): Promise<void> {
    await inOrder(await store.query('noticesWaitingFor', { to: person }), () => !stopped())
  }

  async function inOrder(all: readonly Found[], goesOn: () => boolean): Promise<void> {
    for (const found of all) if (goesOn()) await lanes.found(keyText(found.doc), () => handle(found, false))
  }

  /** @param claimed by us, and untouched since; otherwise of all who try one gets it. */
  async function handle(found: Found, claimed: boolean): Promise<void> {
    let ready: Awaited<ReturnType<typeof readied>>
    try {
      ready = await readied(found)
    } catch (error) {
      if (claimed) await claims.release(found)
      throw error
    }
    const { profile, wait } = ready
    if (stopped()) return claimed ? claims.release(found) : undefined
    if (wait > 0) return claims.postpone(found, (wait / 1000) * (1 + random() / 10), claimed)
    if (unknownSends(found.doc) > mostUnknown) return claims.deadLetter(found, { why: 'unknown' })
    const held = claimed ? found : await claims.claim(found)
    const again = held && (await sending.attempt(held, profile))
    if (again) await handle(again, false)
  }

  /** Whom it is for, findable and with a chat if there can be one, when their turn has come or in `wait` milliseconds. */
  async function readied({ doc }: Found) {
    let profile = await firstContact.known(doc)
    const near = await firstContact.near(doc, profile)
    let wait = near ? await turnOf(near) : 0
    // Nobody is shown anything by it, so it may come before the claim.
    if (near && wait === 0 && !stopped()) profile = await firstContact.opened(doc, near)
    const chat = chatOf(profile)
    if (chat) wait = await turnOf(chat)
    return { profile, wait }
  }

  /** Waits until something may be sent there. @returns 0, or the milliseconds it still takes when that is too long. */
  async function turnOf(chat: ChatReference): Promise<number> {
    const end = performance.now() + patienceMs
    for (;;) {
      const wait = rateLimit.take(chat)
      if (wait === 0 || stopped() || performance.now() + wait > end) return wait
      await pause(wait, over.signal)
    }
  }

  /**
   * From now on no send begins. What was promised or claimed here and not begun is anybody's at once; what was begun has
   * `limitMs` to end, and is then somebody else's to repeat, which is written within `lastMs`. Later promises are handed
   * back as they come.
   */
  async function stop(limitMs: number, lastMs: number): Promise<void> {
    over.abort()
    if (await within(limitMs, hands.idle())) return
    await within(lastMs, Promise.allSettled(sending.begun().map(claims.cutShort)))
  }

  return { deliver, poll, deliverTo, stop }
}

/** As it was when it was promised: whoever has had it in hand has left a mark (`claims.ts`). */
function isUntouched({ unknownSends, lastError }: Notice): boolean {
  return unknownSends === 0 && lastError === undefined
}

/** Replicas that look at the same moment begin with different people. */
function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const places = all.map(one => ({ one, at: random() }))
  return places.sort((a, b) => a.at - b.at).map(({ one }) => one)
}

/** Resolves after so many milliseconds, or at once when it is over. */
function pause(ms: number, over: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      over.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    over.addEventListener('abort', done)
  })
}
