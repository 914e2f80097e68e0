/** Reflecting: which log, which question, and drawing it. Saving is in `answering.ts`. */
import type { Alert } from '../../cards/reader.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText } from '../../cards/texts.ts'
import { questionsCard } from '../../cards/views/logs/questions.ts'
import { questionCard } from '../../cards/views/logs/reflecting.ts'
import {
  type CoachingSession,
  currentRound,
  type Journey,
  type OpenQuestion,
  pointerOf,
  pointers,
  roundOf,
} from '../../domain/journey.ts'
import { emptyLog, gaps, type LearningLog, numbers, writable } from '../../domain/logs/log.ts'
import { questionSet } from '../../domain/logs/questions.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Refused } from '../../domain/refusals.ts'
import { isWithin, type ProgrammeId } from '../../domain/values.ts'
import { keys } from '../../store/documents.ts'
import type { FieldChange, Write } from '../../store/store.ts'
import { asParticipant, homeOf } from '../home/participant-home.ts'
import type { OwnJourney } from '../turn/own-journey.ts'
import { type Outcome, reader, refused, refusedPlainly, showCard, type TurnContext } from '../turn/turn-context.ts'

/** A typed message is an answer for this long after its question was shown. */
const openHours = 12

export type Place = { readonly programme: ProgrammeId; readonly round: number; readonly session: number }

/** The actor's own log of a session, empty before the first answer; undefined when there is no such programme. */
export async function myLog(context: TurnContext, place: Place) {
  const { programme, round, session } = place
  const stored = await context.store.get(keys.log(programme, context.person, round, session))
  if (stored) return { log: stored.doc as LearningLog, stored }
  const of = await context.people.programme(programme)
  return of && { log: emptyLog(of, context.person, round, session), stored: undefined }
}

/** The same for a caller that has the programme at hand; without `etag` before the first answer. */
export async function logIn(context: TurnContext, of: Programme, { round, session }: Omit<Place, 'programme'>) {
  const stored = await context.store.get(keys.log(of.programme, context.person, round, session))
  const log: LearningLog = stored?.doc ?? emptyLog(of, context.person, round, session)
  return { log, etag: stored?.etag }
}

/** Shows one question, the first open one when none is named, and remembers it as the one a typed message answers. */
export function showQuestion(context: TurnContext, place: Place & { readonly question?: number }): Promise<Outcome> {
  return asWriter(context, place, async (owner, log) => {
    const all = numbers(questionSet(log.questionSet))
    const question = place.question ?? gaps(log)[0] ?? all.length
    if (!all.includes(question)) return refusedPlainly(context, { refused: 'noSuchQuestion' }, owner.programme)
    await context.store.commit(owner.journey.doc.pk, [moveOpen(context, place, question)])
    return showCard(drawQuestion(context, owner.journey.doc, place, log, question))
  })
}

/** The log under way, at its first open question; home when there is none to write. */
export function carryOn(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return asParticipant(context, id, async owner => {
    const place = underWay(owner.journey.doc, context.now)
    return place ? showQuestion(context, place) : showCard(await homeOf(context, owner))
  })
}

/** The jump list: every question, answered or not. */
export function showAll(context: TurnContext, place: Place): Promise<Outcome> {
  return asWriter(context, place, async ({ programme, journey }, log) =>
    showCard(questionsCard(reader(context, programme), { ...about(journey.doc, place), log })),
  )
}

/** For a person who may write to this log now; everybody else sees why not. */
async function asWriter(
  context: TurnContext,
  place: Place,
  run: (owner: OwnJourney, log: LearningLog) => Promise<Outcome>,
): Promise<Outcome> {
  return asParticipant(context, place.programme, async owner => {
    const no = writable(owner.journey.doc, place.round, place.session)
    if (no) return refused(no, await homeOf(context, owner, sentence(context, owner, no)))
    return run(owner, (await logIn(context, owner.programme, place)).log)
  })
}

/** The log a word without a name is about: of the open question, else the first one that can be written, Best first. */
export function underWay(journey: Journey, now: string): Place | undefined {
  const round = currentRound(journey)
  const place = { programme: journey.programme, round: round.no }
  const open = openQuestion(journey, now)
  const sessions = [open?.round === round.no ? open.session : undefined, ...pointers.map(pointer => round[pointer])]
  const session = sessions.find(no => no !== undefined && !writable(journey, round.no, no))
  return session === undefined ? undefined : { ...place, session }
}

export function openQuestion(journey: Journey, now: string): OpenQuestion | undefined {
  const { open } = journey
  return open && isWithin(openHours * 3600, open.since, now) ? open : undefined
}

/** Moves the open question (or closes it) in the journey, where its owner may write to that log. */
export function moveOpen(
  context: TurnContext,
  { programme, round, session }: Place,
  next: number | undefined,
  also: FieldChange[] = [],
): Write {
  const open =
    next === undefined ? undefined : ({ round, session, question: next, since: context.now } satisfies OpenQuestion)
  return {
    op: 'patch',
    key: keys.journey(programme, context.person),
    set: [...also, { path: '/open', value: open }],
    where: { name: 'draftOfActiveMember', round, session },
  }
}

export function drawQuestion(
  context: TurnContext,
  journey: Journey,
  place: Place,
  log: LearningLog,
  question: number,
  also: { readonly typed?: string; readonly alert?: Alert; readonly saved?: number } = {},
): RenderedCard {
  return questionCard(reader(context), { ...about(journey, place), log, question, ...also })
}

/** What a card of a log says above everything else. */
export function about(journey: Journey, place: Place) {
  const round = roundOf(journey, place.round)
  const session = sessionOf(journey, place)
  return { programme: place.programme, round: place.round, session, pointer: round && pointerOf(round, place.session) }
}

/** The session a log belongs to; the caller has asked `writable`, or has just written under its condition. */
export function sessionOf(journey: Journey, { round, session }: Omit<Place, 'programme'>): CoachingSession {
  const found = roundOf(journey, round)?.sessions.find(each => each.no === session)
  if (!found) throw new Error('A log was written for a session that is not in its journey.')
  return found
}

export function sentence(context: TurnContext, { programme }: OwnJourney, no: Refused): Alert {
  return { tone: 'attention', text: refusalText(reader(context, programme).language, no.refused, no.detail) }
}
