/** The end of a round: a coach says that it is reviewed, for good. The participant is told, and has graduated. */
import type { ActionData } from '../../cards/actions.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { nameOf } from '../../cards/views/picking.ts'
import { awaitsYes } from '../../domain/access.ts'
import { currentRound } from '../../domain/journey.ts'
import { review } from '../../domain/logs/log-states.ts'
import { refuse } from '../../domain/refusals.ts'
import { drawPerson, pendingTo } from '../progress/person.ts'
import { changeJourney } from '../turn/changing.ts'
import { type Outcome, reader, type TurnContext } from '../turn/turn-context.ts'

/** Asks first where a log was not opened. */
export function reviewRound(context: TurnContext, data: ActionData<'reviewRound'>): Promise<Outcome> {
  const { programme: id, person, round, yes } = data
  return changeJourney(
    context,
    id,
    person,
    // A button of an earlier round says nothing about this one.
    of => {
      // A round ends for good, and so by somebody who could read it.
      if (awaitsYes(context.person, of)) return refuse('notAccepted')
      const { journey } = of
      return currentRound(journey).no === round ? review(journey, context.now, yes) : refuse('roundReviewed')
    },
    {
      card: async of => {
        const to = reader(context, of.programme)
        const text = say(to.language, 'person.reviewedNow', { name: nameOf(to, of.journey.name) })
        return drawPerson(context, of, await pendingTo(context, of), { alert: { tone: 'good', text } })
      },
      no: async ({ refused, detail }, of) => {
        const text = refusalText(reader(context, of.programme).language, refused, detail)
        const ask = refused === 'notAllOpened'
        const also = ask ? ({ state: 'askReview' } as const) : ({ alert: { tone: 'attention', text } } as const)
        return drawPerson(context, of, await pendingTo(context, of), also)
      },
    },
  )
}
