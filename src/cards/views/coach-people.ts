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
import { dotted, oneLine } from '../words.ts'
import { maybe, pointerName } from './parts.ts'

/** Somebody whose logs may be read now. */
export type Readable = {
  readonly person: PersonId
  readonly name: string
  readonly round: number
  readonly logs: readonly { readonly session: number; readonly pointer: Pointer; readonly opened: boolean }[]
}

const order: readonly Stage[] = ['ready', 'inReview', 'reflecting', 'choosing', 'planning', 'reviewed']

/** A row with buttons counts twice: each button carries its data for both kinds of press. */
export const peopleOnPage = 16

export function weight({ person }: Progress, ready: readonly Readable[]): number {
  return ready.some(each => each.person === person) ? 2 : 1
}

/** Ready ones first and of these who has waited longest, then the furthest. */
export function inOrder(people: readonly Progress[]): readonly Progress[] {
  return people.toSorted(
    (a, b) => rank(a) - rank(b) || since(a).localeCompare(since(b)) || a.name.localeCompare(b.name),
  )
}

function since(person: Progress): string {
  return person.stage === 'ready' ? (person.readyAt ?? '') : ''
}

function rank(person: Progress): number {
  return person.consentedAt ? order.indexOf(person.stage) : order.length
}

export function personRow(
  reader: Reader,
  programme: Programme,
  person: Progress,
  readable: Readable | undefined,
): object {
  const { language } = reader
  const { held, planned } = person
  const facts = person.consentedAt
    ? dotted(
        planned > 0 ? say(language, 'coachHome.sessions', { held, planned }) : '',
        ...logTexts(reader, programme, person),
      )
    : ''
  return {
    name: oneLine(person.name),
    stage: stageText(reader, person),
    facts: maybe(facts !== '', { text: facts }),
    actions: maybe(!!readable, { buttons: readable ? readButtons(reader, programme, readable) : [] }),
  }
}

function stageText(reader: Reader, { consentedAt, stage, readyAt }: Progress): string {
  const { language } = reader
  if (!consentedAt) return say(language, 'stage.invited')
  const said = say(language, `stage.${stage}`)
  if (stage !== 'ready' || !readyAt) return said
  return say(language, 'coachHome.readySince', { stage: said, date: momentText(reader, readyAt, 'short') })
}

/** How far the logs are: counted while they are written, opened or not while they are read. */
function logTexts(reader: Reader, programme: Programme, person: Progress): readonly string[] {
  const { language } = reader
  if (person.stage !== 'reflecting' && person.stage !== 'choosing' && person.stage !== 'inReview') return []
  const questions = questionSet(programme.questionSet).questions.length
  return pointers.flatMap(each => {
    const log = person.logs[each]
    const pointer = pointerName(reader, each)
    if (!log) return []
    if (person.stage !== 'inReview')
      return [say(language, 'coachHome.log', { pointer, answered: log.answered, questions })]
    return [say(language, log.openedAt ? 'coachHome.logOpened' : 'coachHome.logNotOpened', { pointer })]
  })
}

function readButtons({ language }: Reader, programme: Programme, { person, round, logs }: Readable): readonly Button[] {
  return logs.map(({ session, pointer }) => {
    const title = say(language, pointer === 'best' ? 'coachHome.readBest' : 'coachHome.readMostChallenging')
    return button('read', title, { programme: programme.programme, person, round, session, page: 1 })
  })
}
