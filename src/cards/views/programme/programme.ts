/** The coach's place to run a programme: its facts, and everything that can be done with it. */

import { today } from '../../../domain/calendar.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Counts } from '../../../domain/progress/programme-overview.ts'
import type { Instant } from '../../../domain/values.ts'
import { daysLeft, extraDaysOf, firstRound, windowOf } from '../../../domain/window.ts'
import { inputId } from '../../actions.ts'
import { dayText } from '../../dates.ts'
import { type Button, button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { list, say } from '../../texts.ts'
import { dotted, oneLine } from '../../words.ts'
import { languageNames, zoneName } from '../choices.ts'
import { alerts, inRows, maybe } from '../parts.ts'
import { nameOf } from '../picking.ts'

/** Of the leaders as many are named as one line takes. */
const leadersNamed = 5

type ProgrammeInput = {
  readonly programme: Programme
  readonly counts: Counts
  readonly now: Instant
  /** This coach may start another one. */
  readonly mayCreate: boolean
  readonly alert?: Alert
}

export function programmeCard(reader: Reader, input: ProgrammeInput): RenderedCard {
  const { programme, counts, mayCreate, alert } = input
  const { language } = reader
  const id = programme.programme
  return render('programme', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    state: maybe(!!programme.closedAt, {
      text: say(language, programme.archivedAt ? 'programme.archived' : 'programme.closed'),
    }),
    facts: facts(reader, input),
    empty: maybe(counts.people === 0 && !programme.closedAt, { text: say(language, 'programme.nobody') }),
    buttons: inRows(programme.closedAt ? closedButtons(reader, programme) : openButtons(reader, programme)),
    people: press('coachHome', { programme: id }),
    more: maybe(mayCreate, { data: press('createForm', {}) }),
  })
}

function facts(reader: Reader, { programme, counts, now }: ProgrammeInput) {
  const { language } = reader
  const fact = (
    name: 'window' | 'sessions' | 'language' | 'zone' | 'people' | 'coaches' | 'leaders' | 'nudge',
    value: string,
  ) => ({
    label: `${say(language, `programme.${name}`)} `,
    value,
  })
  const { people, standings } = counts
  return [
    fact('window', windowText(reader, programme, now)),
    fact('sessions', say(language, 'programme.sessionsValue', { sessions: programme.maxSessions })),
    fact('language', languageNames[programme.language]),
    fact('zone', zoneName(reader, programme.zone)),
    fact(
      'people',
      say(language, 'programme.peopleValue', { joined: people - standings.invited, invited: standings.invited }),
    ),
    fact(
      'coaches',
      list(
        language,
        programme.coaches.map(coach => nameOf(reader, coach.name)),
      ),
    ),
    fact('leaders', leadersText(reader, programme)),
    fact('nudge', say(language, programme.leadersMayNudge ? 'programmeForm.yes' : 'programmeForm.no')),
  ]
}

function windowText({ language }: Reader, programme: Programme, now: Instant): string {
  const { first, last } = windowOf(programme)
  const { weeks } = programme
  const extraDays = extraDaysOf(programme, firstRound.no)
  const dates = { first: dayText(language, first), last: dayText(language, last), weeks, days: extraDays }
  const day = today(now, programme.zone)
  const days = daysLeft(programme, day)
  const begun = first <= day
  const left = maybe(begun && days >= 0 && !programme.closedAt, say(language, 'programme.daysLeft', { days }))
  return dotted(say(language, 'programme.windowValue', dates), ...left)
}

function leadersText(reader: Reader, { leaders }: Programme): string {
  const { language } = reader
  if (leaders.length === 0) return say(language, 'programme.noLeaders')
  const named = leaders.slice(0, leadersNamed).map(leader => nameOf(reader, leader.name))
  const more = leaders.length - named.length
  return list(language, [...named, ...maybe(more > 0, say(language, 'programme.moreLeaders', { count: more }))])
}

function openButtons({ language }: Reader, { programme }: Programme): readonly Button[] {
  return [
    button('inviteForm', say(language, 'programme.inviteByName'), { programme }),
    button('invitePeople', say(language, 'programme.invite'), { programme }),
    button('leadersForm', say(language, 'programme.leadersForm'), { programme }),
    button('coachesForm', say(language, 'programme.coachesForm'), { programme }),
    button('editForm', say(language, 'programme.edit'), { programme }),
    button('extendForm', say(language, 'programme.extend'), { programme }),
    button('buddies', say(language, 'programme.buddies'), { programme }),
    button('closeProgramme', say(language, 'programme.close'), { programme }),
  ]
}

function closedButtons({ language }: Reader, { programme, archivedAt }: Programme): readonly Button[] {
  return [
    button('reopenProgramme', say(language, 'programme.reopen'), { programme }),
    archivedAt
      ? button('unarchive', say(language, 'programme.unarchive'), { programme })
      : button('archive', say(language, 'programme.archive'), { programme }),
    button('coachesForm', say(language, 'programme.coachesForm'), { programme }),
    button('buddies', say(language, 'programme.buddies'), { programme }),
  ]
}

type LastDayInput = {
  readonly programme: Programme
  readonly lastDay: string
  readonly alert?: Alert
}

/** Moves the last day for everybody. */
export function lastDayCard(reader: Reader, { programme, lastDay, alert }: LastDayInput): RenderedCard {
  const id = programme.programme
  return render('lastDay', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    lastDay: { id: inputId('lastDay', reader.rendering), value: lastDay },
    save: press('extend', { programme: id }),
    cancel: press('manage', { programme: id }),
  })
}
