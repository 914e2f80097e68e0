/** What every card has on which a log is written: which log, which question, and the data that saves an answer. */
import type { CoachingSession, Pointer } from '../../../domain/journey.ts'
import { answeredCount, answerTo, type LearningLog } from '../../../domain/logs/log.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { ProgrammeId } from '../../../domain/values.ts'
import { type ActionInput, press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { say } from '../../texts.ts'
import { pointerName, sessionTitle } from '../parts.ts'

/** The log that is being written. */
export type AboutLog = {
  readonly programme: ProgrammeId
  readonly pointer: Pointer | undefined
  readonly round: number
  readonly session: CoachingSession
  readonly log: LearningLog
}

export type About = AboutLog & { readonly question: number }

export function heads(reader: Reader, { pointer, session, log, question }: About) {
  const { questions } = questionSet(log.questionSet)
  const answered = answeredCount(log)
  return {
    pointer: pointerName(reader, pointer),
    session: sessionTitle(session),
    progress: say(reader.language, 'question.progress', { question, questions: questions.length, answered }),
    question: questions[question - 1]?.[reader.language] ?? '',
  }
}

type Saving = ActionInput<'answer'>

/** The button data that saves what is in the field, on top of the revision this card shows, and then goes on. */
export function saving({ programme, round, session, log, question }: About) {
  const rev = answerTo(log, question)?.rev ?? 0
  return (go: Saving['go'], how?: Saving['how']) =>
    press('answer', { programme, round, session: session.no, question, rev, go, ...(how ? { how } : {}) })
}
