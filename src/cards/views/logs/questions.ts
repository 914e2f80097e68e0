/** All questions of a log at a glance: which are answered, and a way to each. */
import { answeredCount, answerTo } from '../../../domain/logs/log.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import { press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { alerts, numbered, pointerName, sessionTitle } from '../parts.ts'
import type { AboutLog } from './writing.ts'

export function questionsCard(reader: Reader, input: AboutLog & { readonly alert?: Alert }): RenderedCard {
  const { programme, pointer, round, session, log, alert } = input
  const { language } = reader
  const { questions } = questionSet(log.questionSet)
  const answered = answeredCount(log)
  const at = { programme, round, session: session.no }
  return render('questions', reader, {
    alerts: alerts(alert),
    pointer: pointerName(reader, pointer),
    session: sessionTitle(session),
    count: say(language, 'questions.count', { answered, questions: questions.length }),
    answered,
    of: questions.length,
    rows: questions.map((each, index) => {
      const question = numbered(index + 1, each[language])
      const done = answerTo(log, index + 1) !== undefined
      return {
        mark: done ? '✓' : '○',
        colour: done ? 'Good' : 'Default',
        question,
        title: say(language, done ? 'questions.answered' : 'questions.open', { question }),
        data: press('question', { ...at, question: index + 1 }),
      }
    }),
    review: press('review', { ...at, page: 1 }),
    home: press('home', { programme }),
  })
}
