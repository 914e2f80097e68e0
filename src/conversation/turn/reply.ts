/** What goes out in answer to an incoming: a card, and what was promised to others. */
import type { RenderedCard } from '../../cards/render.ts'
import type { Promised } from '../../domain/readiness.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { Task } from '../../domain/tasks.ts'

export type Reply = {
  /** Takes the place of the card whose button was pressed; sent as a new card when nothing was pressed. */
  readonly card?: RenderedCard
}

/** A turn's outcome. `promised` is already durable and leased to this process, which now sends it. */
export type Turn = {
  readonly reply: Reply
  readonly promised: readonly Promised[]
  /** The same of work for many people. */
  readonly tasks?: readonly Task[]
  /** The actor could not be written to before this turn and can be now: what waits for them may go out. */
  readonly nowReachable: boolean
  /** For the log: which row ran and how it ended. No text. */
  readonly did: string
  readonly outcome: 'done' | 'refused' | 'repeated' | 'ignored' | 'failed'
  readonly refusal?: Refusal
  /** The name of an error after which the turn could still be answered truthfully; with `failed`, why nothing was saved. */
  readonly trouble?: string
}
