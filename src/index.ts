/** The composition root: the only place where the layers are wired to one another. */
import { randomUUID } from 'node:crypto'
import type { Report } from './base/report.ts'
import type { Reader } from './cards/reader.ts'
import { say } from './cards/texts.ts'
import { createConversation } from './conversation/routing/conversation.ts'
import type { UserRateLimit } from './conversation/routing/user-rate-limit.ts'
import type { Links } from './conversation/turn/links.ts'
import { createPeople } from './conversation/turn/people.ts'
import type { Creators } from './domain/programme/creating.ts'
import { leaseMarginMs } from './outbox/claims.ts'
import { createDelivery } from './outbox/delivery.ts'
import { createTasks } from './outbox/jobs/tasks.ts'
import { createReplicas } from './outbox/replicas.ts'
import { schedule } from './outbox/schedule.ts'
import { checkClosing, closeInTime, turnsLimitMs } from './server/closing.ts'
import type { HandlePost } from './server/observability/measures.ts'
import { createServer } from './server/server.ts'
import type { Clock, Store } from './store/store.ts'
import { TeamsAdapter } from './teams/inbound/adapter.ts'
import { createBackground } from './teams/inbound/background.ts'
import type { Access } from './teams/inbound/frontDoor.ts'
import { createTurns } from './teams/inbound/turns.ts'
import { createMessenger } from './teams/outbound/messenger.ts'

export type ServiceOptions = {
  readonly store: Store
  readonly clock: Clock
  /** Milliseconds of a monotonic clock; `performance.now()` when absent. */
  readonly elapsed?: () => number
  /** Who may post and whom the bot may call. */
  readonly access: Access
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly report: Report
  readonly buttons?: Reader['buttons']
  /** How long a promised notice belongs to who promised or claimed it. */
  readonly leaseSeconds?: number
  /** How long a send may take, shorter than a lease: 4 seconds, or half a lease when that is less. */
  readonly sendLimitMs?: number
  /** Between two looks for notices that nobody holds any more. */
  readonly pollMs?: number
  /** Between two looks for who else is running on this store; what the platform allows is shared with them. */
  readonly replicasMs?: number
  /** How long `close` goes on taking turns after `/readyz` has begun to say no, for a load balancer to notice: none. */
  readonly graceMs?: number
  /** Whose people are served, behind the door's own look; absent: everybody's. */
  readonly tenants?: readonly string[]
  /** Who may start a programme; absent: only graduates. */
  readonly creators?: Creators
  /** Where Teams is opened by a link; absent: the public cloud, and no link to add the app. */
  readonly links?: Links
  /** How much one person may ask in a short time; absent: as much as they like. */
  readonly rateLimit?: UserRateLimit
  /** Times whole turns. */
  readonly around?: (handlePost: HandlePost) => HandlePost
}

export type Service = {
  readonly port: number
  /** Ends within 10 seconds, whatever hangs. What was promised and not sent is another replica's to send. */
  readonly close: () => Promise<void>
}

/** A look for what is due takes a minute at most, unless something hangs. */
const pollLimitMs = 120_000
const replicasLimitMs = 20_000

/** Wires the layers and listens. @throws when it cannot, with the mend. The store stays the caller's to close. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { store, clock, access, host, port, report, buttons, elapsed, leaseSeconds, sendLimitMs, graceMs, around } =
    withDefaults(options)
  const { creators, links, rateLimit, tenants } = options
  const people = createPeople(store, elapsed)
  const background = createBackground(report)
  const messenger = createMessenger({ token: access.token, mayCall: access.mayCall, limitMs: sendLimitMs })
  const { send, open, roster } = messenger
  const shared = { store, people, clock, elapsed, buttons, leaseSeconds }
  const replicas = createReplicas({ store, clock, id: randomUUID() })
  const delivery = createDelivery({ ...shared, send, open, report, sendLimitMs, replicas: replicas.count })
  const tasks = createTasks({ store, clock, report, leaseSeconds, roster, deliver: delivery.deliver })
  const conversation = createConversation({
    ...shared,
    ...(creators && { creators }),
    ...(links && { links }),
    ...(rateLimit && { rateLimit }),
    ...(tenants && { tenants }),
  })
  const sorry = (kind: 'pressed' | 'typed', language: Reader['language'] = 'en') =>
    say(language, kind === 'pressed' ? 'general.notSaved' : 'general.notSavedTyped')
  const turn = createTurns({ conversation, delivery, work: tasks.run, messenger, background, sorry, report })
  const adapter = new TeamsAdapter({ door: access.door, turn, sorry, report })
  /** Where this process can reach itself, once it listens. */
  let origin: string | undefined
  const server = createServer({
    handlePost: around((authHeader, body) => adapter.handlePost(authHeader, body)),
    checks: {
      store: async () => ((await store.ping()) ? undefined : Promise.reject(new Error('no answer'))),
      ...access.checks(() => origin),
    },
    settled: background.settled,
    report,
    closeLimitMs: turnsLimitMs,
  })
  const listening = await server.listen(host, port)
  origin = `http://${reachable(host)}:${listening}`
  const polling = startPolling(options, { delivery, tasks, replicas })
  const closing = { server, polling, tasks, delivery, replicas, graceMs, sendLimitMs, report }
  return { port: listening, close: () => closeInTime(closing) }
}

/** @throws when a lease may end before a send does, or closing may take too long. */
function withDefaults(options: ServiceOptions) {
  const {
    buttons = 'execute',
    elapsed = () => performance.now(),
    leaseSeconds = 30,
    sendLimitMs = Math.min(4_000, leaseSeconds * 500),
    graceMs = 0,
    around = (handlePost: HandlePost) => handlePost,
  } = options
  if (leaseSeconds * 1000 < sendLimitMs + leaseMarginMs) {
    throw new Error(`A lease of ${leaseSeconds} s may end before a send of ${sendLimitMs} ms: make it longer.`)
  }
  checkClosing({ graceMs, sendLimitMs })
  return { ...options, buttons, elapsed, leaseSeconds, sendLimitMs, graceMs, around }
}

type Polled = {
  readonly delivery: Pick<ReturnType<typeof createDelivery>, 'poll'>
  readonly tasks: Pick<ReturnType<typeof createTasks>, 'poll'>
  readonly replicas: Pick<ReturnType<typeof createReplicas>, 'look'>
}

/** Looks for what is due again and again; `stop` resolves when no look is under way any more. */
function startPolling({ pollMs = 10_000, replicasMs = 30_000, report }: ServiceOptions, polled: Polled) {
  const every = { pauseMs: pollMs, limitMs: pollLimitMs, report }
  const schedules = [
    schedule(polled.delivery.poll, every),
    schedule(polled.tasks.poll, every),
    schedule(polled.replicas.look, { pauseMs: replicasMs, limitMs: replicasLimitMs, report, atOnce: true }),
  ]
  return { stop: async () => void (await Promise.all(schedules.map(each => each.stop()))) }
}

/** An address of this process for a host it listens on. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
