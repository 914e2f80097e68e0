/** One page of a team's list, as whoever reads it gets it; and what becomes of the reading when it does not come. */

import type { RosterTrouble } from '../../domain/import-counts.ts'
import type { Member } from '../../domain/team-import/enrolling.ts'
import type { NotSent } from '../sent.ts'

export type RosterPage = {
  readonly members: readonly Member[]
  /** For the next page; absent on the last one. */
  readonly next?: string
}

export type Trouble =
  | { readonly do: 'again'; readonly seconds: number }
  /** The platform no longer knows the page that comes next: with the first one again, which is harmless. */
  | { readonly do: 'startOver' }
  | { readonly do: 'giveUp'; readonly why: RosterTrouble }

const backOff = { first: 5, most: 15 * 60 } as const
const pauseSeconds = 300
/** With the longest pauses that is some hours. */
const mostTries = 40
/** A list that must be begun anew so often is never read to its end. */
const mostRestarts = 5

/**
 * Reading is harmless to repeat, so that it is tried again whatever the platform's trouble is: 429 after what it asks for,
 * 412, 502, 504 and everything else that passes after longer and longer ("Optimize your bot with rate limiting in Teams").
 * @param tries how often this page was begun.
 */
export function rosterTrouble(
  { why, retryAfterSeconds }: NotSent,
  tries: number,
  { token, restarts }: { readonly token?: string; readonly restarts: number },
): Trouble {
  const grown = Math.min(backOff.most, backOff.first * 2 ** Math.min(tries, 10))
  switch (why) {
    case 'unreachable':
    case 'noConversation':
      return { do: 'giveUp', why: 'notThere' }
    case 'refused':
    case 'noActivity':
      // No code is documented for a token that is too old.
      if (token === undefined) return { do: 'giveUp', why: 'notThere' }
      return restarts < mostRestarts ? { do: 'startOver' } : { do: 'giveUp', why: 'unavailable' }
    default: {
      if (tries >= mostTries) return { do: 'giveUp', why: 'unavailable' }
      const seconds = why === 'unauthorised' || why === 'misdirected' ? pauseSeconds : grown
      return { do: 'again', seconds: Math.max(1, retryAfterSeconds ?? seconds) }
    }
  }
}
