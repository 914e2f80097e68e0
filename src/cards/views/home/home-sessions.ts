/** One session on the home card: what is known about it, and what can be done with it. */
import {
  type CoachingSession,
  type Journey,
  logFacts,
  logState,
  pointerOf,
  type Round,
} from '../../../domain/journey.ts'
import { dayText } from '../../dates.ts'
import { type Button, button } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { say } from '../../texts.ts'
import { ratingText } from '../../words.ts'
import { maybe, sessionTitle } from '../parts.ts'

export function sessionRow(
  reader: Reader,
  journey: Journey,
  round: Round,
  session: CoachingSession,
  open: boolean,
): { title: string; when: string; actions: readonly object[] } {
  const buttons =
    open && logState(logFacts(round, session.no)) === 'draft' ? rowButtons(reader, journey, round, session) : []
  const [first, ...rest] = buttons
  const actions = [...(first ? [{ ...first, mode: null }] : []), ...rest.map(each => ({ ...each, mode: 'secondary' }))]
  return {
    title: sessionTitle(session),
    when: whenText(reader, session),
    actions: maybe(actions.length > 0, { buttons: actions }),
  }
}

/** The first is visible, the rest are behind the dots. */
function rowButtons({ language }: Reader, journey: Journey, round: Round, session: CoachingSession): readonly Button[] {
  const at = { programme: journey.programme, session: session.no }
  const record = say(language, session.heldOn ? 'home.editRecord' : 'home.record')
  return [
    button('recordForm', record, at),
    button('planForm', say(language, 'home.editPlan'), at),
    ...maybe(!pointerOf(round, session.no), button('cancelSession', say(language, 'home.cancelSession'), at)),
  ]
}

function whenText(reader: Reader, { heldOn, plannedFor, rating }: CoachingSession): string {
  const { language } = reader
  if (heldOn && rating)
    return say(language, 'home.when.held', {
      date: dayText(language, heldOn, 'short'),
      rating: ratingText(reader, rating),
    })
  if (heldOn) return say(language, 'home.when.heldNoRating', { date: dayText(language, heldOn, 'short') })
  return plannedFor
    ? say(language, 'home.when.planned', { date: dayText(language, plannedFor) })
    : say(language, 'home.when.noDate')
}
