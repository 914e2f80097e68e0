/** A coach's card of the programme's coaches: who they are and how many have said yes to each, adding some, taking one out. */
import { isAccepted } from '../../../domain/access.ts'
import type { Journey } from '../../../domain/journey.ts'
import { type Coach, hasName, type Programme } from '../../../domain/programme.ts'
import { takesPart } from '../../../domain/standing.ts'
import type { PersonId } from '../../../domain/values.ts'
import { inputId } from '../../actions.ts'
import { button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { choiceTitle, oneLine } from '../../words.ts'
import { noteCard } from '../general.ts'
import { alerts, maybe } from '../parts.ts'
import { nameOf, picking, type Typed } from '../picking.ts'

type CoachesInput = {
  readonly programme: Programme
  /** Everybody's, to say how many have said yes to each; absent: that can be asked for. */
  readonly journeys?: readonly Journey[]
  /** Whose card it is. */
  readonly you: PersonId
  readonly typed?: Typed
  readonly alert?: Alert
}

export function coachesCard(reader: Reader, input: CoachesInput): RenderedCard {
  const { programme, journeys, you, typed, alert } = input
  const { language } = reader
  const { coaches } = programme
  const id = programme.programme
  const others = coaches.filter(coach => coach.person !== you)
  const choices = [...others, ...coaches.filter(coach => coach.person === you)]
  return render('coaches', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    rows: coaches.map(coach => ({
      name: nameOf(reader, coach.name),
      you: maybe(coach.person === you, say(language, 'coaches.you')),
      reads: readsText(reader, coach, journeys?.filter(takesPart)),
    })),
    counts: maybe(!journeys, { data: press('coachesForm', { programme: id, counts: true }) }),
    adding: maybe(!programme.closedAt, { whom: picking(reader, typed), data: press('addCoach', { programme: id }) }),
    remove: maybe(coaches.length > 1, {
      id: inputId('coach', reader.rendering),
      value: choices[0]?.person ?? '',
      choices: choices.map(coach => ({ title: choiceTitle(nameOf(reader, coach.name)), value: coach.person })),
      data: press('removeCoach', { programme: id }),
    }),
    back: press('manage', { programme: id }),
  })
}

/** How many of those who take part have said yes to this coach, at consent or later. */
function readsText({ language }: Reader, coach: Coach, people: readonly Journey[] | undefined): readonly string[] {
  if (!hasName(coach)) return [say(language, 'coaches.nameless')]
  if (!people) return []
  const yes = people.filter(journey => isAccepted(coach, journey)).length
  return [say(language, 'coaches.reads', { people: people.length, yes })]
}

type AskInput = {
  readonly programme: Programme
  readonly coach: Coach
  /** It is the reader who goes. */
  readonly self: boolean
  /** How many people nobody could read then. */
  readonly left: number
}

/** Before a coach goes: that they read nothing from then on, and for whom nobody is left. */
export function askRemoveCoachCard(reader: Reader, { programme, coach, self, left }: AskInput): RenderedCard {
  const { language } = reader
  const { programme: id } = programme
  const ask = say(language, self ? 'coaches.askLeave' : 'coaches.askRemove', { coach: nameOf(reader, coach.name) })
  const nobody = left > 0 ? [say(language, 'coaches.nobodyReads', { count: left })] : []
  return noteCard(reader, {
    tone: 'warning',
    text: [ask, ...nobody].join('\n'),
    buttons: [
      button('removeCoach', say(language, self ? 'coaches.leave' : 'coaches.remove'), {
        programme: id,
        sure: coach.person,
      }),
      button('coachesForm', say(language, 'common.cancel'), { programme: id }),
    ],
  })
}
