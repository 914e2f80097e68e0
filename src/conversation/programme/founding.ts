/** Founding a programme: who may, the form, and how its founder becomes its coach. */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { newProgrammeCard } from '../../cards/views/programme/programme-form.ts'
import { nextMonday, today } from '../../domain/calendar.ts'
import type { Journey } from '../../domain/journey.ts'
import { codeLetters } from '../../domain/membership/codes.ts'
import { withMembership } from '../../domain/profile.ts'
import { mayCreate } from '../../domain/programme/creating.ts'
import { create, createBuddy } from '../../domain/programme/running.ts'
import { isCoach } from '../../domain/programme.ts'
import { withFounding } from '../../domain/quotas/limits.ts'
import { type Decided, type Refused, refuse } from '../../domain/refusals.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { document, keys } from '../../store/documents.ts'
import { changeLimits, uncount } from '../quotas/quota-store.ts'
import { commitCounted, type Decision } from '../turn/commit-decision.ts'
import { afterContact } from '../turn/people.ts'
import {
  denied,
  digest,
  mayFoundPlainly,
  type Outcome,
  reader,
  refused,
  refusedPlainly,
  showCard,
  type TurnContext,
  zoneNow,
} from '../turn/turn-context.ts'
import { offeredZones } from '../turn/zones.ts'
import { fieldsOf, formIn } from './programme-fields.ts'
import { drawProgramme } from './running.ts'

/** What is filled in beforehand: six weeks and up to five sessions, as the Master Class has them. */
const usual = { programmeName: '', weeks: '6', maxSessions: '5', leadersMayNudge: false } as const

/** The form. Without `parent` it is a programme of one's own; for somebody who may only run Buddy programmes, one of those. */
export async function newProgramme(context: TurnContext, parent?: ProgrammeId): Promise<Outcome> {
  const may = await mayFound(context, parent)
  if (may.refused) return mayNot(context, may)
  const to = reader(context)
  const values = {
    ...usual,
    startDate: nextMonday(today(context.now, zoneNow(context))),
    language: to.language,
    zone: zoneNow(context),
  }
  const from = may.graduated?.programme
  return showCard(
    newProgrammeCard(to, {
      form: digest(context.incoming.activity),
      values,
      zones: offeredZones,
      ...(from !== undefined && { buddy: { parent: from, alsoLeads: true }, from }),
    }),
  )
}

/**
 * Founds it and makes its founder the coach. The programme's id comes from the form and the founder, so that the same press
 * twice founds one; the second finds it there, and puts right the founder's index should that have failed.
 */
export async function createProgramme(context: TurnContext, data: ActionData<'create'>): Promise<Outcome> {
  const { form, parent } = data
  const id = programmeId(context, form)
  const decide = async (): Promise<Decision> => {
    const there = await context.people.programmeStored(id)
    if (there && !isCoach(there.doc, context.person)) return denied(context)
    if (there) return showCard(await founded(context, id))
    const may = await mayFound(context, parent, 'asGiven')
    if (may.refused) return mayNot(context, may)
    const { person, name } = context.incoming.actor
    const founding = { programme: id, form: formIn(data, reader(context)), by: { person, name } }
    const alsoLeads = data.alsoLeads !== 'false'
    const decided = may.graduated
      ? createBuddy(founding, may.graduated, alsoLeads, context.now)
      : create(founding, context.now)
    if (decided.refused) return refused(decided, again(context, data, decided))
    return {
      writes: [{ op: 'create', doc: document(keys.programme(id), decided.programme) }],
      promised: decided.notices,
      card: () => founded(context, id),
    }
  }
  // What a rule refuses, and the same press again, uses up nothing.
  const first = await decide()
  if ('reply' in first) return first
  const no = await count(context)
  if (no) return refused(no, again(context, data, no))
  return commitCounted(context, id, decide, async written => {
    if (!written) await uncount(context, 'founded', 1)
  })
}

/** Counts one more of today; why not, if so. */
function count(context: TurnContext): Promise<Refused | undefined> {
  return changeLimits(context, (limits = {}) => {
    const counted = withFounding(limits, context.now)
    return counted.refused ? { answer: counted } : { after: counted.limits, answer: undefined }
  })
}

/** For somebody who takes part in nothing and may start a programme: a first card instead of the sentence for strangers. */
export function nowhere(context: TurnContext): Outcome {
  if (!mayFoundPlainly(context)) return denied(context)
  const to = reader(context)
  const begin = { title: say(to.language, 'general.newProgramme'), verb: 'createForm' as const, data: {} }
  return showCard(noteCard(to, { tone: 'good', text: say(to.language, 'general.mayCreate'), buttons: [begin] }))
}

/** `graduated`: the founder's own journey in the programme this one comes from. */
type MayFound = Decided<{ graduated: Journey | undefined }>

/** @param which `asGiven`: without a parent it is none of a Buddy programme. `best`: the one this person may found. */
async function mayFound(
  context: TurnContext,
  parent?: ProgrammeId,
  which: 'asGiven' | 'best' = 'best',
): Promise<MayFound> {
  if (parent === undefined && (which === 'asGiven' || mayFoundPlainly(context))) {
    const may = mayCreate(context.person, context.creators, [])
    return may.refused ? may : { graduated: undefined }
  }
  const journeys = await ownJourneys(context, parent)
  const may = mayCreate(context.person, context.creators, journeys)
  if (may.refused) return may
  const from = parent ?? may.parents.at(-1)
  const graduated = journeys.find(journey => journey.programme === from && may.parents.includes(journey.programme))
  return graduated ? { graduated } : refuse('mayNotCreate')
}

/** In the programme asked for, or in all that the index knows. */
async function ownJourneys(
  { profile, person, store }: TurnContext,
  programme?: ProgrammeId,
): Promise<readonly Journey[]> {
  const asked =
    programme === undefined ? profile.memberships.filter(({ role }) => role === 'participant') : [{ programme }]
  const found = await Promise.all(asked.map(each => store.get(keys.journey(each.programme, person))))
  return found.flatMap(stored => stored?.doc ?? [])
}

function mayNot(context: TurnContext, no: Refused): Outcome {
  return context.profile.memberships.length === 0 ? denied(context) : refusedPlainly(context, no)
}

function programmeId({ person }: TurnContext, form: string): ProgrammeId {
  return codeLetters(Buffer.from(digest(`programme ${form} of ${person}`), 'hex'))
}

/** The founder is somebody from now on, and where they are is this programme. */
async function founded(context: TurnContext, id: ProgrammeId) {
  const { people, person, incoming } = context
  const entry = { programme: id, role: 'coach' } as const
  const profile = await people.change(person, incoming.actor.name, before => {
    const after = afterContact(withMembership(before, entry), incoming)
    return after === before || after.lastProgramme === id ? after : { ...after, lastProgramme: id }
  })
  const to = reader({ ...context, profile })
  return drawProgramme({ ...context, profile }, id, { tone: 'good', text: say(to.language, 'programme.founded') })
}

/** The form with the refusal on it, and everything as it was filled in. */
function again(context: TurnContext, data: ActionData<'create'>, no: Refused) {
  const to = reader(context)
  const { form, parent } = data
  const alert: Alert = { tone: 'attention', text: refusalText(to.language, no.refused, no.detail) }
  return newProgrammeCard(to, {
    form,
    values: fieldsOf(data, to),
    zones: offeredZones,
    alert,
    ...(parent !== undefined && { buddy: { parent, alsoLeads: data.alsoLeads !== 'false' }, from: parent }),
  })
}
