/** The bot of the browser tests on the Cosmos DB engine: `node gateway-bot.ts --port N --store URL --language L`. */
import { parseArgs } from 'node:util'
import { seed } from '../../src/demo/seed.ts'
import { languageOf } from '../../src/domain/values.ts'
import { startService } from '../../src/index.ts'
import { openCosmos } from '../../src/store/cosmos/cosmos.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'

const options = { port: { type: 'string' }, store: { type: 'string' }, language: { type: 'string' } } as const
const { port, store: endpoint = '', language } = parseArgs({ options }).values
const clock = () => new Date().toISOString()
const store = openCosmos({ endpoint, database: 'db', container: 'log', auth: { key: 'a2V5' } })
await seed(store, languageOf(language) ?? 'en', clock())
const service = await startService({
  store,
  clock,
  access: openOnThisMachine({ host: '127.0.0.1' }),
  host: '127.0.0.1',
  port: Number(port),
  report: () => {},
  creators: { creators: 'anyone', buddies: true },
})
process.once('SIGTERM', () => void service.close().then(() => process.exit(0)))
