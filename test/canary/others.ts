/** What everybody else asks about somebody's log, also by presses that no card of theirs ever had. */
import type { Actor } from '../../src/demo/stage.ts'
import { type Key, programmes } from './people.ts'
import type { Town } from './town.ts'

/** A press as a client makes it, whoever it was drawn for. */
export function pressing(actor: Actor, verb: string, data: unknown) {
  return {
    ...actor.common(),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data } },
  }
}

type Asking = { readonly reads: boolean }

/**
 * Each of them asks all of it. @param reads whether a coach may open the logs, which their writer then cannot take back.
 */
export async function askAll(town: Town, about: Key, whom: readonly Key[], { reads }: Asking): Promise<void> {
  await Promise.all(
    whom.map(key => {
      const opens = !reads && town.people[key].role === 'coach'
      return askOne(town, about, key, opens ? ['read', 'readBoth'] : [])
    }),
  )
  town.look()
}

async function askOne(
  { people, words, gates, actor: actorOf }: Town,
  about: Key,
  key: Key,
  without: readonly string[],
) {
  const subject = people[about]
  const { house } = subject
  const actor = actorOf(key)
  const programme = words.word(`${programmes[house]}Id`)
  const log = { programme, person: subject.id, round: 1, session: 1 }
  const tried = (name: string) => words.word(`${key}${name}`, 'sent')
  const presses: Readonly<Record<string, object>> = {
    coachHome: { programme, page: 1 },
    read: { ...log, page: 1 },
    readBoth: { programme, person: subject.id, round: 1, page: 2 },
    progressOne: { programme, person: subject.id },
    review: { ...log, page: 1 },
    question: { ...log, question: 1 },
    answer: { ...log, question: 1, rev: 1, go: 'next', answer: tried('TriedAnswer') },
    fill: { ...log, pasted: `1. ${tried('TriedFill')}\n2. x\n3. y` },
    submit: log,
    withdraw: log,
    plan: { programme, form: tried('TriedForm'), coachee: '', topic: tried('TriedTopic'), goal: '', session: 1 },
  }
  const lines = [
    'home',
    `read ${subject.name}`,
    `progress ${subject.name}`,
    `${tried('TriedJoin')}`,
    '1. a\n2. b\n3. c',
  ]
  for (const text of lines) await gates[house].postAs({ ...actor.common(), type: 'message', text })
  for (const [verb, data] of Object.entries(presses)) {
    if (!without.includes(verb)) await gates[house].postAs(pressing(actor, verb, data))
  }
}
