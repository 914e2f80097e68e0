/**
 * Work that a change means for many people. It is promised in the same batch as the change and done in steps, each of
 * which is harmless twice, so that whoever finds it left half done can go on with it.
 */
import type { ProgrammeId } from './values.ts'

/** Brings every journey to where its programme is by now (`following.ts`). */
export type Follow = {
  readonly task: 'follow'
  readonly programme: ProgrammeId
  /** The change of the programme it is about. */
  readonly no: number
}

export type Task = Follow
