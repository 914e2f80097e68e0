/** What was stored by another version of this program. */
import { type Document, type DocumentOf, type Kind, schemaVersion } from './documents.ts'

/** The document was written by a newer program than this one. Reading it half would lose the other half. */
export class UnknownSchema extends Error {
  override name = 'UnknownSchema'
}

/**
 * A stored document in today's shape. Version 1 is the first, so there is nothing to upgrade yet: a step per version and
 * kind goes here, and is durable once the document is written again.
 */
export function upgrade<K extends Kind>(doc: DocumentOf<K>): DocumentOf<K>
export function upgrade(doc: Document): Document {
  if (doc.schemaVersion <= schemaVersion) return doc
  throw new UnknownSchema(
    `A ${doc.type} has schema version ${doc.schemaVersion}, this program knows up to ${schemaVersion}: deploy the newer program.`,
  )
}
