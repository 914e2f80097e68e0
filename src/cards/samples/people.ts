/** Cards with which a coach brings people into a programme. */
import type { Coach, Programme } from '../../domain/programme.ts'
import { refusalText, say } from '../texts.ts'
import { coachesCard } from '../views/membership/coaches.ts'
import { codeCard, joinedCard, typeCodeCard } from '../views/membership/codes.ts'
import { invitedCard, invitingCard } from '../views/membership/inviting.ts'
import { leadersCard } from '../views/membership/leaders.ts'
import { newCoachCard } from '../views/membership/new-coach.ts'
import { pickingAlert } from '../views/picking.ts'
import type { Row } from './row.ts'
import type { SampleWords } from './words.ts'
import { sampleNow } from './world.ts'

const code = {
  text: '2346-7923-4679-2346',
  message: 'join 2346-7923-4679-2346',
  link: 'https://teams.microsoft.com/l/chat/0/0?users=28:7c1d&message=join%202346-7923-4679-2346',
  since: sampleNow,
}
const rest = { install: undefined, alert: undefined, places: 40, taken: 0 } as const

const appLink = 'https://teams.microsoft.com/l/app/7c1d'
const nobody = { invited: [], already: [], notReached: [] } as const
const named = (words: SampleWords, count: number) =>
  Array.from({ length: count }, (_, no) => ({ person: `person-${no}`, name: words.person(no + 1) }))
const nameless = (count: number) => Array.from({ length: count }, (_, no) => ({ person: `picked-${no}`, name: '' }))
const hundred = (words: SampleWords) =>
  Array.from({ length: 100 }, (_, no) => ({ person: `leader-${no}`, name: words.person(no + 1) }))

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
    name: 'inviting',
    samples: {
      fresh: (reader, { noLeader }) => invitingCard(reader, { programme: noLeader }),
      leader: (reader, { programme }) => invitingCard(reader, { programme }),
      mistyped: (reader, { programme, words }) =>
        invitingCard(reader, {
          programme,
          typed: { people: '', ids: words.typed, leader: 'leader' },
          alert: pickingAlert(reader, 'notAnId', words.typed),
        }),
      asMany: (reader, { programme, words }) =>
        invitingCard(reader, {
          programme: { ...programme, leaders: hundred(words) },
          typed: { people: words.typed, ids: words.typed, leader: '' },
          alert: { tone: 'attention', text: refusalText(reader.language, 'tooManyAtOnce', { limit: 40 }) },
        }),
    },
  },
  {
    name: 'invited',
    samples: {
      picked: (reader, { programme }) =>
        invitedCard(reader, { ...nobody, programme, invited: nameless(12), install: appLink }),
      mixed: (reader, { programme, words }) =>
        invitedCard(reader, {
          programme,
          invited: [...named(words, 2), ...nameless(2)],
          already: named(words, 1),
          notReached: nameless(1),
          install: undefined,
        }),
      again: (reader, { programme, words }) =>
        invitedCard(reader, { ...nobody, programme, already: [...named(words, 3), ...nameless(9)], install: appLink }),
      asMany: (reader, { programme, words }) =>
        invitedCard(reader, {
          programme,
          invited: named(words, 40),
          already: named(words, 40),
          notReached: named(words, 40),
          install: appLink,
        }),
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
    name: 'coaches',
    samples: {
      alone: (reader, { programme }) =>
        coachesCard(reader, {
          programme: { ...programme, coaches: programme.coaches.slice(0, 1) },
          you: 'coach',
        }),
      some: (reader, { programme, newReader }) =>
        coachesCard(reader, {
          programme: { ...newReader, coaches: [...newReader.coaches, namelessCoach(programme)] },
          you: 'coach',
          alert: { tone: 'good', text: say(reader.language, 'coaches.removed') },
        }),
      counted: (reader, { programme, newReader, journeys }) =>
        coachesCard(reader, {
          programme: { ...newReader, coaches: [...newReader.coaches, namelessCoach(programme)] },
          journeys: [journeys.ready, { ...journeys.writing, acceptedCoaches: [] }],
          you: 'coach',
        }),
      closed: (reader, { newReader, journeys }) =>
        coachesCard(reader, {
          programme: { ...newReader, closedAt: sampleNow },
          journeys: [journeys.ready],
          you: 'new-coach',
          alert: { tone: 'attention', text: refusalText(reader.language, 'programmeClosed') },
        }),
      asMany: (reader, { programme, words }) => {
        const coaches = named(words, 10).map(each => ({ ...each, since: sampleNow }))
        return coachesCard(reader, {
          programme: { ...programme, coaches },
          you: 'person-1',
          typed: { people: words.typed, ids: words.typed },
          alert: { tone: 'attention', text: refusalText(reader.language, 'tooManyPeople', { limit: 10 }) },
        })
      },
    },
  },
  {
    name: 'newCoach',
    samples: {
      one: (reader, { newReader, journeys }) =>
        newCoachCard(reader, { programme: newReader, journey: journeys.writing, mayBeRepeat: false }),
      leads: (reader, { newReader, journeys }) =>
        newCoachCard(reader, {
          programme: { ...newReader, coaches: [...newReader.coaches, { ...leaderOf(newReader), since: sampleNow }] },
          journey: journeys.ready,
          mayBeRepeat: true,
        }),
      many: (reader, { newReader, words, journeys }) => {
        const more = named(words, 9).map(each => ({ ...each, since: sampleNow }))
        const programme = { ...newReader, coaches: [...newReader.coaches.slice(0, 1), ...more] }
        return newCoachCard(reader, { programme, journey: journeys.planning, mayBeRepeat: false })
      },
    },
  },
  {
    name: 'leaders',
    samples: {
      nobody: (reader, { noLeader }) => leadersCard(reader, { programme: noLeader }),
      some: (reader, { programme }) =>
        leadersCard(reader, { programme, alert: { tone: 'good', text: say(reader.language, 'leaders.removed') } }),
      counted: (reader, { programme, invited }) => leadersCard(reader, { programme, journeys: [invited] }),
      aCoach: (reader, { buddy, invited }) => leadersCard(reader, { programme: buddy, journeys: [invited] }),
      mistyped: (reader, { programme, words }) =>
        leadersCard(reader, {
          programme,
          typed: { people: '', ids: words.typed },
          alert: pickingAlert(reader, 'address', words.typed),
        }),
      asMany: (reader, { programme, words }) => {
        return leadersCard(reader, {
          programme: { ...programme, leaders: hundred(words) },
          typed: { people: words.typed, ids: words.typed },
        })
      },
    },
  },
]

const namelessCoach = ({ coaches: [first] }: Programme): Coach => ({
  ...(first ?? { since: sampleNow }),
  person: 'nameless',
  name: '',
})

function leaderOf({ leaders: [first] }: Programme) {
  return first ?? { person: 'leader', name: '' }
}
