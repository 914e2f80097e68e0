/** Programmes of any size with a coach and a team leader of their own, and how they are put into a store. */

import { currentQuestionSet } from '../../src/domain/logs/questions.ts'
import { type ChatReference, newProfile, type Profile, type Role } from '../../src/domain/profile.ts'
import type { Programme } from '../../src/domain/programme.ts'
import type { Instant, Language } from '../../src/domain/values.ts'
import { type Document, document, keys } from '../../src/store/documents.ts'
import type { Store } from '../../src/store/store.ts'
import { type Life, lifeAt, livedBy, type Person, type Step, steps } from './lives.ts'

export type Crowd = {
  readonly programme: Programme
  readonly coach: Person
  readonly leader: Person
  /** With the step each is on. */
  readonly people: readonly (Person & { readonly step: Step })[]
  readonly lives: readonly Life[]
}

/** How a programme of fifty stands in its fourth week. */
// biome-ignore format: a list is read in one look
const inFifty: Readonly<Record<Step, number>> = {
  invited: 3, joined: 3, planned: 5, held: 6, chosen: 4, writing: 13, complete: 4, oneIn: 3, ready: 5, opened: 3, reviewed: 1,
}
const mixture = steps.flatMap(step => Array<Step>(inFifty[step]).fill(step))

const given = ['Anna', 'Bartholomäus', 'Chiara', 'Dagny', 'Emeka', 'Fatima', 'Guðrún', 'Hiroshi', '小明', 'João']
const family = ['Berger', 'van der Meulen', 'Conti', 'Ó Briain', 'Okonkwo', 'Al-Rashid', '王', 'Nakamura', 'Kowalczyk']

/** Ids in the form of Entra's; `no` tells everybody apart. */
export function personOf(no: number): Person {
  const name = `${given[no % given.length]} ${family[no % family.length]} ${no}`
  return { id: `e0000000-0000-4000-8000-${no.toString(16).padStart(12, '0')}`, name }
}

type CrowdInput = {
  readonly name: string
  readonly size: number
  /** Nobody else may have numbers from here on; it takes two more than its size. */
  readonly from: number
  readonly now: Instant
  readonly language?: Language
  /** Taken in turn. */
  readonly lives?: readonly Step[]
}

export function crowdOf({ name, size, from, now, language = 'en', lives = mixture }: CrowdInput): Crowd {
  const [coach, leader] = [personOf(from), personOf(from + 1)]
  const programme: Programme = {
    programme: name,
    name: `Coaching Master Class ${name}`,
    language,
    zone: 'Europe/Berlin',
    startDate: '2026-11-02',
    weeks: 6,
    maxSessions: 5,
    questionSet: currentQuestionSet,
    coaches: [{ person: coach.id, name: coach.name, since: now }],
    leaders: [{ person: leader.id, name: leader.name }],
  }
  const people = Array.from({ length: size }, (_, index) => ({
    ...personOf(from + 2 + index),
    step: lives[index % lives.length] ?? 'joined',
  }))
  // Each step is lived once by the rules; ten thousand people live it again.
  const lived = new Map(steps.map(step => [step, lifeAt(programme, coach, leader.id, step, now)]))
  return {
    programme,
    coach,
    leader,
    people,
    lives: people.flatMap(person => {
      const life = lived.get(person.step)
      return life ? [livedBy(life, person)] : []
    }),
  }
}

/** All of a programme's own partition; without the words of its people when only the views are of interest. */
export function documentsOf({ programme, lives }: Crowd, words: 'withLogs' | 'withoutLogs' = 'withLogs'): Document[] {
  const id = programme.programme
  return [
    document(keys.programme(id), programme),
    ...lives.flatMap(({ journey, logs, snapshots }) => [
      document(keys.journey(id, journey.person), journey),
      ...(words === 'withoutLogs'
        ? []
        : [
            ...logs.map(log => document(keys.log(id, log.person, 1, log.session), log)),
            ...snapshots.map(each => document(keys.snapshot(id, each.person, 1, each.session, each.snapshot), each)),
          ]),
    ]),
  ]
}

/**
 * Profiles of people the bot has talked to before, so that nothing about them changes at their next word. `where`: the
 * tenant and the bot as the activities name them.
 */
export function profilesOf(
  crowd: Crowd,
  serviceUrl: string,
  where: Pick<ChatReference, 'tenant' | 'bot'> = { tenant: 'tenant', bot: '28:bot' },
): Document[] {
  const profile = ({ id, name }: Person, role: Role): Profile => ({
    ...newProfile(id, name),
    language: crowd.programme.language,
    zone: crowd.programme.zone,
    chat: { serviceUrl, conversation: `chat-${id}`, ...where, account: `29:${id}` },
    welcomedAt: '2026-11-02T09:00:00.000Z',
    memberships: [{ programme: crowd.programme.programme, role }],
  })
  const all = [
    profile(crowd.coach, 'coach'),
    profile(crowd.leader, 'leader'),
    ...crowd.people.map(person => profile(person, 'participant')),
  ]
  return all.map(each => document(keys.profile(each.person), each))
}

/** Through the port, as large batches as it takes. */
export async function put(store: Store, documents: readonly Document[]): Promise<void> {
  const byPartition = Map.groupBy(documents, doc => doc.pk)
  for (const [pk, docs] of byPartition) {
    for (let from = 0; from < docs.length; from += 100) {
      const writes = docs.slice(from, from + 100).map(doc => ({ op: 'put', doc }) as const)
      const committed = await store.commit(pk, writes)
      if (!committed.ok) throw new Error(`The crowd could not be written: ${committed.conflict}.`)
    }
  }
}
