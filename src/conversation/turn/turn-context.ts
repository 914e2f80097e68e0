/** What one turn works with, and how it answers. */
import { hash } from 'node:crypto'
import type { Reader } from '../../cards/reader.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import type { Profile } from '../../domain/profile.ts'
import { type Creators, mayCreate } from '../../domain/programme/creating.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Promised } from '../../domain/readiness.ts'
import type { Refused } from '../../domain/refusals.ts'
import type { Instant, PersonId, ProgrammeId } from '../../domain/values.ts'
import type { Store } from '../../store/store.ts'
import type { Incoming } from './incoming.ts'
import type { Links } from './links.ts'
import type { People } from './people.ts'
import type { Turn } from './reply.ts'

export type TurnContext = {
  readonly incoming: Incoming
  readonly person: PersonId
  readonly profile: Profile
  readonly now: Instant
  readonly store: Store
  readonly people: People
  readonly buttons: Reader['buttons']
  /** How long a promise made in this turn belongs to this process, in seconds; longer than a send may take. */
  readonly leaseSeconds: number
  /** Who may start a programme. */
  readonly creators: Creators
  /** Where Teams is opened by a link. */
  readonly links: Links
  /** So many bytes that nobody can guess: for codes. */
  readonly random: (bytes: number) => Uint8Array
  /** How things stand for this person in a programme, for a press that was already dealt with. */
  readonly homeReply: (programme: ProgrammeId) => Promise<Outcome>
}

/** What a row of the tables returns; the caller adds the name of the row. */
export type Outcome = Omit<Turn, 'did' | 'nowReachable'>

export function reader(context: TurnContext, programme?: Programme): Reader {
  const { profile, incoming } = context
  return {
    language: profile.language ?? incoming.actor.language ?? programme?.language ?? 'en',
    zone: profile.zone ?? incoming.actor.zone ?? programme?.zone ?? 'Etc/UTC',
    buttons: context.buttons,
    rendering: digest(incoming.activity).slice(0, 10),
    owner: ownerOf(context.person),
  }
}

/** The zone the person is in now, as their client says it: for what "today" is. */
export function zoneNow(context: TurnContext, programme?: Programme): string {
  return context.incoming.actor.zone ?? reader(context, programme).zone
}

/** Whether this person may start a programme that is nobody's child, as far as needs no look at the store. */
export function mayFoundPlainly({ person, creators }: TurnContext): boolean {
  return !mayCreate(person, creators, []).refused
}

/** Marks a card as this person's without naming them, for a card that is copied into another chat. */
export function ownerOf(person: PersonId): string {
  return digest(person).slice(0, 12)
}

/** Letters and digits that stand for a platform's id, whatever characters that has; fit for document and input ids. */
export function digest(text: string): string {
  return hash('sha256', text).slice(0, 32)
}

export function showCard(card: RenderedCard, promised: readonly Promised[] = []): Outcome {
  return { reply: { card }, promised, outcome: 'done' }
}

/** A rule said no: the sentence on the card the person was working with, so that what they typed is kept. */
export function refused(no: Refused, card: RenderedCard): Outcome {
  return { reply: { card }, promised: [], outcome: 'refused', refusal: no.refused }
}

/** A rule said no, and there is no card to go back to. */
export function refusedPlainly(context: TurnContext, no: Refused, programme?: Programme): Outcome {
  const to = reader(context, programme)
  return refused(
    no,
    noteCard(to, {
      tone: 'attention',
      text: refusalText(to.language, no.refused, no.detail),
      buttons: homeButton(to, programme),
    }),
  )
}

export function homeButton(to: Reader, programme?: Programme) {
  const data = programme ? { programme: programme.programme } : {}
  return [{ title: say(to.language, 'common.home'), verb: 'home' as const, data }]
}

/** Strangers, and everybody who asks for what is not theirs, get the same neutral sentence. */
export function denied(context: TurnContext): Outcome {
  const to = reader(context)
  return refused(
    { refused: 'notAMember' },
    noteCard(to, { tone: 'warning', text: say(to.language, 'general.stranger') }),
  )
}
