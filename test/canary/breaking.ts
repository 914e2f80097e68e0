/** Store and connector fail in every way they know, with everybody's words in their answers; Tom writes all the while. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, JsonObject } from '../store/gateway/answer.ts'
import type { Fault } from '../store/gateway/faults.ts'
import type { Answer as Refusal } from '../teams/connector.ts'
import { until } from './child.ts'
import { pressing } from './others.ts'
import type { Town } from './town.ts'
import { logsOf } from './writing.ts'

const all = 99

/**
 * Each kind of the store's failures, on each kind of request, before or after it was done. `lasting` ones are told at once;
 * the others are tried again for as long as there is patience.
 */
function storeFaults(echo: string): { readonly lasting: readonly Fault[]; readonly passing: readonly Fault[] } {
  const quoting = (status: number) => (): Answer => {
    const body: JsonObject = { code: 'BadRequest', message: `Cannot take {"text":"${echo}"}`, errors: [{ text: echo }] }
    return { status, body, headers: { 'x-ms-activity-id': echo, 'x-ms-error': echo } }
  }
  const before = (on: 'batch' | 'read', ...answers: readonly Fault['answer'][]) =>
    answers.map(answer => ({ on, when: 'before', answer }) as const)
  const unclear = ([408, 410, 500, 503, 'reset', 'cut', 'page', 'hang'] as const).flatMap(answer =>
    (['before', 'after'] as const).map(when => ({ on: 'batch' as const, when, answer })),
  )
  return {
    lasting: [
      ...before('batch', 403, 404, 413, quoting(400), quoting(403), quoting(409)),
      ...before('read', 403, quoting(400)),
    ],
    passing: [...unclear, ...before('batch', 429, 449, quoting(500)), ...before('read', 'page', 'cut', 'hang')],
  }
}

/** @returns how many kinds of failure there were. */
export async function breakStore(town: Town): Promise<number> {
  const { words, gateways, gates, actor, bot } = town
  const gateway = gateways.faulty
  const programme = words.word('AutumnId')
  const tom = actor('Tom')
  const { lasting, passing } = storeFaults(words.word('StoreEcho', 'heard'))
  let question = 0

  async function answering(gate = gates.hasty): Promise<void> {
    const session = question < 16 ? 1 : 2
    const answer = words.word(
      `TomUnsaved${String.fromCharCode(65 + (question % 26), 65 + Math.floor(question / 26))}`,
      'sent',
    )
    const data = { programme, round: 1, session, question: (question % 16) + 1, rev: 0, go: 'next', answer }
    question++
    await gate.postAs(pressing(tom, 'answer', data))
  }

  async function others(gate = gates.hasty): Promise<void> {
    await gate.postAs({ ...tom.common(), type: 'message', text: words.word('TomTyped', 'sent') })
    await gate.postAs({ ...tom.common(), type: 'installationUpdate', action: 'add' })
    await gate.postAs(pressing(actor('Abe'), 'coachHome', { programme, page: 1 }))
    await gate.postAs({ ...card, from: actor('Abe').common().from })
  }

  await tom.install()
  await tom.say('continue best')
  const card = tom.pressing('Save and next', { 'Your answer': words.word('TomCopied', 'sent') })
  for (const fault of [...lasting, ...passing]) {
    gateway.script({ ...fault, times: all })
    await answering(lasting.includes(fault) ? gates.faulty : gates.hasty)
    gateway.mend()
  }
  for (const on of ['read', 'batch', 'query'] as const) {
    gateway.script({ on, when: 'before', answer: 503, times: all })
    await others()
    gateway.mend()
  }
  for (const when of ['asked', 'drawn'] as const) {
    await bot.order({ sabotage: { when, words: words.word('Sabotage', 'heard') } })
    await answering(gates.faulty)
    await others(gates.faulty)
    await bot.order({ sabotage: 'none' })
  }
  return lasting.length + passing.length + 5
}

/** Where no error should ever get to: whoever answers requests throws. Nobody else is about then. */
export async function breakAnswers({ words, gates, actor, bot }: Town): Promise<void> {
  await bot.order({ sabotage: { when: 'answered', words: words.word('Sabotage', 'heard') } })
  await gates.main.postAs({ ...actor('Anna').common(), type: 'message', text: words.word('AnnaUnanswered', 'sent') })
  await bot.order({ sabotage: 'none' })
}

/** What the connector may say to a message, quoting what it was sent. */
function refusals(echo: string, code: string): readonly Refusal[] {
  const told = (status: number, code?: string, more: object = {}): Refusal => ({
    status,
    headers: { 'x-echo': echo, 'retry-after': '0' },
    body: {
      error: { ...(code && { code }), message: `no: ${echo}`, innerHttpError: { body: { text: echo } }, ...more },
    },
  })
  const nested = JSON.stringify({ subCode: 'MessageWritesBlocked', details: echo })
  return [
    told(400, 'BadSyntax'),
    told(401),
    told(401, 'Unauthorized'),
    told(403, 'Forbidden', { message: nested }),
    told(403, 'InvalidBotApiHost'),
    told(403),
    told(404, 'ConversationNotFound'),
    told(404, 'ActivityNotFoundInConversation'),
    told(404, code),
    told(408),
    told(412),
    told(413, 'MessageSizeTooBig'),
    told(429),
    ...[500, 502, 503, 504].map(status => told(status, 'ServiceError')),
    { status: 418, body: `<html>${echo}</html>` },
    { status: 200, body: `not JSON: ${echo}` },
    'reset',
    'hang',
    'hangInBody',
  ]
}

/** Of all that can be answered to a message: to what Tom asks, and to what Fay's coaches are told. @returns how many kinds. */
export async function breakConnector(town: Town): Promise<number> {
  const { words, people, connector, gates, actor } = town
  const kinds = refusals(words.word('ConnectorEcho', 'heard'), words.word('PlatformCode', 'heard'))
  for (const refusal of kinds) {
    connector.scriptFor(people.Tom.chat, refusal, refusal)
    await gates.faulty.postAs({ ...actor('Tom').common(), type: 'message', text: 'home' })
  }
  // Throttled and not let in hold up everybody else, and come later.
  const each = kinds.filter(kind => typeof kind === 'string' || ![200, 401, 429].includes(kind.status))
  for (const [index, { chat }] of toldOfFay(town).entries()) connector.scriptFor(chat, each[index] ?? 'reset', 'reset')
  // A chat that is not there any more is opened anew, and may be the old one.
  connector.scriptFor('', { status: 201, body: { id: people.Eli.chat } })
  for (const name of logsOf('Fay')) town.readable.add(name)
  const last = { programme: words.word('AutumnId'), round: 1, session: 2, snapshot: 0 }
  await gates.faulty.postAs(pressing(actor('Fay'), 'submit', last))
  const told = () => new Set(tellsOf(town, 'notice.').map(({ fields }) => fields.to))
  await until('every coach of Fay’s was to be told', () => told().size === toldOfFay(town).length)
  return kinds.length
}

/** Time goes by, and what was put off fails otherwise, is given up, or arrives. Nobody else is about then. */
export async function waitForNotices(town: Town): Promise<void> {
  const { connector, bot } = town
  const coaches = toldOfFay(town)
  const notIn = { status: 401 }
  for (const [time, answers, event, why] of [
    ['23T09:30', [notIn, notIn], 'notice.putOff', 'unauthorised'],
    ['23T12:00', [{ status: 429, headers: { 'retry-after': '60' } }], 'notice.putOff', 'throttled'],
    ['23T15:00', ['reset'], 'notice.undeliverable', 'ambiguous'],
    ['23T18:00', [], 'notice.sent', undefined],
  ] as const) {
    for (const { chat } of coaches) connector.scriptFor(chat, ...answers)
    await bot.order({ now: `2026-11-${time}:00.000Z` })
    await until(`${event} ${why}`, () => tellsOf(town, event).some(({ fields }) => fields.why === why))
    // What another was still being refused with would hold up everybody once more, at the next time of day.
    await quiet(town)
  }
  town.look()
}

/** Resolves when nothing was sent for a while. */
async function quiet({ connector }: Town): Promise<void> {
  for (let before = -1; before < connector.received.length; await sleep(400)) before = connector.received.length
}

function toldOfFay({ people }: Town) {
  return Object.values(people).filter(({ house, role }) => house === 'faulty' && role === 'coach')
}

/** What was reported of notices to them. */
function tellsOf(town: Town, event: string) {
  const coaches = new Set<unknown>(toldOfFay(town).map(({ id }) => id))
  return town.bot.reports.filter(each => each.event.startsWith(event) && coaches.has(each.fields.to))
}
