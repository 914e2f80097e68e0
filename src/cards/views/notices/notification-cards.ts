/** What a participant is told by letter: somebody asks how it is going, and that the round is complete. */
import { currentRound, type Journey } from '../../../domain/journey.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Instant } from '../../../domain/values.ts'
import { momentText } from '../../dates.ts'
import { press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { timeText } from '../home/home-logs.ts'
import { primaryButton, stepTexts } from '../home/home-step.ts'
import { nextStep } from '../home/next-step.ts'
import { maybe, programmeName, theRound } from '../parts.ts'
import { nameOf } from '../picking.ts'

type Told = { readonly programme: Programme; readonly journey: Journey; readonly mayBeRepeat: boolean }

/** Says who asks, and what the next step is, with its button. */
export function nudgeCard(reader: Reader, input: Told & { readonly now: Instant }): RenderedCard {
  const { programme, journey, mayBeRepeat, now } = input
  const { language } = reader
  const round = currentRound(journey)
  const by = [...programme.coaches, ...programme.leaders].find(each => each.person === journey.nudgedBy)
  const step = nextStep(journey, programme)
  const { heading, why, session } = stepTexts(reader, round, step, questionSet(programme.questionSet).questions.length)
  return render('nudge', reader, {
    programme: programmeName(reader, programme, round.no),
    from: say(language, 'nudge.from', { name: by ? nameOf(reader, by.name) : say(language, 'nudge.somebody') }),
    time: timeText(reader, { programme, journey, now }, round),
    ...{ step: heading, session, why },
    primary: primaryButton(reader, journey, step),
    home: press('home', { programme: programme.programme }),
    notes: maybe(mayBeRepeat, say(language, 'ready.repeat')),
  })
}

/** The coach has closed the round: its writer has graduated. */
export function reviewedCard(reader: Reader, input: Told & { readonly round: number }): RenderedCard {
  const { programme, journey, mayBeRepeat } = input
  const round = theRound(journey, input.round)
  const date = round.reviewedAt ? momentText(reader, round.reviewedAt, 'short') : ''
  return render('reviewed', reader, {
    programme: programmeName(reader, programme, round.no),
    said: say(reader.language, 'reviewed.said', { date }),
    home: press('home', { programme: programme.programme }),
    notes: maybe(mayBeRepeat, say(reader.language, 'ready.repeat')),
  })
}
