/** One programme: its people, its weeks, its language. For the dates of each round see `window.ts`. */
import type { CalendarDate, Instant, Language, PersonId, ProgrammeId } from './values.ts'

export type Named = { readonly person: PersonId; readonly name: string }

/** A master coach or co-coach, and since when: who leaves and comes back is a new reader, and has to be accepted again. */
export type Coach = Named & { readonly since: Instant }

export type TeamLeader = Named

/** What is behind a join code besides the programme's id, and for how many people it is. */
export type JoinCode = { readonly secret: string; readonly since: Instant; readonly places: number }

export type Programme = {
  readonly programme: ProgrammeId
  readonly name: string
  readonly language: Language
  /** IANA zone in which the window begins and ends. */
  readonly zone: string
  readonly startDate: CalendarDate
  readonly weeks: number
  readonly maxSessions: number
  readonly questionSet: string
  readonly coaches: readonly Coach[]
  readonly leaders: readonly TeamLeader[]
  /** The programme whose graduate runs this one as a Buddy programme. */
  readonly parent?: ProgrammeId
  /** By round: the days it was extended by for everybody; a person's own come on top. */
  readonly extraDays?: { readonly [round: string]: number }
  readonly leadersMayNudge?: boolean
  /** For participants and for team leaders. Taken back by leaving it out. */
  readonly code?: JoinCode
  readonly leaderCode?: JoinCode
  /** How many changes have meant something for its people (`following.ts`). */
  readonly changeNo?: number
  readonly closedAt?: Instant
  /** Left out of lists; only a closed programme is. */
  readonly archivedAt?: Instant
}

/** Whoever was added by an id alone has no name until they come. */
export function hasName({ name }: Pick<Named, 'name'>): boolean {
  return name.trim() !== ''
}

/** Those a participant can be told of. Nobody says yes to a reader without a name: of such a one they are asked later. */
export function namedCoaches({ coaches }: Programme): readonly Coach[] {
  return coaches.filter(hasName)
}

export function isCoach(programme: Programme, person: PersonId): boolean {
  return programme.coaches.some(coach => coach.person === person)
}

export function isLeader(programme: Programme, person: PersonId): boolean {
  return programme.leaders.some(leader => leader.person === person)
}

/** Whether a participant's team leader reads their logs as well: said first, before anybody writes a word. */
export function leaderIsCoach(programme: Programme, leader: PersonId | undefined): boolean {
  return leader !== undefined && isCoach(programme, leader)
}
