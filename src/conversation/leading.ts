/** A coach says who the programme's team leaders are. Whose leader somebody is, each participant says at consent. */
import type { ActionData } from '../cards/actions.ts'
import type { Alert } from '../cards/reader.ts'
import { say } from '../cards/texts.ts'
import { askRemoveLeaderCard, leadersCard } from '../cards/views/leaders.ts'
import { addLeader, removeLeader } from '../domain/leaders.ts'
import { isLeader } from '../domain/programme.ts'
import { addThem, asCoach } from './adding.ts'
import { changeProgramme } from './changing.ts'
import { done, type Outcome, reader, refused, type Scope } from './scope.ts'

export function leadersForm(scope: Scope, { programme }: ActionData<'leadersForm'>): Promise<Outcome> {
  return asCoach(scope, programme, found => done(leadersCard(reader(scope, found.programme), found)))
}

export function addLeaders(scope: Scope, { programme: id, ...typed }: ActionData<'addLeader'>): Promise<Outcome> {
  return asCoach(scope, id, of =>
    addThem(scope, of, typed, {
      isOne: isLeader,
      add: ({ programme }, who, now) => addLeader(programme, who, now),
      card: (now, more) => leadersCard(reader(scope, now.programme), { ...now, ...more }),
      said: 'leaders.added',
    }),
  )
}

/** `sure`: whom it was asked about and answered yes. Before that it says whose leader goes. */
export function removeOneLeader(
  scope: Scope,
  { programme: id, leader, sure }: ActionData<'removeLeader'>,
): Promise<Outcome> {
  return asCoach(scope, id, ({ programme, journeys }) => {
    const to = reader(scope, programme)
    const { language } = to
    if (sure === undefined) {
      const who = programme.leaders.find(each => each.person === leader)
      if (who) return done(askRemoveLeaderCard(to, { programme, journeys, leader: who }))
      const alert: Alert = { tone: 'attention', text: say(language, 'leaders.chooseFirst') }
      return refused({ refused: 'notALeader' }, leadersCard(to, { programme, journeys, alert }))
    }
    const alert: Alert = { tone: 'good', text: say(language, 'leaders.removed') }
    return changeProgramme(
      scope,
      id,
      before => ({ programme: isLeader(before, sure) ? removeLeader(before, sure) : before }),
      { card: now => leadersCard(to, { programme: now, journeys, alert }) },
    )
  })
}
