/**
 * Saving answers. A first answer to a question is one request: a conditional batch (the answer where there is none, the
 * journey's count where the member is active and the log a draft, the marker). Any other is two: one read of the log, and
 * that batch with the log by its version. The next card is drawn from what the batch returns.
 */
import type { ActionData } from '../../cards/actions.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { say } from '../../cards/texts.ts'
import { answeredCard } from '../../cards/views/logs/answer-conflicts.ts'
import { questionsCard } from '../../cards/views/logs/questions.ts'
import { reviewCard, staleCard } from '../../cards/views/logs/reflecting.ts'
import type { OpenQuestion } from '../../domain/journey.ts'
import {
  type Answer,
  answer,
  answeredCount,
  answerTo,
  emptyLog,
  firstAnswer,
  type LearningLog,
  writable,
} from '../../domain/logs/log.ts'
import { currentQuestionSet, type QuestionSet, questionSet } from '../../domain/logs/questions.ts'
import { isWithin } from '../../domain/values.ts'
import { document, keys } from '../../store/documents.ts'
import type { Write } from '../../store/store.ts'
import { homeOf } from '../home/participant-home.ts'
import { commitDecision, type Decision } from '../turn/commit-decision.ts'
import { journeyIn, loadOwnJourney, type OwnJourney, writtenIn } from '../turn/own-journey.ts'
import { denied, type Outcome, reader, refused, showCard, type TurnContext } from '../turn/turn-context.ts'
import { count, type Found, put, refusedAfterAll, returnText } from './log-saving.ts'
import { about, drawQuestion, moveOpen, myLog, openQuestion, sentence, sessionOf } from './reflecting.ts'

/** The same text typed again so soon may be the platform's repeat of the message, under whatever id. */
const sameAgainSeconds = 60

type Answering = ActionData<'answer'>

/** A button of a question card: saves what is typed, then goes where the button says. */
export function saveAnswer(context: TurnContext, data: Answering): Promise<Outcome> {
  let looking = false
  return commitDecision(context, data.programme, async () => {
    const first = looking ? undefined : await unread(context, data)
    looking = true
    return first ?? looked(context, data)
  })
}

/**
 * What its card shows as unanswered needs no look at the log: the batch holds only where it is so, and returns the log. The
 * first question's answer makes the log, which is hardly ever there yet. Undefined where something else is to be said.
 */
async function unread(context: TurnContext, data: Answering): Promise<Decision | undefined> {
  const { question, rev, answer: text } = data
  if (rev > 0) return undefined
  const set = questionSet(currentQuestionSet)
  const decided = firstAnswer(set, question, text, context.now)
  if (decided.refused) return undefined
  const write = await firstWrite(context, data, decided.answer)
  if (!write) return undefined
  const next = nextQuestion(data, set)
  return {
    writes: [write, count(context, data, { by: 1 }, next)],
    card: docs => drawNext(context, data, journeyIn(docs).doc, writtenIn(docs, 'log').doc, next, question),
  }
}

/** Undefined where the log would be of another question set than today's, or of no programme. */
async function firstWrite(context: TurnContext, data: Answering, first: Answer): Promise<Write | undefined> {
  const { question, programme, round, session } = data
  const key = keys.log(programme, context.person, round, session)
  if (question > 1) {
    const where = { name: 'unanswered', questionSet: currentQuestionSet, question } as const
    return { op: 'patch', key, set: [{ path: `/answers/${question}`, value: first }], where }
  }
  const of = await context.people.programme(programme)
  if (of?.questionSet !== currentQuestionSet) return undefined
  return {
    op: 'create',
    doc: document(key, { ...emptyLog(of, context.person, round, session), answers: { 1: first } }),
  }
}

async function looked(context: TurnContext, data: Answering): Promise<Decision> {
  const found = await myLog(context, data)
  if (!found) return denied(context)
  // Going elsewhere with nothing typed is not an attempt to answer; it never empties what was saved.
  return data.go !== 'next' && data.answer.trim() === ''
    ? going(context, data, found.log)
    : saving(context, data, found)
}

/** A message typed while a question is open is the answer to it, exactly as typed. */
export function answerByTyping(
  context: TurnContext,
  owner: OwnJourney,
  open: OpenQuestion,
  text: string,
): Promise<Outcome> {
  const place = { programme: owner.programme.programme, round: open.round, session: open.session }
  return commitDecision(context, place.programme, async () => {
    const found = await myLog(context, place)
    if (!found) return denied(context)
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
    if (writable(doc, place.round, place.session) || !text.trim()) return saving(context, data, found)
    const again = justSaved(log, text, context.now)
    if (before && before.text !== text) {
      // The message that was just saved, delivered once more: nothing new was said.
      if (again !== undefined)
        return { ...showCard(drawQuestion(context, doc, place, log, open.question)), outcome: 'repeated' }
      return showCard(
        answeredCard(reader(context), { ...about(doc, place), log, question: open.question, incoming: text }),
      )
    }
    if (again === undefined || again === open.question) return saving(context, data, found)
    const { language } = reader(context)
    const alert = { tone: 'attention', text: say(language, 'typing.sameAgain', { question: again }) } as const
    return {
      ...showCard(drawQuestion(context, doc, place, log, open.question, { typed: text, alert })),
      outcome: 'repeated',
    }
  })
}

async function saving(context: TurnContext, data: Answering, found: Found): Promise<Decision> {
  const decided = answer(found.log, data.question, data.answer, data.rev, context.now, data.how)
  if (decided.refused || decided.stale) {
    const owner = await loadOwnJourney(context, data.programme)
    if (!owner) return denied(context)
    const { doc } = owner.journey
    const no = writable(doc, data.round, data.session)
    if (no) return returnText(context, owner, no, data.answer, data.question, found.log)
    const card = { ...about(doc, data), log: found.log, question: data.question }
    if (decided.stale) return showCard(staleCard(reader(context, owner.programme), { ...card, incoming: data.answer }))
    // An empty field gives back what is saved; a text that cannot be saved stays in the field.
    const also = { typed: data.answer.trim() ? data.answer : undefined, alert: sentence(context, owner, decided) }
    return refused(decided, drawQuestion(context, doc, data, found.log, data.question, also))
  }
  if (!decided.changed) return going(context, data, found.log)
  const { log } = decided
  const next = nextQuestion(data, questionSet(log.questionSet))
  return {
    writes: [put(log, found), count(context, data, { value: answeredCount(log) }, next)],
    card: docs => drawNext(context, data, journeyIn(docs).doc, log, next, data.question),
    otherwise: () => refusedAfterAll(context, data, data.answer),
  }
}

/** Nothing to save: only the open question moves, and not even that when it has moved already. */
async function going(context: TurnContext, data: Answering, log: LearningLog): Promise<Decision> {
  const owner = await loadOwnJourney(context, data.programme)
  if (!owner) return denied(context)
  const { doc } = owner.journey
  const no = writable(doc, data.round, data.session)
  if (no) return returnText(context, owner, no, data.answer, data.question, log)
  const next = nextQuestion(data, questionSet(log.questionSet))
  const open = openQuestion(doc, context.now)
  const there = open?.round === data.round && open.session === data.session
  if (open ? there && open.question === next : next === undefined) {
    return showCard(await drawNext(context, data, doc, log, next))
  }
  return {
    writes: [moveOpen(context, data, next)],
    card: docs => drawNext(context, data, journeyIn(docs).doc, log, next),
    otherwise: () => refusedAfterAll(context, data, data.answer),
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
    ([, saved]) => saved.text === text && isWithin(sameAgainSeconds, saved.at, now),
  )
  return found && Number(found[0])
}

async function drawNext(
  context: TurnContext,
  data: Answering,
  journey: OwnJourney['journey']['doc'],
  log: LearningLog,
  next: number | undefined,
  saved?: number,
): Promise<RenderedCard> {
  if (next !== undefined) return drawQuestion(context, journey, data, log, next, { saved })
  const to = reader(context)
  if (data.go === 'list') return questionsCard(to, { ...about(journey, data), log })
  if (data.go === 'later') {
    const programme = await context.people.programme(data.programme)
    if (!programme) throw new Error('A programme vanished while one of its logs was being written.')
    const said = { tone: 'good', text: say(to.language, 'home.later') } as const
    return homeOf(context, { programme, journey: { doc: journey } }, said)
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
