/**
 * Joining by code. There is one for participants and one for team leaders; a wrong code, one that was taken back and one of
 * a programme that does not exist are answered alike. Joining invites; only consent makes a member.
 */
import type { Journey } from '../journey.ts'
import { isCoach, isLeader, type JoinCode, type Named, type Programme } from '../programme.ts'
import { type Decided, refuse } from '../refusals.ts'
import { belongs } from '../standing.ts'
import { type Instant, isFrom1To } from '../values.ts'
import { invite } from './consent.ts'
import { mostLeaders, withLeader } from './leaders.ts'

export const mostPlaces = 500

/** Whom a code is for; the field of the programme in which it stands. */
export const codeKinds = { participant: 'code', leader: 'leaderCode' } as const
export type CodeKind = keyof typeof codeKinds

/** A new code, in place of the one there was. */
export function giveCode(
  programme: Programme,
  kind: CodeKind,
  secret: string,
  places: number,
  now: Instant,
): Decided<{ programme: Programme }> {
  if (programme.closedAt) return refuse('programmeClosed')
  if (!isFrom1To(mostPlaces, places)) return refuse('outOfRange', { field: 'places', limit: mostPlaces })
  const code: JoinCode = { secret, since: now, places }
  return { programme: { ...programme, [codeKinds[kind]]: code } }
}

/** Takes a code back, also that of a closed programme. Who has joined by it stays. */
export function takeBackCode(programme: Programme, kind: CodeKind): Programme {
  const { [codeKinds[kind]]: _taken, ...rest } = programme
  return rest
}

/** What this secret is good for here. `same` compares; how long it takes must not tell how much was right. */
export function codeMeans(
  programme: Programme | undefined,
  secret: string,
  same: (one: string, other: string) => boolean,
): Decided<{ kind: CodeKind; programme: Programme }> {
  if (programme?.code && same(programme.code.secret, secret)) return { kind: 'participant', programme }
  if (programme?.leaderCode && same(programme.leaderCode.secret, secret)) return { kind: 'leader', programme }
  return refuse('codeUnknown')
}

/**
 * Joins as a participant. `journeys`: all of the programme. A coach's removal stands: the code that still hangs on a wall
 * does not undo it, an invitation by name does.
 */
export function joinByCode(
  programme: Programme,
  journeys: readonly Journey[],
  { person, name }: Named,
  now: Instant,
): Decided<{ journey: Journey }> {
  const before = journeys.find(journey => journey.person === person)
  if ((before && belongs(before)) || isCoach(programme, person)) return refuse('alreadyIn')
  if (programme.closedAt) return refuse('programmeClosed')
  if (before) return refuse('removedBefore')
  if (journeys.filter(belongs).length >= placesOf(programme.code)) return refuse('codeFull')
  return { journey: invite(programme, person, name, undefined, now) }
}

/** Joins as a team leader: to be chosen by participants at consent, and seeing nobody before. */
export function leadByCode(programme: Programme, who: Named): Decided<{ programme: Programme }> {
  if (isLeader(programme, who.person)) return refuse('alreadyIn')
  if (programme.closedAt) return refuse('programmeClosed')
  const places = Math.min(mostLeaders, placesOf(programme.leaderCode))
  return programme.leaders.length >= places ? refuse('codeFull') : { programme: withLeader(programme, who) }
}

function placesOf(code: JoinCode | undefined): number {
  return code?.places ?? 0
}
