/**
 * Deciding is asked again when somebody else was quicker. So a decision only reads: for every button, by everybody, what
 * lies in the store in the end is the same whether it was asked once or three times.
 */
import assert from 'node:assert/strict'
import { actionHandlers } from '../../src/conversation/routing/action-handlers.ts'
import { createConversation } from '../../src/conversation/routing/conversation.ts'
import { createPeople } from '../../src/conversation/turn/people.ts'
import { formOf } from '../../src/domain/programme/programme-form.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store, Write } from '../../src/store/store.ts'
import { now, people, programme, settleWorld, undelivered } from '../world.ts'

const mia = '0d0d0d0d-0000-4000-8000-00000000000d'
const team = 'a-team'

/** A value for every field of every button: each takes out what it knows. */
const everything = {
  ...{ programme: 'spring', person: people.drafting, coaches: [people.coach, people.newCoach], asked: now },
  ...{ round: 1, session: 2, question: 3, page: 1, rev: 1, go: 'next', answer: 'A text', snapshot: 0, form: 'a-form' },
  ...{ to: 'zh-CN', language: 'zh-CN', zone: 'Asia/Shanghai', name: 'home', best: '3', mostChallenging: '2' },
  ...{ coachee: 'C', topic: 'T', goal: 'G', plannedFor: '', heldOn: '2026-11-11', line: 'L', rating: '4' },
  ...{ pasted: '1. One\n2. Two\n3. Three', people: mia, ids: '', leader: people.leader, coach: people.newCoach },
  ...{ programmeName: 'P', startDate: '2026-12-01', weeks: '6', maxSessions: '5', leadersMayNudge: 'false' },
  ...{ alsoLeads: 'true', lastDay: '2026-12-24', shown: { ...formOf(programme), name: 'Spring' }, code: 'participant' },
  ...{ places: '7', same: false, team, guests: 'in', notice: keys.notice(undelivered).id, yes: true, written: false },
}
/** What else is tried, where the first says too little. */
const others: Readonly<Record<string, readonly object[]>> = {
  inviteBack: [{ person: people.removed }],
  create: [{ parent: 'mother' }],
  fill: [{ session: 2 }],
  closeProgramme: [{ sure: 'spring' }],
  removeLeader: [{ sure: people.leader }],
  removeCoach: [{ sure: people.newCoach }],
}

/** What counts against a limit has to be among what was tried. */
const counting = ['create', 'invite', 'addCoach', 'addLeader', 'inviteBack', 'enrolIt']

type Turn = { readonly verb: string; readonly data: object; readonly person: string }

/** One turn in a world of its own. @param quicker how often somebody else is, before each first write to a programme. */
async function leftBy({ verb, data, person }: Turn, quicker: number) {
  const store = openSqlite(':memory:', () => now)
  await settleWorld(store)
  const task = document(keys.task({ task: 'roster', programme: 'spring', no: team }), {
    ...({
      task: 'roster',
      programme: 'spring',
      no: team,
      by: people.coach,
      restarts: 0,
      met: true,
      ended: now,
    } as const),
    team: { team: '19:team@thread.tacv2', serviceUrl: 'http://127.0.0.1:9', tenant: 't' },
    seen: { people: 7, guests: 1, others: 0 },
    offers: [{ programme: 'spring', name: 'Spring programme', people: 2, guests: 0 }],
    ...{ runAt: '9999', tries: 0, promisedAt: now },
  })
  assert.ok((await store.commit(task.pk, [{ op: 'put', doc: task }])).ok)
  let left = quicker
  let saved = false
  const own = new Map<string, string>()
  const commit: Store['commit'] = async (pk, writes) => {
    const failed = pk.startsWith('p:') ? writes.findIndex(isWhole) : -1
    if (failed >= 0 && left-- > 0) return { ok: false, failed, conflict: 'changed' }
    const committed = await store.commit(pk, writes)
    if (!committed.ok) return committed
    if (failed >= 0) saved = true
    for (const write of writes)
      if ('doc' in write && pk.startsWith('u:')) own.set(`${pk} ${write.doc.id}`, JSON.stringify(write.doc))
    return committed
  }
  const watched = { ...store, commit }
  const given = { store: watched, people: createPeople(watched), clock: () => now, leaseSeconds: 60 }
  const bot = createConversation({ ...given, buttons: 'execute', creators: { creators: 'anyone', buddies: true } })
  const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
  const actor = { person, name: 'Name', language: 'en' } as const
  const turn = await bot({
    kind: 'action',
    verb,
    data: { ...data },
    actor,
    chat,
    tenant: 't',
    activity: 'a',
    place: 'personal',
  })
  await store.close()
  return { saved, outcome: turn.outcome, own: Object.fromEntries(own) }
}

const isWhole = (write: Write) => write.op === 'create' || write.op === 'put'

describe('deciding anew', () => {
  it('leaves of everybody what deciding once leaves, whatever is pressed', async function () {
    this.timeout(60_000)
    const reached = new Set<string>()
    for (const verb of Object.keys(actionHandlers)) {
      for (const person of [people.ready, people.drafting, people.invited, people.coach, people.graduate]) {
        for (const other of [{}, ...(others[verb] ?? [])]) {
          const turn = { verb, data: { ...everything, ...other }, person }
          const once = await leftBy(turn, 0)
          if (!once.saved) continue
          reached.add(verb)
          assert.deepEqual(await leftBy(turn, 2), once, `${verb} ${JSON.stringify(other)} by ${person}`)
        }
      }
    }
    for (const verb of counting) assert.ok(reached.has(verb), `${verb} was never saved`)
  })
})
