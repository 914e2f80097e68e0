/**
 * Both logs of a round, a question at a time: two columns where the client has room for them, one below the other elsewhere.
 * Each log has the questions it was written with: over both answers where they are the same, over its own where not.
 */
import type { CoachingSession, Journey, Pointer } from '../../../domain/journey.ts'
import type { Snapshot } from '../../../domain/logs/log-states.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { Programme } from '../../../domain/programme.ts'
import { pageOf, pageUnits } from '../../paging.ts'
import { button, press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { lines, sizeOf } from '../../words.ts'
import { pageTurns } from '../answers.ts'
import { maybe, numbered, pointerName, sessionTitle } from '../parts.ts'
import { nameOf } from '../picking.ts'
import { readButton, submittedText } from './coach-logs.ts'

type CompareInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly round: number
  readonly logs: readonly {
    readonly pointer: Pointer
    readonly session: CoachingSession
    readonly snapshot: Snapshot
  }[]
  readonly page: number
}

/** What the template puts around one question with both its answers, and around each of their lines. */
const itemUnits = 900
const lineUnits = 110

/** Names of the two places in the template's grid. */
const areas = ['first', 'second'] as const

export function compareCard(
  reader: Reader,
  { programme, journey, round, logs, page: wanted }: CompareInput,
): RenderedCard {
  const { language } = reader
  const sets = logs.map(({ snapshot }) => questionSet(snapshot.questionSet))
  const same = sets.every(set => set === sets[0])
  const asked = (side: number, index: number) =>
    (sets[side]?.questions ?? []).slice(index, index + 1).map(question => numbered(index + 1, question[language]))
  const most = Math.max(0, ...sets.map(({ questions }) => questions.length))
  const all = Array.from({ length: most }, (_, index) => ({
    question: same ? asked(0, index) : [],
    sides: logs.flatMap(({ pointer, snapshot }, side) =>
      asked(side, index).map(own => ({
        pointer: pointerName(reader, pointer),
        area: areas[side] ?? '',
        question: maybe(!same, own),
        lines: lines(snapshot.answers[index + 1]?.text ?? ''),
      })),
    ),
  }))
  const taken = (item: (typeof all)[number]) =>
    sizeOf(item) + itemUnits + item.sides.reduce((sum, side) => sum + side.lines.length * lineUnits, 0)
  const { items, page, pages } = pageOf(all, taken, wanted, pageUnits)
  const at = { programme: programme.programme, person: journey.person, round }
  return render('compare', reader, {
    name: nameOf(reader, journey.name),
    logs: logs.map(({ pointer, snapshot }) => ({
      pointer: pointerName(reader, pointer),
      session: sessionTitle(snapshot),
      submitted: submittedText(reader, snapshot),
    })),
    page: maybe(pages > 1, { text: say(language, 'compare.page', { page, pages }) }),
    items,
    turns: pageTurns(reader, page, pages, turned => button('readBoth', '', { ...at, page: turned })),
    singles: logs.map(({ pointer, session }) => readButton(reader, journey, round, session.no, pointer, 'reading')),
    coachHome: press('coachHome', { programme: programme.programme }),
  })
}
