/** The three forms about sessions: plan, record, choose. What was typed comes back as it was typed. */

import {
  type CoachingSession,
  currentRound,
  heldSessions,
  type Journey,
  type Pointer,
  type Round,
} from '../../../domain/journey.ts'
import type { Programme } from '../../../domain/programme.ts'
import { isFixed } from '../../../domain/sessions/choosing.ts'
import { sessionLimits } from '../../../domain/sessions/sessions.ts'
import type { CalendarDate } from '../../../domain/values.ts'
import { inputId, notChosen } from '../../actions.ts'
import { dayText } from '../../dates.ts'
import { press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { choiceTitle, oneLine, ratingText, shortField } from '../../words.ts'
import { alerts, maybe, sessionOf, sessionTitle } from '../parts.ts'

type PlanInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly form: string
  readonly session?: CoachingSession
  readonly typed?: {
    readonly coachee: string
    readonly topic: string
    readonly goal: string
    readonly plannedFor: string
  }
  readonly alert?: Alert
}

export function planCard(reader: Reader, { programme, form, session, typed, alert }: PlanInput): RenderedCard {
  const id = programme.programme
  const { coachee, topic, goal } = typed ?? session ?? { coachee: '', topic: '', goal: '' }
  return render('plan', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    heading: say(reader.language, session ? 'plan.headingEdit' : 'plan.headingNew'),
    coachee: field(reader, 'coachee', coachee, sessionLimits.coachee),
    topic: field(reader, 'topic', topic, sessionLimits.topic),
    goal: field(reader, 'goal', goal, sessionLimits.goal),
    plannedFor: field(reader, 'plannedFor', (typed ?? session)?.plannedFor ?? ''),
    save: press('plan', { programme: id, form, ...(session ? { session: session.no } : {}) }),
    cancel: press('home', { programme: id }),
  })
}

type RecordInput = {
  readonly programme: Programme
  readonly session: CoachingSession
  readonly today: CalendarDate
  readonly typed?: { readonly heldOn: string; readonly line: string; readonly rating: string }
  readonly alert?: Alert
}

export function recordCard(reader: Reader, { programme, session, today, typed, alert }: RecordInput): RenderedCard {
  const id = programme.programme
  const likely = session.plannedFor && session.plannedFor <= today ? session.plannedFor : today
  const rating = typed?.rating ?? (session.rating ? String(session.rating) : '')
  return render('record', reader, {
    alerts: alerts(alert),
    session: sessionTitle(session),
    heldOn: { ...field(reader, 'heldOn', typed?.heldOn ?? session.heldOn ?? likely), max: today },
    line: field(reader, 'line', typed?.line ?? session.line ?? '', sessionLimits.line),
    rating: {
      ...field(reader, 'rating', rating),
      choices: [5, 4, 3, 2, 1].map(no => ({ title: ratingText(reader, no), value: String(no) })),
    },
    save: press('record', { programme: id, session: session.no }),
    cancel: press('home', { programme: id }),
  })
}

type ChooseInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly typed?: { readonly best: string; readonly mostChallenging: string }
  readonly alert?: Alert
}

export function chooseCard(reader: Reader, { programme, journey, typed, alert }: ChooseInput): RenderedCard {
  const { language } = reader
  const round = currentRound(journey)
  const held = heldSessions(round)
  const best = choice(reader, round, 'best', typed?.best)
  const mostChallenging = choice(reader, round, 'mostChallenging', typed?.mostChallenging)
  const intros = ['choose.introNone', 'choose.introOne'] as const
  const fixed = best.fixed.length + mostChallenging.fixed.length === 2
  const intro = fixed ? 'choose.introFixed' : (intros[held.length] ?? 'choose.intro')
  const mayChoose = held.length > 0 && best.input.length + mostChallenging.input.length > 0
  const id = programme.programme
  return render('choose', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    intro: say(language, intro),
    best,
    mostChallenging,
    keep: maybe(mayChoose, { text: say(language, 'choose.keep') }),
    save: maybe(mayChoose, {
      begin: press('choose', { programme: id, begin: true }),
      data: press('choose', { programme: id }),
    }),
    away: say(language, mayChoose ? 'common.cancel' : 'common.home'),
    cancel: press('home', { programme: id }),
  })
}

/** One of the two: an input over held sessions, or plain text once its log is submitted. */
function choice(reader: Reader, round: Round, pointer: Pointer, typed: string | undefined) {
  const { language } = reader
  const chosen = sessionOf(round, round[pointer])
  const other: Pointer = pointer === 'best' ? 'mostChallenging' : 'best'
  const title = (session: CoachingSession) =>
    choiceTitle(sessionTitle(session), session.heldOn && dayText(language, session.heldOn, 'short'))
  if (chosen && isFixed(round, pointer)) return { fixed: [{ title: title(chosen) }], input: [] }
  const free = heldSessions(round).filter(each => !(isFixed(round, other) && each.no === round[other]))
  const notYet = chosen ? [] : [{ title: say(language, 'choose.notYet'), value: notChosen }]
  const choices = [...free.map(each => ({ title: title(each), value: String(each.no) })), ...notYet]
  const value = typed ?? (chosen ? String(chosen.no) : '')
  return { fixed: [], input: maybe(free.length > 0, { ...field(reader, pointer, value), choices }) }
}

function field(reader: Reader, name: string, value: string, maxLength: number | null = null) {
  return { id: inputId(name, reader.rendering), value: shortField(value), maxLength }
}
