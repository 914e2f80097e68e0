/** More people for the post office: many who are ready, and some who are one press away from it. */
import assert from 'node:assert/strict'
import { type Document, document, keys, type Notice } from '../../src/store/documents.ts'
import type { Store } from '../../src/store/store.ts'
import { now, people } from '../world.ts'
import { type Post, promisedNow } from './post.ts'

type Put = { readonly op: 'put'; readonly doc: Document }

const put = (doc: Document): Put => ({ op: 'put', doc })

/**
 * So many people who are ready, each with a notice that is due, to so many coaches in turn; nobody holds them.
 * @returns the notices.
 */
export async function crowd(post: Post, count: number, coaches: number, part: Partial<Notice> = {}) {
  const { store, time } = post
  const spring = (await store.get(keys.programme('spring')))?.doc ?? assert.fail()
  const ready = (await store.get(keys.journey('spring', people.ready)))?.doc ?? assert.fail()
  const ids = Array.from({ length: coaches }, (_, no) => `coach-${no}`)
  const programme = { ...spring, programme: 'crowd', coaches: ids.map(id => ({ person: id, name: id, since: now })) }
  const consent = { ...(ready.consent ?? assert.fail()), coaches: ids }
  const all = Array.from({ length: count }, (_, no) => {
    const who = { programme: 'crowd', person: `person-${no}` }
    const to = ids[no % coaches] ?? assert.fail()
    const notice: Notice = { ...promisedNow(time.now), ...who, to, state: 'later', runAt: time.now, ...part }
    return { journey: { ...ready, ...who, consent }, notice }
  })
  // First: services that run already look for what is due all the time.
  for (const person of ids) {
    const memberships = [{ programme: 'crowd', role: 'coach' }] as const
    const body = { person, name: person, chat: post.chatOf(person), memberships }
    await inBatches(store, `u:${person}`, [put(document(keys.profile(person), body))])
  }
  await inBatches(store, 'p:crowd', [
    put(document(keys.programme('crowd'), programme)),
    ...all.flatMap(({ journey, notice }) => [
      put(document(keys.journey('crowd', journey.person), journey)),
      put(document(keys.notice(notice), notice)),
    ]),
  ])
  return all.map(({ notice }) => notice)
}

/** So many people one press away from being ready. @returns their ids. */
export async function oneAway(post: Post, count: number): Promise<readonly string[]> {
  const { store } = post
  const { drafting } = people
  const ids = Array.from({ length: count }, (_, no) => `d0000000-0000-4000-8000-${String(no).padStart(12, '0')}`)
  const journey = (await store.get(keys.journey('spring', drafting)))?.doc ?? assert.fail()
  const log = (await store.get(keys.log('spring', drafting, 1, 2)))?.doc ?? assert.fail()
  for (const person of ids) {
    await inBatches(store, 'p:spring', [
      put(document(keys.journey('spring', person), { ...journey, person })),
      put(document(keys.log('spring', person, 1, 2), { ...log, person })),
    ])
    const memberships = [{ programme: 'spring', role: 'participant' }] as const
    const body = { person, name: 'Name of drafting', chat: post.chatOf(person), memberships }
    await inBatches(store, `u:${person}`, [put(document(keys.profile(person), body))])
  }
  return ids
}

/** The press of a button, as Teams posts it. */
export function pressed(post: Post, person: string, verb: string, data: object = {}): object {
  const { serviceUrl, conversation, bot, account, tenant } = post.chatOf(person)
  return {
    ...{ id: crypto.randomUUID(), channelId: 'msteams', type: 'invoke', name: 'adaptiveCard/action', serviceUrl },
    from: { id: account, aadObjectId: person, name: 'Name of drafting' },
    recipient: { id: bot },
    conversation: { id: conversation, conversationType: 'personal', tenantId: tenant },
    value: { action: { type: 'Action.Execute', verb, data: { programme: 'spring', ...data } } },
  }
}

/** The last press before everybody is told. */
export const lastPress = (post: Post, person: string) =>
  pressed(post, person, 'submit', { round: 1, session: 2, snapshot: 0 })

async function inBatches(store: Store, pk: string, writes: readonly Put[]): Promise<void> {
  for (let at = 0; at < writes.length; at += 100) assert.ok((await store.commit(pk, writes.slice(at, at + 100))).ok)
}
