import { remove } from '../../domain/membership/consent.ts'
import type { Reader } from '../reader.ts'
import { refusalText, say } from '../texts.ts'
import { homeCard, invitationCard } from '../views/home/participant.ts'
import { chooseCard, planCard, recordCard } from '../views/sessions/sessions.ts'
import type { Draw, Row } from './row.ts'
import { type SampleWorld, sampleNow } from './world.ts'

const today = '2026-11-23'
const form = 'form-4f1c'

export const planningSamples: readonly Row[] = [
  {
    name: 'invitation',
    samples: {
      usual: (reader, { programme, invited: journey }) => invitationCard(reader, { programme, journey }),
      leaderIsCoach: (reader, { buddy, invited: journey }) => invitationCard(reader, { programme: buddy, journey }),
      leaderToChoose: (reader, { programme, invited }) => {
        const [coach] = programme.coaches
        const { leader: _notYet, ...journey } = invited
        const leaders = [...programme.leaders, { person: 'a-leader-known-by-id', name: '' }, ...(coach ? [coach] : [])]
        const alert = { tone: 'attention', text: refusalText(reader.language, 'notALeader') } as const
        return invitationCard(reader, { programme: { ...programme, leaders }, journey, alert })
      },
      askedBack: (reader, { programme, journeys }) =>
        invitationCard(reader, {
          programme,
          journey: { ...remove(journeys.writing, sampleNow), invitedAgainAt: sampleNow },
        }),
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
      newCoach: (reader, world) => home('writing', { programme: world.newReader })(reader, world),
      newCoaches: (reader, { newReader, journeys, words }) => {
        const more = Array.from({ length: 9 }, (_, no) => ({
          person: `coach-${no}`,
          name: words.person(no + 1),
          since: sampleNow,
        }))
        const programme = { ...newReader, coaches: more }
        const declinedCoaches = more.slice(5).map(({ person, since }) => ({ coach: person, since }))
        return homeCard(reader, { programme, journey: { ...journeys.ready, declinedCoaches }, now: sampleNow })
      },
      writing: (reader, world) => home('writing', { alert: good(reader) })(reader, world),
      complete: home('complete', { now: '2026-12-20T09:00:00.000Z' }),
      oneIn: home('oneIn'),
      sentBack: home('sentBack'),
      ready: home('ready', { coachReached: true }),
      coachNotReached: home('ready', { coachReached: false }),
      inReview: home('inReview'),
      oneLog: home('oneLog'),
      reviewed: home('reviewed', { mayRunBuddy: true }),
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
]

function good({ language }: Reader) {
  return { tone: 'good', text: say(language, 'home.recorded') } as const
}

function home(journey: keyof SampleWorld['journeys'], more: Partial<Parameters<typeof homeCard>[1]> = {}): Draw {
  return (reader, { programme, journeys }) =>
    homeCard(reader, { programme, journey: journeys[journey], now: sampleNow, ...more })
}
