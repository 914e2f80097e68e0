/** Our own way in, with authentication on: before a constant, and before the whole product. */
import { usualRateLimit } from '../../src/conversation/routing/user-rate-limit.ts'
import { startService } from '../../src/index.ts'
import { keepYoung } from '../../src/server/engine.ts'
import { createLog } from '../../src/server/observability/log.ts'
import { createServer } from '../../src/server/server.ts'
import type { Clock, Store } from '../../src/store/store.ts'
import type { HttpAnswer } from '../../src/teams/answers.ts'
import { clouds } from '../../src/teams/clouds.ts'
import { TeamsAdapter } from '../../src/teams/inbound/adapter.ts'
import { type Access, strictAccess } from '../../src/teams/inbound/frontDoor.ts'
import { openStore } from '../faults/open.ts'
import { app, tenant } from '../teams/door/genuine.ts'

const never = 2 ** 31 - 1
const clock: Clock = () => new Date().toISOString()

/** As `npm start` has it, but for where the issuer is. */
function ourAccess(metadata: string): Access {
  const cloud = { ...clouds.public, metadata }
  return strictAccess({ app, tenant, cloud, identity: { kind: 'managed' }, report: () => {} })
}

/** Every turn is answered alike. @returns the port it listens on. */
export function ourHouse(metadata: string, answer: HttpAnswer): Promise<number> {
  const report = () => {}
  const { door } = ourAccess(metadata)
  const adapter = new TeamsAdapter({ door, turn: async () => answer, sorry: () => 'sorry', report })
  const handlePost = (authHeader: string, posted: unknown) => adapter.handlePost(authHeader, posted)
  return createServer({ handlePost, checks: {}, settled: async () => {}, report }).listen('127.0.0.1', 0)
}

/**
 * As `npm start` has it, its log included; but nothing is looked for that is due, nor, after the start, who else is running,
 * so that it comes between no two measurements. @param at a SQLite file, or a gateway's address. @returns the port it listens on.
 */
export async function ourProduct(metadata: string, at: string): Promise<number> {
  keepYoung()
  const store: Store = await openStore(at, clock)
  const { port } = await startService({
    ...{ store, clock, access: ourAccess(metadata), host: '127.0.0.1', port: 0 },
    ...{
      report: createLog({ level: 'info' }),
      pace: usualRateLimit,
      tenants: [tenant],
      pollMs: never,
      replicasMs: never,
    },
  })
  return port
}
