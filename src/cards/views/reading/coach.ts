/** The master coach's cards: somebody is ready, and one log to read. */
import { readableSnapshot } from '../../../domain/access.ts'
import {
  type CoachingSession,
  isReady,
  type Journey,
  type Pointer,
  pointerOf,
  pointers,
  roundOf,
} from '../../../domain/journey.ts'
import type { Snapshot } from '../../../domain/logs/log-states.ts'
import type { Programme } from '../../../domain/programme.ts'
import { momentText } from '../../dates.ts'
import { type Button, button, press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { oneLine } from '../../words.ts'
import { answerPage, pageTurns } from '../answers.ts'
import { maybe, pointerName, sessionOf, sessionTitle, theRound } from '../parts.ts'
import { nameOf } from '../picking.ts'
import { bothButton, readButton, submittedText } from './coach-logs.ts'

type ReadyInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly round: number
  readonly mayBeRepeat: boolean
}

/** Reads well when it is seen twice, and when the logs were taken back before it is seen. */
export function readyCard(reader: Reader, input: ReadyInput): RenderedCard {
  const { programme, journey, mayBeRepeat } = input
  const { language } = reader
  const round = theRound(journey, input.round)
  const name = nameOf(reader, journey.name)
  const ready = isReady(round)
  const updated = round.readyNo > 1
  const heading = !ready ? 'ready.headingNotReady' : updated ? 'ready.headingUpdated' : 'ready.heading'
  const date = round.readyAt ? momentText(reader, round.readyAt) : ''
  const logs = pointers.flatMap(pointer => {
    const session = sessionOf(round, round[pointer])
    return ready && session ? [{ pointer, session }] : []
  })
  const texts = ready
    ? [
        ...maybe(updated, say(language, 'ready.updated')),
        say(language, round.oneLog ? 'ready.oneIn' : 'ready.bothIn', { name, date }),
      ]
    : [say(language, 'ready.notReady')]
  return render(
    'ready',
    reader,
    {
      programme: oneLine(programme.name),
      heading: say(language, heading, { name }),
      texts,
      logs: logs.map(({ pointer, session }, index) => ({
        pointer: pointerName(reader, pointer),
        session: sessionTitle(session),
        button: readButton(reader, journey, round.no, session.no, pointer, 'ready'),
        style: index === 0 ? 'positive' : null,
      })),
      notes: [
        ...maybe(ready, say(language, 'ready.opening', { name })),
        ...maybe(mayBeRepeat, say(language, 'ready.repeat')),
      ],
      both: maybe(ready, bothButton(reader, journey, round.no)).flat(),
      coachHome: press('coachHome', { programme: programme.programme }),
    },
    updated ? { summary: 'ready.summaryUpdated' } : {},
  )
}

type ReadingInput = {
  readonly programme: Programme
  readonly journey: Journey
  readonly snapshot: Snapshot
  readonly session: CoachingSession
  readonly pointer: Pointer | undefined
  readonly page: number
}

export function readingCard(reader: Reader, input: ReadingInput): RenderedCard {
  const { programme, journey, snapshot, session, pointer } = input
  const { language } = reader
  const others = [
    ...otherLogs(reader, journey, snapshot.round, session.no),
    ...bothButton(reader, journey, snapshot.round),
  ]
  const { items, page, pages } = answerPage(reader, snapshot, input.page)
  const at = { programme: programme.programme, person: journey.person, round: snapshot.round, session: session.no }
  return render('reading', reader, {
    name: nameOf(reader, journey.name),
    heading: pointerName(reader, pointer),
    session: sessionTitle(snapshot),
    submitted: submittedText(reader, snapshot),
    items: items.map(({ question, lines }) => ({ question, lines })),
    page: maybe(pages > 1, { text: say(language, 'reading.page', { page, pages }) }),
    turns: pageTurns(reader, page, pages, turned => button('read', '', { ...at, page: turned })),
    others,
    coachHome: press('coachHome', { programme: programme.programme }),
  })
}

/** The participant's other log, when it may be read too. */
function otherLogs(reader: Reader, journey: Journey, no: number, session: number): readonly Button[] {
  const round = roundOf(journey, no)
  return (round?.sessions ?? []).flatMap(each => {
    const pointer = round && pointerOf(round, each.no)
    const readable = pointer && each.no !== session && readableSnapshot(journey, { round: no, session: each.no })
    return readable ? [readButton(reader, journey, no, each.no, pointer, 'reading')] : []
  })
}
