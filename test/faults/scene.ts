/**
 * The scene of a fault run: Anna's last two presses, prepared by the rules themselves and put into the store directly.
 * Best is submitted, Most Challenging has fifteen answers; she saves the sixteenth and submits.
 */
import { anna, carla } from '../../src/demo/people.ts'
import { choose } from '../../src/domain/choosing.ts'
import { consent } from '../../src/domain/journey.ts'
import { answer, emptyLog } from '../../src/domain/log.ts'
import { submit } from '../../src/domain/log-states.ts'
import { plan, record } from '../../src/domain/sessions.ts'
import { document, keys } from '../../src/store/documents.ts'
import type { Store } from '../../src/store/store.ts'
import { ok } from '../domain/given.ts'

const zone = 'Europe/Berlin'

export async function prepare(store: Store, serviceUrl: string): Promise<void> {
  const now = new Date().toISOString()
  const programme = (await store.get(keys.programme('demo')))?.doc
  const invited = (await store.get(keys.journey('demo', anna.id)))?.doc
  if (!programme || !invited) throw new Error('The store is not seeded.')
  let journey = ok(consent(invited, programme, [carla.id], now)).journey
  for (const no of [1, 2]) {
    const input = { coachee: `C.${no}`, topic: `Topic ${no}`, goal: '', plannedFor: '' }
    journey = ok(plan(journey, programme, input, `form-${no}`)).journey
    journey = ok(record(journey, no, { heldOn: now.slice(0, 10), line: '', rating: 4 }, now, zone)).journey
  }
  journey = ok(choose(journey, programme, { best: 1, mostChallenging: 2 }, now)).journey
  const filled = (session: number, questions: number) => {
    let log = emptyLog(programme, anna.id, 1, session)
    for (let question = 1; question <= questions; question++) {
      const decided = answer(log, question, `Session ${session}, answer ${question}`, 0, now)
      if (decided.refused || decided.stale) throw new Error('an answer was not taken')
      log = decided.log
    }
    return log
  }
  const best = ok(submit(journey, programme, filled(1, 16), now))
  const round = best.journey.rounds[0]
  if (!round) throw new Error('no round')
  const logs = { ...round.logs, 2: { answered: 15, snapshot: 0 } }
  const written = { ...best.journey, rounds: [{ ...round, logs }] }
  await store.commit('p:demo', [
    { op: 'put', doc: document(keys.journey('demo', anna.id), written) },
    { op: 'put', doc: document(keys.log('demo', anna.id, 1, 1), best.log) },
    { op: 'put', doc: document(keys.log('demo', anna.id, 1, 2), filled(2, 15)) },
    { op: 'create', doc: document(keys.snapshot('demo', anna.id, 1, 1, 1), best.snapshot) },
  ])
  for (const person of [anna, carla]) {
    const profile = (await store.get(keys.profile(person.id)))?.doc
    if (!profile) throw new Error('no profile')
    const chat = {
      serviceUrl,
      conversation: `chat-${person.id}`,
      tenant: 'tenant',
      bot: '28:bot',
      account: `29:${person.id}`,
    }
    await store.commit(profile.pk, [{ op: 'put', doc: { ...profile, chat, welcomedAt: now, zone } }])
  }
}
