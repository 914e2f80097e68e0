/** The composition root: the only place where the rooms are wired to one another. */
import type { Reader } from './cards/reader.ts'
import { say } from './cards/texts.ts'
import { createConversation } from './conversation/conversation.ts'
import { createPeople } from './conversation/people.ts'
import type { Report } from './conversation/report.ts'
import { createDelivery } from './notices/delivery.ts'
import { schedule } from './notices/schedule.ts'
import { loadConfig } from './server/config.ts'
import { createServer } from './server/server.ts'
import type { Clock, Store } from './store/store.ts'
import { TeamsAdapter } from './teams/adapter.ts'
import { createBackground } from './teams/background.ts'
import { frontDoor, isLocal } from './teams/frontDoor.ts'
import { createMessenger } from './teams/messenger.ts'
import { createTurns } from './teams/turns.ts'

export type ServiceOptions = {
  readonly store: Store
  readonly clock: Clock
  /** LOCAL ONLY: asks for no token, so `host` must be this machine's loopback address. */
  readonly unauthenticated: boolean
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly report: Report
  readonly buttons?: Reader['buttons']
  /** How long a promised notice belongs to who promised or claimed it; longer than the 4 seconds a send may take. */
  readonly leaseSeconds?: number
  /** Between two looks for notices that nobody holds any more. */
  readonly pollMs?: number
}

export type Service = { readonly port: number; readonly close: () => Promise<void> }

/** Wires the rooms and listens. @throws when it cannot, with the mend. The store stays the caller's to close. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const {
    store,
    clock,
    unauthenticated,
    host,
    port,
    report,
    buttons = 'execute',
    leaseSeconds = 30,
    pollMs = 10_000,
  } = options
  const people = createPeople(store)
  const background = createBackground(report)
  const messenger = createMessenger({ token: async () => undefined, mayCall: isLocal })
  const delivery = createDelivery({ store, people, send: messenger.send, clock, buttons, report, leaseSeconds })
  const conversation = createConversation({ store, people, clock, buttons, leaseSeconds })
  const sorry = (kind: 'pressed' | 'typed', language: Reader['language'] = 'en') =>
    say(language, kind === 'pressed' ? 'general.notSaved' : 'general.notSavedTyped')
  const turn = createTurns({ conversation, delivery, messenger, background, sorry, report })
  const adapter = new TeamsAdapter({ door: frontDoor({ unauthenticated, host }), turn, sorry, report })
  const server = createServer({
    handlePost: (authHeader, body) => adapter.handlePost(authHeader, body),
    checks: { store: async () => ((await store.ping()) ? undefined : Promise.reject(new Error('no answer'))) },
    settled: background.settled,
    report,
  })
  const listening = await server.listen(host, port)
  const polling = schedule(delivery.poll, pollMs, report)
  return {
    port: listening,
    close: async () => {
      await polling.stop()
      await server.close()
    },
  }
}

/** `npm start`, production: it refuses until the front door is built, and names what else is wrong meanwhile. */
function start(): never {
  loadConfig()
  throw new Error(
    'Learning Log does not start in production yet: its front door (who may post to the bot) is not finished.\n' +
      'To try it on this machine, with no account: npm run demo',
  )
}

if (import.meta.main) {
  try {
    start()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
