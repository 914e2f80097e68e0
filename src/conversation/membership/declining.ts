/** Declining an invitation, and blocking its sender. The person can still take part later. */
import type { ActionData } from '../../cards/actions.ts'
import { declinedCard } from '../../cards/views/home/participant.ts'
import { declineInvitation, withName } from '../../domain/membership/inviting.ts'
import { block } from '../../domain/quotas/limits.ts'
import { askedAt } from '../../domain/standing.ts'
import { homeOf } from '../home/participant-home.ts'
import { changeInviterBlocks } from '../quotas/quota-store.ts'
import { changeJourney, type JourneyIn } from '../turn/changing.ts'
import { loadOwnJourney } from '../turn/own-journey.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'

/** Counted, so that who means it is not asked again. Who takes part already, or no more, sees how things stand. */
export function decline(context: TurnContext, { programme: id, asked }: ActionData<'decline'>): Promise<Outcome> {
  const isMine = ({ journey }: JourneyIn) => journey.person === context.person
  const card = ({ programme, journey }: JourneyIn) => declinedCard(reader(context, programme), { programme, journey })
  const no = (_why: unknown, { programme, journey }: JourneyIn) =>
    homeOf(context, { programme, journey: { doc: journey } })
  return changeJourney(
    context,
    id,
    context.person,
    ({ journey }) => declineInvitation(withName(journey, context.incoming.actor.name), asked ?? askedAt(journey)),
    { card, no },
    { may: isMine },
  )
}

/** From now on this inviter reaches this person no more, whatever the programme. The inviter is not told. */
export async function blockInviter(context: TurnContext, { programme: id }: ActionData<'block'>): Promise<Outcome> {
  const found = await loadOwnJourney(context, id)
  const inviter = found?.journey.doc.invitedBy
  if (!found || inviter === undefined) return denied(context)
  const { programme, journey } = found
  await changeInviterBlocks(context, before => {
    const after = block(before, inviter)
    return after.blocked.length === before?.blocked.length ? { answer: undefined } : { after, answer: undefined }
  })
  return showCard(declinedCard(reader(context, programme), { programme, journey: journey.doc, blocked: true }))
}
