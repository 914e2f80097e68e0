/**
 * Delivering what was promised. A notice is in the store before anybody tries to send it and leaves it only after it
 * was sent, or when it is no longer true. Whoever sends holds a lease; when that runs out another may claim it by ETag.
 */
import type { Reader } from '../cards/reader.ts'
import type { RenderedCard } from '../cards/render.ts'
import { readyCard } from '../cards/views/coach.ts'
import { isReachable, type People } from '../conversation/people.ts'
import type { Report } from '../conversation/report.ts'
import { digest, ownerOf } from '../conversation/scope.ts'
import type { ChatReference, Profile } from '../domain/person.ts'
import { type Promised, stillTrue } from '../domain/ready.ts'
import { type Instant, never, type PersonId, plusSeconds } from '../domain/values.ts'
import { type DocumentOf, document, keys, type Notice } from '../store/documents.ts'
import type { Clock, Store, Stored } from '../store/store.ts'
import type { Sent } from './sent.ts'

export type Send = (chat: ChatReference, card: RenderedCard) => Promise<Sent>

export type DeliveryOptions = {
  readonly store: Store
  readonly people: People
  readonly send: Send
  readonly clock: Clock
  readonly buttons: Reader['buttons']
  readonly report: Report
  /** How long a claim lasts, in seconds; longer than a send may take. */
  readonly leaseSeconds: number
}

type Found = Stored<DocumentOf<'notice'>>

const waitSeconds = 3600
/** After a send whose outcome nobody knows: once more, and then it is an operator's. */
const repeatAfterSeconds = 600
/** Leases that ran out, so often: something keeps dying over this notice. */
const mostUnknown = 5
const backOffSeconds = { first: 2, most: 60 }
/** Known not to have left, so often: an operator's. */
const mostAttempts = 8
const noTime: Instant = '9999-12-31T00:00:00.000Z'

export function createDelivery({ store, people, send, clock, buttons, report, leaseSeconds }: DeliveryOptions) {
  /** Sends what this process has just promised, as long as nobody else has had a hand in it and the lease holds. */
  async function deliver(promised: readonly Promised[]): Promise<void> {
    await each(promised, async notice => {
      const found = await store.get(keys.notice(notice))
      if (!found) return
      const { state, attempts, unknownSends, runAt } = found.doc
      if (state === 'promised' && attempts === 0 && unknownSends === 0 && runAt > clock()) await attempt(found)
    })
  }

  /** Claims and sends whatever is due: leases that ran out, sends put off, people who may have come back. */
  async function poll(): Promise<void> {
    await each(await store.query('dueNotices', { now: clock() }), claimAndSend)
  }

  /** The person has just become reachable: what waits for them goes out now. */
  async function deliverTo(person: PersonId): Promise<void> {
    await each(await store.query('noticesWaitingFor', { to: person }), claimAndSend)
  }

  /** One notice that cannot be handled keeps nobody else waiting; its lease runs out, and it is tried again. */
  async function each<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
    for (const one of all) {
      try {
        await work(one)
      } catch (error) {
        report('notice.failed', { error: error instanceof Error ? error.name : 'unknown' })
      }
    }
  }

  /** Only one of those who try gets it; the others find the version changed. */
  async function claimAndSend(found: Found): Promise<void> {
    // Promised, and its lease ran out: whoever held it may have died before or after sending.
    const unknownSends = found.doc.unknownSends + (found.doc.state === 'promised' ? 1 : 0)
    if (unknownSends > mostUnknown) return handOver(found, found.doc.lastError ?? 'unknown')
    const claimed = await rewrite(found, { ...found.doc, state: 'promised', runAt: after(leaseSeconds), unknownSends })
    if (claimed) await attempt(claimed)
  }

  async function attempt(found: Found): Promise<void> {
    const { doc } = found
    const [programme, journey, profile] = await Promise.all([
      people.programmeNow(doc.programme, clock()),
      store.get(keys.journey(doc.programme, doc.person)),
      store.get(keys.profile(doc.to)),
    ])
    if (!programme || !journey || !stillTrue(doc, journey.doc, programme)) {
      await store.removeIf(keys.notice(doc), found.etag)
      return report('notice.dropped', facts(doc))
    }
    if (!profile?.doc.chat || !isReachable(profile.doc)) return waitFor(found)
    const mayBeRepeat = doc.unknownSends > 0
    const to = reader(profile.doc, programme, doc)
    const card = readyCard(to, { programme, journey: journey.doc, round: doc.round, mayBeRepeat })
    await settle(found, profile.doc, await send(profile.doc.chat, card))
  }

  async function settle(found: Found, profile: Profile, sent: Sent): Promise<unknown> {
    const { doc } = found
    if (sent.sent) {
      await store.removeIf(keys.notice(doc), found.etag)
      return report('notice.sent', { ...facts(doc), mayBeRepeat: doc.unknownSends > 0 })
    }
    switch (sent.why) {
      case 'unreachable':
      case 'gone':
        await people.change(profile.person, profile.name, clock(), before => ({ ...before, unreachableSince: clock() }))
        return waitFor(found, sent.code)
      case 'throttled':
        return putOff(found, 'later', sent.retryAfterSeconds ?? backOffSeconds.first, 'throttled')
      case 'notDelivered':
        if (doc.attempts + 1 >= mostAttempts) return handOver(found, 'notDelivered')
        return putOff(found, 'later', backOff(doc.attempts), 'notDelivered')
      case 'ambiguous':
        if (doc.lastError === 'ambiguous') return handOver(found, 'ambiguous')
        // It stays promised: the next one says that it may be a repeat.
        return putOff(found, 'promised', repeatAfterSeconds, 'ambiguous')
      case 'refused':
        return handOver(found, sent.code ?? 'refused')
      default:
        return never(sent.why)
    }
  }

  /** Waits until the recipient comes. They may have come while this was being tried: then it goes out at once. */
  async function waitFor(found: Found, lastError?: string): Promise<void> {
    const waiting = await putOff(found, 'waiting', waitSeconds, lastError)
    const profile = waiting && (await store.get(keys.profile(found.doc.to)))
    if (waiting && isReachable(profile?.doc)) await claimAndSend(waiting)
  }

  /** Nothing more is tried by itself: it becomes somebody's task, and stays in the store for them. */
  async function handOver(found: Found, lastError: string): Promise<void> {
    await rewrite(found, { ...found.doc, state: 'failed', runAt: noTime, lastError })
    report('notice.undeliverable', { ...facts(found.doc), error: lastError })
  }

  async function putOff(
    found: Found,
    state: Notice['state'],
    seconds: number,
    lastError?: string,
  ): Promise<Found | undefined> {
    const attempts = found.doc.attempts + 1
    report('notice.putOff', { ...facts(found.doc), state, seconds, lastError, attempts })
    return rewrite(found, { ...found.doc, state, runAt: after(seconds), attempts, ...(lastError ? { lastError } : {}) })
  }

  async function rewrite(found: Found, notice: Notice): Promise<Found | undefined> {
    const doc = document(keys.notice(notice), notice)
    const committed = await store.commit(doc.pk, [{ op: 'put', doc, etag: found.etag }])
    const etag = committed.ok ? committed.docs[0]?.etag : undefined
    return etag === undefined ? undefined : { doc, etag }
  }

  const after = (seconds: number) => plusSeconds(clock(), seconds)

  function reader(profile: Profile, programme: { language: Reader['language']; zone: string }, notice: Notice): Reader {
    const { language = programme.language, zone = programme.zone, person } = profile
    const rendering = digest(keys.notice(notice).id).slice(0, 10)
    return { language, zone, buttons, rendering, owner: ownerOf(person) }
  }

  return { deliver, poll, deliverTo }
}

function backOff(attempts: number): number {
  return Math.min(backOffSeconds.most, backOffSeconds.first * 2 ** attempts)
}

function facts({ kind, to, no, attempts }: Notice) {
  return { kind, to, no, attempts }
}
