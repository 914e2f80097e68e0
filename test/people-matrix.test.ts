/**
 * Who is served where: every kind of person × place × kind of activity × every command and every button. Other tenants get
 * no turn, groups one sentence, strangers one sentence, and of none of them anything is stored. An enrolled guest is
 * served as anybody is.
 */
import assert from 'node:assert/strict'
import { actions } from '../src/cards/actions.ts'
import { say } from '../src/cards/texts.ts'
import { commands } from '../src/conversation/routing/commands.ts'
import { createConversation } from '../src/conversation/routing/conversation.ts'
import type { Incoming } from '../src/conversation/turn/incoming.ts'
import { createPeople } from '../src/conversation/turn/people.ts'
import { type AnyCard, textOf } from '../src/demo/card-reading.ts'
import { formOf } from '../src/domain/programme/programme-form.ts'
import { type Language, languages } from '../src/domain/values.ts'
import { document, keys } from '../src/store/documents.ts'
import { openSqlite } from '../src/store/sqlite/sqlite.ts'
import type { Store } from '../src/store/store.ts'
import { inboundOf } from '../src/teams/inbound/inbound.ts'
import { counting } from './store/counting.ts'
import * as activities from './teams/activities.ts'
import { now, people, programme, settleWorld } from './world.ts'

const home = '0a0a0a0a-0000-4000-8000-00000000000a'
const clock = () => now

/** Nobody of these is in the world; the last has a profile that takes part in nothing. */
const unknown = ['stranger-1', 'guest-not-enrolled', people.stranger] as const

type Asking =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'action'; readonly verb: string; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'installed' | 'removed' }

/** One object with a value for every field of every button: each takes out what it knows. */
const everything = {
  programme: 'spring',
  person: people.ready,
  coaches: [people.coach, people.newCoach],
  round: 1,
  session: 2,
  question: 3,
  page: 1,
  rev: 1,
  go: 'next',
  snapshot: 0,
  form: 'a-new-form',
  to: 'en',
  language: 'en',
  zone: 'Asia/Shanghai',
  name: 'home',
  best: '1',
  mostChallenging: '2',
  coachee: 'C',
  topic: 'T',
  goal: 'G',
  plannedFor: '',
  heldOn: '2026-11-11',
  line: 'L',
  rating: '4',
  pasted: '1. One\n2. Two\n3. Three',
  answer: 'CANARY',
  people: '0d0d0d0d-0000-4000-8000-00000000000d',
  ids: '',
  leader: people.leader,
  coach: people.newCoach,
  parent: 'mother',
  programmeName: 'P',
  startDate: '2026-12-01',
  weeks: '6',
  maxSessions: '5',
  leadersMayNudge: 'false',
  alsoLeads: 'true',
  lastDay: '2026-12-24',
  sure: 'spring',
  shown: { ...formOf(programme), name: 'Spring' },
  change: false,
  yes: false,
  written: false,
  notice: 'n:nothing',
}

const askings: readonly Asking[] = [
  ...commands.flatMap(({ words }) =>
    languages.flatMap(language => words[language].map(text => ({ kind: 'message', text }) as const)),
  ),
  ...['Anything at all', 'plan X; Y; Z', 'read Name of ready', 'x'.repeat(5000)].map(
    text => ({ kind: 'message', text }) as const,
  ),
  ...Object.keys(actions).map(verb => ({ kind: 'action', verb, data: everything }) as const),
  { kind: 'action', verb: 'answer', data: {} },
  { kind: 'action', verb: 'constructor', data: { ...everything, owner: 'somebody else' } },
  { kind: 'installed' },
  { kind: 'removed' },
]

function asksToJoin(asking: Asking): boolean {
  if (asking.kind === 'action') return asking.verb === 'join'
  const words = Object.values(commands.find(({ name }) => name === 'join')?.words ?? {}).flat()
  return asking.kind === 'message' && words.includes(asking.text)
}

type Whence = Partial<Pick<Incoming, 'tenant' | 'place' | 'team'>> & {
  readonly language?: Language
  readonly guest?: boolean
}

describe('people matrix', () => {
  let store: Store
  let requests: ReturnType<typeof counting>
  let cases = 0

  async function world() {
    store = openSqlite(':memory:', clock)
    await settleWorld(store)
    requests = counting(store)
    const random = (bytes: number) => new Uint8Array(bytes)
    const options = { store: requests.store, people: createPeople(requests.store), clock, leaseSeconds: 60, random }
    return createConversation({ ...options, buttons: 'execute', tenants: [home.toUpperCase()] })
  }

  const incoming = (
    person: string,
    asking: Asking,
    { tenant = home, place = 'personal', ...more }: Whence,
  ): Incoming => {
    const { language = 'en', guest = false, team } = more
    const name = guest ? 'Somebody Else (Guest)' : 'Name'
    const account = guest ? '29:guest' : '29:member'
    const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: `c-${account}`, tenant, bot: 'b', account }
    cases++
    return {
      ...asking,
      actor: { person, name, language },
      tenant,
      activity: `a-${askings.indexOf(asking)}`,
      place,
      chat,
      ...(team !== undefined && { team }),
    }
  }

  afterEach(() => store.close())
  after(() => console.log(`      people matrix: ${cases} cases`))

  it('gives other tenants no turn, whoever they say they are', async () => {
    const bot = await world()
    for (const person of [...Object.values(people), ...unknown]) {
      for (const place of ['personal', 'group'] as const) {
        for (const tenant of ['another', '', 'constructor', `${home} `]) {
          for (const asking of askings) {
            const turn = await bot(incoming(person, asking, { tenant, place }))
            assert.deepEqual([turn.reply, turn.outcome, turn.promised], [{}, 'ignored', []])
          }
        }
      }
    }
    assert.equal(requests.total(), 0)
  })

  it('answers one sentence in groups and channels, to everybody and everything, and asks the store nothing', async () => {
    const bot = await world()
    for (const language of languages) {
      const said = new Set<string>()
      for (const person of [...Object.values(people), ...unknown]) {
        for (const asking of askings) {
          const { reply } = await bot(incoming(person, asking, { place: 'group', language }))
          if (asking.kind === 'installed' || asking.kind === 'removed') assert.deepEqual(reply, {})
          else said.add(JSON.stringify(reply))
        }
      }
      const [only, ...others] = said
      assert.deepEqual(others, [])
      assert.equal(textOf(JSON.parse(only ?? '').card.card), say(language, 'general.groupChat'))
    }
    assert.equal(requests.total(), 0)
  })

  it('serves in a team the import by its coach alone, and tells that nothing that others could read', async () => {
    const words = commands.find(({ name }) => name === 'enrol')?.words ?? assert.fail()
    const coaches: readonly string[] = [people.coach, people.newCoach, people.parentCoach, people.graduate]
    for (const language of languages) {
      for (const person of [...Object.values(people), ...unknown]) {
        const bot = await world()
        for (const asking of askings) {
          const {
            reply,
            promised,
            tasks = [],
          } = await bot(incoming(person, asking, { place: 'group', team: '19:team@thread.tacv2', language }))
          const enrols = asking.kind === 'message' && Object.values(words).some(each => each.includes(asking.text))
          const served = enrols && coaches.includes(person)
          const said = reply.card ? textOf(reply.card.card as AnyCard) : undefined
          const event = asking.kind === 'installed' || asking.kind === 'removed'
          const sentence = say(language, served ? 'enrol.written' : 'general.groupChat')
          assert.equal(said, event ? undefined : sentence, `${person}: ${JSON.stringify(asking)}`)
          assert.deepEqual(promised, [])
          if (!served) assert.deepEqual(tasks, [])
        }
        if (!coaches.includes(person)) assert.equal(requests.requests.commit + requests.requests.query, 0)
        // Where the coach's own chat is, is not the channel.
        assert.equal((await store.get(keys.profile(person)))?.doc.chat, undefined)
        store.close()
      }
    }
    await world()
  })

  it('answers strangers and guests who are not enrolled one sentence, byte for byte, and stores nothing', async () => {
    for (const language of languages) {
      const said = new Set<string>()
      const bot = await world()
      requests.reset()
      for (const person of unknown) {
        for (const asking of askings) {
          const { reply, promised } = await bot(
            incoming(person, asking, { language, guest: person.startsWith('guest') }),
          )
          if (asking.kind === 'removed') assert.deepEqual(reply, {})
          else if (asksToJoin(asking)) {
            // The one thing a stranger may do: they are asked for a code.
            const text = textOf((reply.card?.card ?? {}) as AnyCard)
            assert.ok(text.includes(say(language, 'code.heading')), text)
          } else said.add(JSON.stringify(reply))
          assert.deepEqual(promised, [])
        }
      }
      assert.equal(said.size, 1)
      assert.equal(textOf(JSON.parse([...said][0] ?? '').card.card), say(language, 'general.stranger'))
      const { commit, removeIf, query } = requests.requests
      assert.deepEqual({ commit, removeIf, query }, { commit: 0, removeIf: 0, query: 0 })
      store.close()
    }
  })

  it('serves an enrolled guest as anybody is served', async function () {
    this.timeout(60_000)
    for (const person of [people.drafting, people.ready, people.coach, people.leader, people.invited] as const) {
      const seen: unknown[][] = []
      for (const guest of [false, true]) {
        const bot = await world()
        const turns: unknown[] = []
        for (const asking of askings) turns.push(await bot(incoming(person, asking, { guest })))
        const { chat: _chat, name: _name, ...profile } = (await store.get(keys.profile(person)))?.doc ?? assert.fail()
        const journey = (await store.get(keys.journey('spring', person)))?.doc
        const log = (await store.get(keys.log('spring', person, 1, 2)))?.doc
        seen.push([...turns, profile, journey, log])
        store.close()
      }
      assert.deepEqual(seen[0], seen[1], person)
    }
  })

  it('forgets where somebody can be written to who takes part in nothing and leaves', async () => {
    const bot = await world()
    const key = keys.profile(people.stranger)
    const before = (await store.get(key))?.doc ?? assert.fail()
    const chat = { serviceUrl: 'http://127.0.0.1:9', conversation: 'c', tenant: home, bot: 'b', account: 'a' }
    await store.commit(key.pk, [{ op: 'put', doc: document(key, { ...before, chat }) }])
    await bot(incoming(people.stranger, { kind: 'removed' }, {}))
    assert.equal((await store.get(key))?.doc.chat, undefined)
  })

  it('lets nobody in whom the activity does not name, and nothing that is not served', async () => {
    await world()
    const nameless = [{}, { aadObjectId: '' }, { aadObjectId: null }, { aadObjectId: 7 }, { aadObjectId: '8:orgid:x' }]
    const shapes = [activities.message('home'), activities.execute('home', {}), activities.submit('home', {})]
    const events = [activities.installation('add'), activities.members('membersAdded', activities.bot)]
    for (const activity of [...shapes, ...events]) {
      for (const shape of [activity, activities.inGroup(activity)]) {
        for (const who of nameless) {
          cases++
          assert.equal(inboundOf({ ...shape, from: { id: '29:x', name: 'X', ...who } }), undefined)
        }
        for (const type of [
          'typing',
          'messageReaction',
          'messageUpdate',
          'messageDelete',
          'event',
          'handoff',
          'trace',
        ]) {
          cases++
          assert.equal(inboundOf({ ...shape, type }), undefined)
        }
      }
    }
  })
})
