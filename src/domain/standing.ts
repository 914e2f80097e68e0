/** Where somebody stands with a programme: asked, taking part, gone, asked to come back. Derived from the journey. */
import type { Journey } from './journey.ts'
import type { Instant } from './values.ts'

/** Saying no so often is meant: no further invitation to this programme. The join code stays open to them. */
export const declinesThatCount = 2

/** Invited, for the first time or again, and has not said yes. */
export function awaitsConsent(journey: Journey): boolean {
  return journey.removedAt ? journey.invitedAgainAt !== undefined : journey.consent === undefined
}

/** Has said yes and is there. */
export function takesPart(journey: Journey): boolean {
  return journey.consent !== undefined && !journey.removedAt
}

/** One of the programme's people, asked or taking part: not who was removed and has not been asked back. */
export function belongs(journey: Journey): boolean {
  return awaitsConsent(journey) || takesPart(journey)
}

/** When this person was last asked to take part, by an invitation or a reminder of it. */
export function askedAt({ invitedAt, invitedAgainAt = '', nudgedAt = '' }: Journey): Instant {
  return [invitedAt, invitedAgainAt, nudgedAt].reduce((latest, each) => (each > latest ? each : latest))
}

/** Has been asked and has not answered this asking, neither yes nor no. */
export function awaitsAnswer(journey: Journey): boolean {
  return awaitsConsent(journey) && !journey.declined?.includes(askedAt(journey))
}

/** Has said no often enough to be left in peace. */
export function saidNo(journey: Journey): boolean {
  return (journey.declined?.length ?? 0) >= declinesThatCount
}
