/** A pasted log: it fills the questions that are still empty, after a look at what it would fill. */
import type { ActionData } from '../../cards/actions.ts'
import { list, say } from '../../cards/texts.ts'
import { pastedCard } from '../../cards/views/logs/answer-conflicts.ts'
import { reviewCard } from '../../cards/views/logs/reflecting.ts'
import type { Journey } from '../../domain/journey.ts'
import { answeredCount, fill, writable } from '../../domain/logs/log.ts'
import { commitDecision } from '../turn/commit-decision.ts'
import { journeyIn, loadOwnJourney, type OwnJourney } from '../turn/own-journey.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'
import { count, put, refusedAfterAll, returnText } from './log-saving.ts'
import { pastedAnswers, pastedLines } from './pasted.ts'
import { about, myLog, type Place } from './reflecting.ts'

/**
 * Offers to fill the questions of a pasted log; `question` is the open one, when there is one. Undefined where the text is
 * no list of answers to the questions of the log under way.
 */
export async function offerToFill(
  context: TurnContext,
  owner: OwnJourney,
  place: Place,
  pasted: string,
  question?: number,
): Promise<Outcome | undefined> {
  const lines = pastedLines(pasted)
  if (!lines) return undefined
  const found = await myLog(context, place)
  if (!found) return denied(context)
  const { log } = found
  const { doc } = owner.journey
  const answers = pastedAnswers(lines, log.questionSet)
  if (answers.size === 0) return undefined
  const decided = fill(log, answers, context.now)
  if (decided.refused) return returnText(context, owner, decided, pasted)
  const { filled, kept } = decided
  return showCard(pastedCard(reader(context), { ...about(doc, place), log, pasted, filled, kept, question }))
}

/** Fills what is still empty from a pasted text, and says what was filled and what stayed. */
export function fillFromPaste(context: TurnContext, data: ActionData<'fill'>): Promise<Outcome> {
  const lines = pastedLines(data.pasted) ?? []
  return commitDecision(context, data.programme, async () => {
    const found = await myLog(context, data)
    if (!found) return denied(context)
    const decided = fill(found.log, pastedAnswers(lines, found.log.questionSet), context.now)
    if (decided.refused) return refusedAfterAll(context, data, data.pasted, decided)
    const { log, filled, kept } = decided
    const draw = async (journey: Journey) => {
      const { language } = reader(context)
      const named = (questions: readonly number[]) => list(language, questions.map(String))
      const text = say(language, 'fill.done', {
        count: filled.length,
        filled: named(filled),
        keptCount: kept.length,
        kept: named(kept),
      })
      const card = { ...about(journey, data), journey, log, page: 1, alert: { tone: 'good', text } as const }
      return reviewCard(reader(context), card)
    }
    if (filled.length === 0) {
      const owner = await loadOwnJourney(context, data.programme)
      const no = owner ? writable(owner.journey.doc, data.round, data.session) : undefined
      if (!owner || no) return refusedAfterAll(context, data, data.pasted, no)
      return showCard(await draw(owner.journey.doc))
    }
    return {
      writes: [put(log, found), count(context, data, { value: answeredCount(log) }, undefined)],
      card: docs => draw(journeyIn(docs).doc),
      otherwise: () => refusedAfterAll(context, data, data.pasted),
    }
  })
}
