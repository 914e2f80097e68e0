/** A coach invites people by name: everybody who was picked, in one batch. Each of them decides for themselves. */
import { someAtOnce } from '../../base/some-at-once.ts'
import { type ActionData, notChosen } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import { refusalText } from '../../cards/texts.ts'
import { type InvitedInput, invitedCard, invitingCard } from '../../cards/views/membership/inviting.ts'
import { pickingAlert } from '../../cards/views/picking.ts'
import { type Asked, inviteEach, tooManyAtOnce } from '../../domain/membership/inviting.ts'
import type { Named, Programme } from '../../domain/programme.ts'
import { type Decided, type Refused, refuse } from '../../domain/refusals.ts'
import type { PersonId } from '../../domain/values.ts'
import { type DocumentOf, document, keys } from '../../store/documents.ts'
import type { Stored } from '../../store/store.ts'
import { screenInvitees } from '../quotas/invitee-screening.ts'
import { coachedProgramme } from '../turn/coached.ts'
import { commitCounted, type Decision } from '../turn/commit-decision.ts'
import { installLink } from '../turn/links.ts'
import { putJourney } from '../turn/own-journey.ts'
import {
  denied,
  type Outcome,
  reader,
  refused,
  refusedPlainly,
  showCard,
  type TurnContext,
} from '../turn/turn-context.ts'
import { pickedIn } from './picked.ts'

/** Point reads: a programme of a thousand is not looked through for twelve people. */
const readsAtOnce = 10

export async function inviteForm(context: TurnContext, { programme: id }: ActionData<'inviteForm'>): Promise<Outcome> {
  const programme = await coachedProgramme(context, id)
  if (!programme) return denied(context)
  if (programme.closedAt) return refusedPlainly(context, refuse('programmeClosed'), programme)
  return showCard(invitingCard(reader(context, programme), { programme }))
}

/** People who are in already are sorted out before anything is counted, so that the same press twice counts once. */
export async function inviteThem(
  context: TurnContext,
  { programme: id, ...typed }: ActionData<'invite'>,
): Promise<Outcome> {
  const programme = await coachedProgramme(context, id)
  if (!programme) return denied(context)
  const to = reader(context, programme)
  const again = (alert: Alert) => invitingCard(to, { programme, typed, alert })
  const no = ({ refused: why, detail }: Refused) =>
    refused({ refused: why }, again({ tone: 'attention', text: refusalText(to.language, why, detail) }))

  const picked = pickedIn(typed)
  if (picked.no) return refused({ refused: 'fieldMissing' }, again(pickingAlert(to, picked.no, picked.line)))
  const tooMany = tooManyAtOnce(picked.people)
  if (tooMany) return no(tooMany)
  const leader = ['', notChosen].includes(typed.leader) ? undefined : typed.leader
  const first = await asked(context, programme, picked.people, leader)
  if (first.refused) return no(first)
  const may = await screenInvitees(context, first.invited.map(named))
  if (may.refused) return no(may)

  const decide = async (): Promise<Decision> => {
    const programmeNow = await coachedProgramme(context, id)
    if (!programmeNow) return denied(context)
    const now = await asked(context, programmeNow, may.admitted, leader)
    if (now.refused) return no(now)
    const card = () =>
      invitedCard(to, {
        ...{ programme: programmeNow, install: installLink(context.links), invited: now.invited.map(named) },
        already: [...first.already, ...now.already],
        // Those who said no and those who block this coach; the coach is not told which of the two.
        notReached: inOrder(picked.people, [...first.unwilling, ...may.shielded, ...now.unwilling]),
      } satisfies InvitedInput)
    if (now.invited.length === 0) return showCard(card())
    return {
      writes: now.invited.map(({ journey }) => {
        const before = now.stored.get(journey.person)
        if (before) return putJourney(before, journey)
        return { op: 'create', doc: document(keys.journey(id, journey.person), journey) } as const
      }),
      promised: now.invited.flatMap(({ notices }) => notices),
      card,
    }
  }
  return commitCounted(context, id, decide, may.giveBack)
}

type StoredJourneys = ReadonlyMap<PersonId, Stored<DocumentOf<'journey'>>>

/** What becomes of these people by what is stored now. */
async function asked(
  { store, now, person: by }: TurnContext,
  programme: Programme,
  people: readonly Named[],
  leader: PersonId | undefined,
): Promise<Decided<Asked & { readonly stored: StoredJourneys }>> {
  const stored = new Map<PersonId, Stored<DocumentOf<'journey'>>>()
  await someAtOnce(people, readsAtOnce, async ({ person }) => {
    const found = await store.get(keys.journey(programme.programme, person))
    if (found) stored.set(person, found)
  })
  const journeys = new Map([...stored].map(([person, { doc }]) => [person, doc]))
  const decided = inviteEach(programme, journeys, people, leader, now, by)
  return decided.refused ? decided : { ...decided, stored }
}

function named({ journey: { person, name } }: Asked['invited'][number]): Named {
  return { person, name }
}

/** As they were picked, so that the order tells nothing either. */
function inOrder(picked: readonly Named[], some: readonly Named[]): readonly Named[] {
  const places = new Map(picked.map(({ person }, at) => [person, at]))
  const place = ({ person }: Named) => places.get(person) ?? 0
  return some.toSorted((one, other) => place(one) - place(other))
}
