/** One person, for a coach: how far they are and what a coach may arrange for them. */
import { type ActionData, notChosen } from '../../cards/actions.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { nameOf } from '../../cards/views/picking.ts'
import { personCard } from '../../cards/views/progress/person.ts'
import { awaitsYes, mayRead } from '../../domain/access.ts'
import { isCalendarDate } from '../../domain/calendar.ts'
import { remove } from '../../domain/membership/consent.ts'
import { invitePerson } from '../../domain/membership/inviting.ts'
import { moveLeader, withoutGoneLeader } from '../../domain/membership/leaders.ts'
import { extendFor } from '../../domain/programme/running.ts'
import { isCoach } from '../../domain/programme.ts'
import { overviewOf, type Pending } from '../../domain/progress/programme-overview.ts'
import { refuse } from '../../domain/refusals.ts'
import { belongs } from '../../domain/standing.ts'
import type { PersonId, ProgrammeId } from '../../domain/values.ts'
import { screenInvitees } from '../quotas/invitee-screening.ts'
import { changeJourney, type JourneyIn, type Shown } from '../turn/changing.ts'
import type { GiveBack } from '../turn/commit-decision.ts'
import { installLink } from '../turn/links.ts'
import { isCalled, loadProgrammeAs, readyToRead } from '../turn/programme-people.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'

/** What stands on the card besides: what was just done, or what is asked, or the form that is open. */
type Also = Pick<Parameters<typeof personCard>[1], 'alert' | 'state'>

/** Counts and dates of one person; a person who is not a coach there now gets what a stranger gets. */
export async function showPerson(context: TurnContext, data: ActionData<'person'>): Promise<Outcome> {
  const found = await personIn(context, data)
  if (!found) return denied(context)
  const open = data.change && belongs(found.journey) && !found.programme.closedAt
  return showCard(drawPerson(context, found, found.pending, open ? { state: {} } : {}))
}

/** One person of a programme, with what is promised to them there; undefined for others than its coaches now. */
async function personIn(context: TurnContext, { programme: id, person }: Whom) {
  const docs = (await context.store.query('personOf', { programme: id, person })).map(({ doc }) => doc)
  const programme = docs.find(doc => doc.type === 'programme')
  const journey = docs.find(doc => doc.type === 'journey')
  if (!programme || !journey || !isCoach(programme, context.person)) return undefined
  if (!mayRead(context.person, 'status', { programme, journey })) return undefined
  return { programme, journey, pending: docs.filter(doc => doc.type === 'notice') }
}

type Whom = { readonly programme: ProgrammeId; readonly person: PersonId }

/** What is promised to this person in the programme and not out yet. */
export async function pendingTo(
  { store }: TurnContext,
  { programme, journey }: JourneyIn,
): Promise<readonly Pending[]> {
  const found = await store.query('personOf', { programme: programme.programme, person: journey.person })
  return found.flatMap(({ doc }) => (doc.type === 'notice' ? [doc] : []))
}

export function moveTheirLeader(context: TurnContext, { leader, ...whom }: ActionData<'moveLeader'>): Promise<Outcome> {
  const to = leader === '' || leader === notChosen ? undefined : leader
  return arranged(context, whom, 'person.saved', { state: {} }, ({ journey, programme }) =>
    moveLeader(journey, programme, to),
  )
}

export function extendForOne(context: TurnContext, { lastDay, ...whom }: ActionData<'extendFor'>): Promise<Outcome> {
  // A date field holds a date or nothing; a card with anything else in it may not be shown at all.
  const state = isCalendarDate(lastDay) ? { lastDay } : {}
  return arranged(context, whom, 'person.saved', { state }, ({ journey, programme }) =>
    extendFor(journey, programme, lastDay, context.now),
  )
}

/** Asks first, and says what becomes of what was written. */
export async function removePerson(
  context: TurnContext,
  { yes, ...whom }: ActionData<'removePerson'>,
): Promise<Outcome> {
  if (!yes) {
    const found = await personIn(context, whom)
    if (!found) return denied(context)
    const also = belongs(found.journey) ? ({ state: 'askRemove' } as const) : {}
    return showCard(drawPerson(context, found, found.pending, also))
  }
  return arranged(context, whom, 'person.removedNow', {}, ({ journey }) => ({
    journey: belongs(journey) ? remove(journey, context.now) : journey,
  }))
}

/** Until they say yes everything stays as after the removal. Counted and shielded as every invitation is. */
export async function inviteBack(context: TurnContext, whom: ActionData<'inviteBack'>): Promise<Outcome> {
  const found = await personIn(context, whom)
  if (!found) return denied(context)
  const { journey } = found
  const no = belongs(journey) ? undefined : asked(context, found)
  const may = belongs(journey) || no?.refused ? undefined : await screenInvitees(context, [journey])
  const shielded = may && !may.refused && may.shielded.length > 0 ? refuse('notInvitable') : undefined
  const decide: Decide = of => {
    if (belongs(of.journey)) return { journey: of.journey }
    // They were still in at the first look, or a rule said no then: nothing was counted, so nobody is invited by this press.
    if (!may) return no?.refused ? no : refuse('noLongerIn')
    return may.refused ? may : (shielded ?? asked(context, of))
  }
  return arranged(context, whom, 'person.invitedBack', {}, decide, may?.refused ? undefined : may?.giveBack)
}

function asked({ now, person }: TurnContext, { programme, journey }: JourneyIn) {
  const { leader } = withoutGoneLeader(journey, programme)
  return invitePerson(programme, journey, journey, leader, now, person)
}

type Decide = Parameters<typeof changeJourney>[3]

/** One change of one person, and their card afterwards. @param kept what the card shows when a rule says no. */
function arranged(
  context: TurnContext,
  whom: Whom,
  good: GoodKey,
  kept: Also,
  decide: Decide,
  giveBack?: GiveBack,
): Promise<Outcome> {
  const shown: Shown<JourneyIn> = {
    card: async of => {
      const to = reader(context, of.programme)
      const text = say(to.language, good, { name: nameOf(to, of.journey.name) })
      return drawPerson(context, of, await pendingTo(context, of), { alert: { tone: 'good', text } })
    },
    no: async ({ refused, detail }, of) => {
      const text = refusalText(reader(context, of.programme).language, refused, detail)
      return drawPerson(context, of, await pendingTo(context, of), { ...kept, alert: { tone: 'attention', text } })
    },
  }
  return changeJourney(context, whom.programme, whom.person, decide, shown, { giveBack })
}

type GoodKey = 'person.saved' | 'person.removedNow' | 'person.invitedBack'

/** Typed with a name: that person when only one is called so, first among those who belong; else undefined. */
export async function personNamed(context: TurnContext, id: ProgrammeId, name: string): Promise<Outcome | undefined> {
  const found = name.trim() ? await loadProgrammeAs(context, id, 'coach') : undefined
  if (!found) return undefined
  const { programme, journeys, notices } = found
  const called = journeys.filter(journey => isCalled(journey, name))
  const there = called.filter(belongs)
  const [only, ...others] = there.length > 0 ? there : called
  if (!only || others.length > 0) return undefined
  return showCard(
    drawPerson(
      context,
      { programme, journey: only },
      notices.map(({ doc }) => doc),
    ),
  )
}

/** @param pending what is promised and not out yet, at least to this person. */
export function drawPerson(
  context: TurnContext,
  of: JourneyIn,
  pending: readonly Pending[],
  also: Also = {},
): RenderedCard {
  const { programme, journey } = of
  const [seen] = overviewOf(programme, [journey], pending, context.now).people
  const readable = readyToRead(context, programme, journey)
  const install = installLink(context.links)
  const awaited = awaitsYes(context.person, of)
  const card = { programme, journey, seen, readable, awaited, install, now: context.now, ...also }
  return personCard(reader(context, programme), card)
}
