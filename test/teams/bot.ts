/** The real server, adapter, turns and messenger on a free port, with a conversation of the test's choosing. */
import type { Incoming } from '../../src/conversation/turn/incoming.ts'
import type { Turn } from '../../src/conversation/turn/reply.ts'
import type { Promised } from '../../src/domain/readiness.ts'
import { createLog } from '../../src/server/observability/log.ts'
import { createServer } from '../../src/server/server.ts'
import { TeamsAdapter } from '../../src/teams/inbound/adapter.ts'
import { createBackground } from '../../src/teams/inbound/background.ts'
import { isLocal, openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { createTurns } from '../../src/teams/inbound/turns.ts'
import { createMessenger } from '../../src/teams/outbound/messenger.ts'

export type Bot = Awaited<ReturnType<typeof startBot>>

export type BotOptions = {
  readonly conversation?: (incoming: Incoming) => Promise<Turn>
  readonly deliver?: (promised: readonly Promised[]) => Promise<void>
  readonly work?: () => Promise<void>
  readonly checks?: Readonly<Record<string, () => Promise<unknown>>>
  readonly limitMs?: number
  readonly closeLimitMs?: number
  readonly secondMs?: number
}

export const sorryText = (_kind: 'pressed' | 'typed', language: string | undefined) =>
  `Not saved, press again (${language ?? 'no language'}).`

export function turnWith(parts: Partial<Turn>): Turn {
  return { reply: {}, promised: [], nowReachable: false, did: 'test', outcome: 'done', ...parts }
}

export async function startBot(options: BotOptions = {}) {
  const incomings: Incoming[] = []
  const reachable: string[] = []
  const lines: string[] = []
  const report = createLog({ level: 'info', stream: { write: line => void lines.push(line) } })
  const background = createBackground(report)
  const messenger = createMessenger({
    token: async () => undefined,
    mayCall: isLocal,
    limitMs: options.limitMs ?? 1000,
  })
  const turn = createTurns({
    conversation: async incoming => {
      incomings.push(incoming)
      return (await options.conversation?.(incoming)) ?? turnWith({ outcome: 'ignored' })
    },
    delivery: {
      deliver: options.deliver ?? (async () => {}),
      deliverTo: async person => void reachable.push(person),
    },
    work: options.work ?? (async () => {}),
    messenger,
    background,
    sorry: sorryText,
    report,
    ...(options.secondMs !== undefined && { secondMs: options.secondMs }),
  })
  const { door } = openOnThisMachine({ host: '127.0.0.1' })
  const adapter = new TeamsAdapter({ door, turn, sorry: sorryText, report })
  const server = createServer({
    handlePost: (authHeader, body) => adapter.handlePost(authHeader, body),
    checks: options.checks ?? {},
    settled: background.settled,
    report,
    ...(options.closeLimitMs !== undefined && { closeLimitMs: options.closeLimitMs }),
  })
  const port = await server.listen('127.0.0.1', 0)
  const url = `http://127.0.0.1:${port}`

  return {
    url,
    port,
    secondMs: options.secondMs ?? 1000,
    incomings,
    reachable,
    /** Everything that was logged so far. */
    log: () => lines.join(''),
    events: () => lines.map(line => JSON.parse(line).msg as string),
    settled: background.settled,
    close: server.close,
    post: (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}
