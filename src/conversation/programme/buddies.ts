/** The Buddy programmes that came from a coach's programme: how many are where, and nothing of anybody in them. */
import type { ActionData } from '../../cards/actions.ts'
import { buddiesCard } from '../../cards/views/programme/buddies.ts'
import { mayReadCounts } from '../../domain/access.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import { parentSummary } from '../../domain/progress/programme-overview.ts'
import { mostPartitions } from '../../store/queries.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'

/** Two questions, however many there are: the programmes, and the journeys of those on this page. */
export async function buddies(context: TurnContext, { programme: id, page }: ActionData<'buddies'>): Promise<Outcome> {
  const { store, person, now } = context
  const found = (await store.query('childrenOf', { parent: id })).map(({ doc }) => doc)
  const parent = found.find(({ programme }) => programme === id)
  if (!parent || !isCoach(parent, person)) return denied(context)
  const children = found
    .filter(each => each.parent === id && !each.archivedAt && mayReadCounts(person, each, parent))
    .toSorted(byStart)
  const pages = Math.max(1, Math.ceil(children.length / mostPartitions))
  const at = Math.min(page, pages)
  const shown = children.slice((at - 1) * mostPartitions, at * mostPartitions)
  const programmes = shown.map(({ programme }) => programme)
  const journeys = shown.length > 0 ? (await store.query('journeysIn', { programmes })).map(({ doc }) => doc) : []
  const rows = shown.map(programme => {
    const own = journeys.filter(journey => journey.programme === programme.programme)
    return { programme, counts: parentSummary(programme, own, now) }
  })
  return showCard(buddiesCard(reader(context, parent), { programme: parent, rows, page: at, pages }))
}

/** What goes on before what is over, the newest first. */
function byStart(one: Programme, other: Programme): number {
  const over = Number(!!one.closedAt) - Number(!!other.closedAt)
  return over || other.startDate.localeCompare(one.startDate) || one.programme.localeCompare(other.programme)
}
