/**
 * Saving answers. A first answer to a question is one request: a conditional batch (the answer where there is none, the
 * journey's count where the member is active and the log a draft, the marker). Any other is two: one read of the log, and
 * that batch with the log by its version. The next card is drawn from what the batch returns.
 */
import type { ActionData } from '../cards/actions.ts'
import type { RenderedCard } from '../cards/render.ts'
import { list, say } from '../cards/texts.ts'
import { answeredCard, keepsakeCard, pastedCard } from '../cards/views/given.ts'
import { questionsCard } from '../cards/views/questions.ts'
import { reviewCard, staleCard } from '../cards/views/reflecting.ts'
import type { Journey, OpenQuestion } from '../domain/journey.ts'
import {
  answer,
  answeredCount,
  answerTo,
  emptyLog,
  fill,
  firstAnswer,
  type LearningLog,
  writable,
} from '../domain/log.ts'
import { currentQuestionSet, type QuestionSet, questionSet } from '../domain/questions.ts'
import type { Refused } from '../domain/refusals.ts'
import { document, keys } from '../store/documents.ts'
import type { Write } from '../store/store.ts'
import { type Attempt, type Intent, keep } from './keep.ts'
import { homeOf, journeyIn, type Mine, mine } from './membership.ts'
import { pastedAnswers } from './pasted.ts'
import { about, drawQuestion, moveOpen, myLog, openQuestion, type Place, sentence, sessionOf } from './reflecting.ts'
import { done, neutral, type Outcome, reader, refused, type Scope } from './scope.ts'

/** The same text typed again so soon may be the platform's repeat of the message, under whatever id. */
const sameAgainMs = 60_000

type Found = NonNullable<Awaited<ReturnType<typeof myLog>>>
type Answering = ActionData<'answer'>

/** A button of a question card: saves what is typed, then goes where the button says. */
export function answerIt(scope: Scope, data: Answering): Promise<Outcome> {
  let looking = false
  return keep(scope, data.programme, async () => {
    const first = looking ? undefined : await unread(scope, data)
    looking = true
    return first ?? looked(scope, data)
  })
}

/**
 * What its card shows as unanswered needs no look at the log: the batch holds only where it is so, and returns the log. The
 * first question's answer makes the log, which is hardly ever there yet. Undefined where something else is to be said.
 */
async function unread(scope: Scope, data: Answering): Promise<Attempt | undefined> {
  const { question, rev, answer: text, programme, round, session } = data
  if (rev > 0) return undefined
  const set = questionSet(currentQuestionSet)
  const decided = firstAnswer(set, question, text, scope.now)
  if (decided.refused) return undefined
  const answers = { [question]: decided.answer }
  const next = nextQuestion(data, set)
  const key = keys.log(programme, scope.person, round, session)
  const where = { name: 'unanswered', questionSet: currentQuestionSet, question } as const
  let write: Write = { op: 'patch', key, set: [{ path: `/answers/${question}`, value: decided.answer }], where }
  if (question === 1) {
    const of = await scope.people.programme(programme, scope.now)
    if (of?.questionSet !== currentQuestionSet) return undefined
    write = { op: 'create', doc: document(key, { ...emptyLog(of, scope.person, round, session), answers }) }
  }
  return {
    writes: [write, count(scope, data, { by: 1 }, next)],
    card: docs => drawNext(scope, data, journeyIn(docs).doc, written(docs), next, question),
  }
}

async function looked(scope: Scope, data: Answering): Promise<Attempt> {
  const found = await myLog(scope, data)
  if (!found) return neutral(scope)
  // Going elsewhere with nothing typed is not an attempt to answer; it never empties what was saved.
  return data.go !== 'next' && data.answer.trim() === '' ? going(scope, data, found.log) : saving(scope, data, found)
}

/** A message typed while a question is open is the answer to it, exactly as typed. */
export function answerByTyping(scope: Scope, owner: Mine, open: OpenQuestion, text: string): Promise<Outcome> {
  const place = { programme: owner.programme.programme, round: open.round, session: open.session }
  return keep(scope, place.programme, async () => {
    const found = await myLog(scope, place)
    if (!found) return neutral(scope)
    const { log } = found
    const { doc } = owner.journey
    const before = answerTo(log, open.question)
    const data: Answering = {
      ...place,
      question: open.question,
      rev: before?.rev ?? 0,
      go: 'next',
      how: 'replace',
      answer: text,
    }
    if (writable(doc, place.round, place.session) || !text.trim()) return saving(scope, data, found)
    const again = justSaved(log, text, scope.now)
    if (before && before.text !== text) {
      // The message that was just saved, delivered once more: nothing new was said.
      if (again !== undefined)
        return { ...done(drawQuestion(scope, doc, place, log, open.question)), outcome: 'repeated' }
      return done(answeredCard(reader(scope), { ...about(doc, place), log, question: open.question, incoming: text }))
    }
    if (again === undefined || again === open.question) return saving(scope, data, found)
    const { language } = reader(scope)
    const alert = { tone: 'attention', text: say(language, 'typing.sameAgain', { question: again }) } as const
    return { ...done(drawQuestion(scope, doc, place, log, open.question, { typed: text, alert })), outcome: 'repeated' }
  })
}

/** Offers to fill the questions of a pasted log; `question` is the open one, when there is one. */
export async function offerToFill(
  scope: Scope,
  owner: Mine,
  place: Place,
  pasted: string,
  question?: number,
): Promise<Outcome> {
  const found = await myLog(scope, place)
  if (!found) return neutral(scope)
  const { log } = found
  const { doc } = owner.journey
  const decided = fill(log, pastedAnswers(pasted, log.questionSet), scope.now)
  if (decided.refused) return givenBack(scope, owner, decided, pasted)
  const { filled, kept } = decided
  return done(pastedCard(reader(scope), { ...about(doc, place), log, pasted, filled, kept, question }))
}

/** Fills what is still empty from a pasted text, and says what was filled and what stayed. */
export function fillIt(scope: Scope, data: ActionData<'fill'>): Promise<Outcome> {
  return keep(scope, data.programme, async () => {
    const found = await myLog(scope, data)
    if (!found) return neutral(scope)
    const decided = fill(found.log, pastedAnswers(data.pasted, found.log.questionSet), scope.now)
    if (decided.refused) return refusedAfterAll(scope, data, data.pasted, decided)
    const { log, filled, kept } = decided
    const draw = async (journey: Journey) => {
      const { language } = reader(scope)
      const named = (questions: readonly number[]) => list(language, questions.map(String))
      const text = say(language, 'fill.done', {
        count: filled.length,
        filled: named(filled),
        keptCount: kept.length,
        kept: named(kept),
      })
      const card = { ...about(journey, data), journey, log, page: 1, alert: { tone: 'good', text } as const }
      return reviewCard(reader(scope), card)
    }
    if (filled.length === 0) {
      const owner = await mine(scope, data.programme)
      const no = owner ? writable(owner.journey.doc, data.round, data.session) : undefined
      if (!owner || no) return refusedAfterAll(scope, data, data.pasted, no)
      return done(await draw(owner.journey.doc))
    }
    return {
      writes: [put(log, found), count(scope, data, { value: answeredCount(log) }, undefined)],
      card: docs => draw(journeyIn(docs).doc),
      otherwise: () => refusedAfterAll(scope, data, data.pasted),
    }
  })
}

async function saving(scope: Scope, data: Answering, found: Found): Promise<Attempt> {
  const decided = answer(found.log, data.question, data.answer, data.rev, scope.now, data.how)
  if (decided.refused || decided.stale) {
    const owner = await mine(scope, data.programme)
    if (!owner) return neutral(scope)
    const { doc } = owner.journey
    const no = writable(doc, data.round, data.session)
    if (no) return givenBack(scope, owner, no, data.answer, data.question, found.log)
    const card = { ...about(doc, data), log: found.log, question: data.question }
    if (decided.stale) return done(staleCard(reader(scope, owner.programme), { ...card, incoming: data.answer }))
    // An empty field gives back what is saved; a text that cannot be saved stays in the field.
    const also = { typed: data.answer.trim() ? data.answer : undefined, alert: sentence(scope, owner, decided) }
    return refused(decided, drawQuestion(scope, doc, data, found.log, data.question, also))
  }
  if (!decided.changed) return going(scope, data, found.log)
  const { log } = decided
  const next = nextQuestion(data, questionSet(log.questionSet))
  return {
    writes: [put(log, found), count(scope, data, { value: answeredCount(log) }, next)],
    card: docs => drawNext(scope, data, journeyIn(docs).doc, log, next, data.question),
    otherwise: () => refusedAfterAll(scope, data, data.answer),
  }
}

/** Nothing to save: only the open question moves, and not even that when it has moved already. */
async function going(scope: Scope, data: Answering, log: LearningLog): Promise<Attempt> {
  const owner = await mine(scope, data.programme)
  if (!owner) return neutral(scope)
  const { doc } = owner.journey
  const no = writable(doc, data.round, data.session)
  if (no) return givenBack(scope, owner, no, data.answer, data.question, log)
  const next = nextQuestion(data, questionSet(log.questionSet))
  const open = openQuestion(doc, scope.now)
  const there = open?.round === data.round && open.session === data.session
  if (open ? there && open.question === next : next === undefined) {
    return done(await drawNext(scope, data, doc, log, next))
  }
  return {
    writes: [moveOpen(scope, data, next)],
    card: docs => drawNext(scope, data, journeyIn(docs).doc, log, next),
    otherwise: () => refusedAfterAll(scope, data, data.answer),
  }
}

function nextQuestion({ go, question }: Answering, { questions }: QuestionSet): number | undefined {
  if (go === 'back') return Math.max(1, question - 1)
  if (go === 'next' && question < questions.length) return question + 1
  return undefined
}

/** The question that was given exactly this text a moment ago, if any. */
function justSaved(log: LearningLog, text: string, now: string): number | undefined {
  const found = Object.entries(log.answers).find(
    ([, saved]) => saved.text === text && Date.parse(now) - Date.parse(saved.at) < sameAgainMs,
  )
  return found && Number(found[0])
}

function put(log: LearningLog, { stored }: Found): Write {
  const doc = document(keys.log(log.programme, log.person, log.round, log.session), log)
  return stored ? { op: 'put', doc, etag: stored.etag } : { op: 'create', doc }
}

function written(docs: Parameters<Intent['card']>[0]): LearningLog {
  for (const stored of docs) if (stored?.doc.type === 'log') return stored.doc
  throw new Error('This batch wrote no log.')
}

/** The journey's part of a save: the count, the date, and which question is open now. */
function count(
  scope: Scope,
  place: Place,
  answered: { readonly value: number } | { readonly by: number },
  next: number | undefined,
): Write {
  const facts = `/rounds/${place.round - 1}/logs/${place.session}`
  return moveOpen(scope, place, next, [
    { path: `${facts}/answered`, ...answered },
    { path: `${facts}/savedAt`, value: scope.now },
  ])
}

async function drawNext(
  scope: Scope,
  data: Answering,
  journey: Mine['journey']['doc'],
  log: LearningLog,
  next: number | undefined,
  saved?: number,
): Promise<RenderedCard> {
  if (next !== undefined) return drawQuestion(scope, journey, data, log, next, { saved })
  const to = reader(scope)
  if (data.go === 'list') return questionsCard(to, { ...about(journey, data), log })
  if (data.go === 'later') {
    const programme = await scope.people.programme(data.programme, scope.now)
    if (!programme) throw new Error('A programme vanished while one of its logs was being written.')
    const said = { tone: 'good', text: say(to.language, 'home.later') } as const
    return homeOf(scope, { programme, journey: { doc: journey } }, said)
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

/** The conditional save did not hold: why, from the state as it is, and the text given back. */
async function refusedAfterAll(scope: Scope, place: Place, text: string, because?: Refused): Promise<Outcome> {
  const owner = await mine(scope, place.programme)
  if (!owner) return neutral(scope)
  const no = because ?? writable(owner.journey.doc, place.round, place.session) ?? { refused: 'notActive' }
  return givenBack(scope, owner, no, text)
}

/** What cannot be saved any more is given back with the reason, so that it can be copied; without a text, home. */
async function givenBack(
  scope: Scope,
  owner: Mine,
  no: Refused,
  text: string,
  question?: number,
  log?: LearningLog,
): Promise<Outcome> {
  const alert = sentence(scope, owner, no)
  if (!text.trim()) return refused(no, await homeOf(scope, owner, alert))
  const to = reader(scope, owner.programme)
  const heading = log && question ? questionSet(log.questionSet).questions[question - 1]?.[to.language] : undefined
  return refused(no, keepsakeCard(to, { alert, text, programme: owner.programme.programme, question: heading }))
}
