/** Saying yes: it makes the member, names their readers and their team leader. */

import { type ActionData, notChosen } from '../../cards/actions.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { consent } from '../../domain/membership/consent.ts'
import { withName } from '../../domain/membership/inviting.ts'
import type { LeaderAnswer } from '../../domain/membership/leaders.ts'
import { invitationShownAt } from '../../domain/profile.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { keys } from '../../store/documents.ts'
import { homeOf } from '../home/participant-home.ts'
import { commitDecision, type Decision } from '../turn/commit-decision.ts'
import { journeyIn, putJourney } from '../turn/own-journey.ts'
import { withFirstChoice } from '../turn/people.ts'
import {
  denied,
  type Outcome,
  reader,
  refused,
  refusedPlainly,
  showCard,
  type TurnContext,
} from '../turn/turn-context.ts'

/** Consent makes the member, and names their team leader. A second press finds them in and shows home. */
export async function giveConsent(context: TurnContext, { programme: id, coaches, leader }: ActionData<'consent'>) {
  return commitDecision(context, id, async (): Promise<Decision> => {
    // Who reads and who leads today, not a minute ago.
    const programme = await context.people.programmeNow(id)
    const journey = programme && (await context.store.get(keys.journey(id, context.person)))
    if (!programme || !journey) return denied(context)
    const decided = consent(journey.doc, programme, coaches, context.now, answerOf(leader))
    if (decided.refused === 'alreadyConsented') return showCard(await homeOf(context, { programme, journey }))
    const { language } = reader(context, programme)
    if (decided.refused && toShowAgain.includes(decided.refused)) {
      const alert = { tone: 'attention', text: refusalText(language, decided.refused) } as const
      return refused(decided, await homeOf(context, { programme, journey }, alert, leader))
    }
    if (decided.refused) return refusedPlainly(context, decided, programme)
    const alert = { tone: 'good', text: say(language, 'home.welcomeIn') } as const
    return {
      writes: [putJourney(journey, withName(decided.journey, context.incoming.actor.name))],
      card: async docs => {
        const { person, incoming } = context
        const { actor } = incoming
        await context.people.change(person, actor.name, before => withFirstChoice(before, actor))
        return homeOf(context, { programme, journey: journeyIn(docs) }, alert)
      },
    }
  })
}

/** The programme has other people than the card said: it is shown once more, as it is now. */
const toShowAgain: readonly Refusal[] = ['readersChanged', 'notALeader', 'ownLeader']

/** What the field for the team leader means. */
function answerOf(chosen: string): LeaderAnswer {
  if (chosen === '') return 'asNamed'
  return { leader: chosen === notChosen ? undefined : chosen }
}

/** Typed consent is to what the invitation said that this person was last shown; where that is not known, it is shown first. */
export async function consentTyped(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  const programme = await context.people.programmeNow(id)
  const seenAt = invitationShownAt(context.profile, id, context.now)
  const journey = seenAt === '' && programme && (await context.store.get(keys.journey(id, context.person)))
  if (programme && journey) return showCard(await homeOf(context, { programme, journey }))
  const coaches = programme?.coaches.filter(coach => coach.since <= seenAt).map(coach => coach.person) ?? []
  return giveConsent(context, { programme: id, coaches, leader: '' })
}
