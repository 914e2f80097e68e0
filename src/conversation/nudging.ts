/** A kind word to somebody who has something left to do: from a coach, or from their own team leader where that is allowed. */
import type { ActionData } from '../cards/actions.ts'
import type { Alert } from '../cards/reader.ts'
import { refusalText, say } from '../cards/texts.ts'
import { nameOf } from '../cards/views/picking.ts'
import type { Journey } from '../domain/journey.ts'
import { awaitsConsent, belongs } from '../domain/membership.ts'
import { mayNotNudge, nudge } from '../domain/nudging.ts'
import { isCoach } from '../domain/programme.ts'
import { changeJourney, type JourneyIn } from './changing.ts'
import { programmeAs } from './membership.ts'
import { coachHome, drawOne, everybodyIn, isCalled, ledBy, progressOfMine } from './overview.ts'
import { drawPerson, pendingTo } from './person.ts'
import { neutral, type Outcome, reader, type Scope } from './scope.ts'

/** Whoever is neither coach there nor this person's leader gets what a stranger gets. */
export function nudgeIt(scope: Scope, { programme: id, person }: ActionData<'nudge'>): Promise<Outcome> {
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
    ({ journey, programme }) => mayNotNudge(journey, programme, scope.person)?.refused !== 'notYours',
  )
}

/** The card this person knows them from. */
async function draw(scope: Scope, of: JourneyIn, alert: Alert) {
  if (!isCoach(of.programme, scope.person)) return drawOne(scope, of, alert)
  return drawPerson(scope, of, await pendingTo(scope, of), { alert })
}

/** Typed `nudge Anna`: that one person when only one is called so, else the list to choose from. */
export async function nudgeNamed(scope: Scope, name: string): Promise<Outcome> {
  const led = programmeAs(scope, 'leader')
  const mine = led === undefined ? undefined : await ledBy(scope, led)
  const ofMine = mine && only(mine.journeys, name)
  if (mine && ofMine) return nudgeIt(scope, { programme: mine.programme.programme, person: ofMine.person })
  const coached = programmeAs(scope, 'coach')
  const all = coached === undefined ? undefined : await everybodyIn(scope, coached, 'coach')
  const found = all && only(all.journeys.filter(belongs), name)
  if (all && found) return nudgeIt(scope, { programme: all.programme.programme, person: found.person })
  const list = all
    ? await coachHome(scope, all.programme.programme, 1)
    : mine && (await progressOfMine(scope, { programme: mine.programme.programme, page: 1, sort: 'stage' }))
  return list ?? neutral(scope)
}

function only(journeys: readonly Journey[], name: string): Journey | undefined {
  const [one, ...others] = name.trim() ? journeys.filter(journey => isCalled(journey, name)) : []
  return others.length === 0 ? one : undefined
}
