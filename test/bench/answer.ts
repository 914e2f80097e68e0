/**
 * Suite `answer`: what one saved answer costs from request to response, beside a bare server, Microsoft's adapter and the
 * usual way to ask questions with it. All numbers are of one run, and only their ratios mean anything elsewhere.
 *
 * **How.** Each server is a process of its own; this one is the load: keep-alive connections on 127.0.0.1, each of which
 * sends its next turn when the last was answered (`load.ts`), 1 or 16 of them. All but `a` check a signed token of a local
 * issuer; each connection has a token of its own, as the connector gives them out for an hour (with a new one each time:
 * suite `door`). An invoke is answered in its response. What somebody types in Teams is not: `f` replies as every bot does
 * there, by a call to the connector (a process of its own that answers at once; its token is there already), and `g` is the
 * same bot asked for its replies in the response (`expectReplies`), which Teams does not do. Each server answers some
 * thousand turns first; then they take turns, in a new order each round, and numbers are medians of the rounds.
 *
 * `a` reads the body and answers a constant. `b`, `c` answer an Action.Execute with the same constant, a question's card.
 * `d`, `e` are the whole product: everybody writes a log of sixteen answers of real length, one after the other, each drawn
 * the next question's card. `f`, `g` ask the same sixteen questions by a waterfall (`usual.ts`). Requests and bytes of
 * `e` and `f` are counted at the gateway over whole logs; a person's profile is read at their first answer, so they are no
 * whole numbers. In the end every answer that was acknowledged is looked for in the store.
 *
 * What it does not say: anything of Azure's own latency or capacity, which the gateway has none of.
 */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { registry } from '../../src/cards/samples/registry.ts'
import { plainWords } from '../../src/cards/samples/words.ts'
import { sampleWorld } from '../../src/cards/samples/world.ts'
import { cardAnswer } from '../../src/teams/answers.ts'
import { claims } from '../teams/door/genuine.ts'
import { pair, sign, startIssuer } from '../teams/door/issuer.ts'
import { type Bot, openChildren } from './answer/children.ts'
import { load } from './answer/load.ts'
import { answersKept, openFolder, seed, writingCrowds } from './answer/places.ts'
import { type AtOnce, atOnces, type Cells, type Counted, type Name, names, servers, told } from './answer/told.ts'
import { cardAnswers, greetings, presses, typedAnswers, type Work, writersOf } from './answer/work.ts'
import type { Suite } from './run.ts'

const rounds = 3
const seconds = 1.5
/** At most so many logs are written in a measurement; then it is over. */
const mostLogs: Record<AtOnce, number> = { 16: 500, 1: 150 }
/** So many logs, or as many presses, are written first, 16 at once, for the compiler: a server runs for weeks. */
const warmLogs = 1000
/** Whole logs, one at a time, over which requests are counted. */
const countedLogs = 16
const answersInALog = 16
const limitMs = 400_000

export const answer: Suite = async () => {
  const children = openChildren()
  const over = new AbortController()
  const tooLong = sleep(limitMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`It was not over after ${limitMs / 1000} s.`)
  })
  const work = measured(children)
  try {
    return await Promise.race([work, tooLong])
  } finally {
    over.abort()
    children.kill()
    // What it has made is taken away again, also when it was given up.
    await Promise.allSettled([work])
  }
}

async function measured(children: ReturnType<typeof openChildren>) {
  const good = await pair('good')
  const issuer = await startIssuer(good)
  const folder = await openFolder()
  try {
    const { url, asked } = await children.gateway()
    const { serviceUrl, heard } = await children.connector()
    const crowds = writingCrowds(warmLogs + rounds * (mostLogs[16] + mostLogs[1]) + countedLogs)
    const writers = crowds.flatMap(writersOf)
    const card = questionCard()
    const given: Record<Name, string> = { a: card, b: card, c: card, d: folder.file, e: url, f: url, g: url }
    await Promise.all([seed(folder.file, crowds), seed(url, crowds)])
    const bots = Object.fromEntries(
      await Promise.all(
        names.map(async name => [name, await children.bot(servers[name].kind, issuer.metadata, given[name])]),
      ),
    ) as Record<Name, Bot>
    const tokens = await Promise.all(
      Array.from({ length: atOnces[0] }, (_, no) => sign(good, { ...claims(), jti: `${no}` })),
    )

    const ofDialog = await Promise.all(
      Array.from({ length: atOnces[0] }, (_, no) => sign(good, { ...claims(), serviceurl: serviceUrl, jti: `${no}` })),
    )
    const tokensOf = (name: Name) => (name === 'f' ? ofDialog : tokens)
    let typed = 0

    const queues = new Map(names.map(name => [name, [...writers]]))
    /** Takes so many people away from those who have not written yet. */
    const take = (name: Name, most: number) => queues.get(name)?.splice(0, most) ?? []
    async function workOf(name: Name, people: number): Promise<Work> {
      if (name === 'a' || name === 'b' || name === 'c') return presses()
      const group = take(name, people)
      if (name === 'd' || name === 'e') return cardAnswers(() => group.shift())
      const replies = name === 'f' ? { connector: serviceUrl } : {}
      const { turns } = await load(bots[name], greetings(group, replies), { atOnce: 16, tokens: tokensOf(name) })
      if (name === 'f') typed += turns
      return typedAnswers(() => group.shift(), replies)
    }

    const cells = Object.fromEntries(names.map(name => [name, { 16: [], 1: [] }])) as unknown as Record<Name, Cells>
    const acknowledged = { d: 0, e: 0 }
    for (const name of names) {
      const work = await workOf(name, warmLogs)
      let left = warmLogs
      const { turns } = await load(bots[name], () => (left-- > 0 ? work() : undefined), {
        atOnce: 16,
        tokens: tokensOf(name),
      })
      if (name === 'f') typed += turns
      if (name === 'd' || name === 'e') acknowledged[name] += turns
    }
    for (let round = 0; round < rounds; round++) {
      for (const atOnce of atOnces) {
        for (const name of rotated(names, round)) {
          const work = await workOf(name, mostLogs[atOnce])
          const cell = await load(bots[name], work, { atOnce, seconds, tokens: tokensOf(name) })
          if (name === 'f') typed += cell.turns
          if (name === 'd' || name === 'e') acknowledged[name] += cell.turns
          cells[name][atOnce].push(cell)
        }
      }
    }

    const counts: Partial<Record<Name, Counted>> = {}
    for (const name of ['e', 'f'] as const) {
      const work = await workOf(name, countedLogs)
      const before = await asked()
      const { turns } = await load(bots[name], work, { atOnce: 1, tokens: tokensOf(name) })
      if (name === 'f') typed += turns
      const after = await asked()
      if (name === 'e') acknowledged.e += turns
      const all = (each: typeof after) => Object.values(each.requests).reduce((sum, count) => sum + count, 0)
      counts[name] = {
        requests: (all(after) - all(before)) / turns,
        sent: (after.sent - before.sent) / turns,
        bodies: (after.bodies - before.bodies) / turns,
      }
      if (turns !== countedLogs * answersInALog) throw new Error(`${name}: ${turns} answers were counted.`)
    }

    const { messages } = await heard()
    if (messages !== typed) throw new Error(`f: ${typed} turns, and ${messages} replies.`)
    for (const name of ['d', 'e'] as const) {
      const kept = await answersKept(given[name], writers)
      if (kept !== acknowledged[name]) throw new Error(`${name}: ${acknowledged[name]} acknowledged, ${kept} kept.`)
    }
    return told(cells, counts)
  } finally {
    await children.close()
    await issuer.stop()
    await folder.remove()
  }
}

/** A question's card as the product answers it, drawn once. */
function questionCard(): string {
  const draw = registry.find(({ name }) => name === 'question')?.samples.middle
  assert.ok(draw)
  const reader = { language: 'en', zone: 'Europe/Berlin', buttons: 'execute', rendering: 'r1', owner: 'o1' } as const
  return JSON.stringify(cardAnswer(draw(reader, sampleWorld(plainWords))).body)
}

const rotated = <T>(list: readonly T[], by: number): T[] => {
  const from = (by + list.length) % list.length
  return [...list.slice(from), ...list.slice(0, from)]
}
