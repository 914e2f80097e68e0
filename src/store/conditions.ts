/**
 * The closed set of conditions under which a patch may be written. Each says the same twice: as the text Cosmos DB
 * evaluates and as the predicate an embedded engine applies inside its transaction. The contract suite compares them.
 */
import { isUnanswered, writable } from '../domain/logs/log.ts'
import type { QuestionSetId } from '../domain/logs/questions.ts'
import type { Document } from './documents.ts'
import { StoreMisuse } from './errors.ts'

export type Condition =
  /** Of a journey: its owner may write to that log. */
  | { readonly name: 'draftOfActiveMember'; readonly round: number; readonly session: number }
  /** Of a log: it is of that question set, and the question has no answer yet. */
  | { readonly name: 'unanswered'; readonly questionSet: QuestionSetId; readonly question: number }

/**
 * The filter predicate of a Cosmos DB patch operation. Its numbers and names are ours, never text from outside. Paths
 * are those of one version of the shapes: what is older is upgraded first, what is newer is not for this program to patch.
 */
export function conditionText(condition: Condition, version: number): string {
  return `FROM c WHERE c.schemaVersion = ${version} AND ${holdsWhere(condition)}`
}

function holdsWhere(condition: Condition): string {
  switch (condition.name) {
    case 'draftOfActiveMember': {
      const session = positive(condition.session)
      const at = `c.rounds[${positive(condition.round) - 1}]`
      return (
        `c.active = true AND NOT IS_DEFINED(${at}.reviewedAt)` +
        ` AND (${at}.best = ${session} OR ${at}.mostChallenging = ${session})` +
        ` AND NOT IS_DEFINED(${at}.logs["${session}"].submittedAt)`
      )
    }
    case 'unanswered': {
      const answer = `c.answers["${positive(condition.question)}"]`
      return `c.type = "log" AND c.questionSet = "${condition.questionSet}" AND NOT IS_DEFINED(${answer})`
    }
  }
}

export function conditionHolds(condition: Condition, doc: Document, version: number): boolean {
  if (doc.schemaVersion !== version) return false
  switch (condition.name) {
    case 'draftOfActiveMember':
      return doc.type === 'journey' && !writable(doc, condition.round, condition.session)
    case 'unanswered':
      return doc.type === 'log' && isUnanswered(doc, condition.questionSet, condition.question)
  }
}

function positive(value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw new StoreMisuse('A condition takes whole numbers from 1: check them at the edge.')
  return value
}
