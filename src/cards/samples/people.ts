/** Cards with which a coach brings people into a programme. */
import { refusalText, say } from '../texts.ts'
import { codeCard, joinedCard, typeCodeCard } from '../views/codes.ts'
import { leadersCard } from '../views/leaders.ts'
import { pickingAlert } from '../views/picking.ts'
import type { Row } from './row.ts'
import { sampleNow } from './world.ts'

const code = {
  text: '2346-7923-4679-2346',
  message: 'join 2346-7923-4679-2346',
  link: 'https://teams.microsoft.com/l/chat/0/0?users=28:7c1d&message=join%202346-7923-4679-2346',
  since: sampleNow,
}
const rest = { install: undefined, alert: undefined, places: 40, taken: 0 } as const

export const peopleSamples: readonly Row[] = [
  {
    name: 'invite',
    samples: {
      participants: (reader, { programme }) =>
        codeCard(reader, { ...rest, programme, kind: 'participant', code, taken: 12 }),
      full: (reader, { programme }) =>
        codeCard(reader, {
          ...rest,
          programme: { ...programme, language: reader.language },
          kind: 'participant',
          code,
          taken: 41,
          install: 'https://teams.microsoft.com/l/app/7c1d',
          alert: { tone: 'good', text: say(reader.language, 'codes.renewed') },
        }),
      leaders: (reader, { programme }) => codeCard(reader, { ...rest, programme, kind: 'leader', code, taken: 1 }),
      takenBack: (reader, { programme }) => codeCard(reader, { ...rest, programme, kind: 'participant' }),
      closed: (reader, { programme }) =>
        codeCard(reader, { ...rest, programme: { ...programme, closedAt: sampleNow }, kind: 'participant' }),
    },
  },
  {
    name: 'code',
    samples: {
      empty: reader => typeCodeCard(reader, ''),
      wrong: (reader, { words }) =>
        typeCodeCard(reader, words.typed, { tone: 'attention', text: refusalText(reader.language, 'codeUnknown') }),
    },
  },
  {
    name: 'joined',
    samples: {
      leader: (reader, { programme }) => joinedCard(reader, { programme, as: 'leader' }),
      coach: (reader, { programme }) => joinedCard(reader, { programme, as: 'coach', mayBeRepeat: true }),
    },
  },
  {
    name: 'leaders',
    samples: {
      nobody: (reader, { noLeader }) => leadersCard(reader, { programme: noLeader, journeys: [] }),
      some: (reader, { programme, invited }) =>
        leadersCard(reader, {
          programme,
          journeys: [invited],
          alert: { tone: 'good', text: say(reader.language, 'leaders.removed') },
        }),
      aCoach: (reader, { buddy, invited }) => leadersCard(reader, { programme: buddy, journeys: [invited] }),
      mistyped: (reader, { programme, words }) =>
        leadersCard(reader, {
          programme,
          journeys: [],
          typed: { people: '', ids: words.typed },
          alert: pickingAlert(reader, 'address', words.typed),
        }),
      asMany: (reader, { programme, words }) => {
        const leaders = Array.from({ length: 100 }, (_, no) => ({ person: `leader-${no}`, name: words.person(no + 1) }))
        return leadersCard(reader, {
          programme: { ...programme, leaders },
          journeys: [],
          typed: { people: words.typed, ids: words.typed },
        })
      },
    },
  },
]
