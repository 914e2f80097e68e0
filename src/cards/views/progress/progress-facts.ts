/** One person's counts and dates, each as a fact: for their coach and for their team leader. No word anybody wrote. */
import { today } from '../../../domain/calendar.ts'
import { type Pointer, pointers } from '../../../domain/journey.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { LogProgress, Progress } from '../../../domain/progress/progress.ts'
import type { Instant } from '../../../domain/values.ts'
import { daysLeft, firstRound, type RoundTimes, windowOf } from '../../../domain/window.ts'
import { dayText, momentText } from '../../dates.ts'
import type { Reader } from '../../reader.ts'
import { say } from '../../texts.ts'
import { pointerName } from '../parts.ts'

export type Fact = { readonly title: string; readonly value: string }

/** How much time is left in a round; absent: in the first one, for everybody who was given no days of their own. */
export function timeLeft(
  { language }: Reader,
  programme: Programme,
  now: Instant,
  round: RoundTimes = firstRound,
): string {
  const days = daysLeft(programme, today(now, programme.zone), round)
  const last = dayText(language, windowOf(programme, round).last)
  return days < 0
    ? say(language, 'progress.daysOver', { weeks: programme.weeks, last })
    : say(language, 'home.daysLeft', { days, last })
}

/** Of somebody who takes part. */
export function progressFacts(reader: Reader, programme: Programme, progress: Progress): readonly Fact[] {
  const { language } = reader
  const { consentedAt, held, planned, lastHeldOn, readyAt, reviewedAt } = progress
  const moment = (instant: Instant | undefined) => (instant ? momentText(reader, instant) : undefined)
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say(language, 'progressOne.joined'), consentedAt && momentText(reader, consentedAt, 'short')],
    [say(language, 'progressOne.sessions'), say(language, 'progressOne.sessionsValue', { held, planned })],
    [say(language, 'progressOne.lastHeld'), lastHeldOn && dayText(language, lastHeldOn)],
    ...pointers.map(pointer => [pointerName(reader, pointer), logText(reader, programme, progress, pointer)] as const),
    [say(language, 'progressOne.ready'), moment(readyAt)],
    [say(language, 'progressOne.reviewed'), moment(reviewedAt)],
  ]
  return facts.flatMap(([title, value]) => (value ? [{ title, value }] : []))
}

function logText(reader: Reader, programme: Programme, { logs }: Progress, pointer: Pointer): string {
  const { language } = reader
  const log: LogProgress | undefined = logs[pointer]
  if (!log) return say(language, 'progressOne.notChosen')
  const questions = questionSet(programme.questionSet).questions.length
  if (!log.submittedAt) return say(language, 'progressOne.writing', { answered: log.answered, questions })
  const date = momentText(reader, log.submittedAt, 'short')
  if (!log.openedAt) return say(language, 'progressOne.submitted', { date })
  return say(language, 'progressOne.opened', { date, opened: momentText(reader, log.openedAt, 'short') })
}

/** Of everybody, while all are in their first round; after that each has a window of their own. */
export function timeLeftForAll(
  reader: Reader,
  programme: Programme,
  now: Instant,
  people: readonly Pick<Progress, 'round'>[],
): readonly { readonly text: string }[] {
  return people.every(({ round }) => round === firstRound.no) ? [{ text: timeLeft(reader, programme, now) }] : []
}
