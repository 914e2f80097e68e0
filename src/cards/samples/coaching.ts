import type { Journey } from '../../domain/journey.ts'
import { remove } from '../../domain/membership/consent.ts'
import { noticeKinds } from '../../domain/notices.ts'
import type { Programme } from '../../domain/programme.ts'
import {
  overviewOf,
  type Pending,
  type ProgrammeOverview,
  type Seen,
  type Standing,
  standings,
} from '../../domain/progress/programme-overview.ts'
import type { Progress } from '../../domain/progress/progress.ts'
import { refusalText, say } from '../texts.ts'
import { nudgeCard, reviewedCard } from '../views/notices/notification-cards.ts'
import { coachHomeCard } from '../views/progress/coach-home.ts'
import type { Row as PersonRow, Readable } from '../views/progress/coach-people.ts'
import { personCard } from '../views/progress/person.ts'
import { undeliveredCard } from '../views/progress/undelivered.ts'
import type { Draw, Row } from './row.ts'
import { type SampleWorld, sampleNow } from './world.ts'

const install = 'https://teams.microsoft.com/l/app/7c1d0000-0000-4000-8000-00000000000a'

export const coachingSamples: readonly Row[] = [
  {
    name: 'coachHome',
    samples: {
      empty: home(() => []),
      one: home(({ people }) => rowsOf(people.slice(2, 3))),
      nobodyReady: home(({ people }) => rowsOf(people.filter(each => each.stage === 'reflecting'))),
      some: (reader, world) =>
        home(({ people, ready }) => rowsOf(people, ready), {
          staff: 2,
          alert: { tone: 'good', text: say(reader.language, 'settings.saved') },
        })(reader, world),
      heldUp: home(({ people }) => heldUp(rowsOf(people)), {
        staff: 7,
        failed: 3,
        now: '2026-12-20T09:00:00.000Z',
        install,
      }),
      crowd: home(crowdRows),
      lastPage: home(crowdRows, { page: 100 }),
      newCoach: home(({ people }) => rowsOf(people).map(row => ({ ...row, awaited: row.seen.standing !== 'invited' }))),
      closed: home(({ people }) => rowsOf(people), { closed: true }),
    },
  },
  {
    name: 'person',
    samples: {
      invited: person(({ invited }) => invited, { waiting: 'neverCame', install }),
      nameless: person(({ invited }) => ({ ...invited, name: '' })),
      planning: person(({ journeys }) => journeys.planning),
      quiet: person(({ journeys }) => ({ ...journeys.writing, nudgedAt: '2026-11-23T08:00:00.000Z' }), {
        waiting: 'away',
        now: '2026-12-20T09:00:00.000Z',
      }),
      ready: person(({ journeys }) => journeys.ready, { readable: true }),
      noYes: person(({ journeys }) => journeys.ready, { awaited: true }),
      inReview: person(({ journeys }) => journeys.inReview, { readable: true }),
      oneLog: person(({ journeys }) => journeys.oneLog, { readable: true }),
      reviewed: person(({ journeys }) => journeys.reviewed, { readable: true }),
      removed: person(({ journeys }) => remove(journeys.choosing, sampleNow)),
      askReview: person(({ journeys }) => journeys.inReview, { readable: true, state: 'askReview' }),
      askRemove: person(({ journeys }) => journeys.writing, { state: 'askRemove' }),
      askTakeBack: person(({ invited }) => invited, { state: 'askRemove' }),
      change: person(({ journeys }) => journeys.writing, { state: {} }),
      changeRefused: person(({ journeys }) => journeys.writing, { state: { lastDay: '2027-12-31' }, alert: true }),
      noLeaders: person(({ journeys }) => journeys.writing, {
        state: {},
        of: world => ({ ...world.programme, leaders: [] }),
      }),
      closed: person(({ journeys }) => journeys.closed, {
        readable: true,
        of: world => ({ ...world.programme, closedAt: sampleNow }),
      }),
      noLeader: person(({ journeys }) => journeys.choosing, { waiting: 'undelivered', of: world => world.noLeader }),
    },
  },
  {
    name: 'nudge',
    samples: {
      planFirst: nudged('empty', 'coach'),
      record: nudged('planning', 'leader'),
      choose: nudged('choosing', 'coach'),
      carryOn: nudged('writing', 'coach', true),
      sentBack: nudged('sentBack', 'gone'),
    },
  },
  {
    name: 'undelivered',
    samples: {
      none: undelivered(0),
      some: undelivered(3, { install }),
      done: (reader, world) =>
        undelivered(2, { alert: { tone: 'good', text: say(reader.language, 'undelivered.again') } })(reader, world),
      many: undelivered(20, { page: 2 }),
    },
  },
  { name: 'reviewed', samples: { usual: reviewed(), repeat: reviewed(true) } },
]

type Home = {
  readonly page?: number
  readonly staff?: number
  readonly failed?: number
  readonly now?: string
  readonly closed?: boolean
  readonly install?: string
  readonly alert?: Parameters<typeof coachHomeCard>[1]['alert']
}

function home(rowsIn: (world: SampleWorld) => readonly PersonRow[], more: Home = {}): Draw {
  const { page = 1, staff = 0, failed, now = sampleNow, closed, alert } = more
  return (reader, world) => {
    const rows = rowsIn(world)
    const programme = closed ? { ...world.programme, closedAt: sampleNow } : world.programme
    return coachHomeCard(reader, {
      programme,
      glance: glanceOf(rows, world, staff),
      rows,
      now,
      page,
      failed,
      alert,
      install: more.install,
    })
  }
}

/** As the domain would count these people; so many of the staff are out of reach. */
export function glanceOf(rows: readonly PersonRow[], { words }: SampleWorld, staff = 0): ProgrammeOverview {
  const people = rows.map(({ seen }) => seen)
  const count = (standing: Standing) => people.filter(each => each.standing === standing).length
  const counted = Object.fromEntries(standings.map(each => [each, count(each)])) as Record<Standing, number>
  const late = people.filter(each => each.late).length
  return {
    counts: { people: people.length, standings: counted, late },
    people,
    staffUnreached: Array.from({ length: staff }, (_, index) => ({
      person: `staff-${index}`,
      name: index % 2 === 0 ? words.leader : words.coCoach,
      unreached: index % 2 === 0 ? 'neverCame' : 'away',
    })),
  }
}

export function rowsOf(people: readonly Progress[], ready: readonly Readable[] = []): readonly PersonRow[] {
  return people.map(progress => ({
    seen: {
      person: progress.person,
      name: progress.name,
      standing: progress.consentedAt ? progress.stage : 'invited',
      late: false,
      nudgeable: true,
    },
    progress,
    readable: ready.find(each => each.person === progress.person),
  }))
}

/** Everybody is held up by something else. */
function heldUp(rows: readonly PersonRow[]): readonly PersonRow[] {
  const why: readonly Partial<Seen>[] = [
    { late: true, stuck: { on: 'quiet', since: '2026-11-20' } },
    { stuck: { on: 'notOpened', since: '2026-11-20' } },
    { stuck: { on: 'notConsented', since: '2026-11-02' }, unreached: 'neverCame' },
    { stuck: { on: 'notReviewed', since: '2026-11-20' }, unreached: 'away' },
    { late: true, stuck: { on: 'notChosen', since: '2026-11-16' } },
    { unreached: 'undelivered' },
  ]
  return rows.map((row, index) => ({ ...row, seen: { ...row.seen, ...why[index % why.length] } }))
}

export function crowdRows({ crowd, crowdReady }: SampleWorld): readonly PersonRow[] {
  return heldUp(rowsOf(crowd, crowdReady))
}

type One = {
  readonly waiting?: NonNullable<Seen['unreached']>
  readonly readable?: boolean
  readonly install?: string
  readonly now?: string
  readonly of?: (world: SampleWorld) => Programme
  readonly state?: Parameters<typeof personCard>[1]['state']
  readonly alert?: boolean
  readonly awaited?: boolean
}

function person(journeyIn: (world: SampleWorld) => Journey, more: One = {}): Draw {
  const { waiting, readable, now = sampleNow, of = world => world.programme } = more
  return (reader, world) => {
    const [programme, journey] = [of(world), journeyIn(world)]
    const state = waiting === 'undelivered' ? 'failed' : 'waiting'
    const pending: Pending[] = waiting ? [{ kind: 'nudge', to: journey.person, state }] : []
    const [seen] = overviewOf(programme, [journey], pending, now).people
    const [first] = world.ready
    return personCard(reader, {
      programme,
      journey,
      seen,
      readable: readable && first ? { ...first, person: journey.person, name: journey.name } : undefined,
      now,
      install: more.install,
      awaited: more.awaited,
      state: more.state,
      alert: more.alert
        ? { tone: 'attention', text: refusalText(reader.language, 'extraDays', { limit: 182 }) }
        : undefined,
    })
  }
}

function nudged(journey: keyof SampleWorld['journeys'], by: 'coach' | 'leader' | 'gone', mayBeRepeat = false): Draw {
  return (reader, { programme, journeys }) =>
    nudgeCard(reader, { programme, journey: { ...journeys[journey], nudgedBy: by }, now: sampleNow, mayBeRepeat })
}

function reviewed(mayBeRepeat = false): Draw {
  return (reader, { programme, journeys }) =>
    reviewedCard(reader, { programme, journey: journeys.reviewed, round: 1, mayBeRepeat })
}

function undelivered(count: number, more: Partial<Parameters<typeof undeliveredCard>[1]> = {}): Draw {
  return (reader, { programme, people }) => {
    const notices = Array.from({ length: count }, (_, index) => ({
      notice: `n:nudge:person-${index}:1:1:person-${index}`,
      kind: noticeKinds[index % noticeKinds.length] ?? 'nudge',
      name: index === 1 ? '' : (people[index % people.length]?.name ?? ''),
      since: sampleNow,
      mayHaveArrived: index % 3 === 2,
    }))
    return undeliveredCard(reader, { programme, notices, page: 1, ...more })
  }
}
