/** Gathers the evidence of a run, has it judged, and adds the verdicts up. */
import { type Evidence, type Figure, figures, judge, type Press, said, type Verdict } from './oracle.ts'
import { chatOf, type Participant } from './scene.ts'
import type { World } from './world.ts'

export type Tally = {
  readonly runs: number
  readonly broken: Readonly<Record<Figure, number>>
  /** Copies that said they might be some. */
  readonly repeats: number
  readonly worstMs: number
}

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
      broken[figure] += times
      if (times > 0) note(`${what}: ${figure}`)
    },
    result: (): Tally => ({ runs, broken, repeats, worstMs }),
  }
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
    toCoach: world.connector.shown
      .filter(({ path }) => path.includes(chatOf(coach)))
      .map(({ activity }) => JSON.stringify(activity)),
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

function explained({ presses, toCoach, notice, journey }: Evidence): string {
  const lines = presses.flatMap(press =>
    press.tries.map(each => {
      const heard = said(press, each)
      const body = heard === 'done' ? '' : ` ${each.body.slice(0, 300)}`
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
