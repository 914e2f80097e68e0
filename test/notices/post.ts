/**
 * A post office for tests: the world's programme on a file of its own, its coach in a chat at a stand-in for the connector,
 * and delivery by the real messenger. The clock stands still until it is moved.
 */
import assert from 'node:assert/strict'
import sinon from 'sinon'
import { createPeople } from '../../src/conversation/turn/people.ts'
import type { Profile } from '../../src/domain/profile.ts'
import { createDelivery, type DeliveryOptions } from '../../src/outbox/delivery.ts'
import { document, keys, type Notice } from '../../src/store/documents.ts'
import type { Store } from '../../src/store/store.ts'
import { isLocal } from '../../src/teams/inbound/frontDoor.ts'
import { createMessenger, type MessengerOptions } from '../../src/teams/outbound/messenger.ts'
import type { engines } from '../scenarios/house.ts'
import { onFile } from '../store/on-file.ts'
import { onGateway, unhurried } from '../store/on-gateway.ts'
import { type Answer, startConnector } from '../teams/connector.ts'
import { now, people, settleWorld } from '../world.ts'

export const leaseSeconds = 30
export const sendLimitMs = 300
const label = 'You may have had this message already'

/** The platform says no, with words of its own that are nobody's business. */
export const told = (status: number, code: string) => ({ status, body: { error: { code, message: 'CANARY words' } } })

export type Post = Awaited<ReturnType<typeof openPost>>

export async function openPost(
  token: MessengerOptions['token'] = async () => undefined,
  engine: (typeof engines)[number] = 'sqlite',
) {
  const time = { now }
  const clock = () => time.now
  const { store, close } = engine === 'gateway' ? await onGateway({ clock, patience: unhurried }) : await onFile(clock)
  await settleWorld(store)
  const connector = await startConnector()
  const reports: { event: string; fields: Readonly<Record<string, unknown>> }[] = []
  const messenger = createMessenger({ token, mayCall: isLocal, limitMs: sendLimitMs })
  const { send, open } = messenger

  const chatOf = (person: string, serviceUrl = connector.serviceUrl) => ({
    serviceUrl,
    conversation: `chat-${person}`,
    tenant: 'tenant',
    bot: '28:bot',
    account: `29:${person}`,
  })

  /** As the store has it now. */
  async function profile(person: string = people.coach): Promise<Profile> {
    return (await store.get(keys.profile(person)))?.doc ?? assert.fail(`nobody is called ${person}`)
  }

  async function change(person: string, edit: (before: Profile) => Profile): Promise<void> {
    const doc = document(keys.profile(person), edit(await profile(person)))
    assert.ok((await store.commit(doc.pk, [{ op: 'put', doc }])).ok)
  }

  await change(people.coach, before => ({ ...before, chat: chatOf(people.coach) }))

  /** Another replica, with nothing remembered. */
  const replica = (options: Partial<DeliveryOptions> = {}) =>
    createDelivery({
      ...{ store, people: createPeople(options.store ?? store), send, open, clock, buttons: 'execute' },
      report: (event, fields) => void reports.push({ event, fields }),
      random: () => 1,
      replicas: () => 2,
      elapsed: () => performance.now() + Date.parse(time.now) - Date.parse(now),
      ...{ leaseSeconds, sendLimitMs },
      ...options,
    })

  const posts = () => connector.received.filter(({ method }) => method === 'POST').length
  /** What may have been seen in a chat, as text, in order. */
  const shown = () =>
    connector.shown.flatMap(({ path, activity }) => (path.endsWith('/activities') ? [JSON.stringify(activity)] : []))
  const events = (event: string) => reports.filter(each => each.event === event).map(({ fields }) => fields)
  const move = (seconds: number) => {
    time.now = new Date(Date.parse(time.now) + seconds * 1000).toISOString()
  }

  /** Puts a notice about the ready participant there; promised by this moment's turn unless told otherwise. */
  async function promise(part: Partial<Notice> = {}): Promise<Notice> {
    const made: Notice = { ...promisedNow(time.now), ...part }
    const doc = document(keys.notice(made), made)
    assert.ok((await store.commit(doc.pk, [{ op: 'create', doc }])).ok)
    return made
  }

  /** The notice as it lies there; undefined when it is done with. */
  const left = async (about: Partial<Notice> = {}) =>
    (await store.get(keys.notice({ ...promisedNow(now), ...about })))?.doc

  /** A look by another replica, which shares nothing with the first but the store. */
  async function lookAfter(seconds: number): Promise<void> {
    move(seconds)
    await replica().poll()
  }

  /** Nothing more is tried, an operator is told without a word of anybody's, and it stays there for them. */
  async function isATask(lastError: string, sends: number): Promise<void> {
    const { state, lastError: kept } = (await left()) ?? assert.fail('the notice is gone')
    assert.deepEqual([state, kept], ['failed', lastError])
    const [fields, ...more] = events('notice.undeliverable')
    assert.deepEqual([fields?.kind, typeof fields?.error, more.length], ['ready', 'string', 0])
    assert.equal(posts(), sends)
    await lookAfter(30 * 86_400)
    assert.equal(posts(), sends, 'nothing more is sent')
  }

  /** Promised and sent, as after a turn. */
  const sendNew = async (part: Partial<Notice> = {}) => replica().deliver([await promise(part)])

  /** With these answers each time: tried again for a day, and no longer. */
  async function isATaskAfterADay(lastError: string, ...answers: Answer[]): Promise<void> {
    connector.script(...answers)
    await sendNew()
    for (const hours of [12, 11.5, 0.4]) {
      connector.script(...answers)
      await lookAfter(hours * 3600)
      assert.equal((await left())?.state, 'later')
    }
    connector.script(...answers)
    await lookAfter(1000)
    await isATask(lastError, posts())
  }

  return {
    ...{ time, clock, store, connector, reports, messenger, chatOf, profile, change, replica },
    ...{ posts, shown, events, move, promise, left, lookAfter },
    /** What was shown and did not say that it may be a repeat. */
    unlabelled: () => shown().filter(card => !card.includes(label)).length,
    ...{ sendNew, isATask, isATaskAfterADay },
    close: async () => {
      assert.ok(!JSON.stringify(reports).includes('CANARY'), 'nothing of what the platform said is reported')
      await connector.stop()
      await close()
    },
  }
}

/** As `commitDecision` promises it. */
export function promisedNow(at: string): Notice {
  const about = { kind: 'ready', programme: 'spring', person: people.ready, round: 1, no: 1, to: people.coach } as const
  const runAt = new Date(Date.parse(at) + leaseSeconds * 1000).toISOString()
  return { ...about, state: 'promised', runAt, unknownSends: 0, attempts: 0, promisedAt: at }
}

/** A store of which some calls never end. */
export function hanging(store: Store, ...calls: (keyof Store)[]): Store {
  const never = () => new Promise<never>(() => {})
  return { ...store, ...Object.fromEntries(calls.map(call => [call, never])) }
}

/** A store that is as slow as this about journeys. */
export function readingJourneysAfter(store: Store, until: Promise<void>): Store {
  const get: Store['get'] = async key => {
    if (key.type === 'journey') await until
    return store.get(key)
  }
  return { ...store, get }
}

const stepMs = 25

/** Turns are waited for on a clock that does not let anybody wait. */
export async function onQuickClock(work: () => Promise<unknown>, seconds = 50): Promise<void> {
  const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    let over = false
    const done = work().finally(() => {
      over = true
    })
    // In small steps, so that what is really done meanwhile, as writing to the disk, has its time.
    for (let ms = 0; ms < seconds * 1000 && !over; ms += stepMs) {
      await clock.tickAsync(stepMs)
      for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
    }
    // Not waited for: the other tests would be left on this clock.
    assert.ok(over, `not over after ${seconds} seconds`)
    await done
  } finally {
    clock.restore()
  }
}
