/** Reviewing one's own log, submitting it, taking it back. */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { say } from '../../cards/texts.ts'
import { reviewCard, submittedCard } from '../../cards/views/logs/reflecting.ts'
import { type Journey, roundOf } from '../../domain/journey.ts'
import type { LearningLog } from '../../domain/logs/log.ts'
import { submit, withdraw } from '../../domain/logs/log-states.ts'
import { document, keys } from '../../store/documents.ts'
import type { Write } from '../../store/store.ts'
import { asParticipant, homeOf } from '../home/participant-home.ts'
import { commitDecision } from '../turn/commit-decision.ts'
import { journeyIn, loadOwnJourney, type OwnJourney, putJourney } from '../turn/own-journey.ts'
import {
  denied,
  type Outcome,
  reader,
  refused,
  refusedPlainly,
  showCard,
  type TurnContext,
} from '../turn/turn-context.ts'
import { logIn, sentence, sessionOf } from './reflecting.ts'

/** The writer's own log, whole and paged; also the place from which it is submitted and taken back. */
export function reviewMine(context: TurnContext, data: ActionData<'review'>): Promise<Outcome> {
  return asParticipant(context, data.programme, async owner => {
    if (!roundOf(owner.journey.doc, data.round)?.sessions.some(each => each.no === data.session)) {
      return refusedPlainly(context, { refused: 'noSuchSession' }, owner.programme)
    }
    return showCard(await readReview(context, owner, data))
  })
}

export function submitLog(context: TurnContext, data: ActionData<'submit'>): Promise<Outcome> {
  return commitDecision(context, data.programme, async () => {
    // The journey first: a save that comes between the two reads changes it, and the batch then decides anew.
    const owner = await loadOwnJourney(context, data.programme)
    if (!owner) return denied(context)
    const found = await logIn(context, owner.programme, data)
    const decided = submit(owner.journey.doc, owner.programme, found.log, context.now)
    if (decided.refused === 'alreadySubmitted')
      return showCard(submittedOf(context, owner, owner.journey.doc, found.log))
    const review = (alert?: Alert) => reviewOf(context, owner, found.log, { ...data, page: 1 }, alert)
    if (isLate(owner, data)) return showCard(review())
    if (decided.refused === 'gaps') return refused(decided, review(sentence(context, owner, decided)))
    if (decided.refused) return refused(decided, await homeOf(context, owner, sentence(context, owner, decided)))
    const { snapshot } = decided
    const at = keys.snapshot(data.programme, context.person, data.round, data.session, snapshot.snapshot)
    const log = document(keys.log(data.programme, context.person, data.round, data.session), decided.log)
    const writes: Write[] = [
      putJourney(owner.journey, decided.journey),
      { op: 'put', doc: log, etag: found.etag },
      { op: 'create', doc: document(at, snapshot) },
    ]
    return {
      writes,
      promised: decided.notices,
      card: docs => submittedOf(context, owner, journeyIn(docs).doc, found.log),
    }
  })
}

export function withdrawLog(context: TurnContext, data: ActionData<'withdraw'>): Promise<Outcome> {
  return commitDecision(context, data.programme, async () => {
    const owner = await loadOwnJourney(context, data.programme)
    if (!owner) return denied(context)
    if (isLate(owner, data)) return showCard(await readReview(context, owner, { ...data, page: 1 }))
    const decided = withdraw(owner.journey.doc, owner.programme, data.round, data.session, context.now)
    // A second press finds it taken back already.
    if (decided.refused === 'notSubmitted') return showCard(await readReview(context, owner, { ...data, page: 1 }))
    if (decided.refused) return refused(decided, await homeOf(context, owner, sentence(context, owner, decided)))
    const said = { tone: 'good', text: say(reader(context, owner.programme).language, 'review.withdrawn') } as const
    return {
      writes: [putJourney(owner.journey, decided.journey)],
      promised: decided.notices,
      card: docs => readReview(context, { ...owner, journey: journeyIn(docs) }, { ...data, page: 1 }, said),
    }
  })
}

/** The press of a card that another submit has made old: it is not done again, however late it is delivered. */
function isLate({ journey }: OwnJourney, { round: no, session, snapshot }: ActionData<'submit'>): boolean {
  const facts = roundOf(journey.doc, no)?.logs[session]
  return snapshot !== undefined && facts !== undefined && facts.snapshot !== snapshot
}

async function readReview(context: TurnContext, owner: OwnJourney, data: ActionData<'review'>, alert?: Alert) {
  return reviewOf(context, owner, (await logIn(context, owner.programme, data)).log, data, alert)
}

function reviewOf(
  context: TurnContext,
  { programme, journey }: OwnJourney,
  log: LearningLog,
  data: ActionData<'review'>,
  alert?: Alert,
) {
  const { round, page } = data
  const session = sessionOf(journey.doc, data)
  const input = { programme: data.programme, journey: journey.doc, round, session, log, page, alert }
  return reviewCard(reader(context, programme), input)
}

function submittedOf(context: TurnContext, { programme }: OwnJourney, journey: Journey, log: LearningLog) {
  const { round, session } = log
  return submittedCard(reader(context, programme), { programme, journey, round, session, log })
}
