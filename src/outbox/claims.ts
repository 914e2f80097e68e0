/**
 * Who may send a notice, and what is written about it. A claim is a lease under the version that was read: of all who try
 * one gets it, and whoever has lost it finds the version changed and writes nothing.
 */
import type { Report } from '../base/report.ts'
import { type Instant, plusSeconds } from '../domain/values.ts'
import { type DocumentOf, document, keys, type Notice } from '../store/documents.ts'
import type { Clock, Store, Stored } from '../store/store.ts'
import { counted, type Trouble } from './retry-policy.ts'

export type Found = Stored<DocumentOf<'notice'>>

export type ClaimsOptions = {
  readonly store: Store
  readonly clock: Clock
  readonly report: Report
  /** How long a claim lasts; longer than a send may take. */
  readonly leaseSeconds: number
  readonly sendLimitMs: number
}

/** A send begins only while its lease lasts so much longer than it may take: clocks differ, machines are busy. */
export const leaseMarginMs = 500
const noTime = '9999-12-31T00:00:00.000Z'

export type Claims = ReturnType<typeof createClaims>

export function createClaims({ store, clock, report, leaseSeconds, sendLimitMs }: ClaimsOptions) {
  const after = (seconds: number) => plusSeconds(clock(), seconds)
  const about = (found: Found) => facts(found, clock())

  /** @returns what was written, or undefined when somebody else was quicker. */
  async function rewrite(found: Found, change: Partial<Notice>): Promise<Found | undefined> {
    const doc = document(keys.notice(found.doc), { ...found.doc, ...change })
    const committed = await store.commit(doc.pk, [{ op: 'put', doc, etag: found.etag }])
    const etag = committed.ok ? committed.docs[0]?.etag : undefined
    return etag === undefined ? undefined : { doc, etag }
  }

  return {
    /** For whoever means to send it now. */
    claim: (found: Found) =>
      rewrite(found, { state: 'promised', runAt: after(leaseSeconds), unknownSends: unknownSends(found.doc) }),

    /** The same claim with a lease that outlasts a send: it is made longer when it does not. */
    async hold(found: Found): Promise<Found | undefined> {
      const left = Date.parse(found.doc.runAt) - Date.parse(clock())
      return left >= sendLimitMs + leaseMarginMs ? found : rewrite(found, { runAt: after(leaseSeconds) })
    },

    /** Claimed, and not begun: anybody may send it now, and it is no repeat. */
    async release(found: Found): Promise<void> {
      const lastError = found.doc.lastError ?? 'handedBack'
      if (await rewrite(found, { state: 'later', runAt: clock(), lastError })) report('notice.handedBack', about(found))
    },

    /** Begun, and nobody will know how it ended: the lease is over, and the next one says that it may be a repeat. */
    async cutShort(found: Found): Promise<void> {
      report('notice.cutShort', about(found))
      await rewrite(found, { runAt: clock(), lastError: found.doc.lastError ?? 'cutShort' })
    },

    /** Not its turn yet, and so not tried. `claimed`: by us, so that it is known not to have been begun. */
    async postpone(found: Found, seconds: number, claimed: boolean): Promise<void> {
      const { doc } = found
      const unknown = claimed ? doc.unknownSends : unknownSends(doc)
      const lastError = doc.lastError ?? 'postponed'
      await rewrite(found, { state: 'later', runAt: after(seconds), unknownSends: unknown, lastError })
    },

    /** Tried, and not sent: for another time. */
    async putOff(
      found: Found,
      state: Notice['state'],
      seconds: number,
      { why, code }: Why,
    ): Promise<Found | undefined> {
      const change = counted(found.doc, why, clock())
      const { attempts } = change
      report('notice.putOff', { ...about(found), attempts, why, code, state, seconds: Math.round(seconds) })
      return rewrite(found, { ...change, state, runAt: after(seconds) })
    },

    /** Nothing more is tried by itself: it becomes somebody's task, and stays in the store for them. */
    async deadLetter(found: Found, { why, code }: { readonly why: string; readonly code?: string | undefined }) {
      await rewrite(found, { state: 'failed', runAt: noTime, lastError: code ?? why })
      report('notice.undeliverable', { ...about(found), error: why, why, code })
    },

    remove: ({ doc, etag }: Found) => store.removeIf(keys.notice(doc), etag),
  }
}

/** Why it was not sent; `code` is the platform's word for it. */
export type Why = { readonly why: Trouble; readonly code?: string | undefined }

/** With the one whose lease ran out: whoever held it may have died before or after sending. */
export function unknownSends({ state, unknownSends }: Notice): number {
  return unknownSends + (state === 'promised' ? 1 : 0)
}

/** What may be told of a notice. */
export function facts({ doc }: Found, now: Instant) {
  const { kind, to, no, attempts, promisedAt } = doc
  return { kind, to, no, attempts, ageSeconds: Math.round((Date.parse(now) - Date.parse(promisedAt)) / 1000) }
}
