/** `npm start`: what the environment says becomes a service behind the strict door, until somebody ends it. */
import { usualRateLimit } from './conversation/routing/user-rate-limit.ts'
import { startService } from './index.ts'
import { type Config, loadConfig } from './server/config.ts'
import { keepYoung } from './server/engine.ts'
import { createLog } from './server/observability/log.ts'
import { openTelemetry, type Telemetry } from './server/observability/telemetry.ts'
import { openSqlite } from './store/sqlite/sqlite.ts'
import type { Clock, Store } from './store/store.ts'
import { clouds } from './teams/clouds.ts'
import { strictAccess } from './teams/inbound/frontDoor.ts'

/** For a load balancer to notice that this replica takes no more, in milliseconds. */
const graceMs = 2_000
const clock: Clock = () => new Date().toISOString()

/** Serves until SIGTERM or SIGINT; then it ends within twelve seconds, two of them for measurements, with exit code 0. @throws with the mend. */
async function start(config: Config): Promise<void> {
  const { app, tenant, identity, managedIdentity, buttons, host, port, creators, links } = config
  const log = createLog({ level: config.logLevel, ...(config.logKey && { key: config.logKey }) })
  const telemetry = await openTelemetry(config.telemetry, { report: log, managedIdentity })
  const report = telemetry.counting(log)
  const store = telemetry.watching(await openStore(config, telemetry))
  const access = strictAccess({ app, tenant, cloud: clouds[config.cloud], identity, report })
  const common = { store, clock, access, host, port, report, buttons, creators, links }
  const service = await startService({
    ...common,
    rateLimit: usualRateLimit,
    tenants: [tenant],
    graceMs,
    around: telemetry.around,
  })
  report('start', { of: config.store.kind, port: service.port })

  const end = once(async () => {
    await service.close()
    await store.close()
    await telemetry.close()
    report('end', {})
    await log.end()
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end().then(() => process.exit(0)))
}

async function openStore({ store, managedIdentity }: Config, { storeTry }: Telemetry): Promise<Store> {
  if (store.kind === 'sqlite') return openSqlite(store.file, clock)
  // Loaded where it is needed: Microsoft's client takes half a second.
  const { azureCredential, openCosmos } = await import('./store/cosmos/cosmos.ts')
  const { endpoint, database, container, key } = store
  const auth = key ? { key } : { credential: azureCredential(managedIdentity) }
  return openCosmos({ endpoint, database, container, auth, tried: storeTry })
}

/** A second signal joins the first: closing goes on. */
function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined
  return () => {
    begun ??= work()
    return begun
  }
}

try {
  keepYoung()
  await start(loadConfig())
} catch (error) {
  // What keeps it from starting is told to whoever started it, in plain words and without a stack.
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
