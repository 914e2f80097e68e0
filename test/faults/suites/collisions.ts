/**
 * A message's id is the time in milliseconds, and unique in its chat alone: two people of one programme press, or type, at
 * the same moment under the same id. Both are to be stored. What the platform then delivers once more counts once.
 */
import type { Press } from '../oracle.ts'
import { type By, type Pressed, post, pressOf } from '../person.ts'
import { type Participant, prepareAll } from '../scene.ts'
import { inParallel, type Suite, someText } from '../suite.ts'
import { createTally } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

type Step = { readonly by: By; readonly what: (text: string) => Pressed }

const answered = (question: number, by: By): Step => {
  return { by, what: text => ({ verb: 'answer', session: 1, question, text }) }
}
const submitted = (by: By): Step => ({ by, what: () => ({ verb: 'submit', session: 2, snapshot: 0 }) })

/** In this order: a button's answer opens the question that a typed one answers. Each is a colliding pair. */
const steps = (no: number): readonly Step[] => [
  answered(1, 'execute'),
  answered(2, 'words'),
  answered(3, 'button'),
  submitted((['execute', 'button', 'words'] as const)[no % 3] ?? 'execute'),
]
const pairsEach = 4

export const collisions: Suite = {
  name: 'collisions',
  busy: true,
  async run({ engine, short, seeds, workers, broken, note }) {
    const tally = createTally(note)
    const world = await openWorld(engine, broken)
    try {
      const bots = await Promise.all([world.start(), world.start()])
      const couples = seeds ?? (short ? 100 : 1_000) / pairsEach
      let pairs = 0
      await inParallel(
        Array.from({ length: couples }, (_, index) => index + 1),
        workers,
        async no => {
          const people = await prepareAll(world, no, 'second', 2)
          const presses = people.map((): Press[] => [])
          for (const [at, { by, what }] of steps(no).entries()) {
            const id = String(1_700_000_000_000 + no * pairsEach + at)
            const told = await Promise.all(
              people.map((who, place) => {
                // Every other couple at one bot, the others at both.
                const bot = bots[no % 2 === 0 ? 0 : place]
                return post(world, bot?.url ?? '', who, what(textOf(no, place, at)), id, by)
              }),
            )
            for (const [place, one] of told.entries()) presses[place]?.push(pressOf(what(textOf(no, place, at)), [one]))
            pairs++
            // The same delivery once more, at the other bot; whatever is shown then.
            await Promise.all(
              people.map((who, place) => post(world, bots[1]?.url ?? '', who, what(textOf(no, place, at)), id, by)),
            )
          }
          for (const [place, who] of people.entries()) {
            await tally.add(`${who.name}, ${no % 2 === 0 ? 'one bot' : 'two bots'}`, world, who, presses[place] ?? [])
            tally.count('errors', await countedTwice(world, who), `${who.name} is counted twice`)
          }
        },
      )
      return { ...tally.result(), about: `${pairs} colliding pairs, each delivered twice` }
    } finally {
      await world.close()
    }
  },
  controls: { lost: 'nameless', errors: 'nameless' },
}

/** Each person's own. */
const textOf = (no: number, place: number, at: number) => someText((no * 2 + place) * pairsEach + at)

/** What a second delivery left behind: another version of an answer, an answer to another question, another snapshot. */
async function countedTwice(world: World, { programme, person }: Participant): Promise<number> {
  const log = await world.raw(`p:${programme}`, `l:${person}:1:1`)
  const answers = Object.entries(log ? (JSON.parse(log) as { answers: Record<string, { rev: number }> }).answers : {})
  const again = await world.raw(`p:${programme}`, `r:${person}:1:2:2`)
  return answers.filter(([question, { rev }]) => Number(question) > 3 || rev > 1).length + (again ? 1 : 0)
}
