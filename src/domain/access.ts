/** Who sees what: the one policy. Every read of somebody's words goes through `mayRead`. */
import { type Acceptance, chosenSessions, isReady, type Journey, logFacts, roundOf } from './journey.ts'
import { type Coach, isCoach, namedCoaches, type Programme } from './programme.ts'
import { takesPart } from './standing.ts'
import { never, type PersonId } from './values.ts'

export const matters = ['draft', 'sessionDetail', 'submittedLog', 'feedback', 'coachNotes', 'status'] as const
export type Matter = (typeof matters)[number]

export const relations = [
  'participant',
  'removedParticipant',
  'coach',
  'newCoach',
  'teamLeader',
  'parentCoach',
  'nobody',
] as const
export type Relation = (typeof relations)[number]

/**
 * `onceReadable`: the log belongs to a ready round, or this coach's side has opened that very snapshot before.
 * `aliasOnceReadable`: alias and topic of such a log, nothing else. `ownNotes`: those this coach wrote.
 * `programmeCounts`: counts of the whole programme, never of one person.
 */
type Rule = 'always' | 'onceReadable' | 'aliasOnceReadable' | 'ownNotes' | 'programmeCounts' | 'never'

// biome-ignore format: a table is read in one look
export const policy = {
  participant:        { draft: 'always', sessionDetail: 'always',            submittedLog: 'always',       feedback: 'always',       coachNotes: 'never',    status: 'always' },
  removedParticipant: { draft: 'always', sessionDetail: 'always',            submittedLog: 'always',       feedback: 'always',       coachNotes: 'never',    status: 'always' },
  coach:              { draft: 'never',  sessionDetail: 'aliasOnceReadable', submittedLog: 'onceReadable', feedback: 'onceReadable', coachNotes: 'ownNotes', status: 'always' },
  newCoach:           { draft: 'never',  sessionDetail: 'never',             submittedLog: 'never',        feedback: 'never',        coachNotes: 'never',    status: 'always' },
  teamLeader:         { draft: 'never',  sessionDetail: 'never',             submittedLog: 'never',        feedback: 'never',        coachNotes: 'never',    status: 'always' },
  parentCoach:        { draft: 'never',  sessionDetail: 'never',             submittedLog: 'never',        feedback: 'never',        coachNotes: 'never',    status: 'programmeCounts' },
  nobody:             { draft: 'never',  sessionDetail: 'never',             submittedLog: 'never',        feedback: 'never',        coachNotes: 'never',    status: 'never' },
} satisfies Record<Relation, Record<Matter, Rule>>

/** Whose, of which programme; `parent` when there is one and the question is about its coach. */
export type Subject = { readonly journey: Journey; readonly programme: Programme; readonly parent?: Programme }

/** Which log, for the matters that belong to one; `author` for notes. */
export type About = { readonly round?: number; readonly session?: number; readonly author?: PersonId }

/** All the ways in which this person stands to that participant; a team leader may be the coach as well. */
export function relationsOf(viewer: PersonId, { journey, programme, parent }: Subject): readonly Relation[] {
  const found: Relation[] = []
  if (viewer === journey.person) found.push(journey.removedAt ? 'removedParticipant' : 'participant')
  const coach = programme.coaches.find(each => each.person === viewer)
  if (coach) found.push(isAccepted(coach, journey) ? 'coach' : 'newCoach')
  const leads = journey.leader === viewer && programme.leaders.some(each => each.person === viewer)
  // Until the participant has said who leads them, that is somebody else's word.
  if (leads && takesPart(journey)) found.push('teamLeader')
  if (isParentCoach(viewer, programme, parent)) found.push('parentCoach')
  return found.length > 0 ? found : ['nobody']
}

/** The one question every read asks. */
export function mayRead(viewer: PersonId, matter: Matter, subject: Subject, about: About = {}): boolean {
  return relationsOf(viewer, subject).some(relation => allows(policy[relation][matter], viewer, subject, about))
}

function allows(rule: Rule, viewer: PersonId, { journey }: Subject, about: About): boolean {
  switch (rule) {
    case 'always':
      return true
    case 'onceReadable':
    case 'aliasOnceReadable':
      return readableSnapshot(journey, about) !== undefined
    case 'ownNotes':
      return about.author === viewer
    case 'programmeCounts':
    case 'never':
      return false
    default:
      return never(rule)
  }
}

/**
 * The number of the snapshot a coach may read: the latest one while the round is ready; otherwise the one a coach has
 * opened, which stays theirs when the log goes back to its writer; otherwise none.
 */
export function readableSnapshot(journey: Journey, { round: no = 0, session = 0 }: About): number | undefined {
  const round = roundOf(journey, no)
  if (!round) return undefined
  const facts = logFacts(round, session)
  if (isReady(round) && chosenSessions(round)?.includes(session)) return facts.snapshot
  return facts.openedSnapshot
}

/** How many are where in a programme: for its coaches, and for those of the programme it came from. Never names. */
export function mayReadCounts(viewer: PersonId, programme: Programme, parent?: Programme): boolean {
  const parents = isParentCoach(viewer, programme, parent) ? 'parentCoach' : 'nobody'
  const rule: Rule = policy[isCoach(programme, viewer) ? 'coach' : parents].status
  return ['always', 'programmeCounts'].includes(rule)
}

function isParentCoach(viewer: PersonId, programme: Programme, parent: Programme | undefined): boolean {
  return parent !== undefined && programme.parent === parent.programme && isCoach(parent, viewer)
}

/** The coaches who may read this participant's logs once they are ready. */
export function readersOf(programme: Programme, journey: Journey): readonly Coach[] {
  const once = programme.coaches.filter(
    (coach, index) => programme.coaches.findIndex(each => each.person === coach.person) === index,
  )
  return once.filter(coach => isAccepted(coach, journey))
}

/** Coaches who have joined since, and about whom this participant has said neither yes nor no. */
export function coachesToAccept(programme: Programme, journey: Journey): readonly Coach[] {
  return newReaders(programme, journey).filter(coach => !names(journey.declinedCoaches ?? [], coach))
}

/** Those this participant has said no to, and may still say yes to. */
export function coachesDeclined(programme: Programme, journey: Journey): readonly Coach[] {
  return newReaders(programme, journey).filter(coach => names(journey.declinedCoaches ?? [], coach))
}

function newReaders(programme: Programme, journey: Journey): readonly Coach[] {
  return journey.consent ? namedCoaches(programme).filter(coach => !isAccepted(coach, journey)) : []
}

/** Whether this coach has to wait for the yes of somebody who takes part: dates and counts are all they see till then. */
export function awaitsYes(viewer: PersonId, { journey, programme }: Subject): boolean {
  return takesPart(journey) && relationsOf(viewer, { journey, programme }).includes('newCoach')
}

/**
 * A participant consented to the coaches of that day; one who came later, or came back, is accepted by name. Journeys that
 * consented before this was written down have the names of that day alone.
 */
export function isAccepted(coach: Coach, { consent, acceptedCoaches }: Journey): boolean {
  if (!consent) return false
  const known = acceptedCoaches.some(each => each.coach === coach.person)
  return known ? names(acceptedCoaches, coach) : consent.coaches.includes(coach.person)
}

function names(acceptances: readonly Acceptance[], { person, since }: Coach): boolean {
  return acceptances.some(each => each.coach === person && each.since === since)
}
