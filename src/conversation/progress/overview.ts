/** Who is where: for the coach of a programme, and for a team leader. Built from progress, which has no word in it. */

import type { ActionData, ProgressOrder } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { coachHomeCard } from '../../cards/views/progress/coach-home.ts'
import { progressCard, progressOneCard } from '../../cards/views/progress/leader.ts'
import { awaitsYes } from '../../domain/access.ts'
import { currentRound } from '../../domain/journey.ts'
import { mayNotNudge, notNudgeable } from '../../domain/progress/nudging.ts'
import { overviewOf } from '../../domain/progress/programme-overview.ts'
import { byStage, latestOf, type Progress, progressOf } from '../../domain/progress/progress.ts'
import type { Language, ProgrammeId } from '../../domain/values.ts'
import { keys } from '../../store/documents.ts'
import { installLink } from '../turn/links.ts'
import { withOwnName } from '../turn/naming.ts'
import { isCalled, isLedBy, type Led, ledBy, loadProgrammeAs, type Of, readyToRead } from '../turn/programme-people.ts'
import { mayFoundPlainly, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'

/** The programme at a glance, and whose logs can be read; undefined for a person who is not its coach now. */
export async function coachHome(
  context: TurnContext,
  id: ProgrammeId,
  page: number,
  alert?: Alert,
): Promise<Outcome | undefined> {
  const found = await loadProgrammeAs(context, id, 'coach')
  if (!found) return undefined
  const { journeys } = found
  const programme = await withOwnName(context, found.programme)
  const seen = overviewOf(
    programme,
    journeys,
    found.notices.map(({ doc }) => doc),
    context.now,
  )
  const of = new Map(journeys.map(journey => [journey.person, journey]))
  const rows = seen.people.flatMap(each => {
    const journey = of.get(each.person)
    const readable = journey && readyToRead(context, programme, journey)
    const awaited = journey && awaitsYes(context.person, { programme, journey })
    return journey ? [{ seen: each, progress: progressOf(journey), readable, awaited }] : []
  })
  const mayCreate = mayFoundPlainly(context)
  const failed = found.notices.filter(({ doc }) => doc.state === 'failed').length
  const install = installLink(context.links)
  const card = { programme, glance: seen, rows, failed, install, now: context.now, page, mayCreate, alert }
  return showCard(coachHomeCard(reader(context, programme), card))
}

/** A team leader's own people: dates and counts. Undefined for a person who leads nobody there. */
export async function progressOfMine(
  context: TurnContext,
  asked: ActionData<'progress'>,
): Promise<Outcome | undefined> {
  const led = await ledBy(context, asked.programme)
  if (!led) return undefined
  return listOf(context, { ...led, programme: await withOwnName(context, led.programme) }, asked)
}

function listOf(context: TurnContext, led: Led, { page, sort }: Omit<ActionData<'progress'>, 'programme'>): Outcome {
  const to = reader(context, led.programme)
  const people = sorted(led.journeys.map(progressOf), sort, to.language)
  return showCard(progressCard(to, { programme: led.programme, people, page, sort, now: context.now }))
}

/** One of the leader's own people; undefined for anybody else's. */
export async function progressOne(
  context: TurnContext,
  { programme: id, person }: ActionData<'progressOne'>,
): Promise<Outcome | undefined> {
  const [programme, stored] = await Promise.all([
    context.people.programmeNow(id),
    context.store.get(keys.journey(id, person)),
  ])
  const of = programme && stored && { programme, journey: stored.doc }
  return of && isLedBy(context.person, of) ? showCard(drawOne(context, of)) : undefined
}

/** One person as their leader sees them; with a nudge where leaders may and it would be taken now. */
export function drawOne(context: TurnContext, of: Of, alert?: Alert) {
  const { programme, journey } = of
  const nudgeable = !mayNotNudge(journey, programme, context.person) && !notNudgeable(journey, programme, context.now)
  const card = {
    programme,
    progress: progressOf(journey),
    now: context.now,
    round: currentRound(journey),
    nudgeable,
    alert,
  }
  return progressOneCard(reader(context, programme), card)
}

/** Typed `progress Anna`: that one person when only one of the leader's people is called so, else the list. */
export async function progressNamed(context: TurnContext, id: ProgrammeId, name: string): Promise<Outcome | undefined> {
  const led = await ledBy(context, id)
  const [only, ...others] = name ? (led?.journeys.filter(journey => isCalled(journey, name)) ?? []) : []
  if (led && only && others.length === 0) return showCard(drawOne(context, { programme: led.programme, journey: only }))
  return led && listOf(context, led, { page: 1, sort: 'stage' })
}

function sorted(people: readonly Progress[], order: ProgressOrder, language: Language): Progress[] {
  const byName = (a: Progress, b: Progress) => a.name.localeCompare(b.name, language)
  switch (order) {
    case 'name':
      return people.toSorted(byName)
    case 'stage':
      return people.toSorted((a, b) => byStage(a, b) || byName(a, b))
    case 'latest':
      return people.toSorted((a, b) => latestOf(b).localeCompare(latestOf(a)) || byName(a, b))
  }
}
