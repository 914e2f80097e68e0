/** The Buddy programmes that came from a programme, for its coach: counts, and never a name of anybody in them. */

import type { Programme } from '../../../domain/programme.ts'
import { fewestCounted, type ParentSummary, standings } from '../../../domain/progress/programme-overview.ts'
import { windowOf } from '../../../domain/window.ts'
import { dayText } from '../../dates.ts'
import { button, press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { dotted, oneLine } from '../../words.ts'
import { pageTurns } from '../answers.ts'
import { maybe } from '../parts.ts'

type BuddiesInput = {
  readonly programme: Programme
  /** Without counts where too few take part. */
  readonly rows: readonly { readonly programme: Programme; readonly counts: ParentSummary | undefined }[]
  readonly page: number
  readonly pages: number
}

export function buddiesCard(reader: Reader, { programme, rows, page, pages }: BuddiesInput): RenderedCard {
  const { language } = reader
  const id = programme.programme
  return render('buddies', reader, {
    programme: oneLine(programme.name),
    intro: say(language, 'buddies.intro', { fewest: fewestCounted }),
    empty: maybe(rows.length === 0, say(language, 'buddies.nobody')),
    rows: rows.map(row => ({
      name: oneLine(row.programme.name),
      when: whenText(reader, row.programme),
      counts: row.counts
        ? countsTexts(reader, row.counts)
        : [say(language, 'buddies.tooFew', { fewest: fewestCounted })],
    })),
    page: maybe(pages > 1, say(language, 'coachHome.page', { page, pages })),
    turns: pageTurns(reader, page, pages, turned => button('buddies', '', { programme: id, page: turned })),
    back: press('manage', { programme: id }),
  })
}

function whenText({ language }: Reader, programme: Programme): string {
  const { first, last } = windowOf(programme)
  const window = say(language, 'buddies.window', { first: dayText(language, first), last: dayText(language, last) })
  return dotted(window, programme.closedAt && say(language, 'programmes.closed'))
}

function countsTexts({ language }: Reader, { people, standings: counts, logs }: ParentSummary): readonly string[] {
  const there = standings.filter(standing => counts[standing] > 0)
  return [
    dotted(
      say(language, 'coachHome.countPeople', { count: people }),
      ...there.map(standing => {
        // Whose logs are all in is ready for their own coach.
        const label = say(language, standing === 'ready' ? 'buddies.ready' : `standing.${standing}`)
        return `${label}\u00a0${counts[standing]}`
      }),
    ),
    say(language, 'buddies.logs', { count: logs }),
  ]
}
