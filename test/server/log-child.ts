/**
 * A server that logs much: 60 lines for every POST, each of a length of its own. Tells its port to whoever started it, ends
 * on SIGTERM, and throws when it is told to: `log-child.ts`.
 */
import { createLog } from '../../src/server/observability/log.ts'
import { createServer } from '../../src/server/server.ts'

const log = createLog({ level: 'info' })
let posts = 0
const server = createServer({
  handlePost: async () => {
    const event = `load.${posts++}`
    for (let no = 0; no < 60; no++) log(event, { no, did: 'answer', outcome: 'done', detail: 'x'.repeat(no) })
    return { status: 200 }
  },
  checks: {},
  settled: async () => {},
  report: log,
})
process.on('message', () => {
  log('last', {})
  throw new Error('as told')
})
process.on('SIGTERM', async () => {
  await server.close()
  log('end', {})
  await log.end()
  process.exit(0)
})
process.send?.({ port: await server.listen('127.0.0.1', 0) })
