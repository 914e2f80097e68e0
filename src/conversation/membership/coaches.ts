/** A coach adds co-coaches to a programme and takes one out. Each participant who is in already is then asked (`readers.ts`). */
import type { ActionData } from '../../cards/actions.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { askRemoveCoachCard, coachesCard } from '../../cards/views/membership/coaches.ts'
import { addCoach, readByNobodyElse, removeCoach } from '../../domain/membership/coaches.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import { changeProgramme } from '../turn/changing.ts'
import { withCoachedProgramme } from '../turn/coached.ts'
import { loadProgrammeAs } from '../turn/programme-people.ts'
import { denied, homeButton, type Outcome, reader, refused, showCard, type TurnContext } from '../turn/turn-context.ts'
import { addThem } from './adding.ts'

/** `counts`: with how many have said yes to each, which takes a look at everybody. */
export async function coachesForm(
  context: TurnContext,
  { programme: id, counts, ...typed }: ActionData<'coachesForm'>,
): Promise<Outcome> {
  if (!counts) return withCoachedProgramme(context, id, programme => showCard(draw(context, programme, { typed })))
  const found = await loadProgrammeAs(context, id, 'coach')
  return found ? showCard(draw(context, found.programme, { typed, journeys: found.journeys })) : denied(context)
}

export function addCoaches(
  context: TurnContext,
  { programme: id, ...typed }: ActionData<'addCoach'>,
): Promise<Outcome> {
  return withCoachedProgramme(context, id, of =>
    addThem(context, of, typed, {
      isOne: isCoach,
      add: addCoach,
      card: (now, more) => draw(context, now, more),
      said: 'coaches.added',
      asksJourney: true,
    }),
  )
}

/** `sure`: whom it was asked about and answered yes. Before that it says what it means, also for whom nobody then reads. */
export function removeOneCoach(
  context: TurnContext,
  { programme: id, coach, sure }: ActionData<'removeCoach'>,
): Promise<Outcome> {
  if (sure === undefined) return askToRemove(context, id, coach)
  return changeProgramme(context, id, before => removeCoach(before, sure), {
    card: now => {
      const to = reader(context, now)
      if (sure === context.person) {
        const left = say(to.language, 'coaches.left')
        return noteCard(to, { tone: 'good', text: left, buttons: homeButton(to) })
      }
      return draw(context, now, { alert: { tone: 'good', text: say(to.language, 'coaches.removed') } })
    },
    no: (no, now) => {
      const text = refusalText(reader(context, now).language, no.refused, no.detail)
      return draw(context, now, { alert: { tone: 'attention', text } })
    },
  })
}

async function askToRemove(context: TurnContext, id: string, coach: string): Promise<Outcome> {
  const found = await loadProgrammeAs(context, id, 'coach')
  if (!found) return denied(context)
  const { programme, journeys } = found
  const to = reader(context, programme)
  const who = programme.coaches.find(each => each.person === coach)
  const no = who ? removeCoach(programme, coach) : ({ refused: 'notACoach' } as const)
  if (who && !no.refused) {
    const left = readByNobodyElse(programme, journeys, coach).length
    return showCard(askRemoveCoachCard(to, { programme, coach: who, self: coach === context.person, left }))
  }
  const text = who ? refusalText(to.language, 'lastCoach') : say(to.language, 'coaches.chooseFirst')
  return refused(
    no.refused ? no : { refused: 'notACoach' },
    draw(context, programme, { alert: { tone: 'attention', text } }),
  )
}

type More = Pick<Parameters<typeof coachesCard>[1], 'typed' | 'alert' | 'journeys'>

function draw(context: TurnContext, programme: Programme, more: More = {}) {
  return coachesCard(reader(context, programme), { programme, you: context.person, ...more })
}
