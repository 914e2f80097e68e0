/** Programmes and journeys to begin a rule's test with, made by the rules themselves. */

import { currentRound, type Journey, withRound } from '../../src/domain/journey.ts'
import { answer, emptyLog, type LearningLog } from '../../src/domain/logs/log.ts'
import { open, review, sendBack, submit } from '../../src/domain/logs/log-states.ts'
import { consent, invite, remove } from '../../src/domain/membership/consent.ts'
import { invitePerson } from '../../src/domain/membership/inviting.ts'
import type { Coach, Programme } from '../../src/domain/programme.ts'
import type { Decided } from '../../src/domain/refusals.ts'
import { choose } from '../../src/domain/sessions/choosing.ts'
import { plan, record } from '../../src/domain/sessions/sessions.ts'
import { type CalendarDate, type Instant, plusSeconds } from '../../src/domain/values.ts'

export const ann = 'person-ann'
export const coach = 'person-coach'
export const leader = 'person-leader'
export const now = '2026-11-23T09:00:00.000Z'
export const later = '2026-11-24T09:00:00.000Z'

export const programme: Programme = {
  programme: 'spring',
  name: 'Spring programme',
  language: 'en',
  zone: 'Europe/Berlin',
  startDate: '2026-11-02',
  weeks: 6,
  maxSessions: 5,
  questionSet: 'leadership-learning-log@1',
  coaches: [{ person: coach, name: 'Carla Coach', since: '2026-10-01T00:00:00.000Z' }],
  leaders: [{ person: leader, name: 'Lena Lead' }],
}

/** The decision must have been made; a refusal fails the test with its name. */
export function ok<T extends object>(decided: Decided<T>): T {
  if ('refused' in decided && decided.refused) throw new Error(`refused: ${decided.refused}`)
  return decided as T
}

export function invited(): Journey {
  return invite(programme, ann, 'Ann Example', leader, now)
}

export function member(): Journey {
  return ok(consent(invited(), programme, [coach], now)).journey
}

/** A member with this many sessions planned and held. */
export function withHeld(count: number): Journey {
  let journey = member()
  for (let no = 1; no <= count; no++) {
    const input = { coachee: `C${no}`, topic: `Topic ${no}`, goal: 'Goal', plannedFor: '2026-11-10' }
    journey = ok(plan(journey, programme, input, `form-${no}`, now)).journey
    journey = ok(record(journey, no, { heldOn: '2026-11-12', line: 'Good', rating: 4 }, now, 'Europe/Berlin')).journey
  }
  return journey
}

/** Best is session 1, Most Challenging is session 2. */
export function chosen(): Journey {
  return ok(choose(withHeld(2), programme, { best: 1, mostChallenging: 2 }, now)).journey
}

export function fullLog(session: number, text = 'Answer'): LearningLog {
  let log = emptyLog(programme, ann, 1, session)
  for (let question = 1; question <= 16; question++) {
    const decided = answer(log, question, `${text} ${question}`, 0, now)
    if (decided.refused || decided.stale) throw new Error('an answer was not taken')
    log = decided.log
  }
  return log
}

export function submitted(journey: Journey, session: number, log = fullLog(session)) {
  return ok(submit(journey, programme, log, now))
}

/** Both logs submitted. */
export function ready(): Journey {
  return submitted(submitted(chosen(), 1).journey, 2).journey
}

/** Both logs opened by the coach. */
export function opened(): Journey {
  return ok(open(ok(open(ready(), 1, 1, now)).journey, 1, 2, now)).journey
}

/** The round is complete: a graduate. */
export function reviewed(): Journey {
  return ok(review(opened(), now)).journey
}

/** With days of their own in the round under way. */
export function withExtraDays(journey: Journey, extraDays: number): Journey {
  return withRound(journey, { ...currentRound(journey), extraDays })
}

/** In their second round, which began on that day; the first one is reviewed. */
export function inSecondRound(firstDay: CalendarDate, journey: Journey = reviewed()): Journey {
  const second = { no: 2, firstDay, extraDays: 0, sessions: [], logs: {}, readyNo: 0 }
  return { ...journey, rounds: [...journey.rounds, second] }
}

/** That many days after `now`. */
export function inDays(days: number): Instant {
  return plusSeconds(now, days * 86_400)
}

/** Removed, and asked to come back on that day. */
export function askedBack(at: Instant): Journey {
  return ok(invitePerson(programme, remove(ready(), now), { person: ann, name: 'Ann Example' }, leader, at, coach))
    .journey
}

/** The first log was opened and went back two days later. */
export function sentBack(): Journey {
  const read = ok(open(ready(), 1, 1, now)).journey
  return ok(sendBack(read, programme, 1, 1, coach, 'More', inDays(2))).journey
}

export const closed: Programme = { ...programme, closedAt: now }

export const newcomer: Coach = { person: 'person-new', name: 'Nora New', since: '2026-11-23T10:00:00.000Z' }

/** A co-coach has joined after Ann had consented. */
export const joined: Programme = { ...programme, coaches: [...programme.coaches, newcomer] }
