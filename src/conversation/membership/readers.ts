/** A participant says whether a coach who joined later may read their logs: yes, not now, or later yes after all. */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { nameOf } from '../../cards/views/picking.ts'
import { currentRound, isReady } from '../../domain/journey.ts'
import { acceptCoach, declineCoach } from '../../domain/membership/coaches.ts'
import type { PersonId, ProgrammeId } from '../../domain/values.ts'
import { homeOf } from '../home/participant-home.ts'
import { changeJourney, type JourneyIn } from '../turn/changing.ts'
import { type Outcome, reader, type TurnContext } from '../turn/turn-context.ts'

type Asked = { readonly programme: ProgrammeId; readonly coach: PersonId }
type Decide = Parameters<typeof changeJourney>[3]

export function acceptReader(context: TurnContext, asked: ActionData<'acceptCoach'>): Promise<Outcome> {
  return answered(context, asked, 'newCoach.accepted', ({ journey, programme }) =>
    acceptCoach(journey, programme, asked.coach),
  )
}

export function declineReader(context: TurnContext, asked: ActionData<'declineCoach'>): Promise<Outcome> {
  return answered(context, asked, 'newCoach.notNow', ({ journey, programme }) =>
    declineCoach(journey, programme, asked.coach),
  )
}

/** Ends on home, where whatever is still to be decided stands. */
function answered(
  context: TurnContext,
  { programme: id, coach }: Asked,
  key: 'newCoach.accepted' | 'newCoach.notNow',
  decide: Decide,
): Promise<Outcome> {
  const show = ({ programme, journey }: JourneyIn, alert: Alert) =>
    homeOf(context, { programme, journey: { doc: journey } }, alert)
  return changeJourney(
    context,
    id,
    context.person,
    decide,
    {
      card: of => {
        const to = reader(context, of.programme)
        const name = nameOf(to, of.programme.coaches.find(each => each.person === coach)?.name ?? '')
        const ready = String(isReady(currentRound(of.journey)))
        return show(of, { tone: 'good', text: say(to.language, key, { name, ready }) })
      },
      no: ({ refused, detail }, of) => {
        const { language } = reader(context, of.programme)
        return show(of, { tone: 'attention', text: refusalText(language, refused, detail) })
      },
    },
    // A person who has not said yes to the programme sees their invitation; their journey is theirs alone.
    { may: ({ journey }) => journey.person === context.person },
  )
}
