/** A programme at a glance, for its coach: how many are where, who is to be read, who is held up, whom nothing reaches. */

import type { Programme } from '../../../domain/programme.ts'
import {
  type ProgrammeOverview,
  type Standing,
  standings,
  worthANudge,
} from '../../../domain/progress/programme-overview.ts'
import type { Instant } from '../../../domain/values.ts'
import { pageOf } from '../../paging.ts'
import { type Button, button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { dotted, oneLine, sizeOf } from '../../words.ts'
import { pageTurns } from '../answers.ts'
import { alerts, maybe } from '../parts.ts'
import { installing, nameOf } from '../picking.ts'
import { inOrder, longestDates, mayLackTheApp, personRow, type Row, rowSize, unreachedText } from './coach-people.ts'
import { timeLeftForAll } from './progress-facts.ts'

/** A card that is one of many messages takes 28 KB at most; without what is on every page, in UTF-16 code units. */
const pageUnits = 14_336 - 2_300

/** More names than these would push the people themselves off the card; the others are counted. */
const staffShown = 5

type HomeInput = {
  readonly programme: Programme
  readonly glance: ProgrammeOverview
  /** One for each of the glance's people. */
  readonly rows: readonly Row[]
  readonly now: Instant
  readonly page: number
  /** How many messages nobody tries to send any more. */
  readonly failed?: number
  /** The link to add the app, for whom messages do not reach. */
  readonly install?: string | undefined
  /** This coach may start another programme. */
  readonly mayCreate?: boolean
  readonly alert?: Alert | undefined
}

export function coachHomeCard(reader: Reader, input: HomeInput): RenderedCard {
  const { programme, glance, now, alert } = input
  const { language } = reader
  const { counts } = glance
  const somebody = counts.people > 0
  const people = input.rows.map(({ progress }) => progress)
  // What is above the people is the first page's first item, so that the others hold more of them.
  const head = headOf(reader, input)
  const dates = longestDates(reader)
  const units = (item: Head | Row) =>
    'bars' in item ? headSize(item) : rowSize(personRow(reader, programme, item, dates))
  const { items, page, pages } = pageOf([head, ...inOrder(input.rows, language)], units, input.page, pageUnits)
  const at = (turned: number) => press('coachHome', { programme: programme.programme, page: turned })
  return render('coachHome', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    time: somebody && !programme.closedAt ? timeLeftForAll(reader, programme, now, people) : [],
    counts: maybe(somebody, { text: countsText(reader, glance) }),
    heads: items.flatMap(item => ('bars' in item ? [item] : [])),
    shown: maybe(somebody, {
      text: dotted(pages > 1 ? say(language, 'coachHome.page', { page, pages }) : '', say(language, 'coachHome.hint')),
    }),
    people: items.flatMap(item => ('bars' in item ? [] : [personRow(reader, programme, item)])),
    turns: pageTurns(reader, page, pages, turned => button('coachHome', '', at(turned))),
    private: maybe(somebody, { text: say(language, 'coachHome.private') }),
    manage: press('manage', { programme: programme.programme }),
    more: maybe(!!input.mayCreate, { data: press('createForm', {}) }),
    refresh: at(page),
    help: press('help', {}),
  })
}

type Head = {
  readonly bars: readonly { readonly rows: readonly Bar[] }[]
  readonly hints: readonly string[]
  readonly staff: readonly string[]
  readonly install: ReturnType<typeof installing>
  /** What waits for this coach to do. */
  readonly tasks: readonly Button[]
}

function headOf(reader: Reader, input: HomeInput): Head {
  const { glance, rows, failed = 0, install } = input
  const { programme, closedAt } = input.programme
  const { language } = reader
  const { people, standings } = glance.counts
  const unread = standings.ready + standings.inReview
  const invite = people === 0 && !closedAt
  const nudges = glance.people.filter(worthANudge).length
  const awaited = rows.filter(row => row.awaited).length
  const waiting = people > 0 && unread === 0 && standings.reviewed < people
  return {
    bars: maybe(people > 0, { rows: barsOf(reader, glance) }),
    hints: [
      ...maybe(people === 0, say(language, 'coachHome.nobody')),
      ...maybe(waiting, say(language, 'coachHome.nobodyReady')),
      ...maybe(awaited > 0, say(language, 'coachHome.awaited', { count: awaited })),
    ],
    staff: staffTexts(reader, glance),
    install: installing(reader, install, [...glance.people, ...glance.staffUnreached].some(mayLackTheApp)),
    // Each in a row of its own, or it slides out of a narrow card.
    tasks: [
      ...maybe(invite, button('invitePeople', say(language, 'coachHome.invite'), { programme })),
      ...maybe(nudges > 0, button('nudgeLate', say(language, 'coachHome.nudgeLate', { count: nudges }), { programme })),
      ...maybe(
        failed > 0,
        button('undelivered', say(language, 'coachHome.undelivered', { count: failed }), { programme }),
      ),
    ],
  }
}

/** What the template puts around a bar, a task and a line. */
const barUnits = 260
const taskUnits = 260
const lineUnits = 140
const fieldUnits = 140

function headSize(item: Head): number {
  const bars = item.bars.flatMap(({ rows }) => rows).length
  return (
    sizeOf(item) +
    sizeOf(item.tasks) +
    item.tasks.length * taskUnits +
    bars * barUnits +
    (item.hints.length + item.staff.length) * lineUnits +
    item.install.length * fieldUnits
  )
}

function countsText({ language }: Reader, { counts, people }: ProgrammeOverview): string {
  const stuck = people.filter(each => each.stuck).length
  const unreached = people.filter(each => each.unreached).length
  return dotted(
    say(language, 'coachHome.countPeople', { count: counts.people }),
    ...maybe(counts.late > 0, say(language, 'coachHome.countLate', { count: counts.late })),
    ...maybe(stuck > 0, say(language, 'coachHome.countStuck', { count: stuck })),
    ...maybe(unreached > 0, say(language, 'coachHome.countUnreached', { count: unreached })),
  )
}

type Bar = { readonly label: string; readonly count: string; readonly value: number; readonly max: number }

/** A row for each standing that somebody has: words and a number, and a bar where the client draws one. */
function barsOf({ language }: Reader, { counts }: ProgrammeOverview): readonly Bar[] {
  const there = standings.filter(standing => counts.standings[standing] > 0)
  return there.map((standing: Standing) => ({
    label: say(language, `standing.${standing}`),
    count: String(counts.standings[standing]),
    value: counts.standings[standing],
    max: counts.people,
  }))
}

/** Coaches and leaders whom a message does not reach, by name. */
function staffTexts(reader: Reader, { staffUnreached }: ProgrammeOverview): readonly string[] {
  const { language } = reader
  const more = staffUnreached.length - staffShown
  return [
    ...staffUnreached
      .slice(0, staffShown)
      .map(({ name, unreached }) =>
        say(language, 'coachHome.staff', { name: nameOf(reader, name), why: unreachedText(reader, unreached) }),
      ),
    ...maybe(more > 0, say(language, 'coachHome.staffMore', { count: more })),
  ]
}
