/** Coming in: invitation, consent, home, and whose programme a word without a card means. */

import type { Alert } from '../cards/reader.ts'
import type { RenderedCard } from '../cards/render.ts'
import { say } from '../cards/texts.ts'
import { coachHomeCard } from '../cards/views/coach.ts'
import { noteCard } from '../cards/views/general.ts'
import { homeCard, invitationCard } from '../cards/views/participant.ts'
import { mayRead, readersOf } from '../domain/access.ts'
import { chosenSessions, consent, currentRound, isReady, type Journey, logFacts, pointerOf } from '../domain/journey.ts'
import type { Role } from '../domain/person.ts'
import { isCoach, type Programme } from '../domain/programme.ts'
import { progressOf } from '../domain/progress.ts'
import type { Language, ProgrammeId } from '../domain/values.ts'
import { type Document, type DocumentOf, document, keys } from '../store/documents.ts'
import type { Stored, Write } from '../store/store.ts'
import { keep } from './keep.ts'
import { done, neutral, type Outcome, reader, refusedPlainly, type Scope } from './scope.ts'

/** The actor's own journey, with its programme. The journey is the authority. */
export type Mine = { readonly programme: Programme; readonly journey: Stored<DocumentOf<'journey'>> }

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
  for (const stored of docs) if (stored?.doc.type === 'journey') return { doc: stored.doc, etag: stored.etag }
  throw new Error('This batch wrote no journey.')
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

/** Home: of the programme the card was about, or of the one last used. */
export async function home(scope: Scope, id?: ProgrammeId, alert?: Alert): Promise<Outcome> {
  const asked = id ?? programmeAs(scope, 'participant')
  const found = asked === undefined ? undefined : await mine(scope, asked)
  if (found) return done(await homeOf(scope, found, alert))
  const coached = id ?? programmeAs(scope, 'coach')
  if (coached !== undefined) return coachHome(scope, coached, alert)
  if (programmeAs(scope, 'leader') === undefined) return neutral(scope)
  const to = reader(scope)
  return done(noteCard(to, { tone: 'good', text: say(to.language, 'general.leaderNothingYet') }))
}

/** The participant's home as it is now. Before consent it is the invitation; after removal a plain sentence. */
export async function homeOf(scope: Scope, { programme, journey }: Mine, alert?: Alert): Promise<RenderedCard> {
  const to = reader(scope, programme)
  if (journey.doc.removedAt) return noteCard(to, { tone: 'warning', text: say(to.language, 'general.removed') })
  if (!journey.doc.consent) return invitationCard(to, { programme, journey: journey.doc, alert })
  const closed: Alert | undefined = programme.closedAt
    ? { tone: 'warning', text: say(to.language, 'general.closed') }
    : undefined
  const coachReached = isReady(currentRound(journey.doc))
    ? await reachesCoach(scope, programme, journey.doc)
    : undefined
  return homeCard(to, { programme, journey: journey.doc, now: scope.now, alert: alert ?? closed, coachReached })
}

export function reachesCoach(scope: Scope, programme: Programme, journey: Journey): Promise<boolean> {
  return scope.people.reachesAny(
    readersOf(programme, journey).map(coach => coach.person),
    scope.now,
  )
}

/** Who is where, and who is ready, for a coach of that programme. Built from progress: no word anybody wrote. */
export async function coachHome(scope: Scope, id: ProgrammeId, alert?: Alert): Promise<Outcome> {
  const programme = await scope.people.programmeNow(id, scope.now)
  if (!programme || !isCoach(programme, scope.person)) return neutral(scope)
  const journeys = (await scope.store.query('journeysOf', { programme: id }))
    .map(stored => stored.doc)
    .filter(journey => !journey.removedAt && mayRead(scope.person, 'status', { programme, journey }))
  const ready = journeys.flatMap(journey => {
    const round = currentRound(journey)
    const readable = (chosenSessions(round) ?? []).filter(session =>
      mayRead(scope.person, 'submittedLog', { programme, journey }, { round: round.no, session }),
    )
    const logs = readable.flatMap(session => {
      const pointer = pointerOf(round, session)
      return pointer ? [{ session, pointer, opened: !!logFacts(round, session).openedAt }] : []
    })
    return isReady(round) && logs.length > 0
      ? [{ person: journey.person, name: journey.name, round: round.no, logs }]
      : []
  })
  return done(coachHomeCard(reader(scope, programme), { programme, people: journeys.map(progressOf), ready, alert }))
}

/** Consent makes the member. A second press finds them in and shows home. */
export async function giveConsent(scope: Scope, id: ProgrammeId): Promise<Outcome> {
  return keep(scope, id, async () => {
    const found = await mine(scope, id)
    if (!found) return neutral(scope)
    const { programme, journey } = found
    const decided = consent(journey.doc, programme, scope.now)
    if (decided.refused === 'alreadyConsented') return done(await homeOf(scope, found))
    if (decided.refused) return refusedPlainly(scope, decided, programme)
    const alert = { tone: 'good', text: say(reader(scope, programme).language, 'home.welcomeIn') } as const
    return {
      writes: [putJourney(journey, decided.journey)],
      card: docs => homeOf(scope, { programme, journey: journeyIn(docs) }, alert),
    }
  })
}

/** Declining keeps nothing and closes no door. */
export async function decline(scope: Scope, id: ProgrammeId): Promise<Outcome> {
  const found = await mine(scope, id)
  if (!found) return neutral(scope)
  if (found.journey.doc.consent) return done(await homeOf(scope, found))
  const to = reader(scope, found.programme)
  const again = { title: say(to.language, 'general.seeInvitation'), verb: 'home' as const, data: { programme: id } }
  return done(noteCard(to, { tone: 'good', text: say(to.language, 'general.declined'), buttons: [again] }))
}

/** The stored choice; every card from now on speaks it. */
export async function speak(scope: Scope, language: Language): Promise<Outcome> {
  const profile = await scope.people.change(scope.person, scope.incoming.actor.name, scope.now, before =>
    before.language === language ? before : { ...before, language },
  )
  return home({ ...scope, profile }, undefined, { tone: 'good', text: say(language, 'general.languageChanged') })
}
