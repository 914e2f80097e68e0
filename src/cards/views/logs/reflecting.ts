/** Writing a log: one question a card, an answer changed elsewhere, reading it through, and just having submitted it. */
import { type CoachingSession, isReady, type Journey, logFacts, logState, pointerOf } from '../../../domain/journey.ts'
import { answeredCount, answerTo, gaps, type LearningLog, writable } from '../../../domain/logs/log.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { ProgrammeId } from '../../../domain/values.ts'
import { inputId } from '../../actions.ts'
import { momentText } from '../../dates.ts'
import { fieldUnits } from '../../paging.ts'
import { button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { fitting, lines, oneLine, sizeOf } from '../../words.ts'
import { answerPage, pageTurns } from '../answers.ts'
import { noReaderText } from '../membership/new-coach.ts'
import {
  alerts,
  draftText,
  maybe,
  otherChosen,
  pointerName,
  readers,
  sentBack,
  sessionTitle,
  stateText,
  theRound,
} from '../parts.ts'
import { type About, heads, saving } from './writing.ts'

type QuestionInput = About & { readonly typed?: string; readonly alert?: Alert; readonly saved?: number }

export function questionCard(reader: Reader, input: QuestionInput): RenderedCard {
  const { log, question, typed, alert, saved } = input
  const { language } = reader
  const { questions } = questionSet(log.questionSet)
  const answered = answeredCount(log)
  const last = question === questions.length
  const text = typed ?? answerTo(log, question)?.text ?? ''
  const value = fitting(text, fieldUnits)
  const save = saving(input)
  return render('question', reader, {
    ...heads(reader, input),
    alerts: alerts(value === text ? alert : { tone: 'warning', text: say(language, 'question.clipped') }),
    answered,
    of: questions.length,
    saved: maybe(saved !== undefined, { text: say(language, 'question.saved', { question: saved ?? 0 }) }),
    hint: questions[question - 1]?.hint[language] ?? '',
    input: { id: inputId('answer', reader.rendering), value },
    primary: say(language, last ? 'question.saveReview' : 'question.saveNext'),
    next: save(last ? 'review' : 'next'),
    back: maybe(question > 1, { data: save('back') }),
    later: save('later'),
    list: save('list'),
  })
}

export function staleCard(reader: Reader, input: About & { readonly incoming: string }): RenderedCard {
  const { programme, round, session, log, question, incoming } = input
  const { language } = reader
  const keep = say(language, 'stale.keep')
  const at = { programme, round, session: session.no }
  const more = question < questionSet(log.questionSet).questions.length
  return render('stale', reader, {
    ...heads(reader, input),
    saved: lines(answerTo(log, question)?.text ?? ''),
    input: { id: inputId('answer', reader.rendering), value: fitting(incoming, fieldUnits - 8000) },
    replace: saving(input)('next'),
    keep: more
      ? button('question', keep, { ...at, question: question + 1 })
      : button('review', keep, { ...at, page: 1 }),
  })
}

type ReviewInput = {
  readonly programme: ProgrammeId
  readonly journey: Journey
  readonly round: number
  readonly session: CoachingSession
  readonly log: LearningLog
  readonly page: number
  readonly alert?: Alert
}

export function reviewCard(reader: Reader, input: ReviewInput): RenderedCard {
  const { programme, journey, session, log, alert } = input
  const { language } = reader
  const round = theRound(journey, input.round)
  const editable = !writable(journey, round.no, session.no)
  const at = { programme, round: round.no, session: session.no }
  const open = gaps(log)
  const back = sentBack(reader, round, session.no)
  const { items, page, pages } = answerPage(reader, log, input.page, sizeOf(back))
  const facts = logFacts(round, session.no)
  const takeBack =
    journey.active && facts.submittedAt && logState(facts) === 'submitted'
      ? say(language, 'review.submitted', { date: momentText(reader, facts.submittedAt) })
      : undefined
  return render('review', reader, {
    alerts: alerts(alert),
    heading: say(language, 'review.heading', { pointer: pointerName(reader, pointerOf(round, session.no)) }),
    session: sessionTitle(session),
    state: takeBack ?? stateText(reader, facts) ?? draftText(reader, editable, log, facts),
    sentBack: back,
    items: items.map(({ no, question, lines, answered }) => ({
      question,
      lines: answered ? lines : [],
      gap: maybe(!answered, { text: say(language, 'review.notAnswered') }),
      buttons: maybe(
        editable,
        button('question', say(language, answered ? 'common.edit' : 'review.answer'), { ...at, question: no }),
      ),
    })),
    page: maybe(pages > 1, { text: say(language, 'review.page', { page, pages }) }),
    submit: maybe(editable && open.length === 0, { data: press('submit', { ...at, snapshot: facts.snapshot }) }),
    carryOn: maybe(editable && open.length > 0, { data: press('question', { ...at, question: open[0] ?? 1 }) }),
    turns: pageTurns(reader, page, pages, turned => button('review', '', { ...at, page: turned })),
    withdraw: maybe(takeBack !== undefined, { data: press('withdraw', { ...at, snapshot: facts.snapshot }) }),
    home: press('home', { programme }),
  })
}

type SubmittedInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly round: number
  readonly session: number
  /** The log that was submitted. */
  readonly log: Pick<LearningLog, 'questionSet'>
}

export function submittedCard(reader: Reader, input: SubmittedInput): RenderedCard {
  const { programme, journey, session } = input
  const { language } = reader
  const id = programme.programme
  const round = theRound(journey, input.round)
  const ready = isReady(round)
  const other = otherChosen(round, session)
  const who = readers(reader, programme, journey)
  const heading = ready ? (round.oneLog ? 'submitted.headingOneLog' : 'submitted.headingAll') : 'submitted.headingOne'
  const nobody = noReaderText(reader, { programme, journey })
  const told = say(language, 'submitted.told', who)
  const last = questionSet(input.log.questionSet).questions.length
  const first = other
    ? say(language, 'submitted.oneIn', { pointer: pointerName(reader, other.pointer) })
    : say(language, 'submitted.oneInNotChosen')
  const next = other
    ? button('question', say(language, 'submitted.otherLog'), {
        programme: id,
        round: round.no,
        session: other.session,
      })
    : button('chooseForm', say(language, 'submitted.choose'), { programme: id })
  return render('submitted', reader, {
    programme: oneLine(programme.name),
    heading: say(language, heading),
    texts: [
      ...(ready ? (nobody ? [nobody] : [told, say(language, 'submitted.next', { question: last })]) : [first]),
      ...maybe(logState(logFacts(round, session)) === 'submitted', say(language, 'submitted.takeBack')),
    ],
    next: maybe(!ready, next),
    review: press('review', { programme: id, round: round.no, session, page: 1 }),
    home: press('home', { programme: id }),
  })
}
