/** The real server, adapter and strict door before a turn that only counts, with an issuer of the test's own. */

import { createServer } from '../../../src/server/server.ts'
import { clouds } from '../../../src/teams/clouds.ts'
import { TeamsAdapter } from '../../../src/teams/inbound/adapter.ts'
import { type Access, strictAccess } from '../../../src/teams/inbound/frontDoor.ts'
import type { Inbound } from '../../../src/teams/inbound/inbound.ts'
import { type Ahead, app, tenant } from './genuine.ts'

/** Figures, for whoever asks for them: `DOOR_TELL=1`. */
export const tell: (line: string) => void = process.env.DOOR_TELL ? console.log : () => {}

export type House = Awaited<ReturnType<typeof openHouse>>
export async function openHouse(metadata: string, ahead: Ahead = { seconds: 0 }) {
  const turns: Inbound[] = []
  const reports: { event: string; fields: Readonly<Record<string, unknown>> }[] = []
  const report = (event: string, fields: object) => void reports.push({ event, fields: { ...fields } })
  const access: Access = strictAccess({
    // A GUID is the same in capitals, which somebody may have typed.
    ...{ app: app.toUpperCase(), tenant: tenant.toUpperCase() },
    ...{ report, identity: { kind: 'managed' } },
    cloud: { ...clouds.public, metadata },
    now: () => Date.now() + ahead.seconds * 1000,
    elapsed: () => performance.now() + ahead.seconds * 1000,
  })
  const adapter = new TeamsAdapter({
    door: access.door,
    turn: async inbound => {
      turns.push(inbound)
      return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: {} } }
    },
    sorry: () => 'sorry',
    report,
  })
  let origin: string | undefined
  const server = createServer({
    handlePost: (authHeader, body) => adapter.handlePost(authHeader, body),
    checks: access.checks(() => origin),
    settled: async () => {},
    report,
  })
  origin = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}`

  return {
    url: origin,
    adapter,
    turns,
    reports,
    close: server.close,
    post: (body: unknown, headers: readonly (readonly [string, string])[]) =>
      fetch(`${origin}/api/messages`, {
        method: 'POST',
        headers: [['content-type', 'application/json'], ...headers] as [string, string][],
        body: JSON.stringify(body),
      }),
  }
}

export const bearer = (token: string) => [['authorization', `Bearer ${token}`]] as const
