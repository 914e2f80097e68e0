/**
 * Whom somebody may write to through the bot, as coach of a programme: asked before anybody is promised an invitation, to
 * take part, to lead or to coach. So that a programme anyone may start is no way to reach strangers, invitations are
 * counted by day, and whoever has blocked an inviter stays out of their reach.
 */
import type { Creation } from '../domain/creating.ts'
import { isNamed } from '../domain/creating.ts'
import { isStranger, mayBeInvited, mostInvitations, withInvitations } from '../domain/limits.ts'
import { takesPart } from '../domain/membership.ts'
import type { Named, Programme } from '../domain/programme.ts'
import type { Decided } from '../domain/refusals.ts'
import type { PersonId } from '../domain/values.ts'
import { keys } from '../store/documents.ts'
import { changeLimits, changeShield } from './limited.ts'
import type { Scope } from './scope.ts'

/** At once: each is a few small reads. */
const atOnce = 10

/** `shielded`: those whom it does not reach, for one reason that is told nobody. */
export type Admitted = { readonly admitted: readonly Named[]; readonly shielded: readonly Named[] }

/**
 * Counts the invitations, all or none, and asks each person's shield. Of those already counted nobody is forgotten when
 * what follows fails: counting comes first, so that nothing is promised that was not counted.
 *
 * @param people each once, and nobody who is there already: a repeat of a press is not counted again.
 */
export async function admitted(scope: Scope, people: readonly Named[]): Promise<Decided<Admitted>> {
  const others = people.filter(({ person }) => person !== scope.person)
  if (others.length > 0) {
    const no = await changeLimits(scope, (limits = {}) => {
      const decided = withInvitations(limits.sent, others.length, mostInvitations[inviterAs(scope)], scope.now)
      return decided.refused ? { answer: decided } : { after: { ...limits, sent: decided.sent }, answer: undefined }
    })
    if (no) return no
  }
  const shielded = new Set<PersonId>()
  for (let at = 0; at < others.length; at += atOnce) {
    await Promise.all(
      others.slice(at, at + atOnce).map(async ({ person }) => {
        if (!(await reaches(scope, person))) shielded.add(person)
      }),
    )
  }
  return {
    admitted: people.filter(({ person }) => !shielded.has(person)),
    shielded: people.filter(({ person }) => shielded.has(person)),
  }
}

function inviterAs({ person, creators: { creators } }: Scope): Creation {
  if (isNamed(person, creators)) return 'named'
  return creators === 'anyone' ? 'anyone' : 'graduate'
}

async function reaches(scope: Scope, person: PersonId): Promise<boolean> {
  const stranger = await isStrangerTo(scope, person)
  return changeShield({ store: scope.store, person }, before => {
    const decided = mayBeInvited(before, scope.person, stranger, scope.now)
    if (decided.refused) return { answer: false }
    return decided.shield === before || !stranger ? { answer: true } : { after: decided.shield, answer: true }
  })
}

/** Whom the organisation named is nobody's stranger, and nothing is read for it. */
async function isStrangerTo(scope: Scope, person: PersonId): Promise<boolean> {
  const { store, people, creators, now } = scope
  if (isNamed(scope.person, creators.creators)) return false
  const { memberships = [] } = (await people.profile(person, now)) ?? {}
  const joined = await Promise.all(
    memberships.map(async ({ programme, role }): Promise<readonly Programme[]> => {
      if (role !== 'participant') return []
      const journey = (await store.get(keys.journey(programme, person)))?.doc
      const found = journey && takesPart(journey) ? await people.programme(programme, now) : undefined
      return found ? [found] : []
    }),
  )
  return isStranger(scope.person, creators, joined.flat())
}
