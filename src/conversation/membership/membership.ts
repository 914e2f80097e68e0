/** Coming in: invitation, consent, home, and whose programme a word without a card means. */
import { type ActionData, notChosen } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { type RenderedCard, withButton } from '../../cards/render.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { homeCard, invitationCard } from '../../cards/views/home/participant.ts'
import { readersOf } from '../../domain/access.ts'
import { currentRound, isReady, type Journey } from '../../domain/journey.ts'
import { consent } from '../../domain/membership/consent.ts'
import { withName } from '../../domain/membership/inviting.ts'
import type { LeaderAnswer } from '../../domain/membership/leaders.ts'
import { invitationShownAt, type Role } from '../../domain/profile.ts'
import { isGraduate } from '../../domain/programme/creating.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { askedAt, awaitsConsent } from '../../domain/standing.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { type Document, type DocumentOf, document, type Kind, keys } from '../../store/documents.ts'
import type { Stored, Write } from '../../store/store.ts'
import { type Attempt, keep } from '../turn/keep.ts'
import { withFirstChoice } from '../turn/people.ts'
import { done, neutral, type Outcome, reader, refused, refusedPlainly, type Scope } from '../turn/scope.ts'

/** The actor's own journey, with its programme. The journey is the authority. */
export type Mine = { readonly programme: Programme; readonly journey: Stored<DocumentOf<'journey'>> }

/** What home needs of it: no version, since nothing is written. */
type Owned = { readonly programme: Programme; readonly journey: { readonly doc: Journey } }

export async function mine(scope: Scope, id: ProgrammeId): Promise<Mine | undefined> {
  const programme = await scope.people.programme(id, scope.now)
  const journey = programme && (await scope.store.get(keys.journey(id, scope.person)))
  return programme && journey && { programme, journey }
}

/** Replaces exactly the version that was decided upon. */
export function putJourney(before: Stored<DocumentOf<'journey'>>, journey: Journey): Write {
  return { op: 'put', doc: document(keys.journey(journey.programme, journey.person), journey), etag: before.etag }
}

/** The journey among what a batch wrote, so that the next card needs no further read. */
export function journeyIn(docs: readonly (Stored<Document> | undefined)[]): Stored<DocumentOf<'journey'>> {
  return writtenIn(docs, 'journey')
}

/** The first document of this kind that a batch has left behind. */
export function writtenIn<K extends Kind>(docs: readonly (Stored<Document> | undefined)[], type: K) {
  const found = docs.find(stored => stored?.doc.type === type)
  if (!found) throw new Error(`This batch wrote no ${type}.`)
  return found as Stored<DocumentOf<K>>
}

/** The programme that a word without a card is about: the one last used in that role, or the first. */
export function programmeAs({ profile }: Scope, role: Role): ProgrammeId | undefined {
  const mineAs = profile.memberships.filter(membership => membership.role === role)
  return (mineAs.find(membership => membership.programme === profile.lastProgramme) ?? mineAs[0])?.programme
}

/** Runs a row that needs the actor's own journey; everybody else gets the neutral sentence. */
export async function asParticipant(scope: Scope, id: ProgrammeId | undefined, run: (mine: Mine) => Promise<Outcome>) {
  const found = id === undefined ? undefined : await mine(scope, id)
  if (!found) return neutral(scope)
  if (!found.journey.doc.consent) return done(await homeOf(scope, found))
  return run(found)
}

/**
 * The participant's home as it is now. Before consent, and when they are asked back, it is the invitation; after removal
 * what was written can still be read.
 */
export async function homeOf(
  scope: Scope,
  { programme, journey }: Owned,
  alert?: Alert,
  chosenLeader = '',
): Promise<RenderedCard> {
  const to = reader(scope, programme)
  if (awaitsConsent(journey.doc) && !programme.closedAt) {
    await Promise.all([nowShown(scope, programme, journey.doc), nowNamed(scope, journey.doc)])
    return invitationCard(to, { programme, journey: journey.doc, alert, chosenLeader })
  }
  return standsAs(scope, { programme, journey }, alert)
}

/** What somebody wrote who is asked back: theirs to read before they decide. */
export async function whatTheyWrote(scope: Scope, id: ProgrammeId): Promise<Outcome> {
  const found = await mine(scope, id)
  if (!found) return neutral(scope)
  const { programme, journey } = found
  const asked = awaitsConsent(journey.doc) && !programme.closedAt
  if (!asked || !journey.doc.consent) return done(await homeOf(scope, found))
  const to = reader(scope, programme)
  const title = say(to.language, 'invitation.again')
  return done(withButton(await standsAs(scope, found), to, title, 'home', { programme: id }))
}

/** As a participant, or as one who was. */
async function standsAs(scope: Scope, { programme, journey }: Owned, alert?: Alert): Promise<RenderedCard> {
  const to = reader(scope, programme)
  const over = journey.doc.removedAt ? 'general.removed' : programme.closedAt ? 'general.closed' : undefined
  const closed = over && ({ tone: 'warning', text: say(to.language, over) } as const)
  if (!journey.doc.consent && closed) return noteCard(to, closed)
  const coachReached = isReady(currentRound(journey.doc))
    ? await reachesCoach(scope, programme, journey.doc)
    : undefined
  const mayRunBuddy = scope.creators.buddies && isGraduate(journey.doc)
  const card = { programme, journey: journey.doc, now: scope.now, alert: alert ?? closed, coachReached, mayRunBuddy }
  return homeCard(to, card)
}

/** Kept when it is news: another programme's, or since then somebody was asked again or another coach has come. */
async function nowShown({ people, person, incoming, now }: Scope, programme: Programme, journey: Journey) {
  const { programme: id } = programme
  await people.change(person, incoming.actor.name, now, before => {
    const at = invitationShownAt(before, id, now)
    const known = at >= askedAt(journey) && programme.coaches.every(coach => coach.since <= at)
    return known ? before : { ...before, invitationShown: { programme: id, at: now } }
  })
}

/** Once; somebody else who is writing to it leaves it for their next coming. */
async function nowNamed({ store, person, incoming }: Scope, { programme, name }: Journey): Promise<void> {
  const before = name.trim() ? undefined : await store.get(keys.journey(programme, person))
  const named = before && withName(before.doc, incoming.actor.name)
  if (named && named !== before.doc) await store.commit(before.doc.pk, [putJourney(before, named)])
}

export function reachesCoach(scope: Scope, programme: Programme, journey: Journey): Promise<boolean> {
  return scope.people.reachesAny(
    readersOf(programme, journey).map(coach => coach.person),
    scope.now,
  )
}

/** Consent makes the member, and names their team leader. A second press finds them in and shows home. */
export async function giveConsent(scope: Scope, { programme: id, coaches, leader }: ActionData<'consent'>) {
  return keep(scope, id, async (): Promise<Attempt> => {
    // Who reads and who leads today, not a minute ago.
    const programme = await scope.people.programmeNow(id, scope.now)
    const journey = programme && (await scope.store.get(keys.journey(id, scope.person)))
    if (!programme || !journey) return neutral(scope)
    const decided = consent(journey.doc, programme, coaches, scope.now, answerOf(leader))
    if (decided.refused === 'alreadyConsented') return done(await homeOf(scope, { programme, journey }))
    const { language } = reader(scope, programme)
    if (decided.refused && toShowAgain.includes(decided.refused)) {
      const alert = { tone: 'attention', text: refusalText(language, decided.refused) } as const
      return refused(decided, await homeOf(scope, { programme, journey }, alert, leader))
    }
    if (decided.refused) return refusedPlainly(scope, decided, programme)
    const alert = { tone: 'good', text: say(language, 'home.welcomeIn') } as const
    return {
      writes: [putJourney(journey, withName(decided.journey, scope.incoming.actor.name))],
      card: async docs => {
        const { person, now, incoming } = scope
        const { actor } = incoming
        await scope.people.change(person, actor.name, now, before => withFirstChoice(before, actor))
        return homeOf(scope, { programme, journey: journeyIn(docs) }, alert)
      },
    }
  })
}

/** The programme has other people than the card said: it is shown once more, as it is now. */
const toShowAgain: readonly Refusal[] = ['readersChanged', 'notALeader', 'ownLeader']

/** What the field for the team leader means. */
function answerOf(chosen: string): LeaderAnswer {
  if (chosen === '') return 'asNamed'
  return { leader: chosen === notChosen ? undefined : chosen }
}

/** Typed consent is to what the invitation said that this person was last shown; where that is not known, it is shown first. */
export async function consentTyped(scope: Scope, id: ProgrammeId): Promise<Outcome> {
  const programme = await scope.people.programmeNow(id, scope.now)
  const seenAt = invitationShownAt(scope.profile, id, scope.now)
  const journey = seenAt === '' && programme && (await scope.store.get(keys.journey(id, scope.person)))
  if (programme && journey) return done(await homeOf(scope, { programme, journey }))
  const coaches = programme?.coaches.filter(coach => coach.since <= seenAt).map(coach => coach.person) ?? []
  return giveConsent(scope, { programme: id, coaches, leader: '' })
}
