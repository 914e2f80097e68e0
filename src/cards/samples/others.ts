import type { Refusal } from '../../domain/refusals.ts'
import { firstRound, type RoundTimes } from '../../domain/window.ts'
import type { Reader } from '../reader.ts'
import type { RenderedCard } from '../render.ts'
import { refusalText, say } from '../texts.ts'
import { helpCard, noteCard } from '../views/general.ts'
import { declinedCard } from '../views/home/participant.ts'
import { askRemoveCoachCard } from '../views/membership/coaches.ts'
import { type MyProgramme, programmesCard } from '../views/programme/programmes.ts'
import { progressCard, progressOneCard } from '../views/progress/leader.ts'
import { readingCard, readyCard } from '../views/reading/coach.ts'
import { compareCard } from '../views/reading/compare.ts'
import { settingsCard } from '../views/settings/settings.ts'
import type { Draw, Row } from './row.ts'
import { type SampleWorld, sampleNow } from './world.ts'

export const othersSamples: readonly Row[] = [
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
      declined: (reader, { programme, invited }) =>
        declinedCard(reader, {
          programme,
          journey: { ...invited, invitedBy: programme.coaches[0]?.person ?? 'nobody' },
        }),
      declinedBack: (reader, { programme, journeys }) => declinedCard(reader, { programme, journey: journeys.writing }),
      blocked: (reader, { programme, invited }) => {
        const journey = { ...invited, invitedBy: programme.coaches[0]?.person ?? 'nobody' }
        return declinedCard(reader, { programme, journey, blocked: true })
      },
      good: reader => noteCard(reader, { tone: 'good', text: say(reader.language, 'general.noted') }),
      refusal: (reader, { programme }) =>
        noteCard(reader, {
          tone: 'attention',
          text: refusalText(reader.language, 'alreadyOpened'),
          buttons: [
            { title: say(reader.language, 'common.home'), verb: 'home', data: { programme: programme.programme } },
          ],
        }),
      askRemoveCoach: (reader, { programme, words }) => {
        const coach = { person: 'new-coach', name: words.coCoach, since: sampleNow }
        return askRemoveCoachCard(reader, { programme, coach, self: false, left: 2 })
      },
      stranger: reader => noteCard(reader, { tone: 'warning', text: say(reader.language, 'general.stranger') }),
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
  {
    name: 'programmes',
    samples: {
      several: (reader, world) => programmesCard(reader, { all: mine(world, 3), page: 1 }),
      asked: (reader, world) =>
        programmesCard(reader, {
          all: mine(world, 2),
          page: 1,
          asked: { name: 'plan', rest: 'M.L.; handing over the budget; one task' },
        }),
      askedMany: (reader, world) =>
        programmesCard(reader, { all: mine(world, 24), page: 1, asked: { name: 'plan', rest: 'M.L.; one task' } }),
      many: (reader, world) => programmesCard(reader, { all: mine(world, 24), page: 2, away: 3 }),
      away: (reader, world) => programmesCard(reader, { all: mine(world, 1), page: 1, away: 'these' }),
      none: reader => programmesCard(reader, { all: [], page: 1 }),
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
      inReview: progressOne(3),
      reviewed: progressOne(5),
      nudgeable: progressOne(0, { nudgeable: true, round: { ...firstRound, extraDays: 14 } }),
      nudged: progressOne(0, { alert: 'nudgedLately' }),
    },
  },
]

const zones = ['Europe/London', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Etc/UTC']

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

type OneMore = { readonly nudgeable?: boolean; readonly round?: RoundTimes; readonly alert?: Refusal }

function progressOne(index: number, { alert, round = firstRound, ...more }: OneMore = {}): Draw {
  return (reader, { programme, people }) => {
    const progress = people[index]
    if (!progress) throw new Error(`No sample person ${index}.`)
    const text = alert && refusalText(reader.language, alert, { limit: 40 })
    const said = text ? ({ tone: 'attention', text } as const) : undefined
    return progressOneCard(reader, { programme, progress, now: sampleNow, round, ...more, alert: said })
  }
}

function mine({ programme }: SampleWorld, count: number): MyProgramme[] {
  const roles = [['participant'], ['coach', 'leader'], ['coach']] as const
  return Array.from({ length: count }, (_, index) => ({
    programme: {
      ...programme,
      programme: `programme-${index}`,
      name: index === 0 ? programme.name : `${programme.name} ${index + 1}`,
      ...(index % 3 === 2 && { closedAt: sampleNow }),
    },
    roles: roles[index % 3] ?? ['coach'],
    lastUsed: index === 0,
  }))
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
