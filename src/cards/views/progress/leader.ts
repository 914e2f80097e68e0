/** The team leader's cards: counts and dates of their people, who have all said that this is their leader. Made from progress, which has no word anybody wrote. */
import { pointers, type Stage } from '../../../domain/journey.ts'
import { questionSet } from '../../../domain/logs/questions.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Progress } from '../../../domain/progress/progress.ts'
import type { Instant } from '../../../domain/values.ts'
import type { RoundTimes } from '../../../domain/window.ts'
import { type ProgressOrder, progressOrders } from '../../actions.ts'
import { momentText } from '../../dates.ts'
import { pageOf } from '../../paging.ts'
import { button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { dotted, oneLine } from '../../words.ts'
import { pageTurns } from '../answers.ts'
import { alerts, maybe, programmeName } from '../parts.ts'
import { nameOf } from '../picking.ts'
import { progressFacts, timeLeft, timeLeftForAll } from './progress-facts.ts'

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
    time: timeLeftForAll(reader, programme, now, people),
    nobody: maybe(people.length === 0, { text: say(language, 'progress.nobody') }),
    shown: maybe(people.length > 0, {
      text: dotted(
        people.length > 1 ? say(language, `progress.sorted.${sort}`) : '',
        pages > 1 ? say(language, 'progress.page', { page, pages }) : '',
        say(language, 'progress.hint'),
      ),
    }),
    people: items.map(person => ({
      name: nameOf(reader, person.name),
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
  const count = (...stages: readonly Stage[]) => people.filter(({ stage }) => stages.includes(stage)).length
  const said = [
    ['progress.countNotBegun', count('planning')],
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

/** Where somebody is, as their leader sees it, and since when it is in the coach's hands. */
function stageText(reader: Reader, { stage, readyAt, reviewedAt }: Progress): string {
  const { language } = reader
  const said = say(language, `progress.stage.${stage}`)
  if (stage === 'ready' && readyAt)
    return say(language, 'progress.since', { stage: said, date: momentText(reader, readyAt, 'short') })
  if (stage === 'reviewed' && reviewedAt)
    return say(language, 'progress.on', { stage: said, date: momentText(reader, reviewedAt, 'short') })
  return said
}

/** Sessions held and how far each log is, while somebody is on the way. */
function factsText({ language }: Reader, programme: Programme, { held, logs }: Progress) {
  const questions = questionSet(programme.questionSet).questions.length
  const counted = pointers.flatMap(pointer => {
    const log = logs[pointer]
    return log ? [say(language, `progress.${pointer}`, { answered: log.answered, questions })] : []
  })
  const text = dotted(held > 0 ? say(language, 'progress.heldCount', { held }) : '', ...counted)
  return maybe(text !== '', { text })
}

type OneInput = {
  readonly programme: Programme
  readonly progress: Progress
  readonly now: Instant
  /** The round under way. */
  readonly round: RoundTimes
  readonly nudgeable?: boolean
  readonly alert?: Alert | undefined
}

/** One person's counts and dates, each as a fact; their leader may nudge them where that is allowed. */
export function progressOneCard(reader: Reader, input: OneInput): RenderedCard {
  const { programme, progress, now, round, nudgeable = false, alert } = input
  const { language } = reader
  const at = { programme: programme.programme, person: progress.person }
  return render('progressOne', reader, {
    alerts: alerts(alert),
    programme: programmeName(reader, programme, progress.round),
    name: nameOf(reader, progress.name),
    stage: say(language, `progress.stage.${progress.stage}`),
    time: timeLeft(reader, programme, now, round),
    facts: progressFacts(reader, programme, progress),
    private: say(language, 'progress.private'),
    nudge: maybe(nudgeable, button('nudge', say(language, 'nudging.nudge'), at)),
    all: press('progress', { programme: programme.programme }),
  })
}
