/** Question sets. They are versioned: a log keeps the set it was started with. */

import type { Language } from '../values.ts'
import { leadershipLearningLog1 } from './question-sets/leadership-learning-log-1.ts'

/** Fixed wording, and a hint in the bot's own words. */
export type Question = Readonly<Record<Language, string>> & { readonly hint: Readonly<Record<Language, string>> }

export type QuestionSet = {
  readonly id: string
  readonly questions: readonly Question[]
}

const sets = [leadershipLearningLog1] as const satisfies readonly QuestionSet[]

export type QuestionSetId = (typeof sets)[number]['id']

export const currentQuestionSet: QuestionSetId = leadershipLearningLog1.id

/** The set with this id. A set is never deleted, so an unknown id is a broken document and throws. */
export function questionSet(id: string): QuestionSet {
  const found = sets.find(set => set.id === id)
  if (!found) throw new Error(`Question set ${id} is not known to this version; deploy the version that knows it.`)
  return found
}

/** Question numbers run from 1, as on paper. */
export function isQuestion(set: QuestionSet, no: number): boolean {
  return Number.isInteger(no) && no >= 1 && no <= set.questions.length
}
