/**
 * What was stored by another version of this program. A document says in which version of the shapes it was written. An
 * older one is brought to today's shape, step by step, whenever it is read, and lies in it once it is written again; a
 * patch of an older one writes it again first. A newer one is not read at all.
 *
 * **To change a shape**
 * 1. Add one to `schemaVersion` (`documents.ts`) and change the type there or in `domain/`.
 * 2. In `migrations`, under each kind that changed, add the step from the version before, pure and able to take every
 *    document of that version. A kind that stays as
 *    it is needs none. Steps are never changed or removed: a backup may be of any age.
 * 3. Test the step with a document as it was stored, written out in the test; today's rules cannot make one any more.
 * 4. A query that asks for a new field must say in its texts what holds for documents that do not have it yet: queries
 *    see what lies there, not what is read. Conditions of patches need nothing.
 * 5. While replicas of both versions run, the older ones refuse what the newer have written (`UnknownSchema`: nothing is
 *    saved, and the person is told) and leave its notices to the newer. Deploy when few are writing.
 */
import { type Kind, type Stamped, schemaVersion } from './documents.ts'

/** The document was written by a newer program than this one. Reading it half would lose the other half. */
export class UnknownSchema extends Error {
  override name = 'UnknownSchema'
}

/** A document's fields, in whatever version. */
type Fields = Readonly<Record<string, unknown>>

/** From one version to the next. Key, kind and version are kept for it. */
export type Step = (older: Fields) => Fields

export type Migrations = {
  readonly version: number
  /** By kind, then by the version a step begins with. */
  readonly steps: { readonly [K in Kind]?: Readonly<Record<number, Step>> }
}

/** In version 1 there was one window for all rounds: a person's days, and everybody's, belong to the first one. */
export const migrations: Migrations = {
  version: schemaVersion,
  steps: {
    programme: {
      1: ({ extraDays, ...older }) => (extraDays === undefined ? older : { ...older, extraDays: { 1: extraDays } }),
    },
    journey: {
      1: ({ extraDays = 0, rounds, ...older }) => ({
        ...older,
        rounds: list(rounds).map((round, index) => ({ ...round, extraDays: index === 0 ? extraDays : 0 })),
      }),
    },
  },
}

function list(rounds: unknown): readonly Fields[] {
  return Array.isArray(rounds) ? rounds : []
}

/** A stored document in today's shape. @throws UnknownSchema for a newer one, with the mend. */
export function migrate<D extends Stamped>(doc: D, to: Migrations): D {
  if (doc.schemaVersion <= to.version) return migrated(doc, to)
  throw new UnknownSchema(
    `A ${doc.type} has schema version ${doc.schemaVersion}, this program knows up to ${to.version}: deploy the newer program.`,
  )
}

/** An older document in today's shape; any other as it is. */
export function migrated<D extends Stamped>(doc: D, { version, steps }: Migrations): D {
  if (doc.schemaVersion >= version) return doc
  const { pk, id, type } = doc
  let fields: Fields = { ...doc }
  for (let from = doc.schemaVersion; from < version; from++) fields = steps[type]?.[from]?.(fields) ?? fields
  return { ...fields, pk, id, type, schemaVersion: version } as Fields as D
}
