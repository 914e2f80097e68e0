/**
 * A process that answers one press with one card, behind a door: `door-bot.ts <ours|stock> <issuer's metadata>`. Tells its
 * parent the port, and on every message from it how much processor time it has used and how much memory it keeps.
 */
import { cardAnswer } from '../../src/teams/answers.ts'
import { ourHouse } from './ours.ts'
import { stockHouse } from './stock.ts'

/** About 3 KB, as a question's card is. */
const body = Array.from({ length: 20 }, (_, no) => ({
  type: 'TextBlock',
  wrap: true,
  text: `${no} ${'x'.repeat(110)}`,
}))
const answer = cardAnswer({ card: { type: 'AdaptiveCard', version: '1.5', body }, summary: 'A card' })

const [kind, metadata = ''] = process.argv.slice(2)

const port = await (kind === 'ours'
  ? ourHouse(metadata, answer)
  : stockHouse(metadata, async context => {
      await context.sendActivity({ type: 'invokeResponse', value: answer })
    }))
process.on('message', () => {
  const cpu = process.cpuUsage()
  // What only waits to be collected is not kept, and collecting it is not counted. (The process itself grows with any
  // load, until the young generation has its size: that says nothing about who is kept, but it must end there.)
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ cpu, heap: heapUsed, resident: rss })
})
process.send?.({ port })
