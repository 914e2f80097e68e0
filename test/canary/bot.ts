/**
 * The bot as a process of its own, since what a process writes can only be read from outside. It serves six times: `main` as
 * in production (strict door, Cosmos DB), `faulty` the same with little patience for the connector and sabotage on order,
 * `hasty` with little patience for the store, `shut` with an issuer that is away, `file` as in the demo (open door, SQLite),
 * and `fast` on that file for people whom it follows only so fast. All log and measure alike.
 */
import type { Report } from '../../src/base/report.ts'
import { startService } from '../../src/index.ts'
import { createLog } from '../../src/server/observability/log.ts'
import { openTelemetry } from '../../src/server/observability/telemetry.ts'
import { openCosmos, prepareCosmos } from '../../src/store/cosmos/cosmos.ts'
import type { RetryBudget } from '../../src/store/cosmos/cosmos-failure.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { clouds } from '../../src/teams/clouds.ts'
import { isLocal, openOnThisMachine, strictAccess } from '../../src/teams/inbound/frontDoor.ts'
import { type Answer, type Config, houses, type Order, type Ports, type Seed, type Told } from './child.ts'
import { failing, type Sabotage, sabotaged } from './sabotage.ts'

/** Gives up soon: what is to be seen is what is said then. */
const hurried: RetryBudget = { total: 150, read: 60, write: 60, query: 60, least: 20, firstPause: 20 }
/** However busy the machine: whatever is not broken on purpose works. */
const unhurried: RetryBudget = { ...hurried, total: 20_000, read: 10_000, write: 10_000, query: 10_000 }
const never = 3_600_000

const told = (what: Told) => void process.send?.(what)
const host = '127.0.0.1'
const close: (() => Promise<unknown>)[] = []
const sabotage: { how: Sabotage } = { how: 'none' }
let now = ''
/** What the next POST is answered with, whatever it says. */
let instead: Answer | undefined

async function start({
  app,
  tenant,
  metadata,
  token,
  ingestion,
  gateways,
  file,
  seeds,
  ...config
}: Config): Promise<Report> {
  now = config.now
  const clock = () => now
  const elapsed = () => performance.now() + Date.parse(now) - Date.parse(config.now)
  const log = createLog({ level: 'trace' })
  const telling: Report = (event, fields) => {
    told({ event, fields })
    log(event, fields)
  }
  const telemetry = await openTelemetry(ingestion, { report: telling, tracesPerSecond: 1_000 })
  const report = telemetry.counting(telling)
  const strict = (from: string) => {
    const cloud = { ...clouds.public, metadata: from, serves: isLocal }
    const access = strictAccess({ app, tenant, cloud, report, identity: { kind: 'managed' } })
    return { ...access, token: async () => token }
  }
  const around = replaced(telemetry.around)
  const common = {
    clock,
    elapsed,
    host,
    port: 0,
    report,
    around,
    access: strict(metadata),
    tenants: [tenant],
    pollMs: never,
  }
  const cosmos = (endpoint: string, patience: RetryBudget) => {
    const options = { endpoint, database: 'db', container: 'log', auth: { key: 'a2V5' }, discovery: false }
    return { ...options, patience, tried: telemetry.storeTry }
  }
  await prepareCosmos(cosmos(gateways.main, unhurried))
  await prepareCosmos(cosmos(gateways.faulty, unhurried))
  const { watching } = telemetry
  const stores = {
    main: watching(openCosmos(cosmos(gateways.main, unhurried))),
    faulty: sabotaged(watching(openCosmos(cosmos(gateways.faulty, unhurried))), sabotage),
    hasty: watching(openCosmos(cosmos(gateways.faulty, hurried))),
    file: watching(openSqlite(file, clock, { waitMilliseconds: 30 })),
  }
  for (const house of houses) await plant(stores[house], seeds[house])
  const open = { ...common, store: stores.file, access: openOnThisMachine({ host }) }
  const rateLimit = { burst: 3, perSecond: 1, pauseSeconds: 10 }
  const services = {
    main: await startService({ ...common, store: stores.main }),
    faulty: await startService({ ...common, store: stores.faulty, pollMs: 100, sendLimitMs: 400 }),
    hasty: await startService({ ...common, store: stores.hasty }),
    shut: await startService({ ...common, store: stores.main, access: strict('http://127.0.0.1:9/') }),
    file: await startService({ ...open, buttons: 'submit' }),
    fast: await startService({ ...open, rateLimit }),
  }
  close.push(() => Promise.all(Object.values(services).map(service => service.close())))
  close.push(() => Promise.all(Object.values(stores).map(store => store.close())))
  close.push(telemetry.close)
  const ports = Object.entries(services).map(([name, { port }]) => [name, port])
  told({ ports: Object.fromEntries(ports) as Ports })

  function replaced(around: typeof telemetry.around): typeof telemetry.around {
    return handlePost =>
      around(async (header, body) => {
        failing(sabotage, 'answered')
        const answer = instead ?? (await handlePost(header, body))
        instead = undefined
        return answer
      })
  }

  return report
}

async function plant(store: Store, seed: Seed): Promise<void> {
  for (const docs of Map.groupBy(seed, ({ pk }) => pk).values()) {
    const [first] = docs
    const done = await store.commit(
      first?.pk ?? '',
      docs.map(doc => ({ op: 'put', doc })),
    )
    if (!done.ok) throw new Error(done.conflict)
  }
}

let report: Report | undefined
process.on('message', async (order: Order) => {
  if ('start' in order) report = await start(order.start)
  if ('now' in order) now = order.now
  if ('sabotage' in order) sabotage.how = order.sabotage
  if ('instead' in order) instead = order.instead
  // The holes themselves, for whoever wants to see that something in them is found.
  if ('print' in order) process.stdout.write(`${JSON.stringify({ level: 30, msg: order.print })}\n`)
  if ('complain' in order) console.error(new Error(order.complain))
  if ('report' in order) report?.(order.report.event, order.report.fields)
  if ('post' in order)
    await fetch(order.post.url, { method: 'POST', headers: order.post.headers, body: order.post.body })
  if ('end' in order) {
    for (const one of close) await one()
    process.disconnect()
  } else told({ done: true })
})
