/** Cards with which a coach brings people into a programme. */
import { say } from '../texts.ts'
import { leadersCard } from '../views/leaders.ts'
import { pickingAlert } from '../views/picking.ts'
import type { Row } from './row.ts'

export const peopleSamples: readonly Row[] = [
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
