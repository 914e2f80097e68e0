/** A coach's card of the programme's team leaders: who they are, adding some, taking one out. */
import type { Journey } from '../../../domain/journey.ts'
import { leaderIsCoach, type Named, type Programme } from '../../../domain/programme.ts'
import { belongs } from '../../../domain/standing.ts'
import { inputId } from '../../actions.ts'
import { press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { choiceTitle, oneLine } from '../../words.ts'
import { noteCard } from '../general.ts'
import { alerts, maybe } from '../parts.ts'
import { nameOf, namesOf, picking, type Typed } from '../picking.ts'

/** So many are shown with their people; a choice below names all. */
const mostShown = 40

type LeadersInput = {
  readonly programme: Programme
  /** Everybody's, to say how many each leads; absent: that can be asked for. */
  readonly journeys?: readonly Journey[]
  readonly typed?: Typed
  readonly alert?: Alert
}

export function leadersCard(reader: Reader, { programme, journeys, typed, alert }: LeadersInput): RenderedCard {
  const { language } = reader
  const { leaders } = programme
  const id = programme.programme
  const first = leaders[0]
  return render('leaders', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    nobody: maybe(leaders.length === 0, { text: say(language, 'leaders.nobody') }),
    rows: leaders.slice(0, mostShown).map(leader => ({
      name: nameOf(reader, leader.name),
      people: journeys ? [say(language, 'leaders.people', { count: ledBy(leader, journeys).length })] : [],
      reads: maybe(leaderIsCoach(programme, leader.person), { text: say(language, 'leaders.reads') }),
    })),
    counts: maybe(!journeys && leaders.length > 0, {
      data: press('leadersForm', { programme: id, counts: true }),
    }),
    more: maybe(leaders.length > mostShown, {
      text: say(language, 'leaders.more', { count: leaders.length - mostShown }),
    }),
    whom: picking(reader, typed),
    add: press('addLeader', { programme: id }),
    remove: first
      ? [
          {
            id: inputId('leader', reader.rendering),
            value: first.person,
            choices: leaders.map(leader => ({
              title: choiceTitle(nameOf(reader, leader.name)),
              value: leader.person,
            })),
            data: press('removeLeader', { programme: id }),
          },
        ]
      : [],
    home: press('home', { programme: id }),
  })
}

type AskInput = { readonly programme: Programme; readonly journeys: readonly Journey[]; readonly leader: Named }

/** Before a leader goes: whose leader that is, and that nothing is lost. */
export function askRemoveLeaderCard(reader: Reader, { programme, journeys, leader }: AskInput): RenderedCard {
  const { language } = reader
  const id = programme.programme
  const led = ledBy(leader, journeys)
  const names = namesOf(reader, led)
  const text = say(language, 'leaders.askRemove', { leader: nameOf(reader, leader.name), count: led.length, names })
  return noteCard(reader, {
    tone: 'warning',
    text,
    buttons: [
      {
        title: say(language, 'leaders.remove'),
        verb: 'removeLeader',
        data: press('removeLeader', { programme: id, sure: leader.person }),
      },
      { title: say(language, 'common.cancel'), verb: 'leadersForm', data: press('leadersForm', { programme: id }) },
    ],
  })
}

function ledBy(leader: Named, journeys: readonly Journey[]): readonly Journey[] {
  return journeys.filter(journey => journey.leader === leader.person && belongs(journey))
}
