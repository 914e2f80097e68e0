/** Sample people, journeys and logs to draw every card with: for tests, the gallery, and whoever designs a card. */

import { type CoachingSession, type Journey, type LogFacts, noLog, type Round } from '../../domain/journey.ts'
import type { Answer, LearningLog } from '../../domain/logs/log.ts'
import type { Snapshot } from '../../domain/logs/log-states.ts'
import { currentQuestionSet } from '../../domain/logs/questions.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Progress } from '../../domain/progress/progress.ts'
import type { SampleWords } from './words.ts'

export const sampleNow = '2026-11-23T09:00:00.000Z'
const morning = '2026-11-20T06:05:00.000Z'
const all = 16

export type SampleWorld = ReturnType<typeof sampleWorld>

/** The same small programme, told with these words. */
export function sampleWorld(words: SampleWords) {
  const leader = { person: 'leader', name: words.leader }
  const coach = { person: 'coach', name: words.coach, since: '2026-11-01T00:00:00.000Z' }
  const programme: Programme = {
    programme: 'shanghai-1',
    name: words.programme,
    language: 'en',
    zone: 'Asia/Shanghai',
    startDate: '2026-11-02',
    weeks: 6,
    maxSessions: 5,
    questionSet: currentQuestionSet,
    coaches: [coach, { ...coach, person: 'co-coach', name: words.coCoach }],
    leaders: [leader],
  }
  const buddy: Programme = {
    ...programme,
    programme: 'buddy-1',
    parent: 'shanghai-1',
    coaches: [{ ...leader, since: coach.since }],
  }

  const session = (no: number, more: Partial<CoachingSession> = {}): CoachingSession => ({
    no,
    form: `form-${no}`,
    coachee: words.coachee(no),
    topic: words.topic(no),
    goal: words.goal,
    plannedFor: `2026-11-${10 + no * 3}`,
    ...more,
  })
  const held = (no: number, rating: number) =>
    session(no, { heldOn: `2026-11-${10 + no * 3}`, line: words.line, rating })
  const planned = session(4)
  const undated = { ...session(5), plannedFor: undefined }

  const invited: Journey = {
    programme: programme.programme,
    person: 'writer',
    name: words.writer,
    leader: leader.person,
    invitedAt: '2026-11-02T01:00:00.000Z',
    acceptedCoaches: [],
    active: false,
    rounds: [{ no: 1, extraDays: 0, sessions: [], logs: {}, readyNo: 0 }],
  }
  const consented: Journey = {
    ...invited,
    active: true,
    consent: { version: 1, at: '2026-11-02T02:00:00.000Z', coaches: programme.coaches.map(coach => coach.person) },
  }
  const journey = (round: Partial<Round>, more: Partial<Journey> = {}): Journey => ({
    ...consented,
    ...more,
    rounds: [{ no: 1, extraDays: 0, sessions: [], logs: {}, readyNo: 0, ...round }],
  })

  const sessions = [held(1, 5), held(2, 2), held(3, 4), planned, undated]
  const chosen = { sessions, best: 1, mostChallenging: 2 }
  const draft = (answered: number): LogFacts => ({ ...noLog, answered })
  const submitted: LogFacts = { answered: all, snapshot: 1, submittedAt: morning }
  const opened: LogFacts = { ...submitted, openedAt: '2026-11-21T03:30:00.000Z', openedSnapshot: 1 }
  const back: LogFacts = {
    ...draft(all),
    snapshot: 1,
    openedSnapshot: 1,
    sentBack: { at: morning, by: coach.person, reason: words.reason },
  }
  const ready = { ...chosen, logs: { 1: submitted, 2: submitted }, readyNo: 1, readyAt: morning }
  const journeys = {
    empty: consented,
    planning: journey({ sessions: [planned, undated] }),
    oneHeld: journey({ sessions: [held(1, 3)], best: 1, logs: { 1: submitted } }),
    choosing: journey({ sessions }),
    beginning: journey({ ...chosen, logs: {} }),
    writing: journey({ ...chosen, logs: { 1: draft(7) } }),
    complete: journey({ ...chosen, logs: { 1: draft(all), 2: draft(3) } }),
    oneIn: journey({ ...chosen, logs: { 1: submitted, 2: draft(3) } }),
    sentBack: journey({ ...chosen, logs: { 1: opened, 2: back }, readyNo: 1 }),
    ready: journey(ready),
    readyAgain: journey({ ...ready, logs: { 1: opened, 2: { ...submitted, snapshot: 2 } }, readyNo: 2 }),
    inReview: journey({ ...ready, logs: { 1: opened, 2: submitted } }),
    oneLog: journey({
      sessions: [held(1, 3)],
      best: 1,
      oneLog: true,
      logs: { 1: submitted },
      readyNo: 1,
      readyAt: morning,
    }),
    reviewed: journey({ ...ready, logs: { 1: opened, 2: opened }, reviewedAt: '2026-11-22T09:00:00.000Z' }),
    closed: journey(ready, { active: false }),
  }

  const log = (session: number, answered: readonly number[]): LearningLog => ({
    programme: programme.programme,
    person: consented.person,
    round: 1,
    session,
    questionSet: currentQuestionSet,
    answers: Object.fromEntries(
      answered.map((no): [number, Answer] => [no, { text: words.answer(no), rev: 1, at: morning }]),
    ),
    snapshot: 0,
  })
  const every = Array.from({ length: all }, (_, index) => index + 1)
  const logs = { empty: log(1, []), some: log(1, [1, 2, 3, 4, 5, 6, 9]), full: log(1, every) }
  const { coachee, topic } = held(1, 5)
  const snapshot: Snapshot = { ...logs.full, snapshot: 1, submittedAt: morning, coachee, topic }
  const others = every.map((no): [number, Answer] => [no, { text: words.answer(no + 3), rev: 1, at: morning }])
  const otherSnapshot: Snapshot = {
    ...snapshot,
    session: 2,
    snapshot: 2,
    submittedAt: '2026-11-21T02:00:00.000Z',
    coachee: words.coachee(2),
    topic: words.topic(2),
    answers: Object.fromEntries(others),
  }

  const progress = (index: number, more: Partial<Progress>): Progress => ({
    person: `person-${index}`,
    name: words.person(index),
    consentedAt: morning,
    stage: 'planning',
    round: 1,
    planned: 2,
    held: 0,
    logs: {},
    ...more,
  })
  const logIn = { answered: all, submittedAt: morning }
  const people: readonly Progress[] = [
    progress(1, {
      stage: 'reflecting',
      planned: 4,
      held: 3,
      logs: { best: { answered: 9 }, mostChallenging: { answered: 0 } },
    }),
    progress(2, {
      stage: 'ready',
      planned: 5,
      held: 4,
      logs: { best: logIn, mostChallenging: logIn },
      readyAt: morning,
    }),
    progress(3, { planned: 0, consentedAt: undefined }),
    progress(4, {
      stage: 'inReview',
      planned: 3,
      held: 3,
      logs: { best: { ...logIn, openedAt: morning }, mostChallenging: logIn },
    }),
    progress(5, { stage: 'choosing', planned: 3, held: 2 }),
    progress(6, {
      stage: 'reviewed',
      planned: 3,
      held: 3,
      lastHeldOn: '2026-11-16',
      logs: { best: { ...logIn, openedAt: morning }, mostChallenging: { ...logIn, openedAt: morning } },
      readyAt: morning,
      reviewedAt: morning,
    }),
  ]
  const readable = (index: number) => ({
    person: `person-${index}`,
    name: words.person(index),
    round: 1,
    logs: [
      { session: 1, pointer: 'best' as const, opened: index > 2 },
      { session: 2, pointer: 'mostChallenging' as const, opened: false },
    ],
  })
  const crowd = Array.from({ length: 120 }, (_, index) =>
    progress(
      index + 1,
      index < 40
        ? { stage: 'ready', planned: 5, held: 5, logs: { best: logIn, mostChallenging: logIn }, readyAt: morning }
        : ([
            {},
            { held: 1, stage: 'choosing' } as const,
            { held: 3, planned: 4, stage: 'reflecting', logs: { best: { answered: 12 } } } as const,
          ][index % 3] ?? {}),
    ),
  )
  return {
    words,
    programme,
    buddy,
    /** A co-coach has joined since everybody consented. */
    newReader: { ...programme, coaches: [coach, { person: 'new-coach', name: words.coCoach, since: sampleNow }] },
    noLeader: { ...programme, leaders: [] },
    invited,
    journeys,
    sessions: { held: held(1, 5), other: held(2, 2), planned, undated },
    logs,
    snapshot,
    otherSnapshot,
    people,
    ready: [readable(2), readable(4)],
    crowd,
    crowdReady: crowd.slice(0, 40).map((_, index) => readable(index + 1)),
  }
}
