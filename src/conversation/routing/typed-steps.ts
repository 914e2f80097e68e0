/** Every step as a typed line: reads the words and runs what the button of that step runs. */
import { say } from '../../cards/texts.ts'
import { today } from '../../domain/calendar.ts'
import { currentRound, type Journey, liveSessions, logFacts, logState, pointers } from '../../domain/journey.ts'
import { gaps } from '../../domain/logs/log.ts'
import { readDay } from '../../domain/sessions/typed-days.ts'
import { asParticipant, homeOf } from '../home/participant-home.ts'
import { saveAnswer } from '../logs/answering.ts'
import { logIn, openQuestion, type Place, showAll, showQuestion, underWay } from '../logs/reflecting.ts'
import { reviewMine, submitLog, withdrawLog } from '../logs/submitting.ts'
import {
  cancelSession,
  chooseThem,
  planForm,
  planSession,
  recordForm,
  recordSession,
  sendOneLog,
} from '../sessions/planning.ts'
import { type OwnJourney, programmeAs } from '../turn/own-journey.ts'
import { digest, type Outcome, reader, showCard, type TurnContext, zoneNow } from '../turn/turn-context.ts'
import { choiceIn, numberIn, partsOf, pointerIn } from './words.ts'

type Run = (mine: OwnJourney) => Promise<Outcome>

const mineTyped = (context: TurnContext, run: Run) => asParticipant(context, programmeAs(context, 'participant'), run)

/** "plan M.L.; handing over the budget; one task; 30 November". */
export function planTyped(context: TurnContext, rest: string, session?: number): Promise<Outcome> {
  return mineTyped(context, ({ programme }) => {
    const [coachee = '', topic = '', goal = '', when = ''] = partsOf(rest)
    const plannedFor = when && (readDay(when, today(context.now, zoneNow(context, programme))) ?? when)
    // The same line twice is one session: a repeat of the platform's comes under an id of its own.
    const form = digest(`typed plan ${rest}`)
    return planSession(context, { programme: programme.programme, form, session, coachee, topic, goal, plannedFor })
  })
}

/** "edit 1; M.L.; another topic; goal; day", or "edit 1" for the form. */
export function editTyped(context: TurnContext, rest: string): Promise<Outcome> {
  const [first = '', ...others] = partsOf(rest)
  const no = numberIn(first)
  if (no === undefined)
    return mineTyped(context, async mine => showCard(await homeOf(context, mine, how(context, mine, 'typing.planHow'))))
  return others.length > 0
    ? planTyped(context, others.join(';'), no)
    : planForm(context, programmeAs(context, 'participant'), no)
}

/** "record 1; yesterday; 4; we took our time"; the number may be left out while one session waits. */
export function recordTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const { programme, journey } = mine
    const parts = partsOf(rest)
    const waiting = liveSessions(currentRound(journey.doc)).filter(session => !session.heldOn)
    const named = numberIn(parts[0] ?? '')
    const session = named ?? (waiting.length === 1 ? waiting[0]?.no : undefined)
    if (session === undefined) return showCard(await homeOf(context, mine, how(context, mine, 'typing.recordHow')))
    const [day = '', rating = '', ...line] = named === undefined ? parts : parts.slice(1)
    const id = programme.programme
    if (!day) return recordForm(context, id, session)
    const heldOn = readDay(day, today(context.now, zoneNow(context, programme))) ?? day
    return recordSession(context, { programme: id, session, heldOn, rating, line: line.join('; ') })
  })
}

export function cancelTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const session = numberIn(rest)
    if (session === undefined) return showCard(await homeOf(context, mine))
    return cancelSession(context, { programme: mine.programme.programme, session })
  })
}

/** "choose best 1, challenging 2", or just "choose 1 2". */
export function chooseTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const choice = choiceIn(rest)
    if (!choice) return showCard(await homeOf(context, mine, how(context, mine, 'typing.chooseHow')))
    return chooseThem(context, { programme: mine.programme.programme, ...choice, begin: false })
  })
}

/** Best becomes Most Challenging and the other way round; no answer moves. */
export function swapTyped(context: TurnContext): Promise<Outcome> {
  return mineTyped(context, ({ programme, journey }) => {
    const { best, mostChallenging } = currentRound(journey.doc)
    const choice = { best: String(mostChallenging ?? ''), mostChallenging: String(best ?? '') }
    return chooseThem(context, { programme: programme.programme, ...choice, begin: false })
  })
}

export function oneLogTyped(context: TurnContext): Promise<Outcome> {
  return mineTyped(context, ({ programme }) => sendOneLog(context, { programme: programme.programme }))
}

export function continueTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return atLog(context, rest, place => showQuestion(context, place))
}

export function questionTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return atLog(context, '', place => showQuestion(context, { ...place, question: numberIn(rest) }))
}

export function allTyped(context: TurnContext): Promise<Outcome> {
  return atLog(context, '', place => showAll(context, place))
}

/** Back or later, as the open question's buttons do; without one there is nowhere to go from. */
export function goTyped(context: TurnContext, go: 'back' | 'later'): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const open = openQuestion(mine.journey.doc, context.now)
    if (!open) return showCard(await homeOf(context, mine))
    const place = { programme: mine.programme.programme, round: open.round, session: open.session }
    return saveAnswer(context, { ...place, question: open.question, rev: 0, go, how: 'replace', answer: '' })
  })
}

export function reviewTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const place =
      named(mine.journey.doc, rest) ?? underWay(mine.journey.doc, context.now) ?? firstChosen(mine.journey.doc)
    return place ? reviewMine(context, { ...place, page: 1 }) : showCard(await homeOf(context, mine))
  })
}

/** Without a name: the one chosen log that is complete and not in yet; what is missing is named when none is. */
export function submitTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const { doc } = mine.journey
    const round = currentRound(doc)
    const drafts = chosen(doc).filter(({ session }) => logState(logFacts(round, session)) === 'draft')
    const place = named(doc, rest) ?? (await firstComplete(context, mine, drafts)) ?? drafts[0]
    return place
      ? submitLog(context, place)
      : showCard(await homeOf(context, mine, how(context, mine, 'general.nothingToSubmit')))
  })
}

async function firstComplete(
  context: TurnContext,
  { programme }: OwnJourney,
  places: readonly Place[],
): Promise<Place | undefined> {
  for (const place of places) if (gaps((await logIn(context, programme, place)).log).length === 0) return place
  return undefined
}

/** Without a name: the submitted log that no coach has opened. */
export function withdrawTyped(context: TurnContext, rest: string): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const { doc } = mine.journey
    const submitted = chosen(doc).find(({ session }) => logState(logFacts(currentRound(doc), session)) === 'submitted')
    const place = named(doc, rest) ?? submitted
    return place
      ? withdrawLog(context, place)
      : showCard(await homeOf(context, mine, how(context, mine, 'general.nothingToWithdraw')))
  })
}

function atLog(context: TurnContext, rest: string, run: (place: Place) => Promise<Outcome>): Promise<Outcome> {
  return mineTyped(context, async mine => {
    const place = named(mine.journey.doc, rest) ?? underWay(mine.journey.doc, context.now)
    return place ? run(place) : showCard(await homeOf(context, mine))
  })
}

/** The log that "best" or "challenging" names. */
function named(journey: Journey, rest: string): Place | undefined {
  const pointer = pointerIn(rest)
  const round = currentRound(journey)
  const session = pointer && round[pointer]
  return session === undefined ? undefined : { programme: journey.programme, round: round.no, session }
}

function chosen(journey: Journey): Place[] {
  const round = currentRound(journey)
  const place = { programme: journey.programme, round: round.no }
  return pointers.flatMap(pointer => {
    const session = round[pointer]
    return session === undefined ? [] : [{ ...place, session }]
  })
}

function firstChosen(journey: Journey): Place | undefined {
  return chosen(journey)[0]
}

type How =
  | 'typing.planHow'
  | 'typing.recordHow'
  | 'typing.chooseHow'
  | 'general.nothingToSubmit'
  | 'general.nothingToWithdraw'

function how(context: TurnContext, { programme }: OwnJourney, key: How) {
  return { tone: 'attention', text: say(reader(context, programme).language, key) } as const
}
