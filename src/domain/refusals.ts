/** A rule that says no returns one of these. Each has a kind sentence in both languages in cards/locales (`refusal.*`). */
import type { Instant } from './values.ts'

export const refusals = [
  'notAMember',
  'notActive',
  'notYours',
  'alreadyConsented',
  'readersChanged',
  'fieldMissing',
  'fieldTooLong',
  'notADate',
  'tooManySessions',
  'noSuchSession',
  'sessionCancelled',
  'sessionChosen',
  'heldInFuture',
  'dayTooFar',
  'notARating',
  'notHeld',
  'sameSession',
  'pointerFixed',
  'nothingChosen',
  'notOnlyOneHeld',
  'notChosen',
  'noSuchQuestion',
  'emptyAnswer',
  'tooLong',
  'logNotDraft',
  'gaps',
  'alreadySubmitted',
  'alreadyOpened',
  'notSubmitted',
  'notReady',
  'notOpened',
  'roundReviewed',
  'reasonMissing',
  'notAllOpened',
  'oneLine',
  'outOfRange',
  'startTooFar',
  'notAZone',
  'changedMeanwhile',
  'sessionsPlanned',
  'lastDayTooSoon',
  'extraDays',
  'programmeClosed',
  'closeFirst',
  'mayNotCreate',
  'lastCoach',
  'learnsHere',
  'tooManyPeople',
  'notACoach',
  'notAccepted',
  'coachAccepted',
  'notALeader',
  'ownLeader',
  'alreadyIn',
  'noLongerIn',
  'removedBefore',
  'codeUnknown',
  'codeFull',
  'tooManyTries',
  'notInvitable',
  'invitedEnough',
  'foundedEnough',
  'tooManyAtOnce',
  'leadersDoNotNudge',
  'nothingToNudge',
  'nudgedLately',
] as const

export type Refusal = (typeof refusals)[number]

/** Facts a refusal's sentence may name. Never anybody's words. */
export type RefusalDetail = {
  readonly questions?: readonly number[]
  readonly limit?: number
  readonly field?: string
  /** When it is worth trying again; `limit` is then the hours until it, unless it is the limit that was met. */
  readonly until?: Instant
}

export type Refused = { readonly refused: Refusal; readonly detail?: RefusalDetail }

/** What a rule answers: the new state, or why not. */
export type Decided<T> = (T & { readonly refused?: undefined }) | Refused

export function refuse(refused: Refusal, detail?: RefusalDetail): Refused {
  return detail ? { refused, detail } : { refused }
}
