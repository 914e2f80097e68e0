/**
 * Delivering what was promised. A notice is in the store before anybody tries to send it and leaves it only after it
 * was sent, or when it is no longer true. Whoever sends holds a lease; when that runs out another may claim it by ETag.
 */
import type { Reader } from '../cards/reader.ts'
import type { RenderedCard } from '../cards/render.ts'
import { readyCard } from '../cards/views/coach.ts'
import { isReachable, type People } from '../conversation/people.ts'
import type { Report } from '../conversation/report.ts'
import { digest } from '../conversation/scope.ts'
import type { ChatReference, Profile } from '../domain/person.ts'
import { type Promised, stillTrue } from '../domain/ready.ts'
import { type Instant, never, type PersonId } from '../domain/values.ts'
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
const repeatAfterSeconds = 600
const backOffSeconds = { first: 2, most: 60 }

export function createDelivery({ store, people, send, clock, buttons, report, leaseSeconds }: DeliveryOptions) {
  /** Sends what this process has just promised and still holds the lease of. */
  async function deliver(promised: readonly Promised[]): Promise<void> {
    for (const notice of promised) {
      const found = await store.get(keys.notice(notice))
      if (found?.doc.state === 'promised') await attempt(found)
    }
  }

  /** Claims and sends whatever is due: leases that ran out, sends put off, people who may have come back. */
  async function poll(): Promise<number> {
    const due = await store.query('dueNotices', { now: clock() })
    for (const found of due) await claimAndSend(found)
    return due.length
  }

  /** The person has just become reachable: what waits for them goes out now. */
  async function deliverTo(person: PersonId): Promise<void> {
    for (const found of await store.query('noticesWaitingFor', { to: person })) await claimAndSend(found)
  }

  /** Only one of those who try gets it; the others find the version changed. */
  async function claimAndSend(found: Found): Promise<void> {
    const lost = found.doc.state === 'promised' ? 1 : 0
    const doc: Notice = {
      ...found.doc,
      state: 'promised',
      runAt: after(leaseSeconds),
      unknownSends: found.doc.unknownSends + lost,
    }
    const claimed = await rewrite(found, doc)
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
    if (!profile?.doc.chat || !isReachable(profile.doc)) return putOff(found, 'waiting', waitSeconds)
    const mayBeRepeat = doc.unknownSends > 0
    const card = readyCard(reader(profile.doc, programme, doc), {
      programme,
      journey: journey.doc,
      round: doc.round,
      mayBeRepeat,
    })
    await settle(found, profile.doc, await send(profile.doc.chat, card))
  }

  async function settle(found: Found, profile: Profile, sent: Sent): Promise<void> {
    if (sent.sent) {
      await store.removeIf(keys.notice(found.doc), found.etag)
      return report('notice.sent', { ...facts(found.doc), mayBeRepeat: found.doc.unknownSends > 0 })
    }
    switch (sent.why) {
      case 'unreachable':
      case 'gone':
        await people.change(profile.person, profile.name, clock(), before => ({ ...before, unreachableSince: clock() }))
        return putOff(found, 'waiting', waitSeconds, sent.code)
      case 'throttled':
        return putOff(found, 'later', sent.retryAfterSeconds ?? backOffSeconds.first, 'throttled')
      case 'notDelivered':
        return putOff(found, 'later', backOff(found.doc.attempts), 'notDelivered')
      case 'ambiguous':
        // Nobody knows whether it arrived: it stays promised, and a second one will say that it may be a repeat.
        return putOff(found, 'promised', repeatAfterSeconds, 'ambiguous')
      case 'refused':
        return putOff(found, 'later', waitSeconds, sent.code ?? 'refused')
      default:
        return never(sent.why)
    }
  }

  async function putOff(found: Found, state: Notice['state'], seconds: number, lastError?: string): Promise<void> {
    const attempts = found.doc.attempts + 1
    await rewrite(found, { ...found.doc, state, runAt: after(seconds), attempts, ...(lastError ? { lastError } : {}) })
    report('notice.putOff', { ...facts(found.doc), state, seconds, lastError, attempts })
  }

  async function rewrite(found: Found, notice: Notice): Promise<Found | undefined> {
    const doc = document(keys.notice(notice), notice)
    const committed = await store.commit(doc.pk, [{ op: 'put', doc, etag: found.etag }])
    const etag = committed.ok ? committed.docs[0]?.etag : undefined
    return etag === undefined ? undefined : { doc, etag }
  }

  function after(seconds: number): Instant {
    return new Date(Date.parse(clock()) + seconds * 1000).toISOString()
  }

  function reader(profile: Profile, programme: { language: Reader['language']; zone: string }, notice: Notice): Reader {
    const rendering = digest(keys.notice(notice).id).slice(0, 10)
    return {
      language: profile.language ?? programme.language,
      zone: profile.zone ?? programme.zone,
      buttons,
      rendering,
    }
  }

  return { deliver, poll, deliverTo }
}

function backOff(attempts: number): number {
  return Math.min(backOffSeconds.most, backOffSeconds.first * 2 ** attempts)
}

function facts({ kind, to, no, attempts }: Notice) {
  return { kind, to, no, attempts }
}
