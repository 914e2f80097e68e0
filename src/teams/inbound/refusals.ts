/** Why somebody was not let in. Said to the log only, and not for every request: whoever knocks must not fill it. */
import { AuthenticationError } from 'botframework-connector'
import type { Report } from '../../base/report.ts'

/**
 * `header`: not exactly one bearer token. `token`: malformed, wrongly signed, too old or too early, of another issuer or
 * for another bot. `key`: signed with a key that is not known or not for Teams. `channel`, `serviceUrl` and `tenant` are
 * not ours in the activity, whose other places may have the wrong shape (`activity`); `streaming` is closed altogether.
 */
export const whys = ['header', 'token', 'key', 'channel', 'activity', 'serviceUrl', 'tenant', 'streaming'] as const
export type Why = (typeof whys)[number]

export class Refused extends AuthenticationError {
  readonly why: Why
  /** A word for the log, which must not come from whoever was refused. */
  readonly detail: string | undefined

  constructor(why: Why, detail?: string) {
    super('refused', 401)
    this.why = why
    this.detail = detail
  }
}

/** Nobody can be let in for now, because the issuer's keys cannot be had. */
export class NoKeys extends Error {
  override readonly name = 'NoKeys'
}

const minute = 60_000

/**
 * Reports the first refusal of each kind at once, and then once a minute how many there were since.
 * @param elapsed milliseconds of a monotonic clock.
 */
export function reportRefusals(
  report: Report,
  elapsed: () => number = () => performance.now(),
): (refused?: Refused) => void {
  const told = new Map<Why | undefined, { at: number; times: number }>()

  return refused => {
    const why = refused?.why
    const last = told.get(why) ?? { at: Number.NEGATIVE_INFINITY, times: 0 }
    const times = last.times + 1
    if (elapsed() - last.at < minute) return void told.set(why, { ...last, times })
    told.set(why, { at: elapsed(), times: 0 })
    report('door.refused', { why, times, detail: refused?.detail })
  }
}
