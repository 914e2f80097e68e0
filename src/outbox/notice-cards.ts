/** What stands in a notice: its card, by kind, as things are now. */
import type { Alert, Reader } from '../cards/reader.ts'
import type { RenderedCard } from '../cards/render.ts'
import { say } from '../cards/texts.ts'
import { invitationCard } from '../cards/views/home/participant.ts'
import { joinedCard } from '../cards/views/membership/codes.ts'
import { newCoachCard } from '../cards/views/membership/new-coach.ts'
import { nudgeCard, reviewedCard } from '../cards/views/notices/notification-cards.ts'
import { readyCard } from '../cards/views/reading/coach.ts'
import { enrolCard } from '../cards/views/team-import/enrol.ts'
import type { RosterNews } from '../domain/import-counts.ts'
import type { Journey } from '../domain/journey.ts'
import type { Programme } from '../domain/programme.ts'
import type { Promised } from '../domain/readiness.ts'
import type { Instant } from '../domain/values.ts'

export type About = {
  readonly notice: Promised
  readonly programme: Programme
  /** Of whom it is about; some kinds are about nobody's. */
  readonly journey: Journey | undefined
  readonly now: Instant
  /** Nobody knows whether this person has had it already. */
  readonly mayBeRepeat: boolean
}

type Letter = (to: Reader, about: About) => RenderedCard
type Letters = { readonly [kind in Promised['kind']]: Letter }

const letters: Letters = {
  invitation: (to, { programme, journey, mayBeRepeat }) =>
    invitationCard(to, { programme, journey: there(journey), ...(mayBeRepeat && { alert: repeated(to) }) }),
  leaderInvitation: (to, { programme, mayBeRepeat }) => joinedCard(to, { programme, as: 'leader', mayBeRepeat }),
  coachInvitation: (to, { programme, mayBeRepeat }) => joinedCard(to, { programme, as: 'coach', mayBeRepeat }),
  coachJoined: (to, { programme, journey, mayBeRepeat }) =>
    newCoachCard(to, { programme, journey: there(journey), mayBeRepeat }),
  ready: (to, { notice, programme, journey, mayBeRepeat }) =>
    readyCard(to, { programme, journey: there(journey), round: notice.round, mayBeRepeat }),
  enrol: (to, { notice, programme, mayBeRepeat }) =>
    enrolCard(to, { programme, news: newsIn(notice), alert: mayBeRepeat ? repeated(to) : undefined }),
  nudge: (to, { programme, journey, now, mayBeRepeat }) =>
    nudgeCard(to, { programme, journey: there(journey), now, mayBeRepeat }),
  reviewed: (to, { notice, programme, journey, mayBeRepeat }) =>
    reviewedCard(to, { programme, journey: there(journey), round: notice.round, mayBeRepeat }),
}

/** @throws for a kind that this program has no card for: another replica may be newer. */
export function noticeCard(to: Reader, about: About): RenderedCard {
  const draw: Letter | undefined = letters[about.notice.kind]
  if (!draw) throw new RangeError('A notice of a kind that has no card here.')
  return draw(to, about)
}

function newsIn({ roster }: Promised): RosterNews {
  if (!roster) throw new RangeError('A notice about an import without its news.')
  return roster
}

function repeated({ language }: Reader): Alert {
  return { tone: 'warning', text: say(language, 'ready.repeat') }
}

/** What is still true of somebody's journey was read with it. */
function there(journey: Journey | undefined): Journey {
  if (!journey) throw new RangeError('A notice about a journey that is not there.')
  return journey
}
