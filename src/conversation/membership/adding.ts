/** A coach adds people to a programme, picked or by their ids: all of them, or why not. */
import type { Alert } from '../../cards/reader.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { namesOf, pickingAlert } from '../../cards/views/picking.ts'
import type { Journey } from '../../domain/journey.ts'
import type { Promised } from '../../domain/notices.ts'
import type { Named, Programme } from '../../domain/programme.ts'
import { type Decided, type Refused, refuse } from '../../domain/refusals.ts'
import type { PersonId } from '../../domain/values.ts'
import { screenInvitees } from '../quotas/invitee-screening.ts'
import { changeKnowing } from '../turn/changing.ts'
import { journeysOf } from '../turn/coached.ts'
import { type Outcome, reader, refused, type TurnContext } from '../turn/turn-context.ts'
import { type PickedInput, pickedIn } from './picked.ts'

type Added = Decided<{ programme: Programme; notices: readonly Promised[] }>

/** As what people are added. */
export type Adding = {
  readonly isOne: (programme: Programme, person: string) => boolean
  /** `journey`: the one this person has in the programme, if any. */
  readonly add: (programme: Programme, who: Named, journey: Journey | undefined, now: string) => Added
  readonly card: (programme: Programme, more: { readonly typed?: PickedInput; readonly alert: Alert }) => RenderedCard
  readonly said: 'leaders.added' | 'coaches.added'
  /** Whether `add` asks about the person's own journey there. */
  readonly asksJourney: boolean
}

/** Adds the people who were picked and promises each an invitation. People who are in already stay as they are. */
export async function addThem(
  context: TurnContext,
  programme: Programme,
  typed: PickedInput,
  how: Adding,
): Promise<Outcome> {
  const to = reader(context, programme)
  const again = (no: Refused, alert: Alert) => refused(no, how.card(programme, { typed, alert }))
  const picked = pickedIn(typed)
  if (picked.no) return again({ refused: 'fieldMissing' }, pickingAlert(to, picked.no, picked.line))
  const news = picked.people.filter(({ person }) => !how.isOne(programme, person))
  const says = (no: Refused): Alert => ({
    tone: 'attention',
    text: refusalText(to.language, no.refused, no.detail),
  })
  const asked = how.asksJourney ? news.map(({ person }) => person) : []
  const look = () => journeysOf(context, programme.programme, asked)
  // What a rule refuses uses up no invitation.
  const first = withAll(programme, news, await look(), how, context.now)
  if (first.refused) return again(first, says(first))
  const may = await screenInvitees(context, news)
  if (may.refused) return again(may, says(may))
  const people = may.admitted
  const text = addedText(context, programme, people, may.shielded, how)
  const alert: Alert = { tone: may.shielded.length > 0 ? 'attention' : 'good', text }
  return changeKnowing(
    context,
    programme.programme,
    look,
    (before, journeys) => withAll(before, people, journeys, how, context.now),
    {
      card: now => how.card(now, { alert }),
      no: (no, now) => how.card(now, { typed, alert: says(no) }),
    },
    may.giveBack,
  )
}

function withAll(
  before: Programme,
  people: readonly Named[],
  journeys: ReadonlyMap<PersonId, Journey>,
  how: Adding,
  now: string,
): Added {
  let programme = before
  const notices: Promised[] = []
  for (const who of people) {
    const decided = how.add(programme, who, journeys.get(who.person), now)
    if (decided.refused) return refuse(decided.refused, decided.detail)
    programme = decided.programme
    notices.push(...decided.notices)
  }
  return { programme, notices }
}

function addedText(
  context: TurnContext,
  programme: Programme,
  people: readonly Named[],
  shielded: readonly Named[],
  { said: key }: Adding,
): string {
  const to = reader(context, programme)
  const said = say(to.language, key, { count: people.length, names: namesOf(to, people) })
  if (shielded.length === 0) return said
  const not = say(to.language, 'picking.notReached', { count: shielded.length, names: namesOf(to, shielded) })
  return people.length > 0 ? `${said} ${not}` : not
}
