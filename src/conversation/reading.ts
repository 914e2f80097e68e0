/** A coach reads a submitted log. The one place where somebody reads another person's answers. */
import type { ActionData } from '../cards/actions.ts'
import { readingCard } from '../cards/views/coach.ts'
import { mayRead, readableSnapshot } from '../domain/access.ts'
import { pointerOf, roundOf } from '../domain/journey.ts'
import { open } from '../domain/log.ts'
import { isCoach, type Programme } from '../domain/programme.ts'
import { type DocumentOf, keys } from '../store/documents.ts'
import type { Stored } from '../store/store.ts'
import { keep } from './keep.ts'
import { journeyIn, putJourney } from './membership.ts'
import { sessionOf } from './reflecting.ts'
import { done, neutral, type Outcome, reader, refusedPlainly, type Scope } from './scope.ts'

type Asked = ActionData<'read'>

/**
 * Shows a page of a log. The first view is written before anything is shown, under the version that was decided upon:
 * of a view and a withdrawal at the same moment exactly one wins.
 */
export function readLog(scope: Scope, asked: Asked): Promise<Outcome> {
  return keep(scope, asked.programme, async () => {
    const programme = await scope.people.programmeNow(asked.programme, scope.now)
    const journey = programme && (await scope.store.get(keys.journey(asked.programme, asked.person)))
    if (!programme || !journey || !isCoach(programme, scope.person)) return neutral(scope)
    const subject = { programme, journey: journey.doc }
    if (!mayRead(scope.person, 'submittedLog', subject, asked))
      return refusedPlainly(scope, { refused: 'notReady' }, programme)
    const decided = open(journey.doc, asked.round, asked.session, scope.now)
    // A log that went back is a draft again; what a coach has opened before stays readable.
    if (decided.refused || !decided.changed) return page(scope, programme, journey, asked)
    return {
      writes: [putJourney(journey, decided.journey)],
      card: async docs => (await page(scope, programme, journeyIn(docs), asked)).reply.card ?? fail(),
    }
  })
}

async function page(
  scope: Scope,
  programme: Programme,
  journey: Stored<DocumentOf<'journey'>>,
  asked: Asked,
): Promise<Outcome> {
  const { round: no, session, person } = asked
  const number = readableSnapshot(journey.doc, asked)
  const snapshot = number && (await scope.store.get(keys.snapshot(asked.programme, person, no, session, number)))
  const round = roundOf(journey.doc, no)
  if (!snapshot || !round) return refusedPlainly(scope, { refused: 'notReady' }, programme)
  const card = {
    programme,
    journey: journey.doc,
    snapshot: snapshot.doc,
    session: sessionOf(journey.doc, asked),
    pointer: pointerOf(round, session),
    page: asked.page,
  }
  return done(readingCard(reader(scope, programme), card))
}

function fail(): never {
  throw new Error('A page of a log is always a card.')
}
