/**
 * Several programmes of one person. A card says which it is about. A typed word means the one used last in a role that knows
 * the word; where that says nothing and there are several, it is asked once and remembered.
 */
import type { ActionData } from '../../cards/actions.ts'
import { type MyProgramme, programmesCard } from '../../cards/views/programme/programmes.ts'
import type { Profile, Role } from '../../domain/profile.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'

type Asked = { readonly name: string; readonly rest: string }

/** Go on with this context; or first ask which programme is meant. */
type Which = { readonly context: TurnContext } | { readonly ask: Outcome }

/** @param roles those that know the word. */
export async function whichProgramme(context: TurnContext, roles: readonly Role[], asked: Asked): Promise<Which> {
  const { memberships, lastProgramme } = context.profile
  const ids = new Set(memberships.filter(({ role }) => roles.includes(role)).map(({ programme }) => programme))
  if (ids.size < 2 || (lastProgramme !== undefined && ids.has(lastProgramme))) return { context }
  const known = (await mineOf(context)).filter(each => each.roles.some(role => roles.includes(role)))
  const all = known.filter(each => !isAway(each))
  const open = all.filter(({ programme }) => !programme.closedAt)
  // What is over is not worth a question while something is not.
  const meant = open.length > 0 ? open : all
  if (meant.length > 1) return { ask: showCard(programmesCard(reader(context), { all: meant, page: 1, asked })) }
  return { context: usingNow(context, meant[0]?.programme.programme) }
}

/** All of them; with `name` to choose the one that a command is about. */
export async function programmes(context: TurnContext, asked: ActionData<'programmes'>): Promise<Outcome> {
  const { page, name, rest, away } = asked
  const all = await mineOf(context)
  const put = all.filter(isAway)
  const here = all.filter(each => !isAway(each))
  const card = away ? { all: put, away: 'these' as const } : { all: here, away: put.length }
  return showCard(
    programmesCard(reader(context), { ...card, page, ...(name !== undefined && { asked: { name, rest } }) }),
  )
}

/** This programme is the one used last, from this card on: written only by those who are in several. */
export async function usingLast(context: TurnContext, id: ProgrammeId): Promise<TurnContext> {
  const { memberships, lastProgramme } = context.profile
  const known = memberships.some(({ programme }) => programme === id)
  if (!known || lastProgramme === id || memberships.every(({ programme }) => programme === id)) return context
  const { person, incoming } = context
  const edit = (before: Profile): Profile => ({ ...before, lastProgramme: id })
  const profile = await context.people.change(person, incoming.actor.name, edit, 'lastRead')
  return { ...context, profile }
}

/** More than one, so that there is somewhere else to go. */
export function hasSeveral({ memberships }: Profile): boolean {
  return memberships.some(({ programme }) => programme !== memberships[0]?.programme)
}

function usingNow(context: TurnContext, lastProgramme: ProgrammeId | undefined): TurnContext {
  return lastProgramme === undefined ? context : { ...context, profile: { ...context.profile, lastProgramme } }
}

function isAway({ programme }: MyProgramme): boolean {
  return programme.archivedAt !== undefined
}

/** Those that are over last, and no index entry without a programme. */
async function mineOf({ profile, people }: TurnContext): Promise<readonly MyProgramme[]> {
  const ids = [...new Set(profile.memberships.map(({ programme }) => programme))]
  const found = await Promise.all(
    ids.map(async id => {
      const programme = await people.programme(id)
      const roles = profile.memberships.filter(each => each.programme === id).map(({ role }) => role)
      return programme ? [{ programme, roles, lastUsed: profile.lastProgramme === id }] : []
    }),
  )
  const rank = ({ lastUsed, programme }: MyProgramme) => (lastUsed ? 0 : programme.closedAt ? 2 : 1)
  return found.flat().toSorted((one, other) => rank(one) - rank(other))
}
