/** Suite `requests`: what every action costs Cosmos DB, through the whole service and Microsoft's own client. */
import { actionsDone, type Done, firstOfProcess } from './actions.ts'
import { boundOf, missed } from './bounds.ts'
import { oneDecimal, table } from './markdown.ts'
import { inWords, totalsOf } from './reading.ts'
import type { Suite } from './run.ts'

const sizes = [50, 1000]

const notes = `**requests**: to Cosmos DB, as they left Microsoft's client. *warm*: the same person did something less than a minute
ago; *cold*: nothing is remembered. A new process asks for the account's regions once besides. **plans**: the client asks
for a plan with every query and does not wait for it. **KB**: on the wire, headers included, to and from a local gateway; Azure's own
headers are longer. **RU**: ESTIMATED, never measured on an account, from Microsoft's published figures: ${[
  'point read 1 KB 1, 100 KB 10',
  'insert without indexes 1 KB 5.5, 100 KB 50',
  'replace twice an insert',
  'query 3.19 at least ("Optimize request cost in Azure Cosmos DB")',
  '6.46 with 50 short items ("How to model and partition data: a real-world example")',
  'patch no cheaper than replace ("Partial document update: frequently asked questions")',
].join('; ')}.`

export const requests: Suite = async () => {
  const warm = await actionsDone('warm', sizes)
  const cold = await actionsDone('cold', sizes)
  const rows = warm
    .filter(({ action }) => action !== firstOfProcess)
    .map(each => row(each, cold.find(({ action }) => action === each.action) ?? each))
  const head = ['action', 'bound', 'warm', 'cold', 'plans', 'KB sent', 'KB received', 'RU (estimated)']
  const asked = warm.map(({ action, recorded }) => [action, inWords(recorded)])
  return {
    markdown: `${table(head, rows)}\n\n${notes}\n\n${table(['action', 'asked, in this order, when warm'], asked, 'words')}`,
    missed: [...missed('warm', warm), ...missed('cold', cold)],
  }
}

function row({ action, recorded }: Done, cold: Done): (string | number)[] {
  const { requests, plans, sent, received, units } = totalsOf(recorded)
  const bound = boundOf(action)
  const most = bound ? `${bound.most.warm}${bound.withPlans ? ' with plan' : ''}` : ''
  const kilobytes = (bytes: number) => oneDecimal(bytes / 1024)
  const again = totalsOf(cold.recorded).requests
  return [action, most, requests, again, plans, kilobytes(sent), kilobytes(received), oneDecimal(units)]
}
