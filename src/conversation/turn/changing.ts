/**
 * A coach changes a programme, or what one of its people has there: decided upon what is stored now, kept with what it
 * promises in one batch. A person who is not a coach of it gets what a stranger gets.
 */
import type { RenderedCard } from '../../cards/render.ts'
import type { Journey } from '../../domain/journey.ts'
import { counted } from '../../domain/membership/following.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import type { Promised } from '../../domain/readiness.ts'
import type { Decided, Refused } from '../../domain/refusals.ts'
import type { PersonId, ProgrammeId } from '../../domain/values.ts'
import { type DocumentOf, document, keys } from '../../store/documents.ts'
import type { Stored, Write } from '../../store/store.ts'
import { commitCounted, type Decision, type GiveBack } from './commit-decision.ts'
import { putJourney } from './own-journey.ts'
import { denied, type Outcome, refused, refusedPlainly, showCard, type TurnContext } from './turn-context.ts'

type Later<T> = T | Promise<T>

/** Replaces exactly the version that was decided upon. */
export function putProgramme(before: Stored<DocumentOf<'programme'>>, programme: Programme): Write {
  return { op: 'put', doc: document(keys.programme(programme.programme), programme), etag: before.etag }
}

export type Shown<T> = {
  /** The card when it is done, also when there was nothing to change. */
  readonly card: (now: T) => Later<RenderedCard>
  /** The card when a rule said no, with what was typed; absent: the sentence alone. */
  readonly no?: (no: Refused, now: T) => Later<RenderedCard>
}

type Changed = Decided<{ programme: Programme; notices?: readonly Promised[] }>

/**
 * @param decide pure and synchronous: it may run several times.
 * @param giveBack see `commitCounted`, where something was counted before.
 */
export function changeProgramme(
  context: TurnContext,
  id: ProgrammeId,
  decide: (programme: Programme) => Changed,
  shown: Shown<Programme>,
  giveBack?: GiveBack,
): Promise<Outcome> {
  return changeKnowing(context, id, async () => undefined, decide, shown, giveBack)
}

/** The same for a rule that asks about more than the programme. @param look reads it, before each decision. */
export function changeKnowing<T>(
  context: TurnContext,
  id: ProgrammeId,
  look: (programme: Programme) => Promise<T>,
  decide: (programme: Programme, known: T) => Changed,
  shown: Shown<Programme>,
  giveBack?: GiveBack,
): Promise<Outcome> {
  const decideNow = async (): Promise<Decision> => {
    const before = await context.people.programmeStored(id)
    if (!before || !isCoach(before.doc, context.person)) return denied(context)
    const decided = decide(before.doc, await look(before.doc))
    if (decided.refused) return refusal(context, decided, before.doc, before.doc, shown)
    if (decided.programme === before.doc) return showCard(await shown.card(before.doc))
    const { programme, tasks } = counted(before.doc, decided.programme)
    return {
      writes: [putProgramme(before, programme)],
      promised: decided.notices ?? [],
      tasks,
      card: () => shown.card(programme),
    }
  }
  return commitCounted(context, id, decideNow, giveBack)
}

export type JourneyIn = { readonly programme: Programme; readonly journey: Journey }

type More = {
  /** Who is not answered like a stranger: the coaches, unless it says somebody else. */
  readonly may?: (of: JourneyIn) => boolean
  /** See `commitCounted`, where something was counted before. */
  readonly giveBack?: GiveBack
}

/**
 * @param decide pure and synchronous: it may run several times. Whom it is about may be anybody a
 * coach could name: nobody is answered like a stranger.
 */
export function changeJourney(
  context: TurnContext,
  id: ProgrammeId,
  person: PersonId,
  decide: (of: JourneyIn) => Decided<{ journey: Journey; notices?: readonly Promised[] }>,
  shown: Shown<JourneyIn>,
  { may = ({ programme }) => isCoach(programme, context.person), giveBack }: More = {},
): Promise<Outcome> {
  const decideNow = async (): Promise<Decision> => {
    const [programme, before] = await Promise.all([
      context.people.programmeNow(id),
      context.store.get(keys.journey(id, person)),
    ])
    const now = programme && before && { programme, journey: before.doc }
    if (!now || !may(now)) return denied(context)
    const decided = decide(now)
    if (decided.refused) return refusal(context, decided, programme, now, shown)
    if (decided.journey === before.doc) return showCard(await shown.card(now))
    return {
      writes: [putJourney(before, decided.journey)],
      promised: decided.notices ?? [],
      card: () => shown.card({ programme, journey: decided.journey }),
    }
  }
  return commitCounted(context, id, decideNow, giveBack)
}

async function refusal<T>(
  context: TurnContext,
  no: Refused,
  programme: Programme,
  now: T,
  shown: Shown<T>,
): Promise<Outcome> {
  return shown.no ? refused(no, await shown.no(no, now)) : refusedPlainly(context, no, programme)
}
