/**
 * The access matrix: every command and every button × everybody × own and foreign ids, made from the tables themselves,
 * so that it grows with them. What nobody may see is looked for in every reply; what somebody may see has to be there.
 */
import assert from 'node:assert/strict'
import type { z } from 'zod'
import { actions, isVerb, type Verb } from '../src/cards/actions.ts'
import { say } from '../src/cards/texts.ts'
import { actionHandlers } from '../src/conversation/routing/action-handlers.ts'
import { commands } from '../src/conversation/routing/commands.ts'
import { createConversation } from '../src/conversation/routing/conversation.ts'
import type { Incoming } from '../src/conversation/turn/incoming.ts'
import { createPeople, type People } from '../src/conversation/turn/people.ts'
import { formOf } from '../src/domain/programme/programme-form.ts'
import { languages } from '../src/domain/values.ts'
import { type Document, document, type Key, type Kind, keys } from '../src/store/documents.ts'
import { openSqlite } from '../src/store/sqlite/sqlite.ts'
import type { Store } from '../src/store/store.ts'
import {
  type CanaryKind,
  canary,
  kinds,
  now,
  people as persons,
  programme,
  settleWorld,
  undelivered,
  type Who,
  type Writer,
  writers,
} from './world.ts'

/** domain.md's table once more, written by hand: whose words of which kind may this person be shown? */
const may: Partial<Record<Who, Partial<Record<Writer, readonly CanaryKind[]>>>> = {
  ready: { ready: kinds },
  drafting: { drafting: ['alias', 'detail', 'draft', 'status'] },
  other: { other: kinds },
  removed: { removed: kinds },
  invited: { invited: ['status'] },
  coach: {
    ready: ['alias', 'submitted', 'status'],
    drafting: ['status'],
    other: ['alias', 'submitted', 'status'],
    removed: ['alias', 'submitted', 'status'],
    invited: ['status'],
  },
  newCoach: { ready: ['status'], drafting: ['status'], other: ['status'], removed: ['status'], invited: ['status'] },
  // Whoever is invited has not said yet who leads them.
  leader: { ready: ['status'], drafting: ['status'], other: ['status'] },
  // The same person coaches and leads here, and so reads: its participants were told so first.
  graduate: { report: ['alias', 'submitted', 'status'] },
  report: { report: kinds },
}

/** What is allowed and shown by a card of today. Drafts of sessions not chosen, and names of oneself, are on none yet. */
const shown: typeof may = {
  ready: { ready: ['alias', 'detail', 'submitted'] },
  drafting: { drafting: ['alias', 'detail', 'draft'] },
  other: { other: ['alias', 'detail', 'submitted'] },
  removed: { removed: ['alias', 'submitted'] },
  coach: {
    ready: ['alias', 'submitted', 'status'],
    drafting: ['status'],
    other: ['alias', 'submitted', 'status'],
    removed: ['alias', 'submitted', 'status'],
    invited: ['status'],
  },
  newCoach: { ready: ['status'], drafting: ['status'], other: ['status'], removed: ['status'], invited: ['status'] },
  leader: { ready: ['status'], drafting: ['status'], other: ['status'] },
  graduate: { report: ['alias', 'submitted', 'status'] },
  report: { report: ['alias', 'detail', 'submitted'] },
}

/** The coach has counted a team, and has not confirmed. */
const pendingImport = document(keys.task({ task: 'roster', programme: 'spring', no: 'coach-and-team' }), {
  ...{
    task: 'roster',
    programme: 'spring',
    no: 'coach-and-team',
    by: persons.coach,
    restarts: 0,
    met: true,
    ended: now,
  },
  team: { team: '19:team@thread.tacv2', serviceUrl: 'http://127.0.0.1:9', tenant: 't' },
  seen: { people: 20, guests: 2, others: 1 },
  offers: [{ programme: 'spring', name: 'Spring programme', people: 4, guests: 0 }],
  ...{ runAt: '9999', tries: 0, promisedAt: now },
})

/** How many logs are in, of three people of the spring programme: on a card for who coaches where it came from. */
const countsFromAfar = say('en', 'buddies.logs', { count: 5 })

const clock = () => now
const everybody = Object.keys(persons) as Who[]

type Asking =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'action'; readonly verb: string; readonly data: Record<string, unknown> }

/** Every value worth trying for a field, by its name; typed fields get an innocent text. */
const values: Record<string, readonly unknown[]> = {
  programme: ['spring', 'mother', 'buddy', 'nowhere'],
  person: writers.map(writer => persons[writer]),
  round: [1],
  session: [1, 2, 3],
  question: [1, 16],
  page: [1, 2, 3, 4],
  rev: [0, 1],
  go: ['next', 'review', 'list'],
  how: ['replace'],
  pasted: ['1. One\n2. Two\n3. Three'],
  sort: ['name', 'latest'],
  language: languages,
  zone: ['Asia/Shanghai', 'Nowhere'],
  name: ['home', 'review', 'submit', 'nothing'],
  to: languages,
  form: ['form-1', 'a-new-form'],
  best: ['1', '3'],
  mostChallenging: ['2'],
  rating: ['4'],
  begin: [false, true],
  snapshot: [undefined, 0, 1],
  coaches: [[persons.coach]],
  heldOn: ['2026-11-11'],
  parent: ['spring', 'mother'],
  programmeName: ['Another name'],
  startDate: ['2026-12-01'],
  weeks: ['6'],
  maxSessions: ['5'],
  leadersMayNudge: ['true'],
  alsoLeads: ['true'],
  lastDay: ['2026-12-24'],
  shown: [{ ...formOf(programme), name: 'Spring' }],
  plannedFor: [''],
  team: [pendingImport.no, 'another-list'],
  into: ['spring', 'mother', undefined],
  guests: ['in', 'out'],
  rest: ['', 'M.L.; a topic'],
  people: ['', '0d0d0d0d-0000-4000-8000-00000000000d'],
  ids: ['', 'somebody@example.com'],
  code: ['participant', 'leader', 'BCDF-GHJK-BCDF-GHJK'],
  of: [undefined],
  asked: [undefined],
  away: [false, true],
  places: ['7'],
  same: [false, true],
  leader: [persons.leader, persons.secondLeader],
  coach: [persons.coach, persons.newCoach, persons.removedCoach],
  sure: [undefined, persons.leader, persons.newCoach, 'spring'],
  notice: [keys.notice(undelivered).id, 'n:nothing'],
  change: [false, true],
  counts: [false, true],
  yes: [false, true],
  written: [false, true],
}

/** What is typed behind a command that takes more; of a name a part, so that what was typed does not count as shown. */
const rests = ['1', 'best', 'challenging', 'Name of rea', 'of repor', '1; yesterday; 4; fine', 'X; Y', 'best 3']

function pressesOf(verb: Verb): Asking[] {
  let datas: Record<string, unknown>[] = [{}]
  for (const field of Object.keys(actions[verb].shape)) {
    const tried = values[field] ?? ['innocent text']
    datas = datas.flatMap(data => tried.map(value => ({ ...data, [field]: value })))
  }
  return datas.map(data => ({ kind: 'action', verb, data }))
}

const asked: Asking[] = [
  ...commands
    .flatMap(({ words }) => languages.flatMap(language => words[language].slice(0, 1)))
    .map(text => ({ kind: 'message' as const, text })),
  ...commands.flatMap(({ words, rest }) =>
    rest === undefined ? [] : rests.map(each => ({ kind: 'message' as const, text: `${words.en[0]} ${each}` })),
  ),
  { kind: 'message', text: 'Anything at all' },
  ...Object.keys(actionHandlers).filter(isVerb).flatMap(pressesOf),
]

describe('access matrix', () => {
  it('shows nobody what is not theirs, and shows everybody what is', async function () {
    this.timeout(60_000)
    const leaks: string[] = []
    const seen = new Set<string>()
    const fromAfar = new Set<Who>()
    let cases = 0
    for (const who of everybody) {
      for (const asking of asked) {
        cases++
        const reply = JSON.stringify(await ask(who, asking))
        if (reply.includes(countsFromAfar)) fromAfar.add(who)
        for (const writer of writers) {
          for (const kind of kinds) {
            if (!reply.includes(canary(kind, writer))) continue
            seen.add(`${who} ${writer} ${kind}`)
            if (!may[who]?.[writer]?.includes(kind))
              leaks.push(`${who} saw ${kind} of ${writer} by ${JSON.stringify(asking)}`)
          }
        }
      }
    }
    const missing = everybody.flatMap(who =>
      writers
        .flatMap(writer => (shown[who]?.[writer] ?? []).map(kind => `${who} ${writer} ${kind}`))
        .filter(cell => !seen.has(cell)),
    )
    assert.deepEqual(leaks, [])
    assert.deepEqual(missing, [], 'allowed cells that never carried their canary')
    assert.deepEqual([...fromAfar], ['parentCoach'], 'who is shown how many are where in a child programme')
    console.log(`      access matrix: ${cases} cases, ${leaks.length} leaks, ${seen.size} allowed cells seen`)
  })

  it('shows nothing of anybody in a group or a channel', async function () {
    this.timeout(60_000)
    const words = writers.flatMap(writer => kinds.map(kind => canary(kind, writer)))
    for (const who of ['ready', 'drafting', 'coach', 'leader'] as const) {
      for (const asking of asked) {
        const reply = JSON.stringify(await ask(who, asking, 'group'))
        assert.deepEqual(
          words.filter(word => reply.includes(word)),
          [],
          `${who} by ${JSON.stringify(asking)}`,
        )
      }
    }
  })

  it('tries every field of every button', () => {
    const free = ['coachee', 'topic', 'goal', 'line', 'answer']
    const fields = new Set(Object.values(actions).flatMap(schema => Object.keys((schema as z.ZodObject).shape)))
    assert.deepEqual(
      [...fields].filter(field => !(field in values) && !free.includes(field)),
      [],
    )
  })

  it('answers a stranger alike, whether what they ask for exists or not', async () => {
    const ask1 = async (programme: string, person: string) =>
      JSON.stringify(
        (
          await ask('stranger', {
            kind: 'action',
            verb: 'read',
            data: { programme, person, round: 1, session: 1, page: 1 },
          })
        ).card,
      )
    assert.equal(await ask1('spring', persons.ready), await ask1('nowhere', 'nobody'))
  })
})

/** One turn in a world that no earlier case has changed; a world only read from serves the next case as well. */
async function ask(who: Who, asking: Asking, place: Incoming['place'] = 'personal') {
  world ??= await openWorld()
  const { store, people } = await world.untouched()
  const conversation = createConversation({ store, people, clock, buttons: 'execute', leaseSeconds: 60 })
  const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: 't', bot: 'b', account: 'a' }
  const actor = { person: persons[who], name: `Name of ${who}` }
  const incoming: Incoming = { ...asking, actor, tenant: 't', activity: 'activity-1', place, chat }
  return (await conversation(incoming)).reply
}

let world: Awaited<ReturnType<typeof openWorld>> | undefined

/** The settled world, and what every document was before it was written: settling it anew for each case takes long. */
async function openWorld() {
  const sqlite = openSqlite(':memory:', clock)
  await settleWorld(sqlite)
  const before = new Map<string, { readonly key: Key<Kind>; readonly doc: Document | undefined }>()
  let touched = false
  assert.ok((await sqlite.commit(pendingImport.pk, [{ op: 'put', doc: pendingImport }])).ok)
  const store: Store = {
    ...sqlite,
    commit: async (pk, writes) => {
      for (const write of writes) await remember('key' in write ? write.key : write.doc)
      return sqlite.commit(pk, writes)
    },
    removeIf: async (key, etag) => {
      await remember(key)
      return sqlite.removeIf(key, etag)
    },
  }
  async function remember(key: Key<Kind>): Promise<void> {
    // A profile's chat reference is kept at the first contact and is nobody's words.
    touched ||= key.pk.startsWith('p:')
    const name = `${key.pk} ${key.id}`
    if (!before.has(name)) before.set(name, { key, doc: (await sqlite.get(key))?.doc })
  }
  let people: People = createPeople(store)

  async function restore(): Promise<void> {
    for (const { key, doc } of before.values()) {
      const there = (await sqlite.get(key)) !== undefined
      if (doc) await sqlite.commit(key.pk, [{ op: 'put', doc }])
      else if (there) await sqlite.commit(key.pk, [{ op: 'remove', key }])
    }
    before.clear()
    touched = false
    people = createPeople(store)
  }

  return {
    untouched: async () => {
      if (touched) await restore()
      return { store, people }
    },
  }
}
