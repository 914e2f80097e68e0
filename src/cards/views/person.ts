/** One person, for a coach: how far, what holds them up, and what can be done about it. Never a word they wrote. */
import type { Seen } from '../../domain/glance.ts'
import type { Journey } from '../../domain/journey.ts'
import type { Programme } from '../../domain/programme.ts'
import { progressOf } from '../../domain/progress.ts'
import type { Instant } from '../../domain/values.ts'
import { momentText } from '../dates.ts'
import { press } from '../press.ts'
import type { Alert, Reader } from '../reader.ts'
import { type RenderedCard, render } from '../render.ts'
import { say } from '../texts.ts'
import { bothButton } from './coach-logs.ts'
import { heldUp, type Readable, readButtons, stageText } from './coach-people.ts'
import { alerts, inRows, maybe, programmeName } from './parts.ts'
import { nameOf } from './picking.ts'
import { type Fact, progressFacts, timeLeft } from './progress-facts.ts'

type PersonInput = {
  readonly programme: Programme
  readonly journey: Journey
  /** Undefined for who was removed. */
  readonly seen: Seen | undefined
  readonly readable: Readable | undefined
  readonly now: Instant
  readonly alert?: Alert | undefined
}

export function personCard(reader: Reader, input: PersonInput): RenderedCard {
  const { programme, journey, seen, readable, now, alert } = input
  const { language } = reader
  const progress = progressOf(journey)
  const leader = programme.leaders.find(each => each.person === journey.leader)?.name
  const read = readable
    ? [...readButtons(reader, programme, readable), ...bothButton(reader, journey, readable.round)]
    : []
  return render('person', reader, {
    alerts: alerts(alert),
    programme: programmeName(reader, programme, progress.round),
    time: maybe(!!seen && !programme.closedAt, { text: timeLeft(reader, programme, now, journey.extraDays) }),
    name: nameOf(reader, journey.name),
    stage: seen
      ? stageText(reader, seen, progress)
      : say(language, 'person.removed', { date: momentText(reader, journey.removedAt ?? now, 'short') }),
    notes: (seen ? heldUp(reader, seen) : []).map(text => ({ text })),
    facts: [...askedFacts(reader, journey), ...(journey.consent ? progressFacts(reader, programme, progress) : [])],
    leader: say(language, leader === undefined ? 'person.noLeader' : 'person.leader', {
      leader: nameOf(reader, leader ?? ''),
    }),
    buttons: inRows(read),
    private: say(language, 'coachHome.private'),
    all: press('coachHome', { programme: programme.programme, page: 1 }),
  })
}

/** When this person was asked for the first time, and when a nudge was last sent. */
function askedFacts(reader: Reader, { invitedAt, nudgedAt, consent }: Journey): readonly Fact[] {
  const { language } = reader
  const fact = (key: 'person.invited' | 'person.nudged', at: Instant) => ({
    title: say(language, key),
    value: momentText(reader, at, 'short'),
  })
  return [...maybe(!consent, fact('person.invited', invitedAt)), ...(nudgedAt ? [fact('person.nudged', nudgedAt)] : [])]
}
