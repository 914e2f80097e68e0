/** The team leader's cards: counts and dates of their people. Made from progress, which has no word anybody wrote. */
import { type Pointer, pointers, type Stage } from '../../domain/journey.ts'
import { daysLeft, type Programme, windowOf } from '../../domain/programme.ts'
import type { LogProgress, Progress } from '../../domain/progress.ts'
import { questionSet } from '../../domain/questions.ts'
import type { Instant } from '../../domain/values.ts'
import { type ProgressOrder, progressOrders } from '../actions.ts'
import { dayText, momentText } from '../dates.ts'
import { pageOf } from '../paging.ts'
import { button, press } from '../press.ts'
import type { Reader } from '../reader.ts'
import { type RenderedCard, render } from '../render.ts'
import { say } from '../texts.ts'
import { dotted, oneLine } from '../words.ts'
import { pageTurns } from './answers.ts'
import { maybe, pointerName, programmeName } from './parts.ts'

const peopleOnPage = 15

type ProgressInput = {
  readonly programme: Programme
  /** All the leader's people, in the order asked for. */
  readonly people: readonly Progress[]
  readonly page: number
  readonly sort: ProgressOrder
  readonly now: Instant
}

export function progressCard(reader: Reader, { programme, people, sort, now, ...asked }: ProgressInput): RenderedCard {
  const { language } = reader
  const id = programme.programme
  const { items, page, pages } = pageOf(people, () => 1, asked.page, peopleOnPage)
  const at = (turned: number, order = sort) => press('progress', { programme: id, page: turned, sort: order })
  const others = progressOrders.filter(order => order !== sort)
  return render('progress', reader, {
    programme: oneLine(programme.name),
    counts: maybe(people.length > 0, { text: countsText(reader, people) }),
    time: timeText(reader, programme, now),
    nobody: maybe(people.length === 0, { text: say(language, 'progress.nobody') }),
    shown: maybe(people.length > 0, {
      text: dotted(
        people.length > 1 ? say(language, `progress.sorted.${sort}`) : '',
        pages > 1 ? say(language, 'progress.page', { page, pages }) : '',
        say(language, 'progress.hint'),
      ),
    }),
    people: items.map(person => ({
      name: oneLine(person.name),
      stage: stageText(reader, person),
      facts: factsText(reader, programme, person),
      data: press('progressOne', { programme: id, person: person.person }),
    })),
    turns: pageTurns(reader, page, pages, turned => button('progress', '', at(turned))),
    sorts: maybe(people.length > 1, {
      buttons: others.map(order => button('progress', say(language, `progress.sort.${order}`), at(1, order))),
    }),
    refresh: at(page),
    help: press('help', {}),
  })
}

function countsText({ language }: Reader, people: readonly Progress[]): string {
  const count = (...stages: readonly (Stage | 'invited')[]) =>
    people.filter(person => stages.includes(person.consentedAt ? person.stage : 'invited')).length
  const said = [
    ['progress.countNotBegun', count('invited', 'planning')],
    ['progress.countHolding', count('choosing')],
    ['progress.countWriting', count('reflecting')],
    ['progress.countReady', count('ready', 'inReview')],
    ['progress.countReviewed', count('reviewed')],
  ] as const
  return dotted(
    say(language, 'coachHome.countPeople', { count: people.length }),
    ...said.flatMap(([key, count]) => maybe(count > 0, say(language, key, { count }))),
  )
}

function timeText({ language }: Reader, programme: Programme, now: Instant): string {
  const days = daysLeft(programme, now)
  const last = dayText(language, windowOf(programme).last)
  return days < 0
    ? say(language, 'progress.daysOver', { weeks: programme.weeks, last })
    : say(language, 'home.daysLeft', { days, last })
}

/** Where somebody is, as their leader sees it, and since when it is in the coach's hands. */
function stageText(reader: Reader, { consentedAt, stage, readyAt, reviewedAt }: Progress): string {
  const { language } = reader
  const said = say(language, `progress.stage.${consentedAt ? stage : 'invited'}`)
  if (!consentedAt) return said
  if (stage === 'ready' && readyAt)
    return say(language, 'progress.since', { stage: said, date: momentText(reader, readyAt, 'short') })
  if (stage === 'reviewed' && reviewedAt)
    return say(language, 'progress.on', { stage: said, date: momentText(reader, reviewedAt, 'short') })
  return said
}

/** Sessions held and how far each log is, while somebody is on the way. */
function factsText({ language }: Reader, programme: Programme, { consentedAt, held, logs }: Progress) {
  const questions = questionSet(programme.questionSet).questions.length
  const counted = pointers.flatMap(pointer => {
    const log = logs[pointer]
    return log ? [say(language, `progress.${pointer}`, { answered: log.answered, questions })] : []
  })
  const text = dotted(held > 0 ? say(language, 'progress.heldCount', { held }) : '', ...counted)
  return maybe(consentedAt !== undefined && text !== '', { text })
}

type OneInput = { readonly programme: Programme; readonly progress: Progress; readonly now: Instant }

/** One person's counts and dates, each as a fact. */
export function progressOneCard(reader: Reader, { programme, progress, now }: OneInput): RenderedCard {
  const { language } = reader
  const { name, consentedAt, round, held, planned, lastHeldOn, readyAt, reviewedAt } = progress
  const moment = (instant: Instant | undefined) => (instant ? momentText(reader, instant) : undefined)
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say(language, 'progressOne.joined'), consentedAt && momentText(reader, consentedAt, 'short')],
    [say(language, 'progressOne.sessions'), say(language, 'progressOne.sessionsValue', { held, planned })],
    [say(language, 'progressOne.lastHeld'), lastHeldOn && dayText(language, lastHeldOn)],
    ...pointers.map(pointer => [pointerName(reader, pointer), logText(reader, programme, progress, pointer)] as const),
    [say(language, 'progressOne.ready'), moment(readyAt)],
    [say(language, 'progressOne.reviewed'), moment(reviewedAt)],
  ]
  return render('progressOne', reader, {
    programme: programmeName(reader, programme, round),
    name: oneLine(name),
    stage: say(language, `progress.stage.${consentedAt ? progress.stage : 'invited'}`),
    time: timeText(reader, programme, now),
    facts: maybe(consentedAt !== undefined, {
      rows: facts.flatMap(([title, value]) => (value ? [{ title, value }] : [])),
    }),
    private: say(language, 'progress.private'),
    all: press('progress', { programme: programme.programme }),
  })
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
