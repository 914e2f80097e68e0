/** The next step on the home card, in words and buttons. */
import { currentRound, heldSessions, isReady, type Journey, liveSessions, type Round } from '../../../domain/journey.ts'
import type { Programme } from '../../../domain/programme.ts'
import { never } from '../../../domain/values.ts'
import { type Button, button } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { say } from '../../texts.ts'
import { maybe, sessionOf, sessionTitle } from '../parts.ts'
import { type NextStep, offersOneLog } from './next-step.ts'

type StepTexts = { readonly heading: string; readonly why: string; readonly session: readonly string[] }

export function stepTexts({ language }: Reader, round: Round, step: NextStep, questions: number): StepTexts {
  const session = sessionOf(round, 'session' in step ? step.session : undefined)
  const pointer = 'pointer' in step ? say(language, `pointer.${step.pointer}`) : ''
  const answered = 'answered' in step ? step.answered : 0
  return {
    heading: say(language, `home.step.${step.kind}`, { pointer }),
    why: say(language, `home.step.${step.kind}Why`, { questions, answered }),
    session: session ? [sessionTitle(session)] : [],
  }
}

/** The one primary button, or none when there is nothing to do. */
export function primaryButton({ language }: Reader, journey: Journey, step: NextStep): readonly Button[] {
  const { programme } = journey
  const { no: round } = currentRound(journey)
  switch (step.kind) {
    case 'planFirst':
    case 'planMore':
      return [button('planForm', say(language, `home.step.${step.kind}Do`), { programme })]
    case 'record':
      return [button('recordForm', say(language, 'home.step.recordDo'), { programme, session: step.session })]
    case 'choose':
      return [button('chooseForm', say(language, 'home.step.chooseDo'), { programme })]
    case 'oneLog':
      return [button('oneLog', say(language, 'home.step.oneLogDo'), { programme })]
    case 'submit':
    case 'revise': {
      const { session } = step
      return [button('review', say(language, `home.step.${step.kind}Do`), { programme, round, session, page: 1 })]
    }
    case 'begin':
    case 'continue':
      return [
        button('question', say(language, `home.step.${step.kind}Do`), { programme, round, session: step.session }),
      ]
    case 'wait':
    case 'done':
    case 'resting':
      return []
    default:
      return never(step)
  }
}

/** What else fits now. The primary button is not offered twice. */
export function otherButtons(
  { language }: Reader,
  programme: Programme,
  journey: Journey,
  step: NextStep,
  open: boolean,
): readonly Button[] {
  const round = currentRound(journey)
  const id = programme.programme
  const plans = step.kind === 'planFirst' || step.kind === 'planMore'
  const mayPlan = open && !isReady(round) && liveSessions(round).length < programme.maxSessions
  const mayChoose = open && heldSessions(round).length > 0 && !isReady(round)
  return [
    ...maybe(
      offersOneLog(round) && open && step.kind !== 'oneLog',
      button('oneLog', say(language, 'home.oneLog'), { programme: id }),
    ),
    ...maybe(
      mayChoose && step.kind !== 'choose',
      button('chooseForm', say(language, 'home.choose'), { programme: id }),
    ),
    ...maybe(mayPlan && !plans, button('planForm', say(language, 'home.plan'), { programme: id })),
  ]
}
