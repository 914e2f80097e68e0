/**
 * Joining by a code, also by somebody nobody knows. A try is counted before it is answered, so that many at once are not
 * more than one after the other; whatever is wrong with a code is answered alike. Joining invites: consent makes a member.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { ActionData } from '../../cards/actions.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { joinedCard, typeCodeCard } from '../../cards/views/membership/codes.ts'
import type { Journey } from '../../domain/journey.ts'
import { readCode } from '../../domain/membership/codes.ts'
import { type CodeKind, codeMeans, joinByCode, leadByCode } from '../../domain/membership/joining.ts'
import { type Role, withMembership } from '../../domain/profile.ts'
import type { Named, Programme } from '../../domain/programme.ts'
import { tried } from '../../domain/quotas/limits.ts'
import { type Decided, type Refused, refuse } from '../../domain/refusals.ts'
import { awaitsConsent } from '../../domain/standing.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { document, keys } from '../../store/documents.ts'
import { home } from '../home/home.ts'
import { usingLast } from '../programme/programmes.ts'
import { changeLimits } from '../quotas/quota-store.ts'
import { putProgramme } from '../turn/changing.ts'
import { commitDecision, type Decision } from '../turn/commit-decision.ts'
import { afterContact } from '../turn/people.ts'
import {
  denied,
  type Outcome,
  reader,
  refused,
  refusedPlainly,
  showCard,
  type TurnContext,
} from '../turn/turn-context.ts'

export function joinPressed(context: TurnContext, { code }: ActionData<'join'>): Promise<Outcome> {
  return join(context, code)
}

/** Tries what was typed as a code; with nothing typed, asks for it. */
export async function join(context: TurnContext, typed: string): Promise<Outcome> {
  if (typed.trim() === '') return showCard(typeCodeCard(reader(context), ''))
  const read = readCode(typed)
  // Text that cannot be a code is not counted as a guess: it is a typing mistake and reveals nothing.
  const found = read ? await meaning(context, read) : refuse('codeUnknown')
  if (found.refused) return notIn(context, typed, found)
  const { programme } = found.programme
  return found.kind === 'participant' ? joinIn(context, programme) : leadIn(context, programme)
}

/** What a code opens, counted as a try of this person whether or not it is right. */
function meaning(
  context: TurnContext,
  { programme: id, secret }: { readonly programme: ProgrammeId; readonly secret: string },
): Promise<Decided<{ kind: CodeKind; programme: Programme }>> {
  return changeLimits(context, async (limits = {}) => {
    const spent = tried(limits.tries, true, context.now).no
    if (spent) return { answer: spent }
    const means = codeMeans(await context.people.programmeNow(id), secret, isSame)
    const { tries, no } = tried(limits.tries, !means.refused, context.now)
    const { tries: _before, ...rest } = limits
    return { after: tries ? { ...rest, tries } : rest, answer: no ?? means }
  })
}

function joinIn(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return commitDecision(context, id, async (): Promise<Decision> => {
    const docs = (await context.store.query('programmeOf', { programme: id })).map(({ doc }) => doc)
    const programme = docs.find(doc => doc.type === 'programme')
    if (!programme) return denied(context)
    const journeys = docs.filter(doc => doc.type === 'journey')
    const decided = joinByCode(programme, journeys, whoAsks(context), context.now)
    if (decided.refused === 'alreadyIn') return alreadyIn(context, programme, journeys.find(isOf(context)))
    if (decided.refused) return refusedPlainly(context, decided, programme)
    return {
      writes: [{ op: 'create', doc: document(keys.journey(id, context.person), decided.journey) }],
      card: async () => cardOf(await home(await indexed(context, id, 'participant'), id)),
    }
  })
}

function leadIn(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return commitDecision(context, id, async (): Promise<Decision> => {
    const before = await context.people.programmeStored(id)
    if (!before) return denied(context)
    const welcome = async () => {
      await indexed(context, id, 'leader')
      return joinedCard(reader(context, before.doc), { programme: before.doc, as: 'leader' })
    }
    const decided = leadByCode(before.doc, whoAsks(context))
    if (decided.refused === 'alreadyIn') return showCard(await welcome())
    if (decided.refused) return refusedPlainly(context, decided, before.doc)
    return { writes: [putProgramme(before, decided.programme)], card: welcome }
  })
}

/** Writes the index once more: a person who is here and not in it joined in a turn that was cut off. */
async function alreadyIn(context: TurnContext, programme: Programme, journey: Journey | undefined): Promise<Outcome> {
  const id = programme.programme
  const now = await indexed(context, id, journey ? 'participant' : 'coach')
  const { language } = reader(context, programme)
  const waits = journey && awaitsConsent(journey)
  const text = waits ? say(language, 'code.invitedAlready') : refusalText(language, 'alreadyIn')
  return home(now, id, { tone: 'good', text })
}

/** The profile with this programme, made if there is none; and it is the one used last. */
async function indexed(context: TurnContext, programme: ProgrammeId, role: Role): Promise<TurnContext> {
  const { people, person, incoming } = context
  const profile = await people.change(person, incoming.actor.name, before =>
    afterContact(withMembership(before, { programme, role }), incoming),
  )
  return usingLast({ ...context, profile }, programme)
}

function notIn(context: TurnContext, typed: string, no: Refused): Outcome {
  const to = reader(context)
  const text = refusalText(to.language, no.refused, no.detail)
  return refused(no, typeCodeCard(to, typed, { tone: 'attention', text }))
}

function whoAsks({ person, incoming }: TurnContext): Named {
  return { person, name: incoming.actor.name }
}

function isOf({ person }: TurnContext) {
  return (journey: { readonly person: string }) => journey.person === person
}

function cardOf({ reply }: Outcome): RenderedCard {
  if (!reply.card) throw new Error('Home is a card.')
  return reply.card
}

/** As long for a secret that is right up to its last letter as for any other. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
