/**
 * Everything people do, one thing at a time, through the HTTP door and to the gateway. Before each the service forgets
 * whom it knows; in the `warm` mode the same person then asks for help first, as somebody does who is in the middle of things.
 */
import assert from 'node:assert/strict'
import type { Verb } from '../../src/cards/actions.ts'
import { document, keys } from '../../src/store/documents.ts'
import { type Crowd, crowdOf, documentsOf, profilesOf, put } from './crowd.ts'
import type { Person, Step } from './lives.ts'
import type { Recorded } from './recorder.ts'
import { gatewayStand, pressed, typed } from './stand.ts'

export const modes = ['warm', 'cold'] as const
export type Mode = (typeof modes)[number]

/** What a process asks for before anything else, once: where the account's regions are. */
export const firstOfProcess = 'a new process, its first view'

export type Done = { readonly action: string; readonly recorded: readonly Recorded[] }

/** One participant for each thing that is done, and a coach and a team leader for all of them. */
// biome-ignore format: a list is read in one look
const lives: readonly Step[] = [
  'invited', 'joined', 'planned', 'held', 'chosen', 'writing', 'writing', 'complete', 'oneIn', 'oneIn', 'ready', 'ready',
]

/** Nothing under way for so many rounds: the turn is over, or what it promised to others as well. */
const idle = { turn: 3, background: 40 } as const

/** @param sizes of the programmes whose overview is asked for, besides the twelve all others happen in. */
export async function actionsDone(mode: Mode, sizes: readonly number[]): Promise<readonly Done[]> {
  const stand = await gatewayStand()
  const { recorder, stage, time } = stand
  const done: Done[] = []
  const small = crowdOf({ name: 'twelve', size: lives.length, from: 0, now: time.now, lives })
  const large = sizes.map((size, index) =>
    crowdOf({ name: `programme-${size}`, size, from: 10_000 * (index + 1), now: time.now }),
  )
  const taken: Step[] = []

  /** Nobody does two things, so that each begins where it should. */
  function next(step: Step) {
    const nth = taken.filter(each => each === step).length
    const person = small.people.filter(each => each.step === step)[nth]
    assert.ok(person, `nobody is left at "${step}"`)
    taken.push(step)
    return person
  }

  const here = (verb: Verb, data: object) => pressed(verb, { programme: 'twelve', round: 1, ...data })

  type Also = { readonly first?: boolean; readonly until?: keyof typeof idle }

  /** `first`: nobody has heard of them before, so they cannot be remembered. */
  async function does(action: string, { id, name }: Person, what: object, { first, until = 'turn' }: Also = {}) {
    const actor = stage.actor(id, name)
    stand.forget()
    if (mode === 'warm' && !first) await actor.say('help')
    await recorder.quiet(1)
    const from = recorder.recorded.length
    await stand.does(actor, what)
    await recorder.quiet(idle[until])
    done.push({ action, recorded: recorder.recorded.slice(from) })
  }

  /** What the last action did after its person was answered, from the first look at what it promised. */
  function andThen(action: string) {
    const last = done.pop()
    const at = last?.recorded.findIndex(({ kind, id }) => kind === 'read' && id?.startsWith('n:')) ?? -1
    assert.ok(last && at > 0, 'nothing was promised')
    done.push({ ...last, recorded: last.recorded.slice(0, at) }, { action, recorded: last.recorded.slice(at) })
  }

  async function poll(action: string) {
    stand.forget()
    await recorder.quiet(idle.turn)
    const from = recorder.recorded.length
    await stand.poll()
    await recorder.quiet(idle.turn)
    done.push({ action, recorded: recorder.recorded.slice(from) })
  }

  async function participant() {
    const installer = next('invited')
    await stand.behind.commit(`u:${installer.id}`, [{ op: 'put', doc: withoutChat(small, installer.id) }])
    await does(
      'install',
      installer,
      { type: 'installationUpdate', action: 'add' },
      { first: true, until: 'background' },
    )
    const plan = { form: 'a-form', coachee: 'K.', topic: 'Delegating', goal: 'A first step', plannedFor: '2026-11-30' }
    await does('plan a session', next('joined'), here('plan', plan))
    const held = { session: 1, heldOn: '2026-11-17', line: 'It went well', rating: '4' }
    await does('record a session', next('planned'), here('record', held))
    await does('choose both', next('held'), here('choose', { best: '1', mostChallenging: '2' }))
    const answer = { session: 1, question: 6, rev: 0, go: 'next', answer: 'Advice that nobody asked for closes it.' }
    await does('answer by card, the first', next('chosen'), here('answer', { ...answer, question: 1 }))
    const writer = next('writing')
    await does('answer by card', writer, here('answer', answer))
    await does('answer by typing', next('writing'), typed('One question and then silence does more.'))
    await does('home', writer, here('home', {}))
    await does('submit the first log', next('complete'), here('submit', { session: 1, snapshot: 0 }))
    const finisher = next('oneIn')
    await does('submit the second log', finisher, here('submit', { session: 2, snapshot: 0 }), {
      until: 'background',
    })
    andThen('the coach is told')
    await does('home, when ready', finisher, here('home', {}))
    await does('withdraw', next('oneIn'), here('withdraw', { session: 1, snapshot: 1 }))
  }

  async function coach() {
    const [one, other] = [next('ready'), next('ready')]
    const read = here('read', { person: one.id, session: 1, page: 1 })
    await does('coach opens a log, the first time', small.coach, read)
    await does('coach opens a log, again', small.coach, read)
    const both = here('readBoth', { person: other.id, page: 1 })
    await does('coach compares, the first time', small.coach, both)
    await does('coach compares, again', small.coach, both)
    await does('coach types `ready`', small.coach, typed('ready'))
    await does('coach types `home`', small.coach, typed('home'))
    await does('coach presses home', small.coach, here('home', {}))
    for (const { programme, coach, people } of [small, ...large]) {
      const overview = here('coachHome', { programme: programme.programme, page: 1 })
      await does(`coach's overview of ${people.length}`, coach, overview)
    }
    await poll('due poll, none due')
    await stand.behind.commit('p:twelve', [{ op: 'create', doc: dueNotice(one.id, small.coach.id, time.now) }])
    await poll('due poll, one due')
  }

  async function leader() {
    for (const { programme, leader, people } of [small, ...large]) {
      const progress = here('progress', { programme: programme.programme, page: 1 })
      await does(`leader's progress of ${people.length}`, leader, progress)
    }
    await does('leader types `progress`', small.leader, typed('progress'))
    await does('leader types `progress Name`', small.leader, typed(`progress ${small.people[3]?.name}`))
    await does('leader types `home`', small.leader, typed('home'))
    await does('leader presses home', small.leader, here('home', {}))
  }

  try {
    for (const crowd of [small, ...large]) {
      await put(stand.behind, documentsOf(crowd))
      const talkers = [crowd.coach.id, crowd.leader.id, ...small.people.map(({ id }) => id)]
      const profiles = profilesOf(crowd, stage.connector.serviceUrl).filter(({ pk }) => talkers.includes(pk.slice(2)))
      await put(stand.behind, profiles)
    }
    await does(firstOfProcess, small.coach, typed('ready'), { first: true })
    await participant()
    await coach()
    await leader()
    return done
  } finally {
    await stand.close()
  }
}

/** Somebody who was invited and has never been seen. */
function withoutChat(crowd: Crowd, person: string) {
  const { language, programme } = crowd.programme
  const name = crowd.people.find(each => each.id === person)?.name ?? ''
  return document(keys.profile(person), { person, name, language, memberships: [{ programme, role: 'participant' }] })
}

/** Promised by a process that died before it could send it. */
function dueNotice(person: string, to: string, now: string) {
  const promised = { kind: 'ready', programme: 'twelve', person, round: 1, no: 1, to } as const
  const lease = { state: 'promised', runAt: now, unknownSends: 0, attempts: 0, promisedAt: now } as const
  return document(keys.notice(promised), { ...promised, ...lease })
}
