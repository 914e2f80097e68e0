/** A programme's own life: founded, changed, extended, closed, reopened, put away. Its people are in files of their own. */

import { daysBetween, isCalendarDate, plusDays, today } from '../calendar.ts'
import { currentRound, type Journey, liveSessions, withRound } from '../journey.ts'
import { currentQuestionSet } from '../logs/questions.ts'
import { addCoach } from '../membership/coaches.ts'
import type { Promised } from '../notices.ts'
import type { Named, Programme } from '../programme.ts'
import { type Decided, type Refused, refuse } from '../refusals.ts'
import { takesPart } from '../standing.ts'
import type { CalendarDate, Instant, ProgrammeId } from '../values.ts'
import { firstRound, windowOf } from '../window.ts'
import { isGraduate } from './creating.ts'
import { badForm, changesIn, formOf, type ProgrammeForm, tidy } from './programme-form.ts'

/** Half a year: beyond that a new programme is the better answer. */
export const mostExtraDays = 182
/** Where the last day comes earlier, it leaves this many days from today. */
export const fewestDaysLeft = 14

export type Founding = {
  readonly programme: ProgrammeId
  readonly form: ProgrammeForm
  /** Its first master coach. */
  readonly by: Named
  readonly coCoaches?: readonly Named[]
}

type Founded = Decided<{ programme: Programme; notices: readonly Promised[] }>

/** Founds a programme. Whether this person may is `mayCreate`'s to say. Co-coaches are promised an invitation. */
export function create({ programme: id, form, by, coCoaches = [] }: Founding, now: Instant): Founded {
  const values = tidy(form)
  const no = badForm(values, now)
  if (no) return no
  let programme: Programme = {
    programme: id,
    ...values,
    questionSet: currentQuestionSet,
    coaches: [{ person: by.person, name: by.name, since: now }],
    leaders: [],
  }
  const notices: Promised[] = []
  for (const coach of coCoaches) {
    const added = addCoach(programme, coach, undefined, now)
    if (added.refused) return added
    programme = added.programme
    notices.push(...added.notices)
  }
  return { programme, notices }
}

/**
 * A graduate runs the same for their own people: coach of a child programme and, usually, its team leader too. `journey`
 * is theirs in the parent programme.
 */
export function createBuddy(founding: Founding, journey: Journey, alsoLeads: boolean, now: Instant): Founded {
  if (journey.person !== founding.by.person || !isGraduate(journey)) return refuse('mayNotCreate')
  const founded = create(founding, now)
  if (founded.refused) return founded
  const { person, name } = founding.by
  const leaders = alsoLeads ? [{ person, name }] : []
  return { programme: { ...founded.programme, parent: journey.programme, leaders }, notices: founded.notices }
}

/**
 * Changes what is in the form. `shown` is what this coach had before their eyes, so that only what they touched changes.
 * Once people take part the last day does not come close all of a sudden, and nobody is left with more sessions than allowed.
 */
export function edit(
  programme: Programme,
  shown: ProgrammeForm,
  sent: ProgrammeForm,
  journeys: readonly Journey[],
  now: Instant,
): Decided<{ programme: Programme }> {
  const wanted = changesIn(formOf(programme), tidy(shown), tidy(sent))
  if (wanted.refused) return wanted
  const { changes } = wanted
  if (Object.keys(changes).length === 0) return { programme }
  if (programme.closedAt) return refuse('programmeClosed')
  const next = { ...programme, ...changes }
  const members = journeys.filter(takesPart)
  const no = badForm(changes, now) ?? tooFew(changes, members) ?? sudden(programme, next, members, now)
  return no ?? { programme: next }
}

/** Moves the last day of the first round for everybody, to a day up to half a year after the planned one, or back to it. */
export function extend(
  programme: Programme,
  lastDay: string,
  journeys: readonly Journey[],
  now: Instant,
): Decided<{ programme: Programme }> {
  const { [firstRound.no]: before = 0, ...others } = programme.extraDays ?? {}
  const moved = movedTo(programme, lastDay, plusDays(windowOf(programme).last, -before))
  if (moved.refused) return moved
  if (moved.days === before) return { programme }
  const extraDays = moved.days > 0 ? { ...others, [firstRound.no]: moved.days } : others
  const next = { ...programme, extraDays }
  return sudden(programme, next, journeys, now) ?? { programme: next }
}

/** Moves the last day of one person's round under way, to a day up to half a year after everybody's, or back to it. */
export function extendFor(
  journey: Journey,
  programme: Programme,
  lastDay: string,
  now: Instant,
): Decided<{ journey: Journey }> {
  if (journey.removedAt) return refuse('noLongerIn')
  const round = currentRound(journey)
  const moved = movedTo(programme, lastDay, windowOf(programme, { ...round, extraDays: 0 }).last)
  if (moved.refused) return moved
  const near = isSudden(windowOf(programme, round).last, lastDay, today(now, programme.zone))
  if (near && takesPart(journey)) return refuse('lastDayTooSoon', { limit: fewestDaysLeft })
  return { journey: withRound(journey, { ...round, extraDays: moved.days }) }
}

/** Whether a change may take days or sessions away from somebody who takes part. Only then are its people asked about. */
export function takesAway(before: Programme, after: Programme): boolean {
  const fewer = after.maxSessions < before.maxSessions || after.weeks < before.weeks
  return fewer || windowOf(after).last < windowOf(before).last
}

/** Makes it read-only. Each journey follows (`followProgramme`); the first day of closing stays. */
export function close(programme: Programme, now: Instant): Programme {
  return programme.closedAt ? programme : { ...programme, closedAt: now }
}

/** Opens it again, also out of the archive. Each journey follows. */
export function reopen(programme: Programme): Programme {
  const { closedAt, archivedAt: _archived, ...rest } = programme
  return closedAt ? rest : programme
}

/** Takes a closed programme out of the lists. Nothing is erased. */
export function archive(programme: Programme, now: Instant): Decided<{ programme: Programme }> {
  if (!programme.closedAt) return refuse('closeFirst')
  return { programme: programme.archivedAt ? programme : { ...programme, archivedAt: now } }
}

/** Back into the lists, closed as it was. */
export function unarchive(programme: Programme): Programme {
  const { archivedAt, ...rest } = programme
  return archivedAt ? rest : programme
}

/** How many days after `planned` this day is, when it may be the last one. */
function movedTo(programme: Programme, lastDay: string, planned: CalendarDate): Decided<{ days: number }> {
  if (programme.closedAt) return refuse('programmeClosed')
  if (!isCalendarDate(lastDay)) return refuse('notADate', { field: 'lastDay' })
  const days = daysBetween(planned, lastDay)
  return days >= 0 && days <= mostExtraDays ? { days } : refuse('extraDays', { limit: mostExtraDays })
}

/** People plan by the last day: for nobody who takes part does the one of their round come close from one day to the next. */
function sudden(before: Programme, after: Programme, journeys: readonly Journey[], now: Instant): Refused | undefined {
  const day = today(now, after.zone)
  const hurt = journeys.filter(takesPart).some(journey => {
    const round = currentRound(journey)
    return isSudden(windowOf(before, round).last, windowOf(after, round).last, day)
  })
  return hurt ? refuse('lastDayTooSoon', { limit: fewestDaysLeft }) : undefined
}

function isSudden(before: CalendarDate, after: CalendarDate, day: CalendarDate): boolean {
  return after < before && after < plusDays(day, fewestDaysLeft)
}

/** Nobody is left with more sessions planned than there may be. */
function tooFew({ maxSessions }: Partial<ProgrammeForm>, members: readonly Journey[]): Refused | undefined {
  const planned = Math.max(0, ...members.map(journey => liveSessions(currentRound(journey)).length))
  return (maxSessions ?? planned) < planned ? refuse('sessionsPlanned', { limit: planned }) : undefined
}
