/** A coach adds co-coaches to a programme and takes one out. Each participant who is in already is then asked (`readers.ts`). */
import type { ActionData } from '../cards/actions.ts'
import { refusalText, say } from '../cards/texts.ts'
import { askRemoveCoachCard, coachesCard } from '../cards/views/coaches.ts'
import { noteCard } from '../cards/views/general.ts'
import { addCoach, readByNobodyElse, removeCoach } from '../domain/coaches.ts'
import { isCoach } from '../domain/programme.ts'
import { addThem, asCoach, type Everybody } from './adding.ts'
import { changeProgramme } from './changing.ts'
import { done, homeButton, type Outcome, reader, refused, type Scope } from './scope.ts'

export function coachesForm(scope: Scope, { programme }: ActionData<'coachesForm'>): Promise<Outcome> {
  return asCoach(scope, programme, found => done(draw(scope, found)))
}

export function addCoaches(scope: Scope, { programme: id, ...typed }: ActionData<'addCoach'>): Promise<Outcome> {
  return asCoach(scope, id, of =>
    addThem(scope, of, typed, {
      isOne: isCoach,
      add: ({ programme, journeys }, who, now) => {
        const journey = journeys.find(each => each.person === who.person)
        return addCoach(programme, who, journey, now)
      },
      card: (now, more) => draw(scope, now, more),
      said: 'coaches.added',
    }),
  )
}

/** `sure`: whom it was asked about and answered yes. Before that it says what it means, also for whom nobody then reads. */
export function removeOneCoach(
  scope: Scope,
  { programme: id, coach, sure }: ActionData<'removeCoach'>,
): Promise<Outcome> {
  return asCoach(scope, id, of => {
    const { programme, journeys } = of
    const to = reader(scope, programme)
    const { language } = to
    if (sure === undefined) {
      const who = programme.coaches.find(each => each.person === coach)
      const no = who ? removeCoach(programme, coach) : ({ refused: 'notACoach' } as const)
      if (who && !no.refused) {
        const left = readByNobodyElse(programme, journeys, coach).length
        return done(askRemoveCoachCard(to, { programme, coach: who, self: coach === scope.person, left }))
      }
      const text = who ? refusalText(language, 'lastCoach') : say(language, 'coaches.chooseFirst')
      return refused(
        no.refused ? no : { refused: 'notACoach' },
        draw(scope, of, { alert: { tone: 'attention', text } }),
      )
    }
    return changeProgramme(scope, id, before => removeCoach(before, sure), {
      card: now => {
        if (sure === scope.person) {
          const left = say(language, 'coaches.left')
          return noteCard(to, { tone: 'good', text: left, buttons: homeButton(to) })
        }
        return draw(
          scope,
          { programme: now, journeys },
          { alert: { tone: 'good', text: say(language, 'coaches.removed') } },
        )
      },
      no: (no, now) => {
        const text = refusalText(language, no.refused, no.detail)
        return draw(scope, { programme: now, journeys }, { alert: { tone: 'attention', text } })
      },
    })
  })
}

type More = Pick<Parameters<typeof coachesCard>[1], 'typed' | 'alert'>

function draw(scope: Scope, of: Everybody, more: More = {}) {
  return coachesCard(reader(scope, of.programme), { ...of, you: scope.person, ...more })
}
