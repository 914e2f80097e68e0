/** A coach reads submitted logs. The one place where somebody reads another person's answers. */
import type { ActionData } from '../../cards/actions.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { readingCard, readyCard } from '../../cards/views/reading/coach.ts'
import { compareCard } from '../../cards/views/reading/compare.ts'
import { awaitsYes, mayRead, readableSnapshot } from '../../domain/access.ts'
import { chosenSessions, currentRound, type Journey, pointerOf, roundOf } from '../../domain/journey.ts'
import { open, type Snapshot } from '../../domain/logs/log-states.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { type DocumentOf, keys } from '../../store/documents.ts'
import type { Stored } from '../../store/store.ts'
import { sessionOf } from '../logs/reflecting.ts'
import { coachHome } from '../progress/overview.ts'
import { commitDecision } from '../turn/commit-decision.ts'
import { journeyIn, putJourney } from '../turn/own-journey.ts'
import { isCalled, loadProgrammeAs, readyToRead } from '../turn/programme-people.ts'
import { denied, type Outcome, reader, refusedPlainly, showCard, type TurnContext } from '../turn/turn-context.ts'

type Asked = Omit<ActionData<'readBoth'>, 'page'>
type Subject = { readonly programme: Programme; readonly journey: Journey }
type Read = { readonly session: number; readonly snapshot: Snapshot }

/** A page of one log. */
export function readLog(context: TurnContext, asked: ActionData<'read'>): Promise<Outcome> {
  return reading(
    context,
    asked,
    () => [asked.session],
    ({ programme, journey }, [log]) => {
      const round = roundOf(journey, asked.round)
      if (!log || !round) return undefined
      const { session, snapshot } = log
      const card = {
        programme,
        journey,
        snapshot,
        session: sessionOf(journey, asked),
        pointer: pointerOf(round, session),
      }
      return readingCard(reader(context, programme), { ...card, page: asked.page })
    },
  )
}

/** Both logs of a round side by side. */
export function readBoth(context: TurnContext, asked: ActionData<'readBoth'>): Promise<Outcome> {
  const chosen = (journey: Journey) => chosenSessions(roundOf(journey, asked.round) ?? currentRound(journey)) ?? []
  return reading(context, asked, chosen, ({ programme, journey }, read) => {
    const round = roundOf(journey, asked.round)
    const logs = read.flatMap(({ session, snapshot }) => {
      const pointer = round && pointerOf(round, session)
      return pointer ? [{ pointer, snapshot, session: sessionOf(journey, { round: asked.round, session }) }] : []
    })
    if (logs.length === 0) return undefined
    return compareCard(reader(context, programme), { programme, journey, round: asked.round, logs, page: asked.page })
  })
}

/** Typed `read Anna`: the card that leads to her logs. It opens nothing yet. */
export async function readNamed(context: TurnContext, id: ProgrammeId | undefined, name: string): Promise<Outcome> {
  const found = id === undefined ? undefined : await loadProgrammeAs(context, id, 'coach')
  if (!found) return denied(context)
  const { programme } = found
  const called = found.journeys.filter(journey => isCalled(journey, name))
  const [only] = called
  if (!name.trim() || !only || called.length > 1)
    return (await coachHome(context, programme.programme, 1)) ?? denied(context)
  if (!readyToRead(context, programme, only)) return unread(context, { programme, journey: only })
  const card = { programme, journey: only, round: currentRound(only).no, mayBeRepeat: false }
  return showCard(readyCard(reader(context, programme), card))
}

/**
 * The first view of a log is written before anything is shown, under the version that was decided upon: of a view and a
 * withdrawal at the same moment exactly one wins. A person who may not read gets no more than a stranger does.
 */
function reading(
  context: TurnContext,
  asked: Asked,
  sessionsOf: (journey: Journey) => readonly number[],
  draw: (subject: Subject, logs: readonly Read[]) => RenderedCard | undefined,
): Promise<Outcome> {
  return commitDecision(context, asked.programme, async () => {
    const programme = await context.people.programmeNow(asked.programme)
    const journey = programme && (await context.store.get(keys.journey(asked.programme, asked.person)))
    if (!programme || !journey || !isCoach(programme, context.person)) return denied(context)
    const subject = { programme, journey: journey.doc }
    const sessions = sessionsOf(journey.doc)
    const may = (session: number) => mayRead(context.person, 'submittedLog', subject, { round: asked.round, session })
    if (sessions.length === 0 || !sessions.every(may)) return unread(context, subject)

    let opened: Journey = journey.doc
    // A closed programme is read-only: what may be read is read, and no first view is written.
    for (const session of programme.closedAt ? [] : sessions) {
      const decided = open(opened, asked.round, session, context.now)
      // A log that went back is a draft again; what a coach has opened before stays readable and is not opened anew.
      if (!decided.refused) opened = decided.journey
    }
    const show = async (now: Stored<DocumentOf<'journey'>>) => {
      const logs = await Promise.all(sessions.map(session => snapshotOf(context, now.doc, asked, session)))
      return draw(
        { programme, journey: now.doc },
        logs.flatMap(log => log ?? []),
      )
    }
    if (opened === journey.doc) {
      const card = await show(journey)
      return card ? showCard(card) : refusedPlainly(context, { refused: 'notReady' }, programme)
    }
    return {
      writes: [putJourney(journey, opened)],
      card: async docs => (await show(journeyIn(docs))) ?? fail(),
    }
  })
}

/** Why a coach reads nothing of somebody: they have not said yes to this one, or it is not all in. */
function unread(context: TurnContext, of: Subject): Outcome {
  return refusedPlainly(context, { refused: awaitsYes(context.person, of) ? 'notAccepted' : 'notReady' }, of.programme)
}

async function snapshotOf(
  context: TurnContext,
  journey: Journey,
  { programme, person, round }: Asked,
  session: number,
): Promise<Read | undefined> {
  const number = readableSnapshot(journey, { round, session })
  const stored = number && (await context.store.get(keys.snapshot(programme, person, round, session, number)))
  return stored ? { session, snapshot: stored.doc } : undefined
}

function fail(): never {
  throw new Error('A log was opened whose snapshot is not there.')
}
