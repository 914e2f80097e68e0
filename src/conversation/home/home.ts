/** Home: the card to come back to, for every role. */
import type { Alert } from '../../cards/reader.ts'
import { withButton } from '../../cards/render.ts'
import { say } from '../../cards/texts.ts'
import { type Role, roles } from '../../domain/profile.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { nowhere } from '../programme/founding.ts'
import { hasSeveral } from '../programme/programmes.ts'
import { coachHome, progressOfMine } from '../progress/overview.ts'
import { loadOwnJourney, programmeAs } from '../turn/own-journey.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'
import { homeOf } from './participant-home.ts'

/** Of the programme the card was about, or of the one last used: as participant, else as coach, else as team leader. */
export async function home(context: TurnContext, id?: ProgrammeId, alert?: Alert): Promise<Outcome> {
  const last = id ?? context.profile.lastProgramme
  const found =
    (last && (await homeIn(context, last, alert))) || (id ? undefined : await homeIn(context, undefined, alert))
  if (found) return withOthers(context, found)
  return id === undefined ? nowhere(context) : denied(context)
}

/** Who is in several programmes finds the others below. */
function withOthers(context: TurnContext, outcome: Outcome): Outcome {
  const { card } = outcome.reply
  if (!card || !hasSeveral(context.profile)) return outcome
  const to = reader(context)
  const button = withButton(card, to, say(to.language, 'programmes.other'), 'programmes', { page: 1 })
  return { ...outcome, reply: { card: button } }
}

async function homeIn(context: TurnContext, id?: ProgrammeId, alert?: Alert): Promise<Outcome | undefined> {
  // The index says where to look first, so that a coach costs no look for a journey; the rest is asked all the same.
  const indexed = context.profile.memberships.filter(each => each.programme === id).map(each => each.role)
  const order = roles.toSorted((a, b) => Number(indexed.includes(b)) - Number(indexed.includes(a)))
  for (const role of order) {
    const programme = id ?? programmeAs(context, role)
    const found = programme === undefined ? undefined : await homeAs[role](context, programme, alert)
    if (found) return found
  }
  return undefined
}

const homeAs: {
  readonly [role in Role]: (context: TurnContext, id: ProgrammeId, alert?: Alert) => Promise<Outcome | undefined>
} = {
  participant: async (context, id, alert) => {
    const found = await loadOwnJourney(context, id)
    return found && showCard(await homeOf(context, found, alert))
  },
  coach: (context, id, alert) => coachHome(context, id, 1, alert),
  leader: (context, id) => progressOfMine(context, { programme: id, page: 1, sort: 'stage' }),
}
