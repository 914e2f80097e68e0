/** Small pieces that several cards share. */
import { readersOf } from '../../domain/access.ts'
import {
  type CoachingSession,
  type Journey,
  type LogFacts,
  logFacts,
  logState,
  type Pointer,
  pointers,
  type Round,
  roundOf,
} from '../../domain/journey.ts'
import { gaps, type LearningLog } from '../../domain/logs/log.ts'
import { questionSet } from '../../domain/logs/questions.ts'
import { namedCoaches, type Programme } from '../../domain/programme.ts'
import { momentText } from '../dates.ts'
import type { Button } from '../press.ts'
import type { Alert, Reader } from '../reader.ts'
import { list, say } from '../texts.ts'
import { dotted, fitting, type Line, lines, oneLine } from '../words.ts'
import { nameOf } from './picking.ts'

/** For the template's alert block: none or one. */
export function alerts(alert: Alert | undefined): readonly { style: Alert['tone']; text: string }[] {
  return alert ? [{ style: alert.tone, text: alert.text }] : []
}

/** A block that is there once or not at all. */
export function maybe<T>(there: boolean, item: T): readonly T[] {
  return there ? [item] : []
}

/** Buttons two in a row, so that none slides out of a narrow card. */
export function inRows(buttons: readonly Button[]): readonly { readonly buttons: readonly Button[] }[] {
  return buttons.flatMap((_button, index) => (index % 2 === 0 ? [{ buttons: buttons.slice(index, index + 2) }] : []))
}

/** "3. What did I plan …?" With a space that Markdown does not know, or clients make an indented list of it. */
export function numbered(no: number, question: string): string {
  return `${no}.\u00a0${question}`
}

/** "M.L. · Handing over the budget". People's words. */
export function sessionTitle(session: Pick<CoachingSession, 'coachee' | 'topic'>): string {
  return dotted(oneLine(session.coachee), oneLine(session.topic))
}

export function pointerName({ language }: Reader, pointer: Pointer | undefined): string {
  return say(language, `pointer.${pointer ?? 'unchosen'}`)
}

/** The programme's name; from the second round on with the round's number. */
export function programmeName({ language }: Reader, { name }: Programme, round: number): string {
  const programme = oneLine(name)
  return round > 1 ? say(language, 'home.round', { programme, round }) : programme
}

/** Who may read, by name, and how many they are; before consent it is everybody who coaches. */
export function readers(reader: Reader, programme: Programme, journey: Journey): { coaches: string; count: number } {
  const found = journey.consent ? readersOf(programme, journey) : namedCoaches(programme)
  return {
    coaches: list(
      reader.language,
      found.map(coach => nameOf(reader, coach.name)),
    ),
    count: found.length,
  }
}

/** A card names a round; that it is there was checked before the card was drawn. */
export function theRound(journey: Journey, no: number): Round {
  const round = roundOf(journey, no)
  if (!round) throw new Error(`Round ${no} is not in this journey.`)
  return round
}

export function sessionOf(round: Round, no: number | undefined): CoachingSession | undefined {
  return round.sessions.find(session => session.no === no)
}

/** The pointer that is not this one, when it names a session. */
export function otherChosen(round: Round, session: number): { pointer: Pointer; session: number } | undefined {
  const pointer = pointers.find(each => round[each] !== undefined && round[each] !== session)
  const other = pointer && round[pointer]
  return pointer && other !== undefined ? { pointer, session: other } : undefined
}

/** Where a log is on its way once it is submitted, in one sentence to its writer. */
export function stateText(reader: Reader, facts: LogFacts): string | undefined {
  const { language } = reader
  if (logState(facts) === 'published') return say(language, 'log.published')
  if (facts.openedAt) return say(language, 'log.opened', { date: momentText(reader, facts.openedAt) })
  if (facts.submittedAt) return say(language, 'log.submitted', { date: momentText(reader, facts.submittedAt) })
  return undefined
}

/** How far a log is that is not submitted, and who has seen it. */
export function draftText({ language }: Reader, editable: boolean, log: LearningLog, facts: LogFacts): string {
  const open = gaps(log)
  const { questions } = questionSet(log.questionSet)
  if (!editable) return say(language, 'review.notWritable')
  const text =
    open.length === 0
      ? say(language, 'review.draftComplete', { questions: questions.length })
      : say(language, 'review.draftGaps', { count: open.length, list: list(language, open.map(String)) })
  return say(language, facts.openedSnapshot === undefined ? 'review.onlyYou' : 'review.seenBefore', { text })
}

/** The most a reason may take of a card that carries more than the reason. */
const reasonUnits = 9000

/** The coach's reason for sending a log back, for the template: none or one. The reason is the coach's words. */
export function sentBack(
  reader: Reader,
  round: Round,
  session: number,
): readonly { said: string; lines: readonly Line[] }[] {
  const facts = logFacts(round, session)
  if (!facts.sentBack || logState(facts) !== 'draft') return []
  const said = say(reader.language, 'log.sentBack', { date: momentText(reader, facts.sentBack.at) })
  return [{ said, lines: lines(fitting(facts.sentBack.reason, reasonUnits)) }]
}
