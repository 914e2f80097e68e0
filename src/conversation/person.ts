/** One person, for a coach: how far they are and what a coach may arrange for them. */
import type { ActionData } from '../cards/actions.ts'
import type { Alert } from '../cards/reader.ts'
import type { RenderedCard } from '../cards/render.ts'
import { personCard } from '../cards/views/person.ts'
import { mayRead } from '../domain/access.ts'
import { glance, type Pending } from '../domain/glance.ts'
import type { Journey } from '../domain/journey.ts'
import { belongs } from '../domain/membership.ts'
import { isCoach, type Programme } from '../domain/programme.ts'
import type { ProgrammeId } from '../domain/values.ts'
import { everybodyIn, isCalled, readyToRead } from './overview.ts'
import { done, neutral, type Outcome, reader, type Scope } from './scope.ts'

type Of = { readonly programme: Programme; readonly journey: Journey }

/** Counts and dates of one person; whoever is not a coach there now gets what a stranger gets. */
export async function showPerson(scope: Scope, { programme: id, person }: ActionData<'person'>): Promise<Outcome> {
  const docs = (await scope.store.query('personOf', { programme: id, person })).map(({ doc }) => doc)
  const programme = docs.find(doc => doc.type === 'programme')
  const journey = docs.find(doc => doc.type === 'journey')
  if (!programme || !journey || !isCoach(programme, scope.person)) return neutral(scope)
  if (!mayRead(scope.person, 'status', { programme, journey })) return neutral(scope)
  const notices = docs.filter(doc => doc.type === 'notice')
  return done(drawPerson(scope, { programme, journey }, notices))
}

/** Typed with a name: that person when only one is called so, first among those who belong; else undefined. */
export async function personNamed(scope: Scope, id: ProgrammeId, name: string): Promise<Outcome | undefined> {
  const found = name.trim() ? await everybodyIn(scope, id, 'coach') : undefined
  if (!found) return undefined
  const { programme, journeys, notices } = found
  const called = journeys.filter(journey => isCalled(journey, name))
  const there = called.filter(belongs)
  const [only, ...others] = there.length > 0 ? there : called
  if (!only || others.length > 0) return undefined
  return done(
    drawPerson(
      scope,
      { programme, journey: only },
      notices.map(({ doc }) => doc),
    ),
  )
}

/** @param pending what is promised and not out yet, at least to this person. */
export function drawPerson(scope: Scope, of: Of, pending: readonly Pending[], alert?: Alert): RenderedCard {
  const { programme, journey } = of
  const [seen] = glance(programme, [journey], pending, scope.now).people
  const readable = readyToRead(scope, programme, journey)
  return personCard(reader(scope, programme), { programme, journey, seen, readable, now: scope.now, alert })
}
