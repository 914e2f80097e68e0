/** The other way round: canaries put into every hole on purpose, to see that they are found there and nowhere else. */
import { forms, written } from './find.ts'
import { pressing } from './others.ts'
import type { Hole } from './sinks.ts'
import type { Town } from './town.ts'

/** Where each of them is put. In reports too, from which the log must not take it over. */
export const planted = {
  PlantedOut: ['standard output (the log)'],
  PlantedErr: ['standard error'],
  PlantedReport: ['reports before they are logged'],
  // Where a word is meant to stand the log takes one; measurements take none but their own.
  PlantedFact: ['reports before they are logged', 'standard output (the log)'],
  PlantedMeasure: ['telemetry'],
  PlantedError: ['HTTP errors'],
  PlantedAnswer: ['HTTP answers'],
  PlantedMessage: ['messages', 'lock screens'],
  PlantedHeader: ['addresses and headers of messages'],
  PlantedSummary: ['lock screens', 'HTTP answers'],
} as const satisfies Readonly<Record<string, readonly Hole[]>>

type Name = keyof typeof planted

/** Each through the hole itself: the process's own output, its own requests, the same server that answers people. */
export async function plantAll(town: Town): Promise<void> {
  const { words, bot, gates, actor, people, tap, ingestion } = town
  const text = (name: Name) => words.word(name, 'heard')
  await bot.order({ print: `a careless line: ${text('PlantedOut')}` })
  await bot.order({ complain: text('PlantedErr') })
  await bot.order({
    report: { event: 'planted', fields: { note: text('PlantedReport'), code: `so: ${text('PlantedReport')}` } },
  })
  const fact = text('PlantedFact')
  const facts = { kind: fact, did: fact, outcome: fact, refusal: fact, error: fact, work: fact, why: fact }
  for (const event of ['turn.failed', 'notice.sent', 'door.refused'])
    await bot.order({ report: { event, fields: facts } })
  const endpoint = /IngestionEndpoint=([^;]+)/.exec(ingestion.connectionString)?.[1] ?? ''
  const measured = JSON.stringify([
    { name: 'planted', data: { baseData: { name: written(text('PlantedMeasure'), 'base64') } } },
  ])
  await bot.order({ post: { url: `${endpoint}v2.1/track`, headers: {}, body: measured } })

  // Leo is answered what is Anna's, and a broken server says more than it should.
  const card = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: text('PlantedAnswer') }] }
  await bot.order({ instead: { status: 200, body: { statusCode: 200, value: card } } })
  await gates.main.postAs(pressing(actor('Leo'), 'home', {}))
  await bot.order({ instead: { status: 500, body: { error: written(text('PlantedError'), 'url') } } })
  await gates.main.post('{}', { 'content-type': 'application/json' })

  const url = `${tap.url}v3/conversations/${encodeURIComponent(people.Leo.chat)}/activities`
  const message = { type: 'message', text: text('PlantedMessage').toUpperCase() }
  await bot.order({ post: { url, headers: { 'x-planted': text('PlantedHeader') }, body: JSON.stringify(message) } })
  const speaking = { type: 'AdaptiveCard', speak: `Dear ${text('PlantedSummary')}` }
  await bot.order({ instead: { status: 200, body: { statusCode: 200, value: speaking } } })
  await gates.main.postAs(pressing(actor('Anna'), 'home', {}))
}

/** What was taken from this hole, once more with a canary in it in each of the forms. */
export function* inEveryForm(text: string, canary: string): Generator<readonly [string, string]> {
  const middle = Math.floor(text.length / 2)
  for (const form of forms) yield [form, `${text.slice(0, middle)} ${written(canary, form)} ${text.slice(middle)}`]
}
