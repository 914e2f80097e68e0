/** A coach says who the programme's team leaders are. Whose leader somebody is, each participant says at consent. */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { say } from '../../cards/texts.ts'
import { askRemoveLeaderCard, leadersCard } from '../../cards/views/membership/leaders.ts'
import { addLeader, removeLeader } from '../../domain/membership/leaders.ts'
import { isLeader } from '../../domain/programme.ts'
import { changeProgramme } from '../turn/changing.ts'
import { withCoachedProgramme } from '../turn/coached.ts'
import { loadProgrammeAs } from '../turn/programme-people.ts'
import { denied, type Outcome, reader, refused, showCard, type TurnContext } from '../turn/turn-context.ts'
import { addThem } from './adding.ts'

/** `counts`: with how many people each leads, which takes a look at everybody. */
export async function leadersForm(
  context: TurnContext,
  { programme: id, counts, ...typed }: ActionData<'leadersForm'>,
): Promise<Outcome> {
  if (!counts) {
    return withCoachedProgramme(context, id, programme =>
      showCard(leadersCard(reader(context, programme), { programme, typed })),
    )
  }
  const found = await loadProgrammeAs(context, id, 'coach')
  if (!found) return denied(context)
  const { programme, journeys } = found
  return showCard(leadersCard(reader(context, programme), { programme, journeys, typed }))
}

export function addLeaders(
  context: TurnContext,
  { programme: id, ...typed }: ActionData<'addLeader'>,
): Promise<Outcome> {
  return withCoachedProgramme(context, id, of =>
    addThem(context, of, typed, {
      isOne: isLeader,
      add: (programme, who, _journey, now) => addLeader(programme, who, now),
      card: (programme, more) => leadersCard(reader(context, programme), { programme, ...more }),
      said: 'leaders.added',
      asksJourney: false,
    }),
  )
}

/** `sure`: whom it was asked about and answered yes. Before that it says whose leader goes. */
export function removeOneLeader(
  context: TurnContext,
  { programme: id, leader, sure }: ActionData<'removeLeader'>,
): Promise<Outcome> {
  if (sure === undefined) return askToRemove(context, id, leader)
  return changeProgramme(
    context,
    id,
    before => ({ programme: isLeader(before, sure) ? removeLeader(before, sure) : before }),
    {
      card: programme => {
        const to = reader(context, programme)
        const alert: Alert = { tone: 'good', text: say(to.language, 'leaders.removed') }
        return leadersCard(to, { programme, alert })
      },
    },
  )
}

async function askToRemove(context: TurnContext, id: string, leader: string): Promise<Outcome> {
  const found = await loadProgrammeAs(context, id, 'coach')
  if (!found) return denied(context)
  const { programme, journeys } = found
  const to = reader(context, programme)
  const who = programme.leaders.find(each => each.person === leader)
  if (who) return showCard(askRemoveLeaderCard(to, { programme, journeys, leader: who }))
  const alert: Alert = { tone: 'attention', text: say(to.language, 'leaders.chooseFirst') }
  return refused({ refused: 'notALeader' }, leadersCard(to, { programme, alert }))
}
