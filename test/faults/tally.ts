/** Gathers the evidence of a run, has it judged, and adds the verdicts up. */
import type { Received } from '../teams/connector.ts'
import { type Evidence, type Figure, figures, judge, type Press, said, type Verdict } from './oracle.ts'
import type { BotProcess } from './process.ts'
import type { Participant } from './scene.ts'
import { waitFor } from './suite.ts'
import type { World } from './world.ts'

export type Tally = {
  readonly runs: number
  readonly broken: Readonly<Record<Figure, number>>
  /** Copies that said they might be some. */
  readonly repeats: number
  readonly worstMs: number
}

const settledMs = 15_000

/** @param note says to a person what was broken, with everything the oracle knows. */
export function createTally(note: (line: string) => void) {
  const broken: Record<Figure, number> = { lost: 0, notTold: 0, unlabelled: 0, falseSaved: 0, errors: 0, late: 0 }
  let runs = 0
  let repeats = 0
  let worstMs = 0
  return {
    /** Judges one participant; `why` is asked when a promise was broken. */
    async add(
      what: string,
      world: World,
      who: Participant,
      presses: readonly Press[],
      why = () => '',
    ): Promise<Verdict> {
      const evidence = await gather(world, who, presses)
      const verdict = judge(evidence)
      runs++
      repeats += verdict.repeats
      for (const { tries } of presses) for (const { ms } of tries) worstMs = Math.max(worstMs, ms)
      for (const figure of figures) broken[figure] += verdict.broken[figure]
      const wrong = figures.filter(figure => verdict.broken[figure] > 0)
      if (wrong.length > 0) note(`${what}: ${wrong.join(', ')}\n${explained(evidence)}${why()}`)
      return verdict
    },
    /** A promise broken in a way that no single participant's evidence shows. */
    count(figure: Figure, times: number, what: string): void {
      if (times <= 0) return
      broken[figure] += times
      note(`${what}: ${figure}`)
    },
    result: (): Tally => ({ runs, broken, repeats, worstMs }),
  }
}

/** Of what the connector was sent, the messages to this person, in whichever chat. */
export function cardsTo<R extends Received>(all: readonly R[], person: string): R[] {
  return all.filter(({ activity }) => JSON.stringify(activity.recipient ?? '').includes(person))
}

/** Everything about one participant as it lies there now. */
async function gather(world: World, who: Participant, presses: readonly Press[]): Promise<Evidence> {
  const { programme, person, coach, name } = who
  const raw = (id: string) => world.raw(`p:${programme}`, id)
  const journey = await raw(`j:${person}`)
  const number = (session: number) => new RegExp(`"${session}":\\{[^}]*"snapshot":(\\d+)`).exec(journey)?.[1] ?? '0'
  const of = async (idOf: (session: number) => string) => ({ 1: await raw(idOf(1)), 2: await raw(idOf(2)) })
  const readyNo = /"readyNo":(\d+)/.exec(journey)?.[1] ?? '0'
  return {
    name,
    presses,
    journey,
    logs: await of(session => `l:${person}:1:${session}`),
    snapshots: await of(session => `r:${person}:1:${session}:${number(session)}`),
    toCoach: cardsTo(world.connector.shown, coach).map(({ activity }) => JSON.stringify(activity)),
    notice: await raw(`n:ready:${person}:1:${readyNo}:${coach}`),
  }
}

/** Whether the promise about this entry into ready is out of the store. */
export async function isSettled(
  world: World,
  { programme, person, coach }: Participant,
  readyNo = 1,
): Promise<boolean> {
  return (await world.raw(`p:${programme}`, `n:ready:${person}:1:${readyNo}:${coach}`)) === ''
}

/**
 * Waits until nothing is owed. On a busy machine a send may take longer than the bot waits for it: nobody knows then, and it
 * comes again after ten minutes, which go by at once here.
 */
export async function untilSettled(
  check: () => Promise<boolean>,
  bots: () => readonly BotProcess[] | Promise<readonly BotProcess[]>,
): Promise<void> {
  if (await waitFor(check, settledMs)) return
  for (const bot of await bots()) await bot.shift(11 * 60_000).catch(() => {})
  await waitFor(check, settledMs)
}

function explained({ presses, toCoach, notice, journey }: Evidence): string {
  const lines = presses.flatMap(press =>
    press.tries.map(each => {
      const heard = said(press, each)
      const words = [...each.body.matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text).join(' / ')
      const body = heard === 'done' ? '' : ` ${(words || each.body).slice(0, 300)}`
      return `  ${press.verb} ${press.session}/${press.question ?? ''}: ${heard} in ${Math.round(each.ms)} ms${body}`
    }),
  )
  // Of a long journey the end will do.
  const cards = toCoach.map(
    card => `  to the coach: ${card.includes('already') ? 'labelled' : 'unlabelled'} ${card.slice(0, 120)}`,
  )
  const facts = /"logs".*?"readyNo":\d+(,"readyAt":"[^"]+")?/.exec(journey)?.[0]
  return [...lines.slice(-12), ...cards, `  notice: ${notice || 'none'}`, `  journey: ${facts}`, ''].join('\n')
}
