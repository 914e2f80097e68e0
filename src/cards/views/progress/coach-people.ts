/** One participant's row on the coach's overview: counts, dates and what holds them up, never a word they wrote. */
import { type DayOrMoment, dayOf } from '../../../domain/calendar.ts'
import { type Pointer, pointers } from '../../../domain/journey.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Seen, Unreached } from '../../../domain/progress/programme-overview.ts'
import type { Progress } from '../../../domain/progress/progress.ts'
import type { Instant, Language, PersonId } from '../../../domain/values.ts'
import { dayText, momentText } from '../../dates.ts'
import { type Button, button, press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { say } from '../../texts.ts'
import { dotted, sizeOf } from '../../words.ts'
import { maybe, pointerName } from '../parts.ts'
import { nameOf } from '../picking.ts'

/** Somebody whose logs may be read now. */
export type Readable = {
  readonly person: PersonId
  readonly name: string
  readonly round: number
  readonly logs: readonly { readonly session: number; readonly pointer: Pointer; readonly opened: boolean }[]
}

/** Everything a coach sees of one person in a list. */
export type Row = {
  readonly seen: Seen
  readonly progress: Progress
  readonly readable: Readable | undefined
  /** They have not said yes to this coach. */
  readonly awaited?: boolean | undefined
}

/** One person as the template draws them. */
export type PersonRow = {
  readonly name: string
  readonly stage: string
  readonly facts: readonly { readonly text: string }[]
  readonly notes: readonly { readonly text: string }[]
  readonly data: object
  readonly actions: readonly { readonly buttons: readonly Button[] }[]
}

/** How a row writes its short dates. */
type Dates = { readonly day: (at: DayOrMoment) => string; readonly moment: (at: Instant) => string }

function shortDates(reader: Reader, { zone }: Pick<Programme, 'zone'>): Dates {
  return {
    day: at => dayText(reader.language, dayOf(at, zone), 'short'),
    moment: at => momentText(reader, at, 'short'),
  }
}

/**
 * For the size of a row: no date is longer than this one. Writing each person's dates would take most of a long list's time,
 * and a page shows some ten people.
 */
export function longestDates({ language }: Reader): Dates {
  const [one, other] = ['2026-09-30', '2026-12-30'].map(day => dayText(language, day, 'short'))
  const longest = one && other && one.length > other.length ? one : (other ?? '')
  return { day: () => longest, moment: () => longest }
}

/** What the template puts around a row, and around each of its buttons. Both carry their data for either kind of press. */
const rowUnits = 620
const buttonUnits = 170

/** What a row takes on the wire. */
export function rowSize({ actions, ...row }: PersonRow): number {
  const buttons = actions.flatMap(each => each.buttons)
  return rowUnits + sizeOf(row) + sizeOf(row.data) + buttons.length * buttonUnits + 2 * sizeOf(buttons)
}

/** To be read first, who has waited longest before the others; then who is held up, longest first; then the furthest. */
export function inOrder(rows: readonly Row[], language: Language): readonly Row[] {
  const before = (one: string, other: string) => one.localeCompare(other, language)
  return rows.toSorted((a, b) => rank(a) - rank(b) || before(since(a), since(b)) || before(a.seen.name, b.seen.name))
}

const furthest = ['reflecting', 'choosing', 'planning', 'invited', 'reviewed'] as const

function rank({ seen: { standing, late, stuck, unreached } }: Row): number {
  if (standing === 'ready') return 0
  if (standing === 'inReview') return 1
  if (late) return 2
  if (stuck) return 3
  return unreached ? 4 : 5 + furthest.indexOf(standing)
}

function since({ seen, progress }: Row): string {
  return seen.standing === 'ready' ? (progress.readyAt ?? '') : (seen.stuck?.since ?? '')
}

export function personRow(
  reader: Reader,
  programme: Programme,
  row: Row,
  dates: Dates = shortDates(reader, programme),
): PersonRow {
  const { seen, progress, readable, awaited } = row
  const { planned } = progress
  const held = heldUp(reader, programme, seen, dates)
  const facts =
    seen.standing === 'invited'
      ? ''
      : dotted(
          planned > 0 ? say(reader.language, 'coachHome.sessions', { held: progress.held, planned }) : '',
          ...logTexts(reader, programme, progress),
          awaited ? say(reader.language, 'coachHome.noYes') : '',
        )
  return {
    name: nameOf(reader, seen.name),
    stage: stageText(reader, seen, progress, awaited, dates.moment),
    facts: maybe(facts !== '', { text: facts }),
    notes: maybe(held.length > 0, { text: dotted(...held) }),
    data: press('person', { programme: programme.programme, person: seen.person }),
    actions: maybe(!!readable, { buttons: readable ? readButtons(reader, programme, readable) : [] }),
  }
}

/** What holds somebody up, each in a line: late, stuck on what and since when, not reached and why. */
export function heldUp(
  reader: Reader,
  programme: Pick<Programme, 'zone'>,
  { late, stuck, unreached }: Pick<Seen, 'late' | 'stuck' | 'unreached'>,
  dates: Dates = shortDates(reader, programme),
) {
  const on = stuck && say(reader.language, `stuck.${stuck.on}`, { date: dates.day(stuck.since) })
  return [
    ...maybe(late || !!stuck, dotted(late ? say(reader.language, 'late.yes') : '', on)),
    ...(unreached ? [unreachedText(reader, unreached)] : []),
  ]
}

export function unreachedText({ language }: Reader, why: Unreached): string {
  return say(language, `unreached.${why}`)
}

/** Adding the app is what would help: it was never added, or has been taken away. */
export function mayLackTheApp({ unreached }: Pick<Seen, 'unreached'>): boolean {
  return unreached === 'neverCame' || unreached === 'away'
}

/** @param awaited what is all in is not ready for somebody who may not read it. */
export function stageText(
  reader: Reader,
  { standing }: Pick<Seen, 'standing'>,
  { readyAt }: Progress,
  awaited = false,
  moment: Dates['moment'] = at => momentText(reader, at, 'short'),
): string {
  const { language } = reader
  const said = say(language, `stage.${standing}`)
  if (standing !== 'ready' || !readyAt) return said
  const date = moment(readyAt)
  return awaited
    ? say(language, 'coachHome.allInSince', { date })
    : say(language, 'coachHome.readySince', { stage: said, date })
}

/** How far the logs are: counted while they are written, opened or not while they are read. */
function logTexts(reader: Reader, programme: Programme, { stage, logs }: Progress): readonly string[] {
  const { language } = reader
  if (stage !== 'reflecting' && stage !== 'choosing' && stage !== 'inReview') return []
  const questions = questionSet(programme.questionSet).questions.length
  return pointers.flatMap(each => {
    const log = logs[each]
    const pointer = pointerName(reader, each)
    if (!log) return []
    if (stage !== 'inReview') return [say(language, 'coachHome.log', { pointer, answered: log.answered, questions })]
    return [say(language, log.openedAt ? 'coachHome.logOpened' : 'coachHome.logNotOpened', { pointer })]
  })
}

export function readButtons(
  { language }: Reader,
  programme: Programme,
  { person, round, logs }: Readable,
): readonly Button[] {
  return logs.map(({ session, pointer }) => {
    const title = say(language, pointer === 'best' ? 'coachHome.readBest' : 'coachHome.readMostChallenging')
    return button('read', title, { programme: programme.programme, person, round, session, page: 1 })
  })
}
