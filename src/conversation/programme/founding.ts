/** Founding a programme: who may, the form, and the coach it makes of whoever fills it in. */
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
export async function newProgramme(scope: TurnContext, parent?: ProgrammeId): Promise<Outcome> {
  const may = await mayFound(scope, parent)
  if (may.refused) return mayNot(scope, may)
  const to = reader(scope)
  const values = {
    ...usual,
    startDate: nextMonday(today(scope.now, zoneNow(scope))),
    language: to.language,
    zone: zoneNow(scope),
  }
  const from = may.graduated?.programme
  return showCard(
    newProgrammeCard(to, {
      form: digest(scope.incoming.activity),
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
export async function createProgramme(scope: TurnContext, data: ActionData<'create'>): Promise<Outcome> {
  const { form, parent } = data
  const id = programmeId(scope, form)
  const decide = async (): Promise<Decision> => {
    const there = await scope.people.programmeStored(id)
    if (there && !isCoach(there.doc, scope.person)) return denied(scope)
    if (there) return showCard(await founded(scope, id))
    const may = await mayFound(scope, parent, 'asGiven')
    if (may.refused) return mayNot(scope, may)
    const { person, name } = scope.incoming.actor
    const founding = { programme: id, form: formIn(data, reader(scope)), by: { person, name } }
    const alsoLeads = data.alsoLeads !== 'false'
    const decided = may.graduated
      ? createBuddy(founding, may.graduated, alsoLeads, scope.now)
      : create(founding, scope.now)
    if (decided.refused) return refused(decided, again(scope, data, decided))
    return {
      writes: [{ op: 'create', doc: document(keys.programme(id), decided.programme) }],
      promised: decided.notices,
      card: () => founded(scope, id),
    }
  }
  // What a rule refuses, and the same press again, uses up nothing.
  const first = await decide()
  if ('reply' in first) return first
  const no = await count(scope)
  if (no) return refused(no, again(scope, data, no))
  return commitCounted(scope, id, decide, async written => {
    if (!written) await uncount(scope, 'founded', 1)
  })
}

/** Counts one more of today; why not, if so. */
function count(scope: TurnContext): Promise<Refused | undefined> {
  return changeLimits(scope, (limits = {}) => {
    const counted = withFounding(limits, scope.now)
    return counted.refused ? { answer: counted } : { after: counted.limits, answer: undefined }
  })
}

/** For somebody who takes part in nothing and may start a programme: a first card instead of the sentence for strangers. */
export function nowhere(scope: TurnContext): Outcome {
  if (!mayFoundPlainly(scope)) return denied(scope)
  const to = reader(scope)
  const begin = { title: say(to.language, 'general.newProgramme'), verb: 'createForm' as const, data: {} }
  return showCard(noteCard(to, { tone: 'good', text: say(to.language, 'general.mayCreate'), buttons: [begin] }))
}

/** `graduated`: the founder's own journey in the programme this one comes from. */
type MayFound = Decided<{ graduated: Journey | undefined }>

/** @param which `asGiven`: without a parent it is none of a Buddy programme. `best`: the one this person may found. */
async function mayFound(
  scope: TurnContext,
  parent?: ProgrammeId,
  which: 'asGiven' | 'best' = 'best',
): Promise<MayFound> {
  if (parent === undefined && (which === 'asGiven' || mayFoundPlainly(scope))) {
    const may = mayCreate(scope.person, scope.creators, [])
    return may.refused ? may : { graduated: undefined }
  }
  const journeys = await ownJourneys(scope, parent)
  const may = mayCreate(scope.person, scope.creators, journeys)
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

function mayNot(scope: TurnContext, no: Refused): Outcome {
  return scope.profile.memberships.length === 0 ? denied(scope) : refusedPlainly(scope, no)
}

function programmeId({ person }: TurnContext, form: string): ProgrammeId {
  return codeLetters(Buffer.from(digest(`programme ${form} of ${person}`), 'hex'))
}

/** The founder is somebody from now on, and where they are is this programme. */
async function founded(scope: TurnContext, id: ProgrammeId) {
  const { people, person, incoming } = scope
  const entry = { programme: id, role: 'coach' } as const
  const profile = await people.change(person, incoming.actor.name, before => {
    const after = afterContact(withMembership(before, entry), incoming)
    return after === before || after.lastProgramme === id ? after : { ...after, lastProgramme: id }
  })
  const to = reader({ ...scope, profile })
  return drawProgramme({ ...scope, profile }, id, { tone: 'good', text: say(to.language, 'programme.founded') })
}

/** The form with the refusal on it, and everything as it was filled in. */
function again(scope: TurnContext, data: ActionData<'create'>, no: Refused) {
  const to = reader(scope)
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
