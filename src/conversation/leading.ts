/** A coach says who the programme's team leaders are. Whose leader somebody is, each participant says at consent. */
import type { ActionData } from '../cards/actions.ts'
import type { Alert } from '../cards/reader.ts'
import { refusalText, say } from '../cards/texts.ts'
import { askRemoveLeaderCard, leadersCard } from '../cards/views/leaders.ts'
import { namesOf, pickingAlert } from '../cards/views/picking.ts'
import type { Journey } from '../domain/journey.ts'
import { addLeader, removeLeader } from '../domain/leaders.ts'
import type { Promised } from '../domain/notices.ts'
import { isLeader, type Named, type Programme } from '../domain/programme.ts'
import { type Decided, refuse } from '../domain/refusals.ts'
import { admitted } from './admitting.ts'
import { changeProgramme } from './changing.ts'
import { everybodyIn } from './overview.ts'
import { type PickedInput, pickedIn } from './picked.ts'
import { done, neutral, type Outcome, reader, refused, type Scope } from './scope.ts'

export function leadersForm(scope: Scope, { programme }: ActionData<'leadersForm'>): Promise<Outcome> {
  return asCoach(scope, programme, found => done(leadersCard(reader(scope, found.programme), found)))
}

/** Adds everybody who was picked, and promises each an invitation; whoever is one already stays one. */
export function addLeaders(scope: Scope, { programme: id, people, ids }: ActionData<'addLeader'>): Promise<Outcome> {
  return asCoach(scope, id, async ({ programme, journeys }) => {
    const to = reader(scope, programme)
    const typed: PickedInput = { people, ids }
    const again = (now: Programme, alert: Alert) => leadersCard(to, { programme: now, journeys, typed, alert })
    const picked = pickedIn(typed)
    if (picked.no) {
      return refused({ refused: 'fieldMissing' }, again(programme, pickingAlert(to, picked.no, picked.line)))
    }
    const news = picked.people.filter(({ person }) => !isLeader(programme, person))
    const may = await admitted(scope, news)
    const no = (because: Parameters<typeof refused>[0], now: Programme) =>
      again(now, { tone: 'attention', text: refusalText(to.language, because.refused, because.detail) })
    if (may.refused) return refused(may, no(may, programme))
    const text = added(scope, programme, may.admitted, may.shielded)
    const tone = may.shielded.length > 0 ? 'attention' : 'good'
    return changeProgramme(scope, id, before => withLeaders(before, may.admitted, scope.now), {
      card: now => leadersCard(to, { programme: now, journeys, alert: { tone, text } }),
      no,
    })
  })
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

type Everybody = { readonly programme: Programme; readonly journeys: readonly Journey[] }

async function asCoach(scope: Scope, id: string, run: (found: Everybody) => Promise<Outcome> | Outcome) {
  const found = await everybodyIn(scope, id, 'coach')
  return found ? run(found) : neutral(scope)
}

/** All of them, or why not. */
function withLeaders(
  before: Programme,
  people: readonly Named[],
  now: string,
): Decided<{ programme: Programme; notices: readonly Promised[] }> {
  let programme = before
  const notices: Promised[] = []
  for (const who of people) {
    const decided = addLeader(programme, who, now)
    if (decided.refused) return refuse(decided.refused, decided.detail)
    programme = decided.programme
    notices.push(...decided.notices)
  }
  return { programme, notices }
}

function added(scope: Scope, programme: Programme, people: readonly Named[], shielded: readonly Named[]): string {
  const to = reader(scope, programme)
  const said = say(to.language, 'leaders.added', { count: people.length, names: namesOf(to, people) })
  if (shielded.length === 0) return said
  const not = say(to.language, 'picking.notReached', { count: shielded.length, names: namesOf(to, shielded) })
  return people.length > 0 ? `${said} ${not}` : not
}
