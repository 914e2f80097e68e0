/** What the bot wrote and sent by itself, and what lies in its stores: all of it, once it is gone or about to go. */
import { DatabaseSync } from 'node:sqlite'
import type { Town } from './town.ts'

/** Fields of a report that hold ids: the log hashes them, which is looked for in what the log wrote. */
const ids = ['person', 'to', 'tenant', 'chat', 'account', 'activity', 'programme']
/**
 * Teams' own words for what it sends and answers, which the log tells by one word each, as it comes: the type of an activity
 * that is not served, the name of such an invoke, the code of a refusal. Nobody's words can get there.
 */
const platforms = /^Platform/

export function collect(
  { sinks, bot, tap, ingestion, people }: Town,
  { out, err }: { out: string; err: string },
): void {
  sinks.take('standard output (the log)', out, name => platforms.test(name))
  sinks.take('standard error', err)
  for (const { event, fields } of bot.reports) {
    const open = Object.entries(fields).filter(([field]) => !ids.includes(field))
    sinks.take('reports before they are logged', JSON.stringify([event, open]), name => platforms.test(name))
  }
  for (const { path, headers, body } of ingestion.requests) {
    sinks.take('telemetry', `${path}\n${JSON.stringify(headers)}\n${body}`)
  }
  const keys = Object.values(people)
  for (const head of tap.heads()) {
    const path = decodeURIComponent(/^\S+ (\S+)/.exec(head)?.[1] ?? '')
    const own = keys.find(({ chat }) => path.includes(chat))?.key
    const may = (name: string) =>
      ['OutToken', `${own}Chat`, `${own}Pressed`, ...(own ? [] : ['GroupChat'])].includes(name)
    sinks.take('addresses and headers of messages', head, may)
  }
}

/** Every document of every store, as text. */
export async function stored({ gateways, file }: Town): Promise<string> {
  const asked = Object.values(gateways).map(async ({ url }) => {
    const headers = { 'x-ms-documentdb-isquery': 'True' }
    const body = JSON.stringify({ query: 'SELECT * FROM c' })
    return (await fetch(`${url}dbs/db/colls/log/docs`, { method: 'POST', headers, body })).text()
  })
  const db = new DatabaseSync(file, { readOnly: true })
  const rows = db.prepare('SELECT body FROM documents').all()
  db.close()
  return [...(await Promise.all(asked)), ...rows.map(({ body }) => String(body))].join('\n')
}
