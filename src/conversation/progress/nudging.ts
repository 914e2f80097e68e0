/** A kind word to somebody who has something left to do: from a coach, or from their own team leader where that is allowed. */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { nameOf } from '../../cards/views/picking.ts'
import type { Journey } from '../../domain/journey.ts'
import type { Promised } from '../../domain/notices.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import { mayNotNudge, nudge } from '../../domain/progress/nudging.ts'
import { overviewOf, worthANudge } from '../../domain/progress/programme-overview.ts'
import { awaitsConsent, belongs } from '../../domain/standing.ts'
import type { PersonId } from '../../domain/values.ts'
import { keys } from '../../store/documents.ts'
import { StoreUnavailable } from '../../store/errors.ts'
import { changeJourney, type JourneyIn } from '../turn/changing.ts'
import { commitDecision, type Decision } from '../turn/commit-decision.ts'
import { programmeAs, putJourney } from '../turn/own-journey.ts'
import { isCalled, ledBy, loadProgrammeAs } from '../turn/programme-people.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'
import { coachHome, drawOne, progressOfMine } from './overview.ts'
import { drawPerson, pendingTo } from './person.ts'

/** A person who is neither coach there nor this participant's leader gets what a stranger gets. */
export function nudgePerson(context: TurnContext, { programme: id, person }: ActionData<'nudge'>): Promise<Outcome> {
  return changeJourney(
    context,
    id,
    person,
    ({ journey, programme }) => nudge(journey, programme, context.person, context.now),
    {
      card: of => {
        const { language } = reader(context, of.programme)
        const key = awaitsConsent(of.journey) ? 'nudging.invited' : 'nudging.done'
        const text = say(language, key, { name: nameOf(reader(context, of.programme), of.journey.name) })
        return draw(context, of, { tone: 'good', text })
      },
      no: ({ refused, detail }, of) =>
        draw(context, of, {
          tone: 'attention',
          text: refusalText(reader(context, of.programme).language, refused, detail),
        }),
    },
    { may: ({ journey, programme }) => mayNotNudge(journey, programme, context.person)?.refused !== 'notYours' },
  )
}

/** The card this person knows them from. */
async function draw(context: TurnContext, of: JourneyIn, alert: Alert) {
  if (!isCoach(of.programme, context.person)) return drawOne(context, of, alert)
  return drawPerson(context, of, await pendingTo(context, of), { alert })
}

/** Typed `nudge Anna`: that one person when only one is called so, else the list to choose from. */
export async function nudgeNamed(context: TurnContext, name: string): Promise<Outcome> {
  const led = programmeAs(context, 'leader')
  const mine = led === undefined ? undefined : await ledBy(context, led)
  const ofMine = mine && only(mine.journeys, name)
  if (mine && ofMine) return nudgePerson(context, { programme: mine.programme.programme, person: ofMine.person })
  const coached = programmeAs(context, 'coach')
  const all = coached === undefined ? undefined : await loadProgrammeAs(context, coached, 'coach')
  const found = all && only(all.journeys.filter(belongs), name)
  if (all && found) return nudgePerson(context, { programme: all.programme.programme, person: found.person })
  const list = all
    ? await coachHome(context, all.programme.programme, 1)
    : mine && (await progressOfMine(context, { programme: mine.programme.programme, page: 1, sort: 'stage' }))
  return list ?? denied(context)
}

function only(journeys: readonly Journey[], name: string): Journey | undefined {
  const [one, ...others] = name.trim() ? journeys.filter(journey => isCalled(journey, name)) : []
  return others.length === 0 ? one : undefined
}

/** People in one batch: a journey and a notice each. A batch that somebody is quicker than is decided anew as a whole. */
const atOnce = 10
/** More of them would not fit into the time of one turn. */
const mostAtAPress = 40

/**
 * Everybody who is late or stuck, up to forty at a press. A person who was nudged is not nudgeable for 48 hours, so
 * pressing again goes on with the others, whatever became of the press before.
 */
export async function nudgeLate(context: TurnContext, { programme: id }: ActionData<'nudgeLate'>): Promise<Outcome> {
  const found = await loadProgrammeAs(context, id, 'coach')
  if (!found) return denied(context)
  const pending = found.notices.map(({ doc }) => doc)
  const due = overviewOf(found.programme, found.journeys, pending, context.now).people.filter(worthANudge)
  const promised: Promised[] = []
  for (let at = 0; at < Math.min(due.length, mostAtAPress); at += atOnce) {
    const people = due.slice(at, Math.min(at + atOnce, mostAtAPress)).map(({ person }) => person)
    // Each batch has a mark of its own, so that the same press delivered twice nudges nobody more.
    const incoming = { ...context.incoming, activity: `${context.incoming.activity} ${at}` }
    try {
      const { promised: news } = await commitDecision({ ...context, incoming }, id, () =>
        together(context, found.programme, people),
      )
      promised.push(...news)
    } catch (error) {
      // Who was nudged is told so, and the press is there again for the others.
      if (promised.length === 0 || !(error instanceof StoreUnavailable)) throw error
      break
    }
  }
  const { language } = reader(context, found.programme)
  const left = due.length - promised.length
  const text = say(language, 'nudging.all', { count: promised.length, left })
  const shown = await coachHome(context, id, 1, { tone: promised.length > 0 ? 'good' : 'attention', text })
  return { ...(shown ?? denied(context)), promised }
}

/** Nudges these people, as they are now, in one batch; those who would not be nudged any more are left out. */
async function together(context: TurnContext, programme: Programme, people: readonly PersonId[]): Promise<Decision> {
  const stored = await Promise.all(people.map(person => context.store.get(keys.journey(programme.programme, person))))
  const nudged = stored.flatMap(before => {
    const decided = before && nudge(before.doc, programme, context.person, context.now)
    return before && decided && !decided.refused ? [{ before, ...decided }] : []
  })
  // What is shown is drawn once, after the last batch.
  const to = reader(context, programme)
  const card = () => noteCard(to, { tone: 'good', text: say(to.language, 'general.noted') })
  if (nudged.length === 0) return showCard(card())
  return {
    writes: nudged.map(({ before, journey }) => putJourney(before, journey)),
    promised: nudged.flatMap(({ notices }) => notices),
    card,
  }
}
