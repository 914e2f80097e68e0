/** Planning, recording, cancelling and choosing sessions. */
import { type ActionData, notChosen } from '../../cards/actions.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say, type TextKey } from '../../cards/texts.ts'
import { chooseCard, planCard, recordCard } from '../../cards/views/sessions/sessions.ts'
import { isCalendarDate, today } from '../../domain/calendar.ts'
import { currentRound, heldSessions, type Journey, type Pointer } from '../../domain/journey.ts'
import type { Promised } from '../../domain/readiness.ts'
import type { Decided } from '../../domain/refusals.ts'
import { type Choice, choose, confirmOneLog } from '../../domain/sessions/choosing.ts'
import { cancel, editPlan, plan, record } from '../../domain/sessions/sessions.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { asParticipant, homeOf } from '../home/participant-home.ts'
import { carryOn } from '../logs/reflecting.ts'
import { commitDecision } from '../turn/commit-decision.ts'
import { journeyIn, loadOwnJourney, type OwnJourney, putJourney } from '../turn/own-journey.ts'
import {
  denied,
  digest,
  type Outcome,
  reader,
  refused,
  refusedPlainly,
  showCard,
  type TurnContext,
  zoneNow,
} from '../turn/turn-context.ts'

export function planForm(context: TurnContext, id: ProgrammeId | undefined, no?: number): Promise<Outcome> {
  return asParticipant(context, id, async ({ programme, journey }) => {
    const session = currentRound(journey.doc).sessions.find(each => each.no === no)
    const form = digest(context.incoming.activity)
    return showCard(planCard(reader(context, programme), { programme, journey: journey.doc, form, session }))
  })
}

export function planSession(context: TurnContext, data: ActionData<'plan'>): Promise<Outcome> {
  const { form, session: no, coachee, topic, goal, plannedFor } = data
  const typed = { coachee, topic, goal, plannedFor }
  // A date field holds a date or nothing; a card with anything else in it may not be shown at all.
  const kept = { ...typed, plannedFor: isCalendarDate(plannedFor) ? plannedFor : '' }
  return change(context, data.programme, {
    decide: ({ programme, journey }) =>
      no === undefined
        ? plan(journey.doc, programme, typed, form, context.now)
        : editPlan(journey.doc, no, typed, context.now),
    good: no === undefined ? 'home.planned' : 'home.changed',
    again: ({ programme, journey }, alert) => {
      const session = currentRound(journey.doc).sessions.find(each => each.no === no)
      return planCard(reader(context, programme), {
        programme,
        journey: journey.doc,
        form,
        session,
        typed: kept,
        alert,
      })
    },
  })
}

export function recordForm(context: TurnContext, id: ProgrammeId | undefined, no: number): Promise<Outcome> {
  return asParticipant(context, id, async ({ programme, journey }) => {
    const session = currentRound(journey.doc).sessions.find(each => each.no === no)
    if (!session) return refusedPlainly(context, { refused: 'noSuchSession' }, programme)
    const to = reader(context, programme)
    return showCard(recordCard(to, { programme, session, today: today(context.now, zoneNow(context, programme)) }))
  })
}

export function recordSession(context: TurnContext, data: ActionData<'record'>): Promise<Outcome> {
  const { session: no, heldOn, line, rating } = data
  return change(context, data.programme, {
    decide: ({ programme, journey }) =>
      record(journey.doc, no, { heldOn, line, rating: Number(rating) }, context.now, zoneNow(context, programme)),
    good: 'home.recorded',
    again: ({ programme, journey }, alert) => {
      const session = currentRound(journey.doc).sessions.find(each => each.no === no && !each.cancelledAt)
      if (!session) return undefined
      const to = reader(context, programme)
      return recordCard(to, {
        programme,
        session,
        today: today(context.now, zoneNow(context, programme)),
        typed: { heldOn: isCalendarDate(heldOn) ? heldOn : '', line, rating },
        alert,
      })
    },
  })
}

export function cancelSession(context: TurnContext, data: ActionData<'cancelSession'>): Promise<Outcome> {
  return change(context, data.programme, {
    decide: ({ journey }) => cancel(journey.doc, data.session, context.now),
    good: 'home.cancelled',
  })
}

export function chooseForm(context: TurnContext, id: ProgrammeId | undefined): Promise<Outcome> {
  return asParticipant(context, id, async found => {
    const { programme, journey } = found
    if (heldSessions(currentRound(journey.doc)).length > 0) {
      return showCard(chooseCard(reader(context, programme), { programme, journey: journey.doc }))
    }
    const text = say(reader(context, programme).language, 'choose.nothingHeld')
    return showCard(await homeOf(context, found, { tone: 'attention', text }))
  })
}

/** Saves the choice; "save and begin" goes straight on to the first open question. */
export async function chooseThem(context: TurnContext, data: ActionData<'choose'>): Promise<Outcome> {
  const chosen = await choosing(context, data)
  if (!data.begin || chosen.refusal) return chosen
  return { ...(await carryOn(context, data.programme)), promised: chosen.promised }
}

function choosing(context: TurnContext, data: ActionData<'choose'>): Promise<Outcome> {
  const { best, mostChallenging } = data
  const choice = { ...chosenAs('best', best), ...chosenAs('mostChallenging', mostChallenging) }
  return change(context, data.programme, {
    decide: ({ programme, journey }) => choose(journey.doc, programme, choice, context.now),
    good: 'home.chosen',
    again: ({ programme, journey }, alert) =>
      chooseCard(reader(context, programme), {
        programme,
        journey: journey.doc,
        typed: { best, mostChallenging },
        alert,
      }),
  })
}

/** A pointer that was left at "Not yet" is left out, so that it stays where it is. */
function chosenAs(pointer: Pointer, value: string): Choice {
  return value === '' || value === notChosen ? {} : { [pointer]: Number(value) }
}

export function sendOneLog(context: TurnContext, data: ActionData<'oneLog'>): Promise<Outcome> {
  return change(context, data.programme, {
    decide: ({ programme, journey }) => confirmOneLog(journey.doc, programme, context.now),
    good: 'home.oneLogConfirmed',
  })
}

type Change = {
  readonly decide: (mine: OwnJourney) => Decided<{ journey: Journey; notices?: readonly Promised[] }>
  /** What home says when it is done. */
  readonly good: TextKey
  /** The form again with the refusal on it and everything typed kept; home when there is no form to go back to. */
  readonly again?: (mine: OwnJourney, alert: { tone: 'attention'; text: string }) => RenderedCard | undefined
}

/** One change of the actor's own journey, and home afterwards. */
function change(context: TurnContext, id: ProgrammeId, { decide, good, again }: Change): Promise<Outcome> {
  return commitDecision(context, id, async () => {
    const found = await loadOwnJourney(context, id)
    if (!found) return denied(context)
    const { programme, journey } = found
    if (!journey.doc.consent) return showCard(await homeOf(context, found))
    const { language } = reader(context, programme)
    const decided = decide(found)
    if (decided.refused) {
      const alert = { tone: 'attention', text: refusalText(language, decided.refused, decided.detail) } as const
      return refused(decided, again?.(found, alert) ?? (await homeOf(context, found, alert)))
    }
    const said = { tone: 'good', text: say(language, good) } as const
    if (decided.journey === journey.doc) return showCard(await homeOf(context, found, said))
    return {
      writes: [putJourney(journey, decided.journey)],
      promised: decided.notices,
      card: docs => homeOf(context, { programme, journey: journeyIn(docs) }, said),
    }
  })
}
