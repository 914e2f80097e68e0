/** Samples of the cards for writing, reviewing and submitting a log. */
import { questionSet } from '../../domain/logs/questions.ts'
import type { Reader } from '../reader.ts'
import { refusalText, say } from '../texts.ts'
import { answeredCard, keepsakeCard, pastedCard } from '../views/logs/answer-conflicts.ts'
import { questionsCard } from '../views/logs/questions.ts'
import { questionCard, reviewCard, staleCard, submittedCard } from '../views/logs/reflecting.ts'
import type { Draw, Row } from './row.ts'
import type { SampleWorld } from './world.ts'

export const writingSamples: readonly Row[] = [
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
    name: 'questions',
    samples: {
      none: (reader, world) => questionsCard(reader, about(world, 'empty')),
      some: (reader, world) => questionsCard(reader, { ...about(world, 'some'), alert: saved(reader) }),
      all: (reader, world) => questionsCard(reader, { ...about(world, 'full'), pointer: undefined }),
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
      oneIn: submitted('oneIn'),
      notChosen: submitted('oneHeld'),
      told: submitted('ready'),
      oneLog: submitted('oneLog'),
    },
  },
]

const every = Array.from({ length: 16 }, (_, index) => index + 1)

function saved({ language }: Reader) {
  return { tone: 'good', text: say(language, 'question.saved', { question: 9 }) } as const
}

/** As it comes out of a document: each answer after its number. */
function pastedText({ words }: SampleWorld, questions: readonly number[]): string {
  return questions.map(no => `${no}. ${words.answer(no)}`).join('\n')
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

function submitted(journey: keyof SampleWorld['journeys']): Draw {
  return (reader, { programme, journeys, logs }) =>
    submittedCard(reader, { programme, journey: journeys[journey], round: 1, session: 1, log: logs.full })
}
