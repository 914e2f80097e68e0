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

/** Whoever is neither coach there nor this person's leader gets what a stranger gets. */
export function nudgePerson(scope: TurnContext, { programme: id, person }: ActionData<'nudge'>): Promise<Outcome> {
  return changeJourney(
    scope,
    id,
    person,
    ({ journey, programme }) => nudge(journey, programme, scope.person, scope.now),
    {
      card: of => {
        const { language } = reader(scope, of.programme)
        const key = awaitsConsent(of.journey) ? 'nudging.invited' : 'nudging.done'
        const text = say(language, key, { name: nameOf(reader(scope, of.programme), of.journey.name) })
        return draw(scope, of, { tone: 'good', text })
      },
      no: ({ refused, detail }, of) =>
        draw(scope, of, {
          tone: 'attention',
          text: refusalText(reader(scope, of.programme).language, refused, detail),
        }),
    },
    { may: ({ journey, programme }) => mayNotNudge(journey, programme, scope.person)?.refused !== 'notYours' },
  )
}

/** The card this person knows them from. */
async function draw(scope: TurnContext, of: JourneyIn, alert: Alert) {
  if (!isCoach(of.programme, scope.person)) return drawOne(scope, of, alert)
  return drawPerson(scope, of, await pendingTo(scope, of), { alert })
}

/** Typed `nudge Anna`: that one person when only one is called so, else the list to choose from. */
export async function nudgeNamed(scope: TurnContext, name: string): Promise<Outcome> {
  const led = programmeAs(scope, 'leader')
  const mine = led === undefined ? undefined : await ledBy(scope, led)
  const ofMine = mine && only(mine.journeys, name)
  if (mine && ofMine) return nudgePerson(scope, { programme: mine.programme.programme, person: ofMine.person })
  const coached = programmeAs(scope, 'coach')
  const all = coached === undefined ? undefined : await loadProgrammeAs(scope, coached, 'coach')
  const found = all && only(all.journeys.filter(belongs), name)
  if (all && found) return nudgePerson(scope, { programme: all.programme.programme, person: found.person })
  const list = all
    ? await coachHome(scope, all.programme.programme, 1)
    : mine && (await progressOfMine(scope, { programme: mine.programme.programme, page: 1, sort: 'stage' }))
  return list ?? denied(scope)
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
 * Everybody who is late or stuck, up to forty at a press. Whoever was nudged is not nudgeable for 48 hours, so pressing
 * again goes on with the others, whatever became of the press before.
 */
export async function nudgeLate(scope: TurnContext, { programme: id }: ActionData<'nudgeLate'>): Promise<Outcome> {
  const found = await loadProgrammeAs(scope, id, 'coach')
  if (!found) return denied(scope)
  const pending = found.notices.map(({ doc }) => doc)
  const due = overviewOf(found.programme, found.journeys, pending, scope.now).people.filter(worthANudge)
  const promised: Promised[] = []
  for (let at = 0; at < Math.min(due.length, mostAtAPress); at += atOnce) {
    const people = due.slice(at, Math.min(at + atOnce, mostAtAPress)).map(({ person }) => person)
    // Each batch has a mark of its own, so that the same press delivered twice nudges nobody more.
    const incoming = { ...scope.incoming, activity: `${scope.incoming.activity} ${at}` }
    try {
      const { promised: news } = await commitDecision({ ...scope, incoming }, id, () =>
        together(scope, found.programme, people),
      )
      promised.push(...news)
    } catch (error) {
      // Who was nudged is told so, and the press is there again for the others.
      if (promised.length === 0 || !(error instanceof StoreUnavailable)) throw error
      break
    }
  }
  const { language } = reader(scope, found.programme)
  const left = due.length - promised.length
  const text = say(language, 'nudging.all', { count: promised.length, left })
  const shown = await coachHome(scope, id, 1, { tone: promised.length > 0 ? 'good' : 'attention', text })
  return { ...(shown ?? denied(scope)), promised }
}

/** Nudges these people, as they are now, in one batch; whoever would not be nudged any more is left out. */
async function together(scope: TurnContext, programme: Programme, people: readonly PersonId[]): Promise<Decision> {
  const stored = await Promise.all(people.map(person => scope.store.get(keys.journey(programme.programme, person))))
  const nudged = stored.flatMap(before => {
    const decided = before && nudge(before.doc, programme, scope.person, scope.now)
    return before && decided && !decided.refused ? [{ before, ...decided }] : []
  })
  // What is shown is drawn once, after the last batch.
  const to = reader(scope, programme)
  const card = () => noteCard(to, { tone: 'good', text: say(to.language, 'general.noted') })
  if (nudged.length === 0) return showCard(card())
  return {
    writes: nudged.map(({ before, journey }) => putJourney(before, journey)),
    promised: nudged.flatMap(({ notices }) => notices),
    card,
  }
}
