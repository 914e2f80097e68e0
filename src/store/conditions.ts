/**
 * The closed set of conditions under which a patch may be written. Each says the same twice: as the text Cosmos DB
 * evaluates and as the predicate an embedded engine applies inside its transaction. The contract suite compares them.
 */
import { writable } from '../domain/log.ts'
import type { Document } from './documents.ts'
import { StoreMisuse } from './errors.ts'

export type Condition = {
  readonly name: 'draftOfActiveMember'
  readonly round: number
  readonly session: number
}

/**
 * The filter predicate of a Cosmos DB patch operation. The numbers are integers of ours, never text from outside. Paths
 * are those of one version of the shapes: what is older is upgraded first, what is newer is not for this program to patch.
 */
export function conditionText(condition: Condition, version: number): string {
  const round = positive(condition.round)
  const session = positive(condition.session)
  const at = `c.rounds[${round - 1}]`
  const facts = `${at}.logs["${session}"]`
  return (
    `FROM c WHERE c.schemaVersion = ${version} AND c.active = true AND NOT IS_DEFINED(${at}.reviewedAt)` +
    ` AND (${at}.best = ${session} OR ${at}.mostChallenging = ${session}) AND NOT IS_DEFINED(${facts}.submittedAt)`
  )
}

export function conditionHolds({ round, session }: Condition, doc: Document, version: number): boolean {
  return doc.schemaVersion === version && doc.type === 'journey' && !writable(doc, round, session)
}

function positive(value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw new StoreMisuse('A condition takes whole numbers from 1: check them at the edge.')
  return value
}
