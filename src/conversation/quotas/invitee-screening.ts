/**
 * Whom somebody may write to through the bot, as coach of a programme: asked before anybody is promised an invitation, to
 * take part, to lead or to coach. So that a programme anyone may start is no way to reach strangers, invitations are
 * counted by day, and a person who has blocked an inviter stays out of their reach.
 */
import { someAtOnce } from '../../base/some-at-once.ts'
import { type Creation, isNamed } from '../../domain/programme/creating.ts'
import type { Named, Programme } from '../../domain/programme.ts'
import {
  isStranger,
  mayBeInvited,
  mostInvitations,
  withInvitations,
  withoutStranger,
} from '../../domain/quotas/limits.ts'
import type { Decided, Refused } from '../../domain/refusals.ts'
import { takesPart } from '../../domain/standing.ts'
import type { PersonId } from '../../domain/values.ts'
import { keys } from '../../store/documents.ts'
import type { GiveBack } from '../turn/commit-decision.ts'
import type { TurnContext } from '../turn/turn-context.ts'
import { changeInviterBlocks, changeLimits, uncount } from './quota-store.ts'

/** At once: each is a few small reads. */
const atOnce = 10

/**
 * `screenInvitees`: by the names they have here, where only an id was given. `shielded`: whom it does not reach, for one reason
 * that is told nobody. `giveBack`: what was counted for those to whom nothing was promised in the end.
 */
export type ScreenedInvitees = {
  readonly admitted: readonly Named[]
  readonly shielded: readonly Named[]
  readonly giveBack: GiveBack
}

/**
 * Counts the invitations, all or none, and asks each person's shield. Counting comes first, so that nothing is promised
 * that was not counted. People who are not reached are taken off the count at once; `giveBack` takes off those who were not
 * invited in the end. So the same press twice is counted once.
 *
 * @param people each once, and nobody who is there already: a repeat of a press is not counted again.
 */
export async function screenInvitees(
  context: TurnContext,
  people: readonly Named[],
): Promise<Decided<ScreenedInvitees>> {
  const others = people.filter(({ person }) => person !== context.person)
  const no = others.length > 0 ? await count(context, others.length) : undefined
  if (no) return no
  const names = new Map<PersonId, string>([[context.person, context.incoming.actor.name]])
  const asStranger = new Set<PersonId>()
  try {
    await someAtOnce(others, atOnce, async ({ person, name }) => {
      const reached = await reaches(context, person)
      if (reached !== 'not') names.set(person, name || (await nameHere(context, person)))
      if (reached === 'asStranger') asStranger.add(person)
    })
  } catch (error) {
    // Nobody is invited then; where the count cannot be corrected either, it stays too high for a day.
    await uncount(context, 'sent', others.length).catch(() => {})
    throw error
  }
  const shielded = people.filter(({ person }) => !names.has(person))
  if (shielded.length > 0) await uncount(context, 'sent', shielded.length)
  return {
    admitted: people.flatMap(({ person, name }) => {
      const known = names.get(person)
      return known === undefined ? [] : [{ person, name: name || known }]
    }),
    shielded,
    giveBack: async written => {
      const told = new Set(written?.promised?.map(({ to }) => to))
      const unused = others.filter(({ person }) => names.has(person) && !told.has(person))
      if (unused.length === 0) return
      await uncount(context, 'sent', unused.length)
      await someAtOnce(
        unused.filter(({ person }) => asStranger.has(person)),
        atOnce,
        ({ person }) =>
          changeInviterBlocks({ store: context.store, person }, before => ({
            answer: undefined,
            ...(before && { after: withoutStranger(before) }),
          })),
      )
    },
  }
}

/** Why they cannot be counted, if so. */
function count(context: TurnContext, invitations: number): Promise<Refused | undefined> {
  return changeLimits(context, (limits = {}) => {
    const decided = withInvitations(limits.sent, invitations, mostInvitations[inviterAs(context)], context.now)
    return decided.refused ? { answer: decided } : { after: { ...limits, sent: decided.sent }, answer: undefined }
  })
}

/** People who are reached are seen to have come, so their name tells nothing more. */
async function nameHere({ people }: TurnContext, person: PersonId): Promise<string> {
  return (await people.profile(person))?.name ?? ''
}

function inviterAs({ person, creators: { creators } }: TurnContext): Creation {
  if (isNamed(person, creators)) return 'named'
  return creators === 'anyone' ? 'anyone' : 'graduate'
}

/** Whether an invitation reaches this person, and whether it was counted there as a stranger's. */
async function reaches(context: TurnContext, person: PersonId): Promise<'not' | 'reached' | 'asStranger'> {
  const stranger = await isStrangerTo(context, person)
  return changeInviterBlocks({ store: context.store, person }, before => {
    const decided = mayBeInvited(before, context.person, stranger, context.now)
    if (decided.refused) return { answer: 'not' }
    return stranger ? { after: decided.shield, answer: 'asStranger' } : { answer: 'reached' }
  })
}

/** Whom the organisation named is nobody's stranger, and nothing is read for it. */
async function isStrangerTo(context: TurnContext, person: PersonId): Promise<boolean> {
  const { store, people, creators } = context
  if (isNamed(context.person, creators.creators)) return false
  const { memberships = [] } = (await people.profile(person)) ?? {}
  const joined = await Promise.all(
    memberships.map(async ({ programme, role }): Promise<readonly Programme[]> => {
      if (role !== 'participant') return []
      const journey = (await store.get(keys.journey(programme, person)))?.doc
      const found = journey && takesPart(journey) ? await people.programme(programme) : undefined
      return found ? [found] : []
    }),
  )
  return isStranger(context.person, creators, joined.flat())
}
