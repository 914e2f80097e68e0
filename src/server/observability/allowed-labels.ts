/**
 * The words that may leave the house as measurements. What is reported is looked up here, and anything else is `other`,
 * so that a slip somewhere cannot carry an id or a text out, nor make a metric of every word there is. The compiler
 * keeps lists of a union complete, `test/server/allowed-labels.test.ts` the rest.
 */
import { actions } from '../../cards/actions.ts'
import { commands } from '../../conversation/routing/commands.ts'
import type { Incoming } from '../../conversation/turn/incoming.ts'
import type { Turn } from '../../conversation/turn/reply.ts'
import type { RosterTrouble } from '../../domain/import-counts.ts'
import { noticeKinds } from '../../domain/notices.ts'
import { refusals } from '../../domain/refusals.ts'
import type { Task } from '../../domain/tasks.ts'
import type { Trouble } from '../../outbox/retry-policy.ts'
import type { Kind } from '../../store/documents.ts'
import { queryTexts } from '../../store/queries.ts'
import { whys } from '../../teams/inbound/refusals.ts'
import type { Asked, Ended } from './watched-store.ts'

export type Fields = Readonly<Record<string, string | number | boolean | undefined>>

/** All words of a union: one that is missing or too many does not compile. */
function all<W extends string>(words: Readonly<Record<W, 1>>): readonly string[] {
  return Object.keys(words)
}

// biome-ignore format: a list is read in one look
const unsent = all<Trouble>({
  unreachable: 1, misdirected: 1, noActivity: 1, noConversation: 1, unauthorised: 1, throttled: 1, notDelivered: 1,
  ambiguous: 1, refused: 1, broken: 1,
})

const unread = all<RosterTrouble>({ notThere: 1, notInTeam: 1, unavailable: 1 })

const asked = [
  ...all<Kind>({
    programme: 1,
    journey: 1,
    log: 1,
    snapshot: 1,
    notice: 1,
    marker: 1,
    task: 1,
    profile: 1,
    limits: 1,
    shield: 1,
    replicas: 1,
  }).map(kind => `get ${kind}`),
  ...Object.keys(queryTexts).map(name => `query ${name}`),
  ...all<Exclude<Asked, `${string} ${string}`>>({ commit: 1, removeIf: 1, ping: 1 }),
]

/** By the name under which they are measured. */
// biome-ignore format: a list is read in one look
const lists = {
  event: [
    'activity.ignored', 'background.failed', 'card.notReplaced', 'door.failed', 'door.refused', 'end', 'http.failed',
    'keys.failed', 'notice.cutShort', 'notice.dropped', 'notice.failed', 'notice.handedBack', 'notice.putOff',
    'notice.sent', 'notice.stuck', 'notice.undeliverable', 'notice.unreachable', 'notice.unrecorded',
    'replicas.notLeft', 'reply.notSent', 'roster.unread', 'schedule.failed', 'schedule.stuck', 'sending.misdirected', 'sending.unauthorised', 'server.cutShort', 'start',
    'start.clientSecret', 'task.done', 'task.failed', 'task.rests', 'telemetry.arrives', 'telemetry.lost',
    'token.failed', 'turn', 'turn.failed',
  ],
  kind: [
    ...all<Incoming['kind']>({ message: 1, action: 1, installed: 1, removed: 1 }), ...noticeKinds,
    ...all<Task['task']>({ follow: 1, roster: 1, enrol: 1 }),
  ],
  outcome: all<Turn['outcome']>({ done: 1, refused: 1, repeated: 1, ignored: 1, failed: 1 }),
  /** Every button and every command, and what else a turn may say it did. */
  did: [
    ...Object.keys(actions), ...commands.map(({ name }) => name),
    'action', 'badPress', 'failed', 'group', 'installed', 'message', 'notYours', 'otherTenant', 'pasted', 'removed',
    'stranger', 'tooFast', 'typed', 'typedAnswer', 'unknownWord',
  ],
  refusal: refusals,
  by: ['door', 'rule'],
  why: [...refusals, ...unsent, ...whys, ...unread, 'unknown'],
  error: [
    'AbortError', 'AssertionError', 'AuthenticationError', 'Error', 'Failure', 'NoKeys', 'RangeError',
    'ReferenceError', 'StoreMisuse', 'StoreUnavailable', 'SyntaxError', 'TimeoutError', 'TypeError', 'UnknownSchema',
    'ZodError', ...unsent, ...unread, 'unknown',
  ],
  work: ['deliver', 'deliverTo', 'reply', 'work'],
  operation: asked,
  ended: all<Ended>({ done: 1, missing: 1, conflict: 1, throttled: 1, unavailable: 1, misuse: 1, broken: 1 }),
  query: Object.keys(queryTexts),
  status: ['none', '401', '403', '404', '408', '410', '429', '449', '500', '502', '503', '504'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Name = keyof typeof lists

const closed = Object.fromEntries(Object.entries(lists).map(([name, words]) => [name, new Set<string>(words)]))

/** Each fact as it stands in its list, `other` when it does not; without what is undefined. */
export function listed(facts: Partial<Readonly<Record<Name, unknown>>>): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  for (const [name, fact] of Object.entries(facts) as [Name, unknown][]) {
    if (fact !== undefined) found[name] = typeof fact === 'string' && closed[name]?.has(fact) ? fact : 'other'
  }
  return found
}
