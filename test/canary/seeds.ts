/** What lies in the stores before anything happens: who was invited to what, and Fay and Tom amid their logs. */

import type { Journey } from '../../src/domain/journey.ts'
import { answer, emptyLog, type LearningLog } from '../../src/domain/logs/log.ts'
import { submit } from '../../src/domain/logs/log-states.ts'
import { currentQuestionSet } from '../../src/domain/logs/questions.ts'
import { consent, invite } from '../../src/domain/membership/consent.ts'
import type { Profile } from '../../src/domain/profile.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { choose } from '../../src/domain/sessions/choosing.ts'
import { plan, record } from '../../src/domain/sessions/sessions.ts'
import { type Document, document, keys } from '../../src/store/documents.ts'
import { ok } from '../domain/given.ts'
import { type House, houses, type Seed } from './child.ts'
import { type Key, type Person, programmes } from './people.ts'
import type { Words } from './words.ts'

type Given = {
  readonly words: Words
  readonly people: Readonly<Record<Key, Person>>
  readonly tenant: string
  readonly bot: string
  readonly serviceUrl: string
  readonly now: string
}

/** The sixteen texts of one log, each a canary of its own. */
export function sixteen(text: (name: string) => string, name: string): readonly string[] {
  return Array.from({ length: 16 }, (_, index) => text(`${name}${String.fromCharCode(65 + index)}`))
}

export function createSeeds({ words, people, tenant, bot, serviceUrl, now }: Given): Readonly<Record<House, Seed>> {
  const seedOf = (house: House): Seed => {
    const around = Object.values(people).filter(person => person.house === house)
    const having = (role: Person['role']) => around.filter(person => person.role === role)
    const [leader] = having('leader')
    const named = ({ id, name }: Person) => ({ person: id, name })
    const programme: Programme = {
      programme: words.word(`${programmes[house]}Id`),
      name: words.odd(`${programmes[house]}Title`),
      language: 'en',
      zone: 'Europe/Berlin',
      startDate: '2026-11-02',
      weeks: 6,
      maxSessions: 5,
      questionSet: currentQuestionSet,
      coaches: having('coach').map(coach => ({ ...named(coach), since: now })),
      leaders: having('leader').map(named),
    }
    const docs: Document[] = [document(keys.programme(programme.programme), programme)]
    for (const person of around) {
      if (person.role === 'stranger') continue
      docs.push(document(keys.profile(person.id), profileOf(person, programme)))
      if (person.role !== 'participant') continue
      const invited = invite(programme, person.id, person.name, leader?.id, now)
      docs.push(...(house === 'faulty' ? writer(person, programme, invited) : [journeyDoc(invited)]))
    }
    return docs
  }

  /** Who is told of Fay has been here before. */
  function profileOf({ id, name, role, language, chat, account, house }: Person, { programme }: Programme): Profile {
    if (role === 'stranger') throw new Error('Of strangers nothing is kept.')
    const known = house === 'faulty' && { chat: { serviceUrl, conversation: chat, tenant, bot, account } }
    return { person: id, name, language, memberships: [{ programme, role }], ...known }
  }

  /** Two logs: Fay's are complete, and one is in; of Tom's nothing is written. */
  function writer({ key, id }: Person, programme: Programme, invited: Journey): Document[] {
    const text = (name: string) => words.word(`${key}${name}`)
    const shown = programme.coaches.map(coach => coach.person)
    let { journey } = ok(consent(invited, programme, shown, now))
    for (const [no, of] of ['One', 'Two'].entries()) {
      const planned = { coachee: text(`Alias${of}`), topic: text(`Topic${of}`), goal: text(`Goal${of}`) }
      journey = ok(plan(journey, programme, planned, `form-${no}`, now)).journey
      const held = { heldOn: '2026-11-16', line: text(`Line${of}`), rating: 2 }
      journey = ok(record(journey, no + 1, held, now, programme.zone)).journey
    }
    journey = ok(choose(journey, programme, { best: 1, mostChallenging: 2 }, now)).journey
    if (key !== 'Fay') return [journeyDoc(journey)]
    const [best, hard] = [filled(1, 'Best'), filled(2, 'Hard')]
    const one = ok(submit(journey, programme, best, now))
    const facts = { ...one.journey.rounds[0]?.logs, 2: { answered: 16, snapshot: 0 } }
    journey = { ...one.journey, rounds: one.journey.rounds.map(round => ({ ...round, logs: facts })) }
    const at = [programme.programme, id, 1] as const
    return [
      journeyDoc(journey),
      document(keys.log(...at, 1), one.log),
      document(keys.snapshot(...at, 1, 1), one.snapshot),
      document(keys.log(...at, 2), hard),
    ]

    function filled(session: number, of: string): LearningLog {
      return sixteen(text, `Answer${of}`).reduce(
        (log, each, index) => {
          const decided = answer(log, index + 1, each, 0, now)
          if (decided.refused || decided.stale) throw new Error('An answer was not taken.')
          return decided.log
        },
        emptyLog(programme, id, 1, session),
      )
    }
  }

  return Object.fromEntries(houses.map(house => [house, seedOf(house)])) as Record<House, Seed>
}

function journeyDoc(journey: Journey): Document {
  return document(keys.journey(journey.programme, journey.person), journey)
}
