/**
 * Reflecting: one question a card, every button saves what is typed. Saving costs two requests: one read of the log, one
 * conditional batch (log by its version, the journey's count where the member is active and the log a draft, marker).
 */
import type { ActionData } from '../cards/actions.ts'
import type { Alert } from '../cards/reader.ts'
import type { RenderedCard } from '../cards/render.ts'
import { refusalText, say } from '../cards/texts.ts'
import { questionCard, reviewCard, staleCard } from '../cards/views/reflecting.ts'
import { type CoachingSession, type Journey, type OpenQuestion, pointerOf, roundOf } from '../domain/journey.ts'
import { answer, answeredCount, answerTo, emptyLog, gaps, type LearningLog, numbers, writable } from '../domain/log.ts'
import { questionSet } from '../domain/questions.ts'
import type { Refused } from '../domain/refusals.ts'
import type { ProgrammeId } from '../domain/values.ts'
import { type DocumentOf, document, keys } from '../store/documents.ts'
import type { FieldChange, Write } from '../store/store.ts'
import { type Attempt, keep } from './keep.ts'
import { asParticipant, homeOf, journeyIn, type Mine, mine } from './membership.ts'
import { done, neutral, type Outcome, reader, refused, refusedPlainly, type Scope } from './scope.ts'

/** A typed message is an answer for this long after its question was shown. */
const openHours = 12

type Place = { readonly programme: ProgrammeId; readonly round: number; readonly session: number }

/** The actor's own log of a session, empty before the first answer. */
export async function myLog(scope: Scope, { programme, round, session }: Place) {
  const stored = await scope.store.get(keys.log(programme, scope.person, round, session))
  if (stored) return { log: stored.doc as LearningLog, stored }
  const of = await scope.people.programme(programme, scope.now)
  return of && { log: emptyLog(of, scope.person, round, session), stored: undefined }
}

/** Shows one question and remembers it as the one that a typed message answers. */
export function showQuestion(scope: Scope, place: Place & { question?: number }, alert?: Alert): Promise<Outcome> {
  return asParticipant(scope, place.programme, async found => {
    const no = writable(found.journey.doc, place.round, place.session)
    if (no) return refused(no, await homeOf(scope, found, sentence(scope, found, no)))
    const mineLog = await myLog(scope, place)
    if (!mineLog) return neutral(scope)
    const { log } = mineLog
    const question = place.question ?? gaps(log)[0] ?? numbers(questionSet(log.questionSet)).length
    if (!numbers(questionSet(log.questionSet)).includes(question))
      return refusedPlainly(scope, { refused: 'noSuchQuestion' })
    await scope.store.commit(found.journey.doc.pk, [moveOpen(scope, place, question)])
    return done(drawQuestion(scope, found.journey.doc, place, log, question, { alert }))
  })
}

/** The first open question of the log under way: Best first, then Most Challenging. */
export function carryOn(scope: Scope, id: ProgrammeId | undefined): Promise<Outcome> {
  return asParticipant(scope, id, async found => {
    const { doc } = found.journey
    const round = doc.rounds.at(-1)
    const session =
      round && [round.best, round.mostChallenging].find(no => no !== undefined && !writable(doc, round.no, no))
    if (!round || session === undefined) return done(await homeOf(scope, found))
    return showQuestion(scope, { programme: doc.programme, round: round.no, session })
  })
}

/** A button of a question card: saves what is typed, then goes where the button says. */
export function answerIt(scope: Scope, data: ActionData<'answer'>): Promise<Outcome> {
  return keep(scope, data.programme, async () => {
    const found = await myLog(scope, data)
    // Going elsewhere with nothing typed is not an attempt to answer; it never empties what was saved.
    if (found && data.go !== 'next' && data.answer.trim() === '') return going(scope, data, found.log)
    return found ? saving(scope, data, found) : neutral(scope)
  })
}

/** A message typed while a question is open is the answer to it, exactly as typed. */
export function answerByTyping(scope: Scope, owner: Mine, open: OpenQuestion, text: string): Promise<Outcome> {
  const place = { programme: owner.programme.programme, round: open.round, session: open.session }
  return keep(scope, place.programme, async () => {
    const found = await myLog(scope, place)
    if (!found) return neutral(scope)
    const before = answerTo(found.log, open.question)
    if (before && before.text !== text) {
      const alert = {
        tone: 'attention',
        text: say(reader(scope, owner.programme).language, 'question.alreadyAnswered'),
      } as const
      return done(drawQuestion(scope, owner.journey.doc, place, found.log, open.question, { typed: text, alert }))
    }
    return saving(scope, { ...place, question: open.question, rev: before?.rev ?? 0, go: 'next', answer: text }, found)
  })
}

type Found = NonNullable<Awaited<ReturnType<typeof myLog>>>

async function saving(scope: Scope, data: ActionData<'answer'>, { log, stored }: Found): Promise<Attempt> {
  const decided = answer(log, data.question, data.answer, data.rev, scope.now)
  if (decided.refused || decided.stale) {
    return asWriter(scope, data, owner => {
      const { doc } = owner.journey
      if (decided.stale) {
        const card = { ...about(doc, data), log, question: data.question, incoming: data.answer }
        return done(staleCard(reader(scope, owner.programme), card))
      }
      const also = { typed: data.answer, alert: sentence(scope, owner, decided) }
      return refused(decided, drawQuestion(scope, doc, data, log, data.question, also))
    })
  }
  if (!decided.changed) return going(scope, data, log)
  const next = nextQuestion(data, log)
  const at = keys.log(log.programme, log.person, log.round, log.session)
  const doc = document(at, decided.log)
  return {
    writes: [
      stored ? { op: 'put', doc, etag: stored.etag } : { op: 'create', doc },
      count(scope, data, decided.log, next),
    ],
    card: docs => drawNext(scope, data, journeyIn(docs).doc, decided.log, next, data.question),
    otherwise: () => refusedAfterAll(scope, data),
  }
}

/** Nothing to save: only the open question moves, and not even that when it has moved already. */
async function going(scope: Scope, data: ActionData<'answer'>, log: LearningLog): Promise<Attempt> {
  const owner = await mine(scope, data.programme)
  if (!owner) return neutral(scope)
  const { doc } = owner.journey
  const no = writable(doc, data.round, data.session)
  if (no) return refused(no, await homeOf(scope, owner, sentence(scope, owner, no)))
  const next = nextQuestion(data, log)
  if (doc.open?.question === next && (!doc.open || doc.open.session === data.session)) {
    return done(await drawNext(scope, data, doc, log, next))
  }
  return {
    writes: [moveOpen(scope, data, next)],
    card: docs => drawNext(scope, data, journeyIn(docs).doc, log, next),
    otherwise: () => refusedAfterAll(scope, data),
  }
}

export function openQuestion(journey: Journey, now: string): OpenQuestion | undefined {
  const { open } = journey
  return open && Date.parse(now) - Date.parse(open.since) < openHours * 3_600_000 ? open : undefined
}

function nextQuestion({ go, question }: ActionData<'answer'>, log: LearningLog): number | undefined {
  if (go === 'back') return Math.max(1, question - 1)
  if (go === 'next' && question < questionSet(log.questionSet).questions.length) return question + 1
  return undefined
}

/** The journey's part of a save: the count, and which question is open now. Holds only for a draft of an active member. */
function count(scope: Scope, place: Place, log: LearningLog, next: number | undefined): Write {
  const path = `/rounds/${place.round - 1}/logs/${place.session}/answered`
  return moveOpen(scope, place, next, [{ path, value: answeredCount(log) }])
}

function moveOpen(
  scope: Scope,
  { programme, round, session }: Place,
  next: number | undefined,
  also: FieldChange[] = [],
): Write {
  const open =
    next === undefined ? undefined : ({ round, session, question: next, since: scope.now } satisfies OpenQuestion)
  return {
    op: 'patch',
    key: keys.journey(programme, scope.person),
    set: [...also, { path: '/open', value: open }],
    where: { name: 'draftOfActiveMember', round, session },
  }
}

async function drawNext(
  scope: Scope,
  data: ActionData<'answer'>,
  journey: DocumentOf<'journey'>,
  log: LearningLog,
  next: number | undefined,
  saved?: number,
): Promise<RenderedCard> {
  if (next !== undefined) return drawQuestion(scope, journey, data, log, next, { saved })
  const programme = await scope.people.programme(data.programme, scope.now)
  if (!programme) throw new Error('A programme vanished while one of its logs was being written.')
  const to = reader(scope, programme)
  if (data.go === 'later') {
    const said = { tone: 'good', text: say(to.language, 'home.later') } as const
    return homeOf(scope, { programme, journey: { doc: journey, etag: '' } }, said)
  }
  return reviewCard(to, {
    programme: data.programme,
    journey,
    round: data.round,
    session: sessionOf(journey, data),
    log,
    page: 1,
  })
}

/** The conditional save did not hold: the reason, on the question with the text kept, or on home. */
async function refusedAfterAll(scope: Scope, data: ActionData<'answer'>): Promise<Outcome> {
  const owner = await mine(scope, data.programme)
  if (!owner) return neutral(scope)
  const no = writable(owner.journey.doc, data.round, data.session) ?? { refused: 'notActive' }
  return refused(no, await homeOf(scope, owner, sentence(scope, owner, no)))
}

function sentence(scope: Scope, { programme }: Mine, no: Refused): Alert {
  return { tone: 'attention', text: refusalText(reader(scope, programme).language, no.refused, no.detail) }
}

/** A refused save reads the journey to draw its card anew; a good one gets it from the batch. */
async function asWriter(scope: Scope, place: Place, run: (owner: Mine) => Outcome): Promise<Outcome> {
  const owner = await mine(scope, place.programme)
  if (!owner) return neutral(scope)
  const no = writable(owner.journey.doc, place.round, place.session)
  return no ? refused(no, await homeOf(scope, owner, sentence(scope, owner, no))) : run(owner)
}

function drawQuestion(
  scope: Scope,
  journey: Journey,
  place: Place,
  log: LearningLog,
  question: number,
  also: { typed?: string; alert?: Alert; saved?: number },
): RenderedCard {
  return questionCard(reader(scope), { ...about(journey, place), log, question, ...also })
}

function about(journey: Journey, place: Place) {
  const round = roundOf(journey, place.round)
  const session = sessionOf(journey, place)
  return { programme: place.programme, round: place.round, session, pointer: round && pointerOf(round, place.session) }
}

/** The session a log belongs to; the caller has asked `writable` or has just written under its condition. */
export function sessionOf(journey: Journey, { round, session }: Place): CoachingSession {
  const found = roundOf(journey, round)?.sessions.find(each => each.no === session)
  if (!found) throw new Error('A log was written for a session that is not in its journey.')
  return found
}
