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
  scope: TurnContext,
  { programme: id, counts, ...typed }: ActionData<'coachesForm'>,
): Promise<Outcome> {
  if (!counts) return withCoachedProgramme(scope, id, programme => showCard(draw(scope, programme, { typed })))
  const found = await loadProgrammeAs(scope, id, 'coach')
  return found ? showCard(draw(scope, found.programme, { typed, journeys: found.journeys })) : denied(scope)
}

export function addCoaches(scope: TurnContext, { programme: id, ...typed }: ActionData<'addCoach'>): Promise<Outcome> {
  return withCoachedProgramme(scope, id, of =>
    addThem(scope, of, typed, {
      isOne: isCoach,
      add: addCoach,
      card: (now, more) => draw(scope, now, more),
      said: 'coaches.added',
      asksJourney: true,
    }),
  )
}

/** `sure`: whom it was asked about and answered yes. Before that it says what it means, also for whom nobody then reads. */
export function removeOneCoach(
  scope: TurnContext,
  { programme: id, coach, sure }: ActionData<'removeCoach'>,
): Promise<Outcome> {
  if (sure === undefined) return askToRemove(scope, id, coach)
  return changeProgramme(scope, id, before => removeCoach(before, sure), {
    card: now => {
      const to = reader(scope, now)
      if (sure === scope.person) {
        const left = say(to.language, 'coaches.left')
        return noteCard(to, { tone: 'good', text: left, buttons: homeButton(to) })
      }
      return draw(scope, now, { alert: { tone: 'good', text: say(to.language, 'coaches.removed') } })
    },
    no: (no, now) => {
      const text = refusalText(reader(scope, now).language, no.refused, no.detail)
      return draw(scope, now, { alert: { tone: 'attention', text } })
    },
  })
}

async function askToRemove(scope: TurnContext, id: string, coach: string): Promise<Outcome> {
  const found = await loadProgrammeAs(scope, id, 'coach')
  if (!found) return denied(scope)
  const { programme, journeys } = found
  const to = reader(scope, programme)
  const who = programme.coaches.find(each => each.person === coach)
  const no = who ? removeCoach(programme, coach) : ({ refused: 'notACoach' } as const)
  if (who && !no.refused) {
    const left = readByNobodyElse(programme, journeys, coach).length
    return showCard(askRemoveCoachCard(to, { programme, coach: who, self: coach === scope.person, left }))
  }
  const text = who ? refusalText(to.language, 'lastCoach') : say(to.language, 'coaches.chooseFirst')
  return refused(
    no.refused ? no : { refused: 'notACoach' },
    draw(scope, programme, { alert: { tone: 'attention', text } }),
  )
}

type More = Pick<Parameters<typeof coachesCard>[1], 'typed' | 'alert' | 'journeys'>

function draw(scope: TurnContext, programme: Programme, more: More = {}) {
  return coachesCard(reader(scope, programme), { programme, you: scope.person, ...more })
}
