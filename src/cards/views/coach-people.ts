/** One participant's row on the coach's overview: counts and dates, never a word. */
import { type Pointer, pointers, type Stage } from '../../domain/journey.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Progress } from '../../domain/progress.ts'
import { questionSet } from '../../domain/questions.ts'
import type { PersonId } from '../../domain/values.ts'
import { momentText } from '../dates.ts'
import { type Button, button } from '../press.ts'
import type { Reader } from '../reader.ts'
import { say } from '../texts.ts'
import { dotted } from '../words.ts'
import { maybe, pointerName } from './parts.ts'

/** Somebody whose logs may be read now. */
export type Readable = {
  readonly person: PersonId
  readonly name: string
  readonly round: number
  readonly logs: readonly { readonly session: number; readonly pointer: Pointer; readonly opened: boolean }[]
}

const order: readonly Stage[] = ['ready', 'inReview', 'reflecting', 'choosing', 'planning', 'reviewed']

/** Ready ones first, then those on their way, the furthest first. */
export function rank(person: Progress): number {
  return person.consentedAt ? order.indexOf(person.stage) : order.length
}

export function personRow(
  reader: Reader,
  programme: Programme,
  person: Progress,
  readable: Readable | undefined,
): object {
  const { language } = reader
  const questions = questionSet(programme.questionSet).questions.length
  const stage = say(language, person.consentedAt ? `stage.${person.stage}` : 'stage.invited')
  const since = person.stage === 'ready' && person.readyAt ? momentText(reader, person.readyAt, 'short') : undefined
  const sessions =
    person.planned > 0 ? say(language, 'coachHome.sessions', { held: person.held, planned: person.planned }) : undefined
  const logs = pointers.flatMap(pointer => {
    const log = person.logs[pointer]
    if (!log || person.stage === 'reviewed') return []
    const name = pointerName(reader, pointer)
    if (!log.submittedAt) return [say(language, 'coachHome.log', { pointer: name, answered: log.answered, questions })]
    return [say(language, 'coachHome.logIn', { pointer: name, date: momentText(reader, log.submittedAt, 'short') })]
  })
  return {
    name: person.name,
    stage: dotted(stage, since && say(language, 'coachHome.readySince', { date: since })),
    ready: person.stage === 'ready',
    facts: maybe(!!person.consentedAt && (sessions !== undefined || logs.length > 0), {
      text: dotted(sessions, ...logs),
    }),
    actions: maybe(!!readable, { buttons: readable ? readButtons(reader, programme, readable) : [] }),
  }
}

function readButtons({ language }: Reader, programme: Programme, { person, round, logs }: Readable): readonly Button[] {
  return logs.map(({ session, pointer }) => {
    const title = say(language, pointer === 'best' ? 'coachHome.readBest' : 'coachHome.readMostChallenging')
    return button('read', title, { programme: programme.programme, person, round, session, page: 1 })
  })
}
