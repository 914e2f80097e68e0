/** Messages of a programme that could not be delivered, for its coach: which kind, to whom, since when. Never a word of them. */
import type { NoticeKind } from '../../../domain/notices.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Instant } from '../../../domain/values.ts'
import { momentText } from '../../dates.ts'
import { pageOf } from '../../paging.ts'
import { button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { dotted, oneLine } from '../../words.ts'
import { pageTurns } from '../answers.ts'
import { alerts, maybe } from '../parts.ts'
import { installing, nameOf } from '../picking.ts'

/** A message that nobody tries to send any more. */
export type Undelivered = {
  readonly notice: string
  readonly kind: NoticeKind
  /** To whom; empty where the name is not known. */
  readonly name: string
  readonly since: Instant
  /** A send ended without anybody knowing how. */
  readonly mayHaveArrived: boolean
}

const onPage = 8

type Input = {
  readonly programme: Programme
  readonly notices: readonly Undelivered[]
  readonly page: number
  /** The link to add the app. */
  readonly install?: string | undefined
  readonly alert?: Alert | undefined
}

export function undeliveredCard(reader: Reader, { programme, notices, install, alert, ...asked }: Input): RenderedCard {
  const { language } = reader
  const id = programme.programme
  const oldest = notices.toSorted((a, b) => a.since.localeCompare(b.since, 'en'))
  const { items, page, pages } = pageOf(oldest, () => 1, asked.page, onPage)
  return render('undelivered', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    intro: say(language, 'undelivered.intro', { count: notices.length }),
    shown: maybe(pages > 1, { text: say(language, 'coachHome.page', { page, pages }) }),
    install: installing(reader, install, notices.length > 0),
    notices: items.map(({ notice, kind, name, since, mayHaveArrived }) => ({
      name: nameOf(reader, name),
      what: dotted(
        say(language, `undelivered.kind.${kind}`),
        say(language, 'undelivered.since', { date: momentText(reader, since) }),
        mayHaveArrived ? say(language, 'undelivered.maybe') : '',
      ),
      buttons: [
        button('sendAgain', say(language, 'undelivered.sendAgain'), { programme: id, notice }),
        button('letGo', say(language, 'undelivered.letGo'), { programme: id, notice }),
      ],
    })),
    turns: pageTurns(reader, page, pages, turned => button('undelivered', '', { programme: id, page: turned })),
    back: press('coachHome', { programme: id, page: 1 }),
  })
}
