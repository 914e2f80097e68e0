/** Ways to a participant's logs, and when they were submitted, on the coach's cards. */
import { readableSnapshot } from '../../../domain/access.ts'
import { chosenSessions, type Journey, type Pointer, roundOf } from '../../../domain/journey.ts'
import type { Snapshot } from '../../../domain/logs/log-states.ts'
import { momentText } from '../../dates.ts'
import { type Button, button } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { say } from '../../texts.ts'

export function readButton(
  { language }: Reader,
  journey: Journey,
  round: number,
  session: number,
  pointer: Pointer,
  card: 'ready' | 'reading',
): Button {
  const title = say(language, pointer === 'best' ? `${card}.readBest` : `${card}.readMostChallenging`)
  return button('read', title, { programme: journey.programme, person: journey.person, round, session, page: 1 })
}

/** Both logs side by side: none or one button, for when two are chosen and both may be read. */
export function bothButton({ language }: Reader, journey: Journey, no: number): readonly Button[] {
  const round = roundOf(journey, no)
  const chosen = (round && chosenSessions(round)) ?? []
  const readable = chosen.filter(session => readableSnapshot(journey, { round: no, session }) !== undefined)
  if (readable.length < 2) return []
  const at = { programme: journey.programme, person: journey.person, round: no, page: 1 }
  return [button('readBoth', say(language, 'ready.both'), at)]
}

export function submittedText(reader: Reader, { submittedAt, snapshot }: Snapshot): string {
  const key = snapshot > 1 ? 'reading.resubmitted' : 'reading.submitted'
  return say(reader.language, key, { date: momentText(reader, submittedAt), no: snapshot })
}
