/** A participant's home: their invitation before consent, how things stand after it, and what they wrote once they are gone. */

import type { Alert } from '../../cards/reader.ts'
import { type RenderedCard, withButton } from '../../cards/render.ts'
import { say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { homeCard, invitationCard } from '../../cards/views/home/participant.ts'
import { readersOf } from '../../domain/access.ts'
import { currentRound, isReady, type Journey } from '../../domain/journey.ts'
import { withName } from '../../domain/membership/inviting.ts'
import { invitationShownAt } from '../../domain/profile.ts'
import { isGraduate } from '../../domain/programme/creating.ts'
import type { Programme } from '../../domain/programme.ts'
import { askedAt, awaitsConsent } from '../../domain/standing.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { keys } from '../../store/documents.ts'
import { loadOwnJourney, type OwnJourney, putJourney } from '../turn/own-journey.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'

/** What home needs of it: no version, since nothing is written. */
type Owned = { readonly programme: Programme; readonly journey: { readonly doc: Journey } }

/** Runs a row that needs the actor's own journey; everybody else gets the neutral sentence. */
export async function asParticipant(
  context: TurnContext,
  id: ProgrammeId | undefined,
  run: (mine: OwnJourney) => Promise<Outcome>,
) {
  const found = id === undefined ? undefined : await loadOwnJourney(context, id)
  if (!found) return denied(context)
  if (!found.journey.doc.consent) return showCard(await homeOf(context, found))
  return run(found)
}

/**
 * The participant's home as it is now. Before consent, and when they are asked back, it is the invitation; after removal
 * what was written can still be read.
 */
export async function homeOf(
  context: TurnContext,
  { programme, journey }: Owned,
  alert?: Alert,
  chosenLeader = '',
): Promise<RenderedCard> {
  const to = reader(context, programme)
  if (awaitsConsent(journey.doc) && !programme.closedAt) {
    await Promise.all([nowShown(context, programme, journey.doc), nowNamed(context, journey.doc)])
    return invitationCard(to, { programme, journey: journey.doc, alert, chosenLeader })
  }
  return standsAs(context, { programme, journey }, alert)
}

/** What somebody wrote who is asked back: theirs to read before they decide. */
export async function whatTheyWrote(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  const found = await loadOwnJourney(context, id)
  if (!found) return denied(context)
  const { programme, journey } = found
  const asked = awaitsConsent(journey.doc) && !programme.closedAt
  if (!asked || !journey.doc.consent) return showCard(await homeOf(context, found))
  const to = reader(context, programme)
  const title = say(to.language, 'invitation.again')
  return showCard(withButton(await standsAs(context, found), to, title, 'home', { programme: id }))
}

/** As a participant, or as one who was. */
async function standsAs(context: TurnContext, { programme, journey }: Owned, alert?: Alert): Promise<RenderedCard> {
  const to = reader(context, programme)
  const over = journey.doc.removedAt ? 'general.removed' : programme.closedAt ? 'general.closed' : undefined
  const closed = over && ({ tone: 'warning', text: say(to.language, over) } as const)
  if (!journey.doc.consent && closed) return noteCard(to, closed)
  const coachReached = isReady(currentRound(journey.doc))
    ? await reachesCoach(context, programme, journey.doc)
    : undefined
  const mayRunBuddy = context.creators.buddies && isGraduate(journey.doc)
  const card = { programme, journey: journey.doc, now: context.now, alert: alert ?? closed, coachReached, mayRunBuddy }
  return homeCard(to, card)
}

/** Kept when it is news: another programme's, or since then somebody was asked again or another coach has come. */
async function nowShown({ people, person, incoming, now }: TurnContext, programme: Programme, journey: Journey) {
  const { programme: id } = programme
  await people.change(person, incoming.actor.name, before => {
    const at = invitationShownAt(before, id, now)
    const known = at >= askedAt(journey) && programme.coaches.every(coach => coach.since <= at)
    return known ? before : { ...before, invitationShown: { programme: id, at: now } }
  })
}

/** Once; somebody else who is writing to it leaves it for their next coming. */
async function nowNamed({ store, person, incoming }: TurnContext, { programme, name }: Journey): Promise<void> {
  const before = name.trim() ? undefined : await store.get(keys.journey(programme, person))
  const named = before && withName(before.doc, incoming.actor.name)
  if (named && named !== before.doc) await store.commit(before.doc.pk, [putJourney(before, named)])
}

export function reachesCoach(context: TurnContext, programme: Programme, journey: Journey): Promise<boolean> {
  return context.people.reachesAny(readersOf(programme, journey).map(coach => coach.person))
}
