import type { Report } from '../../base/report.ts'
import type { TeamReference } from '../../domain/import-counts.ts'
import type { Promised } from '../../domain/notices.ts'
import type { Task } from '../../domain/tasks.ts'
import type { Clock, Store, Write } from '../../store/store.ts'
import type { NotSent } from '../sent.ts'
import type { RosterPage } from './roster-page.ts'

/** `raced`: somebody else was writing to one of these documents. `lost`: the work is somebody else's by now. */
export type Step = 'kept' | 'raced' | 'lost'

/** What a piece of work is given. */
export type Working = {
  readonly store: Store
  readonly clock: Clock
  /**
   * Asked between two steps: whether to go on. It makes the lease longer in good time; no more when the process is ending,
   * or the lease is somebody else's.
   */
  readonly renewLease: () => Promise<boolean>
  /**
   * Keeps where the work is now, in one batch with what was done to get there; all of it or nothing. What somebody waits
   * for is `told` at once, before everything that is promised to many.
   */
  readonly step: (task: Task, writes: readonly Write[], told?: readonly Promised[]) => Promise<Step>
  /** How often the step that comes next was begun, or went wrong. */
  readonly tries: () => number
  /** The page of a team's list that comes next, in its time. */
  readonly page: (from: { readonly team: TeamReference; readonly token?: string }) => Promise<RosterPage | NotSent>
  readonly report: Report
}

/**
 * How it ended: all done; not all, since it was told not to go on, or others were writing; to be tried again after a while;
 * or done for now: it lies there for what a person decides, and is gone by itself when they do not.
 */
export type Worked = 'done' | 'notYet' | 'rests' | { readonly again: number }
