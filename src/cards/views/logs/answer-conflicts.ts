/** Text that came in a message and cannot simply be saved: answered before, several answers at once, or too late. */
import { answerLimit, answerTo } from '../../../domain/logs/log.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { ProgrammeId } from '../../../domain/values.ts'
import { inputId } from '../../actions.ts'
import { fieldUnits } from '../../paging.ts'
import { press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { list, say, type TextKey } from '../../texts.ts'
import { fitting, lines } from '../../words.ts'
import { alerts, maybe, pointerName, sessionTitle } from '../parts.ts'
import { type About, type AboutLog, heads, saving } from './writing.ts'

/** Typed for a question that has an answer: nothing is changed until its writer says how. */
export function answeredCard(reader: Reader, input: About & { readonly incoming: string }): RenderedCard {
  const { programme, round, session, log, question, incoming } = input
  const save = saving(input)
  const last = questionSet(log.questionSet).questions.length
  return render('answered', reader, {
    ...heads(reader, input),
    alerts: [],
    saved: lines(answerTo(log, question)?.text ?? ''),
    input: { id: inputId('answer', reader.rendering), value: fitting(incoming, fieldUnits - 8000) },
    replace: save('next', 'replace'),
    add: save('next', 'add'),
    keep: press('question', { programme, round, session: session.no, question: Math.min(question + 1, last) }),
  })
}

type PastedInput = AboutLog & {
  readonly pasted: string
  readonly filled: readonly number[]
  readonly kept: readonly number[]
  readonly question?: number
}

/** Several answers in one message: which questions they would fill, and the text to correct before that. */
export function pastedCard(reader: Reader, input: PastedInput): RenderedCard {
  const { programme, pointer, round, session, pasted, filled, kept, question } = input
  const { language } = reader
  const named = (key: TextKey, questions: readonly number[]) =>
    maybe(questions.length > 0, say(language, key, { count: questions.length, list: list(language, runs(questions)) }))
  const value = fitting(pasted, fieldUnits)
  return render('pasted', reader, {
    alerts: clipped(reader, pasted, value),
    pointer: pointerName(reader, pointer),
    session: sessionTitle(session),
    texts: [...named('pasted.fills', filled), ...named('pasted.keeps', kept)],
    input: { id: inputId('pasted', reader.rendering, question === undefined ? undefined : 'answer'), value },
    fill: maybe(filled.length > 0, { data: press('fill', { programme, round, session: session.no }) }),
    whole: whole(reader, input),
    cancel: press('home', { programme }),
  })
}

/** "1–16" for three and more in a row. */
function runs(questions: readonly number[]): readonly string[] {
  const found: number[][] = []
  for (const no of questions) {
    const run = found.at(-1)
    if (run?.at(-1) === no - 1) run.push(no)
    else found.push([no])
  }
  return found.flatMap(run => (run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run.map(String)))
}

/** Taking it all as the one answer, where it is short enough to be one. */
function whole({ language }: Reader, { pasted, question, ...about }: PastedInput) {
  if (question === undefined || pasted.length > answerLimit) return []
  const key = answerTo(about.log, question) ? 'pasted.replaceAll' : 'pasted.saveAll'
  return [{ title: say(language, key, { question }), data: saving({ ...about, question })('next') }]
}

type KeepsakeInput = {
  readonly alert: Alert
  readonly text: string
  readonly programme?: ProgrammeId
  /** The question's wording, when it was an answer to one. */
  readonly question?: string
}

/** What was written comes back to be copied, with the reason why it could not be saved. */
export function keepsakeCard(reader: Reader, { alert, text, programme, question }: KeepsakeInput): RenderedCard {
  const value = fitting(text, fieldUnits)
  return render('keepsake', reader, {
    alerts: [...alerts(alert), ...clipped(reader, text, value)],
    question: maybe(question !== undefined, question ?? ''),
    input: { id: inputId('text', reader.rendering), value },
    home: press('home', programme === undefined ? {} : { programme }),
  })
}

function clipped({ language }: Reader, text: string, value: string) {
  return alerts(value === text ? undefined : { tone: 'warning', text: say(language, 'question.clipped') })
}
