/**
 * The closed set of conditions under which a patch may be written. Each says the same twice: as the text Cosmos DB
 * evaluates and as the predicate an embedded engine applies inside its transaction. The contract suite compares them.
 */
import { writable } from '../domain/log.ts'
import type { Document } from './documents.ts'

export type Condition = {
  readonly name: 'draftOfActiveMember'
  readonly round: number
  readonly session: number
}

/** The filter predicate of a Cosmos DB patch operation. The numbers are integers of ours, never text from outside. */
export function conditionText({ round, session }: Condition): string {
  const at = `c.rounds[${integer(round) - 1}]`
  const facts = `${at}.logs["${integer(session)}"]`
  return (
    `FROM c WHERE c.active = true AND NOT IS_DEFINED(${at}.reviewedAt)` +
    ` AND (${at}.best = ${session} OR ${at}.mostChallenging = ${session}) AND NOT IS_DEFINED(${facts}.submittedAt)`
  )
}

export function conditionHolds({ round, session }: Condition, doc: Document): boolean {
  return doc.type === 'journey' && !writable(doc, round, session)
}

function integer(value: number): number {
  if (!Number.isInteger(value)) throw new TypeError('A condition takes whole numbers.')
  return value
}
