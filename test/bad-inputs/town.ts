/** A house with Anna in the middle of her log, and Berta, who does nothing and of whom nothing may change or be seen. */
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { say } from '../../src/cards/texts.ts'
import { type AnyCard, buttonsOf } from '../../src/demo/card-reading.ts'
import { anna, carla, leo } from '../../src/demo/people.ts'
import type { Actor } from '../../src/demo/stage.ts'
import { document, keys } from '../../src/store/documents.ts'
import { openHouse } from '../scenarios/house.ts'
import { stepper, upToChoosing } from '../scenarios/walk.ts'
import { checkCard, checkInvokeBody } from './judge.ts'

const berta = 'bbbbbbbb-0000-4000-8000-000000000009'
/** Stands in every text of Berta's. */
const canary = 'BERTA-CANARY'
/** Longer than this nobody waits, whatever they have sent. */
const limitMs = 2_000

export type Answered = { readonly status: number; readonly body: string }
export type Town = Awaited<ReturnType<typeof openTown>>

export async function openTown() {
  const house = await openHouse()
  const { store, stage, reports } = house
  await house.anna.install()
  await upToChoosing(stepper(house.anna, 'en'))
  await house.carla.install()
  await house.leo.install()
  await settleBerta()
  const before = await others()
  const statuses = new Map<number, number>()
  let unhandled = 0
  let checked = stage.connector.received.length
  const count = () => void unhandled++
  process.on('unhandledRejection', count)

  /** Berta has what Anna has, in her own words. */
  async function settleBerta(): Promise<void> {
    const mine = (await store.get(keys.journey('demo', anna.id)))?.doc ?? assert.fail()
    const rounds = JSON.parse(JSON.stringify(mine.rounds).replaceAll('Topic', canary))
    const { open: _open, ...journey } = { ...mine, person: berta, name: 'Berta', rounds }
    const answers = { 1: { text: canary, rev: 1, at: house.time.now } }
    const log = {
      programme: 'demo',
      person: berta,
      round: 1,
      session: 1,
      questionSet: 'leadership-learning-log@1',
      answers,
      snapshot: 0,
    }
    const profile = { person: berta, name: 'Berta', memberships: [{ programme: 'demo', role: 'participant' as const }] }
    await store.commit('p:demo', [
      { op: 'put', doc: document(keys.journey('demo', berta), journey) },
      { op: 'put', doc: document(keys.log('demo', berta, 1, 1), log) },
    ])
    await store.commit(`u:${berta}`, [{ op: 'put', doc: document(keys.profile(berta), profile) }])
  }

  /** Everything of Berta's and the programme itself, as it is stored. */
  async function others(): Promise<string> {
    const found = [
      keys.journey('demo', berta),
      keys.log('demo', berta, 1, 1),
      keys.profile(berta),
      keys.programme('demo'),
    ]
    return JSON.stringify(await Promise.all(found.map(key => store.get(key))))
  }

  /** Posts a body as it is. @throws when the answer is none that Teams or a person could do with. */
  async function send(text: string, activity?: unknown): Promise<Answered> {
    const began = performance.now()
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${house.url}/api/messages`, { method: 'POST', headers, body: text })
    const answered = { status: response.status, body: await response.text() }
    const told = `${answered.status} ${answered.body.slice(0, 300)} to ${text.slice(0, 600)}`
    assert.ok(performance.now() - began < limitMs, `too slow: ${told}`)
    statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1)
    const { type, name } = Object(activity) as { type?: unknown; name?: unknown }
    const pressed = type === 'invoke' && name === 'adaptiveCard/action'
    assert.ok([200, 400, 413].includes(answered.status), told)
    assert.ok(!answered.body.includes(canary), `a leak: ${told}`)
    try {
      if (pressed && answered.status === 200) checkInvokeBody(JSON.parse(answered.body))
      for (const sent of stage.connector.received.slice(checked)) checkSent(sent.activity)
      checked = stage.connector.received.length
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}: ${told}`, { cause: error })
    }
    const broken = reports.filter(({ fields }) => 'error' in fields && fields.error !== undefined)
    assert.deepEqual(broken, [], told)
    return answered
  }

  function checkSent(activity: Readonly<Record<string, unknown>>): void {
    const [attached] = (activity.attachments ?? []) as { content: unknown }[]
    if (attached) checkCard(attached.content)
    assert.ok(!JSON.stringify(activity).includes(canary), 'a leak in a message')
  }

  const saved = async (question: number) => (await store.get(keys.log('demo', anna.id, 1, 1)))?.doc.answers[question]
  const post = (activity: object) => send(JSON.stringify(activity), activity)

  return {
    house,
    send,
    post,
    people: { [anna.id]: house.anna, [carla.id]: house.carla, [leo.id]: house.leo },
    /** What Anna's own log says to a question, and which revision that is. */
    answer: async (question: number) => (await saved(question))?.text,
    revision: async (question: number) => (await saved(question))?.rev,
    /** The card a press is answered with. */
    pressed: async (actor: Actor, verb: string, data: object): Promise<AnyCard> => {
      const { body } = await post(pressing(actor, verb, data))
      return JSON.parse(body).value
    },
    /** Buttons of the cards that everybody sees from day to day. */
    buttons: async () => {
      const at = { programme: 'demo', round: 1, session: 1 }
      const cards: AnyCard[] = []
      for (const [verb, data] of [
        ['home', {}],
        ['planForm', { programme: 'demo' }],
        ['recordForm', { programme: 'demo', session: 1 }],
        ['chooseForm', { programme: 'demo' }],
        ['question', { ...at, question: 2 }],
        ['review', { ...at, page: 1 }],
        ['settings', {}],
      ] as const) {
        const { body } = await post(pressing(house.anna, verb, data))
        cards.push(JSON.parse(body).value)
      }
      const { body: coach } = await post(pressing(house.carla, 'coachHome', { programme: 'demo' }))
      const { body: leader } = await post(pressing(house.leo, 'progress', { programme: 'demo' }))
      return [...cards, JSON.parse(coach).value, JSON.parse(leader).value].flatMap(card => buttonsOf(card))
    },
    /** The last look: alive, quiet, and nobody else's things touched. */
    close: async () => {
      process.off('unhandledRejection', count)
      const alive = (await fetch(`${house.url}/healthz`)).status
      const after = await others()
      const home = await house.anna.say('home')
      await house.close()
      assert.deepEqual([alive, unhandled], [200, 0])
      assert.equal(after, before, 'somebody else’s things were changed')
      assert.ok(home.includes(say('en', 'home.logs')))
      return statuses
    },
  }
}

export function pressing(actor: Actor, verb: string, data: unknown) {
  const action = { type: 'Action.Execute', verb, data }
  return { ...actor.common(), type: 'invoke', name: 'adaptiveCard/action', value: { action } }
}
