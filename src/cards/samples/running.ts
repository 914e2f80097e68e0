/** Samples of the cards with which a coach founds and runs a programme. */

import { formOf } from '../../domain/programme/programme-form.ts'
import { type Counts, programmeCounts } from '../../domain/progress/programme-overview.ts'
import { refusalText, say } from '../texts.ts'
import { buddiesCard } from '../views/programme/buddies.ts'
import { lastDayCard, programmeCard } from '../views/programme/programme.ts'
import { editProgrammeCard, newProgrammeCard } from '../views/programme/programme-form.ts'
import type { Row } from './row.ts'
import { type SampleWorld, sampleNow } from './world.ts'

const form = 'form-4f1c'
/** As many as a page has. */
const eight = 8
const zones = ['Europe/London', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Etc/UTC']

export const runningSamples: readonly Row[] = [
  {
    name: 'programmeForm',
    samples: {
      fresh: (reader, world) => newProgrammeCard(reader, { form, zones, values: fields(world, '') }),
      refused: (reader, world) =>
        newProgrammeCard(reader, {
          form,
          zones,
          values: { ...fields(world, ''), startDate: '', weeks: 'many', zone: 'America/Bogota' },
          alert: { tone: 'attention', text: refusalText(reader.language, 'fieldMissing', { field: 'name' }) },
        }),
      buddy: (reader, world) =>
        newProgrammeCard(reader, {
          form,
          zones,
          values: fields(world, world.words.programme),
          buddy: { parent: world.programme.programme, alsoLeads: true },
          from: world.programme.programme,
        }),
      edit: (reader, world) => {
        const { programme, words } = world
        return editProgrammeCard(reader, {
          programme,
          shown: shown(programme),
          zones,
          values: fields(world, words.typed),
        })
      },
      conflict: (reader, world) => {
        const { programme, words } = world
        const now = formOf(programme)
        return editProgrammeCard(reader, {
          programme,
          shown: shown(programme),
          zones,
          values: fields(world, words.typed),
          conflict: { field: 'name', sent: { ...now, name: words.typed } },
          alert: { tone: 'attention', text: refusalText(reader.language, 'changedMeanwhile', { field: 'name' }) },
        })
      },
    },
  },
  {
    name: 'programme',
    samples: {
      fresh: (reader, { noLeader }) =>
        programmeCard(reader, {
          programme: { ...noLeader, coaches: noLeader.coaches.slice(0, 1) },
          counts: programmeCounts(noLeader, [], sampleNow),
          now: sampleNow,
          mayCreate: true,
          alert: { tone: 'good', text: say(reader.language, 'programme.founded') },
        }),
      running: (reader, { programme, words }) =>
        programmeCard(reader, {
          programme: {
            ...programme,
            leadersMayNudge: true,
            leaders: Array.from({ length: 9 }, (_, no) => ({
              person: `leader-${no}`,
              name: no > 3 ? '' : words.person(no + 1),
            })),
          },
          counts: some,
          now: sampleNow,
          mayCreate: false,
        }),
      closed: (reader, { programme }) =>
        programmeCard(reader, {
          programme: { ...programme, closedAt: sampleNow },
          counts: some,
          now: sampleNow,
          mayCreate: false,
          alert: { tone: 'good', text: say(reader.language, 'programme.nowClosed') },
        }),
      archived: (reader, { programme }) =>
        programmeCard(reader, {
          programme: { ...programme, closedAt: sampleNow, archivedAt: sampleNow },
          counts: some,
          now: '2027-01-10T09:00:00.000Z',
          mayCreate: true,
        }),
    },
  },
  {
    name: 'buddies',
    samples: {
      none: (reader, { programme }) => buddiesCard(reader, { programme, rows: [], page: 1, pages: 1 }),
      some: (reader, { programme, buddy }) =>
        buddiesCard(reader, {
          programme,
          rows: [
            { programme: buddy, counts: { ...some, logs: 14 } },
            { programme: buddy, counts: undefined },
            { programme: { ...buddy, closedAt: sampleNow }, counts: { ...some, logs: 0 } },
          ],
          page: 1,
          pages: 1,
        }),
      many: (reader, { programme, buddy }) =>
        buddiesCard(reader, {
          programme,
          rows: Array.from({ length: eight }, () => ({ programme: buddy, counts: { ...everywhere, logs: 2400 } })),
          page: 2,
          pages: 3,
        }),
    },
  },
  {
    name: 'lastDay',
    samples: {
      fresh: (reader, { programme }) => lastDayCard(reader, { programme, lastDay: '2026-12-13' }),
      refused: (reader, { programme }) =>
        lastDayCard(reader, {
          programme,
          lastDay: '',
          alert: { tone: 'attention', text: refusalText(reader.language, 'extraDays', { limit: 182 }) },
        }),
    },
  },
]

const some: Counts = {
  people: 12,
  standings: { invited: 2, planning: 3, choosing: 2, reflecting: 3, ready: 1, inReview: 1, reviewed: 0 },
  late: 1,
}

/** Somebody in every standing there is. */
const everywhere: Counts = {
  people: 1400,
  standings: { invited: 200, planning: 200, choosing: 200, reflecting: 200, ready: 200, inReview: 200, reviewed: 200 },
  late: 0,
}

function fields({ programme }: SampleWorld, programmeName: string) {
  const { startDate, language, zone } = programme
  return { programmeName, startDate, weeks: '6', maxSessions: '5', language, zone, leadersMayNudge: false }
}

function shown(programme: SampleWorld['programme']) {
  return { ...formOf(programme), name: '4f1c' }
}
