/** One person, for a coach: how far, what holds them up, and what can be done about it. Never a word they wrote. */

import { plusDays } from '../../../domain/calendar.ts'
import { currentRound, isReady, type Journey } from '../../../domain/journey.ts'
import { mostExtraDays } from '../../../domain/programme/running.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Seen } from '../../../domain/progress/programme-overview.ts'
import { progressOf } from '../../../domain/progress/progress.ts'
import { saidNo } from '../../../domain/standing.ts'
import type { Instant } from '../../../domain/values.ts'
import { windowOf } from '../../../domain/window.ts'
import { inputId, notChosen } from '../../actions.ts'
import { momentText } from '../../dates.ts'
import { type Button, button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { choiceTitle } from '../../words.ts'
import { alerts, inRows, maybe, programmeName } from '../parts.ts'
import { installing, nameOf } from '../picking.ts'
import { bothButton } from '../reading/coach-logs.ts'
import { heldUp, mayLackTheApp, type Readable, readButtons, stageText } from './coach-people.ts'
import { type Fact, progressFacts, timeLeft } from './progress-facts.ts'

type PersonInput = {
  readonly programme: Programme
  readonly journey: Journey
  /** Undefined for who was removed. */
  readonly seen: Seen | undefined
  readonly readable: Readable | undefined
  /** They have not said yes to this coach. */
  readonly awaited?: boolean | undefined
  readonly now: Instant
  /** The link to add the app. */
  readonly install?: string | undefined
  readonly alert?: Alert | undefined
  /** What is asked before it is done, or the form that is open, with the day as it was typed. */
  readonly state?: 'askReview' | 'askRemove' | { readonly lastDay?: string } | undefined
}

export function personCard(reader: Reader, input: PersonInput): RenderedCard {
  const { programme, journey, seen, awaited, now, alert, state } = input
  const { language } = reader
  const progress = progressOf(journey)
  const leader = programme.leaders.find(each => each.person === journey.leader)?.name
  return render('person', reader, {
    alerts: alerts(alert),
    programme: programmeName(reader, programme, progress.round),
    time: maybe(!!seen && !programme.closedAt, { text: timeLeft(reader, programme, now, currentRound(journey)) }),
    name: nameOf(reader, journey.name),
    stage: seen
      ? stageText(reader, seen, progress, awaited)
      : say(language, 'person.removed', { date: momentText(reader, journey.removedAt ?? now, 'short') }),
    notes: (seen ? heldUp(reader, programme, seen) : []).map(text => ({ text })),
    install: installing(reader, input.install, !!seen && mayLackTheApp(seen)),
    noYes: maybe(awaited === true, say(language, 'person.noYes', { name: nameOf(reader, journey.name) })),
    facts: [...askedFacts(reader, journey), ...(journey.consent ? progressFacts(reader, programme, progress) : [])],
    leader: say(language, leader === undefined ? 'person.noLeader' : 'person.leader', {
      leader: nameOf(reader, leader ?? ''),
    }),
    asks: state === 'askReview' || state === 'askRemove' ? [askOf(reader, journey, state)] : [],
    change: typeof state === 'object' ? [changeForm(reader, programme, journey, state.lastDay)] : [],
    buttons: state === undefined ? inRows(personButtons(reader, input)) : [],
    private: say(language, 'coachHome.private'),
    all: press('coachHome', { programme: programme.programme, page: 1 }),
  })
}

/** What can be done about this person now. */
function personButtons(
  reader: Reader,
  { programme, journey, seen, readable, awaited }: PersonInput,
): readonly Button[] {
  const { language } = reader
  const round = currentRound(journey)
  const at = { programme: programme.programme, person: journey.person }
  const open = !programme.closedAt
  const belongs = seen !== undefined
  return [
    ...(readable ? [...readButtons(reader, programme, readable), ...bothButton(reader, journey, readable.round)] : []),
    ...maybe(
      journey.active && isReady(round) && !round.reviewedAt && !awaited,
      button('reviewRound', say(language, 'person.review'), { ...at, round: round.no }),
    ),
    ...maybe(seen?.nudgeable === true, button('nudge', say(language, 'nudging.nudge'), at)),
    ...maybe(belongs && open, button('person', say(language, 'person.change'), { ...at, change: true })),
    ...maybe(belongs && open, button('removePerson', say(language, 'person.remove'), at)),
    ...maybe(!belongs && open && !saidNo(journey), button('inviteBack', say(language, 'person.inviteBack'), at)),
  ]
}

/** What a press means, before it is done. */
function askOf(reader: Reader, journey: Journey, state: 'askReview' | 'askRemove') {
  const { language } = reader
  const name = nameOf(reader, journey.name)
  const at = { programme: journey.programme, person: journey.person }
  const no = button('person', say(language, 'person.no'), at)
  const { no: round } = currentRound(journey)
  return state === 'askReview'
    ? {
        text: say(language, 'person.askReview', { name }),
        buttons: [button('reviewRound', say(language, 'person.yesReview'), { ...at, round, yes: true }), no],
      }
    : {
        text: say(language, journey.consent ? 'person.askRemove' : 'person.askTakeBack', { name }),
        buttons: [button('removePerson', say(language, 'person.yesRemove'), { ...at, yes: true }), no],
      }
}

function changeForm(reader: Reader, programme: Programme, journey: Journey, lastDay: string | undefined) {
  const { language } = reader
  const at = { programme: programme.programme, person: journey.person }
  const others = programme.leaders.filter(each => each.person !== journey.person)
  const round = currentRound(journey)
  const planned = windowOf(programme, { ...round, extraDays: 0 }).last
  return {
    leader: maybe(others.length > 0, {
      id: inputId('leader', reader.rendering),
      value: others.some(each => each.person === journey.leader) ? journey.leader : notChosen,
      choices: [
        { title: say(language, 'person.nobody'), value: notChosen },
        ...others.map(({ person, name }) => ({ title: choiceTitle(nameOf(reader, name)), value: person })),
      ],
      data: press('moveLeader', at),
    }),
    lastDay: {
      id: inputId('lastDay', reader.rendering),
      value: lastDay ?? windowOf(programme, round).last,
      min: planned,
      max: plusDays(planned, mostExtraDays),
      data: press('extendFor', at),
    },
    back: button('person', say(language, 'person.back'), at),
  }
}

/** When this person was asked for the first time, and when a nudge was last sent. */
function askedFacts(reader: Reader, { invitedAt, nudgedAt, consent }: Journey): readonly Fact[] {
  const { language } = reader
  const fact = (key: 'person.invited' | 'person.nudged', at: Instant) => ({
    title: say(language, key),
    value: momentText(reader, at, 'short'),
  })
  return [...maybe(!consent, fact('person.invited', invitedAt)), ...(nudgedAt ? [fact('person.nudged', nudgedAt)] : [])]
}
