/** Every card with the states worth looking at. Tests and the gallery draw all of them; a new card is a new row here. */
import { questionSet } from '../domain/questions.ts'
import type { Reader } from './reader.ts'
import type { RenderedCard } from './render.ts'
import { type SampleWorld, sampleNow } from './samples.ts'
import type { CardName } from './templates.ts'
import { refusalText, say } from './texts.ts'
import { coachHomeCard, readingCard, readyCard } from './views/coach.ts'
import { compareCard } from './views/compare.ts'
import { helpCard, noteCard } from './views/general.ts'
import { answeredCard, keepsakeCard, pastedCard } from './views/given.ts'
import { progressCard, progressOneCard } from './views/leader.ts'
import { homeCard, invitationCard } from './views/participant.ts'
import { questionsCard } from './views/questions.ts'
import { questionCard, reviewCard, staleCard, submittedCard } from './views/reflecting.ts'
import { chooseCard, planCard, recordCard } from './views/sessions.ts'
import { settingsCard } from './views/settings.ts'

type Draw = (reader: Reader, world: SampleWorld) => RenderedCard

type Row = { readonly name: CardName; readonly samples: Readonly<Record<string, Draw>> }

const today = '2026-11-23'
const form = 'form-4f1c'

export const registry: readonly Row[] = [
  {
    name: 'invitation',
    samples: {
      usual: (reader, { programme, invited: journey }) => invitationCard(reader, { programme, journey }),
      leaderIsCoach: (reader, { buddy, invited: journey }) => invitationCard(reader, { programme: buddy, journey }),
      noLeader: (reader, { noLeader, invited: journey }) =>
        invitationCard(reader, {
          programme: noLeader,
          journey,
          alert: { tone: 'good', text: say(reader.language, 'general.languageChanged') },
        }),
    },
  },
  {
    name: 'home',
    samples: {
      empty: home('empty'),
      planning: home('planning'),
      oneHeld: home('oneHeld'),
      choosing: home('choosing', { now: '2026-12-13T09:00:00.000Z' }),
      beginning: home('beginning'),
      writing: (reader, world) => home('writing', { alert: good(reader) })(reader, world),
      complete: home('complete', { now: '2026-12-20T09:00:00.000Z' }),
      oneIn: home('oneIn'),
      sentBack: home('sentBack'),
      ready: home('ready', { coachReached: true }),
      coachNotReached: home('ready', { coachReached: false }),
      inReview: home('inReview'),
      oneLog: home('oneLog'),
      reviewed: home('reviewed'),
      closed: home('closed'),
    },
  },
  {
    name: 'plan',
    samples: {
      fresh: (reader, { programme, journeys }) => planCard(reader, { programme, journey: journeys.empty, form }),
      edit: (reader, { programme, journeys, sessions }) =>
        planCard(reader, { programme, journey: journeys.planning, form, session: sessions.planned }),
      refused: (reader, { programme, journeys, words }) =>
        planCard(reader, {
          programme,
          journey: journeys.empty,
          form,
          typed: { coachee: '', topic: words.topic(1), goal: words.goal, plannedFor: '2026-12-01' },
          alert: { tone: 'attention', text: refusalText(reader.language, 'fieldMissing', { field: 'coachee' }) },
        }),
    },
  },
  {
    name: 'record',
    samples: {
      fresh: (reader, { programme, sessions }) => recordCard(reader, { programme, session: sessions.planned, today }),
      edit: (reader, { programme, sessions }) => recordCard(reader, { programme, session: sessions.held, today }),
      refused: (reader, { programme, sessions, words }) =>
        recordCard(reader, {
          programme,
          session: sessions.undated,
          today,
          typed: { heldOn: '2026-12-24', line: words.line, rating: '' },
          alert: { tone: 'attention', text: refusalText(reader.language, 'heldInFuture') },
        }),
    },
  },
  {
    name: 'choose',
    samples: {
      none: (reader, { programme, journeys }) => chooseCard(reader, { programme, journey: journeys.planning }),
      one: (reader, { programme, journeys }) => {
        const [round] = journeys.oneHeld.rounds
        const open = round && { ...round, best: undefined, logs: {} }
        return chooseCard(reader, { programme, journey: { ...journeys.oneHeld, rounds: open ? [open] : [] } })
      },
      several: (reader, { programme, journeys }) => chooseCard(reader, { programme, journey: journeys.choosing }),
      fixed: (reader, { programme, journeys }) =>
        chooseCard(reader, {
          programme,
          journey: journeys.oneIn,
          typed: { best: '', mostChallenging: '2' },
          alert: { tone: 'attention', text: refusalText(reader.language, 'sameSession') },
        }),
      allFixed: (reader, { programme, journeys }) => chooseCard(reader, { programme, journey: journeys.ready }),
    },
  },
  {
    name: 'question',
    samples: {
      first: question({ log: 'empty', question: 1 }),
      middle: question({ log: 'some', question: 7, saved: 6 }),
      answered: question({ log: 'full', question: 1 }),
      last: question({ log: 'full', question: 16, unchosen: true }),
      refused: (reader, world) => {
        const alert = { tone: 'attention', text: refusalText(reader.language, 'tooLong', { limit: 4000 }) } as const
        return question({ log: 'some', question: 8, typed: world.words.typed, alert })(reader, world)
      },
      hugePaste: (reader, world) =>
        question({ log: 'some', question: 8, typed: `${world.words.typed}\n`.padEnd(100_000, world.words.typed) })(
          reader,
          world,
        ),
    },
  },
  {
    name: 'stale',
    samples: {
      middle: (reader, world) =>
        staleCard(reader, { ...about(world, 'full'), question: 6, incoming: world.words.typed }),
      last: (reader, world) =>
        staleCard(reader, { ...about(world, 'full'), question: 16, incoming: world.words.typed }),
    },
  },
  {
    name: 'questions',
    samples: {
      none: (reader, world) => questionsCard(reader, about(world, 'empty')),
      some: (reader, world) => questionsCard(reader, { ...about(world, 'some'), alert: saved(reader) }),
      all: (reader, world) => questionsCard(reader, { ...about(world, 'full'), pointer: undefined }),
    },
  },
  {
    name: 'answered',
    samples: {
      middle: (reader, world) =>
        answeredCard(reader, { ...about(world, 'full'), question: 6, incoming: world.words.typed }),
      last: (reader, world) =>
        answeredCard(reader, { ...about(world, 'full'), question: 16, incoming: world.words.typed }),
    },
  },
  {
    name: 'pasted',
    samples: {
      some: (reader, world) =>
        pastedCard(reader, {
          ...about(world, 'some'),
          pasted: pastedText(world, [1, 2, 7, 8, 10]),
          filled: [7, 8, 10],
          kept: [1, 2],
        }),
      oneOpen: (reader, world) =>
        pastedCard(reader, {
          ...about(world, 'some'),
          pasted: pastedText(world, [7, 8, 10]).slice(0, 4000),
          filled: [7, 8, 10],
          kept: [],
          question: 7,
        }),
      allKept: (reader, world) =>
        pastedCard(reader, {
          ...about(world, 'full'),
          pasted: pastedText(world, [1, 2, 3]).slice(0, 4000),
          filled: [],
          kept: [1, 2, 3],
          question: 3,
        }),
      long: (reader, world) =>
        pastedCard(reader, {
          ...about(world, 'empty'),
          pasted: `${pastedText(world, every)}\n`.repeat(8).slice(0, 28_000),
          filled: every,
          kept: [],
          question: 1,
        }),
    },
  },
  {
    name: 'keepsake',
    samples: {
      answer: (reader, { programme, words, logs }) =>
        keepsakeCard(reader, {
          alert: { tone: 'attention', text: refusalText(reader.language, 'notChosen') },
          text: words.typed,
          programme: programme.programme,
          question: questionSet(logs.empty.questionSet).questions[6]?.[reader.language],
        }),
      long: (reader, world) =>
        keepsakeCard(reader, {
          alert: { tone: 'attention', text: refusalText(reader.language, 'logNotDraft') },
          text: `${pastedText(world, every)}\n`.repeat(30).slice(0, 100_000),
        }),
    },
  },
  {
    name: 'review',
    samples: {
      gaps: review('writing', 'some'),
      complete: review('complete', 'full'),
      sentBack: review('complete', 'full', { session: 2, journey: 'sentBack' }),
      submitted: review('ready', 'full'),
      opened: review('inReview', 'full'),
      closed: review('closed', 'some'),
      refused: (reader, world) => {
        const alert = { tone: 'attention', text: refusalText(reader.language, 'gaps', { questions: [7, 8] }) } as const
        return reviewCard(reader, { ...about(world, 'some'), journey: world.journeys.writing, page: 1, alert })
      },
    },
  },
  {
    name: 'submitted',
    samples: {
      oneIn: submitted('oneIn', true),
      notChosen: submitted('oneHeld', true),
      told: submitted('ready', true),
      toldLater: submitted('ready', false),
      oneLog: submitted('oneLog', true),
    },
  },
  {
    name: 'help',
    samples: {
      participant: reader => helpCard(reader, { roles: ['participant'], commands: commands(reader) }),
      both: reader => helpCard(reader, { roles: ['coach', 'leader'], commands: commands(reader) }),
      nobody: reader => helpCard(reader, { roles: [], commands: [] }),
    },
  },
  {
    name: 'note',
    samples: {
      good: reader => noteCard(reader, { tone: 'good', text: say(reader.language, 'general.noted') }),
      refusal: (reader, { programme }) =>
        noteCard(reader, {
          tone: 'attention',
          text: refusalText(reader.language, 'alreadyOpened'),
          buttons: [
            { title: say(reader.language, 'common.home'), verb: 'home', data: { programme: programme.programme } },
          ],
        }),
      stranger: reader => noteCard(reader, { tone: 'warning', text: say(reader.language, 'general.stranger') }),
    },
  },
  {
    name: 'ready',
    samples: {
      first: ready('ready'),
      repeat: ready('ready', true),
      updated: ready('readyAgain'),
      oneLog: ready('oneLog'),
      takenBack: ready('oneIn'),
    },
  },
  {
    name: 'coachHome',
    samples: {
      empty: (reader, { programme }) => coachHomeCard(reader, { programme, people: [], ready: [], page: 1 }),
      nobodyReady: (reader, { programme, people }) =>
        coachHomeCard(reader, {
          programme,
          people: people.filter(each => each.stage === 'reflecting'),
          ready: [],
          page: 1,
        }),
      some: (reader, { programme, people, ready: readable }) =>
        coachHomeCard(reader, { programme, people, ready: readable, page: 1, alert: said(reader) }),
      crowd: (reader, { programme, crowd, crowdReady }) =>
        coachHomeCard(reader, { programme, people: crowd, ready: crowdReady, page: 1 }),
      lastPage: (reader, { programme, crowd, crowdReady }) =>
        coachHomeCard(reader, { programme, people: crowd, ready: crowdReady, page: 100 }),
    },
  },
  {
    name: 'reading',
    samples: {
      best: (reader, world) => reading(reader, world, 1),
      lastPage: (reader, world) => reading(reader, world, 100),
      resubmitted: (reader, { programme, journeys, snapshot, sessions }) =>
        readingCard(reader, {
          programme,
          journey: journeys.oneLog,
          snapshot: { ...snapshot, snapshot: 2 },
          session: sessions.held,
          pointer: undefined,
          page: 1,
        }),
    },
  },
  {
    name: 'compare',
    samples: {
      both: compare(1),
      lastPage: compare(100),
    },
  },
  {
    name: 'progress',
    samples: {
      empty: (reader, { programme }) =>
        progressCard(reader, { programme, people: [], page: 1, sort: 'stage', now: sampleNow }),
      some: (reader, { programme, people }) =>
        progressCard(reader, { programme, people, page: 1, sort: 'stage', now: sampleNow }),
      over: (reader, { programme, people }) =>
        progressCard(reader, {
          programme,
          people: people.slice(0, 1),
          page: 1,
          sort: 'name',
          now: '2026-12-20T09:00:00.000Z',
        }),
      crowd: (reader, { programme, crowd }) =>
        progressCard(reader, { programme, people: crowd, page: 2, sort: 'latest', now: sampleNow }),
    },
  },
  {
    name: 'progressOne',
    samples: {
      writing: progressOne(0),
      ready: progressOne(1),
      invited: progressOne(2),
      inReview: progressOne(3),
      reviewed: progressOne(5),
    },
  },
  {
    name: 'settings',
    samples: {
      usual: (reader, { programme }) =>
        settingsCard(reader, { language: reader.language, zone: programme.zone, zones }),
      otherZone: reader =>
        settingsCard(reader, {
          language: reader.language,
          zone: 'America/Bogota',
          zones,
          alert: { tone: 'attention', text: say(reader.language, 'settings.unknownZone') },
        }),
    },
  },
]

const every = Array.from({ length: 16 }, (_, index) => index + 1)
const zones = ['Europe/London', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Etc/UTC']

function saved({ language }: Reader) {
  return { tone: 'good', text: say(language, 'question.saved', { question: 9 }) } as const
}

/** As it comes out of a document: each answer after its number. */
function pastedText({ words }: SampleWorld, questions: readonly number[]): string {
  return questions.map(no => `${no}. ${words.answer(no)}`).join('\n')
}

function compare(page: number): Draw {
  return (reader, { programme, journeys, snapshot, otherSnapshot, sessions }) =>
    compareCard(reader, {
      programme,
      journey: journeys.inReview,
      round: 1,
      logs: [
        { pointer: 'best', session: sessions.held, snapshot },
        { pointer: 'mostChallenging', session: sessions.other, snapshot: otherSnapshot },
      ],
      page,
    })
}

function progressOne(index: number): Draw {
  return (reader, { programme, people }) => {
    const progress = people[index]
    if (!progress) throw new Error(`No sample person ${index}.`)
    return progressOneCard(reader, { programme, progress, now: sampleNow })
  }
}

function said({ language }: Reader) {
  return { tone: 'good', text: say(language, 'settings.saved') } as const
}

function good({ language }: Reader) {
  return { tone: 'good', text: say(language, 'home.recorded') } as const
}

function home(journey: keyof SampleWorld['journeys'], more: Partial<Parameters<typeof homeCard>[1]> = {}): Draw {
  return (reader, { programme, journeys }) =>
    homeCard(reader, { programme, journey: journeys[journey], now: sampleNow, ...more })
}

function about({ programme, sessions, logs }: SampleWorld, log: keyof SampleWorld['logs']) {
  return { programme: programme.programme, pointer: 'best' as const, round: 1, session: sessions.held, log: logs[log] }
}

type Asked = Pick<Parameters<typeof questionCard>[1], 'question' | 'typed' | 'alert' | 'saved'> & {
  readonly log: keyof SampleWorld['logs']
  readonly unchosen?: boolean
}

function question({ log, unchosen, ...asked }: Asked): Draw {
  return (reader, world) =>
    questionCard(reader, { ...about(world, log), ...(unchosen ? { pointer: undefined } : {}), ...asked })
}

function review(
  journey: keyof SampleWorld['journeys'],
  log: keyof SampleWorld['logs'],
  more: { readonly session?: number; readonly journey?: keyof SampleWorld['journeys'] } = {},
): Draw {
  return (reader, world) => {
    const { session, ...rest } = about(world, log)
    const no = more.session ?? session.no
    return reviewCard(reader, {
      ...rest,
      session: { ...session, no },
      journey: world.journeys[more.journey ?? journey],
      page: 1,
    })
  }
}

function submitted(journey: keyof SampleWorld['journeys'], coachReached: boolean): Draw {
  return (reader, { programme, journeys }) =>
    submittedCard(reader, { programme, journey: journeys[journey], round: 1, session: 1, coachReached })
}

function ready(journey: keyof SampleWorld['journeys'], mayBeRepeat = false): Draw {
  return (reader, { programme, journeys }) =>
    readyCard(reader, { programme, journey: journeys[journey], round: 1, mayBeRepeat })
}

function reading(reader: Reader, { programme, journeys, snapshot, sessions }: SampleWorld, page: number): RenderedCard {
  return readingCard(reader, {
    programme,
    journey: journeys.inReview,
    snapshot,
    session: sessions.held,
    pointer: 'best',
    page,
  })
}

function commands({ language }: Reader) {
  const words = { en: ['home', 'start'], 'zh-CN': ['主页', '开始'] }[language]
  const others = { en: ['plan', 'record', 'choose', 'continue'], 'zh-CN': ['计划', '记录', '选择', '继续'] }[language]
  const keys = ['help.plan', 'help.record', 'help.choose', 'help.continue'] as const
  const rest = keys.map((key, index) => ({ words: others.slice(index, index + 1), says: say(language, key) }))
  return [{ words, says: say(language, 'help.home') }, ...rest]
}
