/**
 * A coach brings the people of a team into a programme. `enrol`, written in a channel of the team, promises that they are
 * counted; the question that follows, and everything else, is for the coach's own chat. What is written in the channel is
 * one sentence that tells nothing to those who read it there.
 */

import type { ActionData } from '../../cards/actions.ts'
import type { Reader } from '../../cards/reader.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { enrolCard } from '../../cards/views/team-import/enrol.ts'
import { nobodySeen, noFates } from '../../domain/import-counts.ts'
import { isNamed } from '../../domain/programme/creating.ts'
import { isCoach, type Programme } from '../../domain/programme.ts'
import { withImport } from '../../domain/quotas/limits.ts'
import type { Refused } from '../../domain/refusals.ts'
import type { Enrol, Roster } from '../../domain/tasks.ts'
import { mostOffers, toInvite } from '../../domain/team-import/enrolling.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { document, keys } from '../../store/documents.ts'
import { changeLimits, uncount } from '../quotas/quota-store.ts'
import { commitCounted, commitDecision, type Decision } from '../turn/commit-decision.ts'
import {
  denied,
  digest,
  homeButton,
  type Outcome,
  reader,
  refused,
  showCard,
  type TurnContext,
} from '../turn/turn-context.ts'

/**
 * Undefined for a person who coaches no open programme: they get what everybody gets in a channel. Nobody's chat is
 * looked at, and nothing is kept but the promise. @param context in a channel. @param to for a card that anybody may read.
 */
export async function enrolTeam(context: TurnContext, team: string, to: Reader): Promise<Outcome | undefined> {
  const offers = await openProgrammes(context)
  const [home] = offers
  if (!home) return undefined
  const { person, now, incoming, store } = context
  const card = noteCard(to, { tone: 'good', text: say(to.language, 'enrol.written') })
  const task: Roster = {
    task: 'roster',
    programme: home.programme,
    no: digest(`${person} ${team}`),
    by: person,
    team: { team, serviceUrl: incoming.chat.serviceUrl, tenant: incoming.tenant },
    restarts: 0,
    seen: nobodySeen,
    offers: offers.map(({ programme, name }) => ({ programme, name, people: 0, guests: 0 })),
    met: false,
  }
  // Nothing about anybody may ever follow in the channel.
  const here: TurnContext = { ...context, homeReply: async () => showCard(card) }
  return commitDecision(here, home.programme, async () => {
    const before = await store.get(keys.task(task))
    if (!before) return { writes: [], tasks: [task], card: () => card }
    if (before.doc.task !== 'roster' || !before.doc.ended) return showCard(card)
    // Asked already, and not answered: the next process that looks for work counts anew.
    const doc = document(keys.task(task), { ...task, runAt: now, tries: 1, promisedAt: now })
    return { writes: [{ op: 'put', doc, etag: before.etag }], card: () => card }
  })
}

/** Those this person coaches now, the one last used first, then the newest. */
async function openProgrammes({ person, profile, people }: TurnContext): Promise<readonly Programme[]> {
  const ids = new Set(profile.memberships.filter(({ role }) => role === 'coach').map(({ programme }) => programme))
  const found = await Promise.all([...ids].map(id => people.programmeNow(id)))
  const open = found.flatMap(each => (each && !each.closedAt && isCoach(each, person) ? [each] : []))
  const rank = ({ programme }: Programme) => (programme === profile.lastProgramme ? 0 : 1)
  const order = (a: Programme, b: Programme) => rank(a) - rank(b) || b.startDate.localeCompare(a.startDate)
  return open.toSorted(order).slice(0, mostOffers)
}

/** `enrol` typed in one's own chat: how it is done. */
export function enrolHow(context: TurnContext): Outcome {
  if (context.profile.memberships.every(({ role }) => role !== 'coach')) return denied(context)
  const to = reader(context)
  return showCard(noteCard(to, { tone: 'good', text: say(to.language, 'enrol.how'), buttons: homeButton(to) }))
}

/** The coach confirms. What they were shown is what they may invite, counted against the day's limit first. */
export async function confirmImport(context: TurnContext, data: ActionData<'enrolIt'>): Promise<Outcome> {
  const { person, now, store, people } = context
  const { programme: home, team: no } = data
  const into = data.into ?? home
  const guests = data.guests === 'in'
  const [programme, pending, running] = await Promise.all([
    people.programmeNow(into),
    pendingOf(context, home, no),
    store.get(keys.task({ task: 'enrol', programme: into, no })),
  ])
  if (!programme || !isCoach(programme, person)) return denied(context)
  if (running?.doc.task === 'enrol' && running.doc.by === person) {
    return showCard(underWay(context, programme, running.doc.most))
  }
  if (!pending) return gone(context)
  const refusing = (because: Refused) => refused(because, ask(context, pending, { into, guests }, because))
  if (programme.closedAt) return refusing({ refused: 'programmeClosed' })
  const offer = pending.offers.find(each => each.programme === into)
  if (!offer) return denied(context)
  const most = toInvite(pending.seen, offer, guests)
  if (most === 0) return refusing({ refused: 'alreadyIn' })
  const tooMany = await countImport(context, most)
  if (tooMany) return refusing(tooMany)
  const task: Enrol = {
    ...{ task: 'enrol', programme: into, no, by: person, team: pending.team, restarts: 0 },
    ...{ guests, since: now, most, fates: noFates },
  }
  const decide = async (): Promise<Decision> => {
    const card = underWay(context, programme, most)
    return (await store.get(keys.task(task))) ? showCard(card) : { writes: [], tasks: [task], card: () => card }
  }
  const outcome = await commitCounted(context, into, decide, async written => {
    if (!written) await uncount(context, importsAs(context), most)
  })
  // Afterwards: a death in between leaves a question to which the answer is that it is under way.
  const left = await store.get(keys.task({ task: 'roster', programme: home, no }))
  if (left) await store.removeIf(left.doc, left.etag)
  return outcome
}

/** Not now: of the team nothing is left. */
export async function cancelImport(
  context: TurnContext,
  { programme, team: no }: ActionData<'enrolOff'>,
): Promise<Outcome> {
  if (!(await pendingOf(context, programme, no))) return gone(context)
  const left = await context.store.get(keys.task({ task: 'roster', programme, no }))
  if (left) await context.store.removeIf(left.doc, left.etag)
  return noted(context, 'enrol.off')
}

/** The actor's own pending import, once it is counted. */
async function pendingOf(
  { person, store }: TurnContext,
  programme: ProgrammeId,
  no: string,
): Promise<Roster | undefined> {
  const doc = (await store.get(keys.task({ task: 'roster', programme, no })))?.doc
  return doc?.task === 'roster' && doc.by === person && doc.ended ? doc : undefined
}

/** Counts them all or none; why not, if so. */
function countImport(context: TurnContext, people: number): Promise<Refused | undefined> {
  const named = importsAs(context) === 'imported'
  return changeLimits(context, (before = {}) => {
    const decided = withImport(before, people, named, context.now)
    return decided.refused ? { answer: decided } : { after: decided.limits, answer: undefined }
  })
}

/** What an import of this person counts as. */
function importsAs({ person, creators: { creators } }: TurnContext): 'imported' | 'sent' {
  return isNamed(person, creators) ? 'imported' : 'sent'
}

function ask(
  context: TurnContext,
  pending: Roster,
  chosen: { into: ProgrammeId; guests: boolean },
  no: Refused,
): RenderedCard {
  const to = reader(context)
  const text = refusalText(to.language, no.refused, no.detail)
  const { programme, no: team, seen, offers } = pending
  const name = offers.find(offer => offer.programme === programme)?.name ?? ''
  const news = { news: 'asks', no: team, seen, offers } as const
  return enrolCard(to, { programme: { programme, name }, news, chosen, alert: { tone: 'attention', text } })
}

function underWay(context: TurnContext, programme: Programme, count: number): RenderedCard {
  const to = reader(context, programme)
  const text = say(to.language, 'enrol.underWay', { count })
  return noteCard(to, { tone: 'good', text, buttons: homeButton(to, programme) })
}

function gone(context: TurnContext): Outcome {
  return noted(context, 'enrol.gone')
}

function noted(context: TurnContext, key: 'enrol.off' | 'enrol.gone'): Outcome {
  const to = reader(context)
  return showCard(noteCard(to, { tone: 'good', text: say(to.language, key), buttons: homeButton(to) }))
}
