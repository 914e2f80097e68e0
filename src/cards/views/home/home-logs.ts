/** The two logs on the home card, how much time is left, and what the coach can see. */
import { today } from '../../../domain/calendar.ts'
import { isReady, type Journey, logFacts, logState, type Pointer, type Round } from '../../../domain/journey.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Instant } from '../../../domain/values.ts'
import { daysLeft, windowOf } from '../../../domain/window.ts'
import { dayText, momentText } from '../../dates.ts'
import { button } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { say } from '../../texts.ts'
import { noReaderText } from '../membership/new-coach.ts'
import { maybe, pointerName, readers, sentBack, sessionOf, sessionTitle, stateText } from '../parts.ts'
import { offersOneLog } from './next-step.ts'

type Whose = { readonly programme: Programme; readonly journey: Journey; readonly now: Instant }

export function timeText(
  reader: Reader,
  { programme, journey, now }: Whose,
  round: Round,
): readonly { text: string }[] {
  const { language } = reader
  if (round.reviewedAt) {
    return [{ text: say(language, 'home.reviewedOn', { date: momentText(reader, round.reviewedAt, 'short') }) }]
  }
  if (!journey.active || isReady(round)) return []
  const days = daysLeft(programme, today(now, programme.zone), round)
  const last = dayText(language, windowOf(programme, round).last)
  const key = days < 0 ? 'home.daysOver' : 'home.daysLeft'
  return [{ text: say(language, key, { days, last, weeks: programme.weeks }) }]
}

export function logRow(
  reader: Reader,
  journey: Journey,
  round: Round,
  pointer: Pointer,
  questions: number,
  open: boolean,
): object {
  const { language } = reader
  const session = sessionOf(round, round[pointer])
  if (!session) {
    const state = round.oneLog ? say(language, 'home.oneLogSent') : say(language, 'home.noLog')
    return { pointer: pointerName(reader, pointer), title: [], state, bar: [], buttons: [], sentBack: [] }
  }
  const facts = logFacts(round, session.no)
  const draft = logState(facts) === 'draft'
  const { answered } = facts
  const at = { programme: journey.programme, round: round.no, session: session.no }
  const writing =
    answered < questions
      ? say(language, 'home.logDraft', { answered, questions })
      : say(language, 'home.logComplete', { questions })
  return {
    pointer: pointerName(reader, pointer),
    title: [sessionTitle(session)],
    state: stateText(reader, facts) ?? writing,
    bar: maybe(draft && answered > 0, { value: answered, max: questions }),
    buttons: [
      draft && open && answered < questions
        ? button('question', say(language, 'home.open'), at)
        : button('review', say(language, 'home.read'), { ...at, page: 1 }),
    ],
    sentBack: sentBack(reader, round, session.no),
  }
}

/** What the coach can see now, said truthfully. */
export function coachTexts(
  reader: Reader,
  { programme, journey, now, coachReached }: Whose & { readonly coachReached?: boolean },
  round: Round,
): readonly string[] {
  const { language } = reader
  if (round.reviewedAt || !journey.active) return []
  const nobody = noReaderText(reader, { programme, journey })
  if (!isReady(round)) {
    const offer = offersOneLog(round) ? [say(language, 'home.oneLogOffer')] : []
    const opened = Object.values(round.logs).some(facts => facts.openedSnapshot !== undefined)
    const sees = say(language, opened ? 'home.coachKeepsOpened' : 'home.coachSeesNothing')
    return [...offer, nobody ?? sees]
  }
  if (nobody) return [nobody]
  const date = momentText(reader, round.readyAt ?? now)
  if (coachReached === false) return [say(language, 'home.coachNotReached')]
  return [say(language, 'home.coachReady', { date, ...readers(reader, programme, journey) })]
}
