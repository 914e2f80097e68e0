/** What saving answers has in common: what is written of a log and its journey, and what is said where that did not hold. */
import { keepsakeCard } from '../../cards/views/logs/answer-conflicts.ts'
import { type LearningLog, writable } from '../../domain/logs/log.ts'
import { questionSet } from '../../domain/logs/questions.ts'
import type { Refused } from '../../domain/refusals.ts'
import { document, keys } from '../../store/documents.ts'
import type { Write } from '../../store/store.ts'
import { homeOf } from '../home/participant-home.ts'
import { loadOwnJourney, type OwnJourney } from '../turn/own-journey.ts'
import { denied, type Outcome, reader, refused, type TurnContext } from '../turn/turn-context.ts'
import { moveOpen, type myLog, type Place, sentence } from './reflecting.ts'

export type Found = NonNullable<Awaited<ReturnType<typeof myLog>>>

/** The whole log, as the version it was found in, or new. */
export function put(log: LearningLog, { stored }: Found): Write {
  const doc = document(keys.log(log.programme, log.person, log.round, log.session), log)
  return stored ? { op: 'put', doc, etag: stored.etag } : { op: 'create', doc }
}

/** The journey's part of a save: the count, the date, and which question is open now. */
export function count(
  context: TurnContext,
  place: Place,
  answered: { readonly value: number } | { readonly by: number },
  next: number | undefined,
): Write {
  const facts = `/rounds/${place.round - 1}/logs/${place.session}`
  return moveOpen(context, place, next, [
    { path: `${facts}/answered`, ...answered },
    { path: `${facts}/savedAt`, value: context.now },
  ])
}

/** The conditional save did not hold: why, from the state as it is, and the text given back. */
export async function refusedAfterAll(
  context: TurnContext,
  place: Place,
  text: string,
  because?: Refused,
): Promise<Outcome> {
  const owner = await loadOwnJourney(context, place.programme)
  if (!owner) return denied(context)
  const no = because ?? writable(owner.journey.doc, place.round, place.session) ?? { refused: 'notActive' }
  return returnText(context, owner, no, text)
}

/** What cannot be saved any more is given back with the reason, so that it can be copied; without a text, home. */
export async function returnText(
  context: TurnContext,
  owner: OwnJourney,
  no: Refused,
  text: string,
  question?: number,
  log?: LearningLog,
): Promise<Outcome> {
  const alert = sentence(context, owner, no)
  if (!text.trim()) return refused(no, await homeOf(context, owner, alert))
  const to = reader(context, owner.programme)
  const heading = log && question ? questionSet(log.questionSet).questions[question - 1]?.[to.language] : undefined
  return refused(no, keepsakeCard(to, { alert, text, programme: owner.programme.programme, question: heading }))
}
