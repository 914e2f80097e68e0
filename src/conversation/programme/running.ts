/** The coach's place to run a programme: what it is, changing it, closing it and opening it again, putting it away. */
import type { ActionData } from '../../cards/actions.ts'
import { dayText } from '../../cards/dates.ts'
import type { Alert } from '../../cards/reader.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say, type TextKey } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import { lastDayCard, programmeCard } from '../../cards/views/programme/programme.ts'
import { editProgrammeCard } from '../../cards/views/programme/programme-form.ts'
import { oneLine } from '../../cards/words.ts'
import { isCalendarDate } from '../../domain/calendar.ts'
import type { Journey } from '../../domain/journey.ts'
import { formFields, formOf, type ProgrammeForm, stillWanted } from '../../domain/programme/programme-form.ts'
import { archive, close, edit, extend, reopen, takesAway, unarchive } from '../../domain/programme/running.ts'
import type { Programme } from '../../domain/programme.ts'
import { programmeCounts } from '../../domain/progress/programme-overview.ts'
import type { Decided, Refused } from '../../domain/refusals.ts'
import type { ProgrammeId } from '../../domain/values.ts'
import { windowOf } from '../../domain/window.ts'
import { changeKnowing, changeProgramme } from '../turn/changing.ts'
import { withCoachedProgramme } from '../turn/coached.ts'
import { loadProgrammeAs } from '../turn/programme-people.ts'
import {
  denied,
  homeButton,
  mayFoundPlainly,
  type Outcome,
  reader,
  showCard,
  type TurnContext,
} from '../turn/turn-context.ts'
import { offeredZones } from '../turn/zones.ts'
import { formIn, inFields, marked, unmarked } from './programme-fields.ts'

export async function manage(scope: TurnContext, id: ProgrammeId | undefined, alert?: Alert): Promise<Outcome> {
  const card = id === undefined ? undefined : await place(scope, id, alert)
  return card ? showCard(card) : denied(scope)
}

/** After a change of one's own. Whoever is not its coach any more gets a card that leads home. */
export async function drawProgramme(scope: TurnContext, id: ProgrammeId, alert: Alert): Promise<RenderedCard> {
  const to = reader(scope)
  return (await place(scope, id, alert)) ?? noteCard(to, { ...alert, buttons: homeButton(to) })
}

async function place(scope: TurnContext, id: ProgrammeId, alert?: Alert): Promise<RenderedCard | undefined> {
  const found = await loadProgrammeAs(scope, id, 'coach')
  if (!found) return undefined
  const { programme, journeys } = found
  const counts = programmeCounts(programme, journeys, scope.now)
  const mayCreate = mayFoundPlainly(scope)
  return programmeCard(reader(scope, programme), { programme, counts, now: scope.now, mayCreate, alert })
}

export function editForm(scope: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return withCoachedProgramme(scope, id, programme => showCard(editCard(scope, programme, formOf(programme))))
}

/** Only what this coach touched is changed; the form comes back with the refusal and all that they sent. */
export function editProgramme(scope: TurnContext, data: ActionData<'edit'>): Promise<Outcome> {
  const { programme: id } = data
  const filledIn = (programme: Programme) => {
    const [current, sent] = [formOf(programme), formIn(data, programme)]
    return { current, sent, shown: unmarked(data.shown, sent, current) }
  }
  const decided = (programme: Programme, journeys: readonly Journey[] = []) => {
    const { shown, sent } = filledIn(programme)
    return edit(programme, shown, sent, journeys, scope.now)
  }
  return changeKnowing(scope, id, programme => journeysIfShortened(scope, programme, decided(programme)), decided, {
    card: programme => drawProgramme(scope, programme.programme, good(scope, programme, 'programme.changed')),
    no: (no, programme) => {
      const { current, shown, sent } = filledIn(programme)
      const field = formFields.find(each => each === no.detail?.field)
      const conflict = no.refused === 'changedMeanwhile' && field ? { conflict: { field, sent } } : {}
      const wanted = stillWanted(current, shown, sent)
      return editCard(scope, programme, wanted, { alert: attention(scope, programme, no), ...conflict })
    },
  })
}

export function extendForm(scope: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return withCoachedProgramme(scope, id, programme =>
    showCard(lastDayCard(reader(scope, programme), { programme, lastDay: windowOf(programme).last })),
  )
}

/** The last day for everybody. */
export function extendProgramme(
  scope: TurnContext,
  { programme: id, lastDay }: ActionData<'extend'>,
): Promise<Outcome> {
  const decided = (programme: Programme, journeys: readonly Journey[] = []) =>
    extend(programme, lastDay, journeys, scope.now)
  return changeKnowing(scope, id, programme => journeysIfShortened(scope, programme, decided(programme)), decided, {
    card: programme => {
      const to = reader(scope, programme)
      const text = say(to.language, 'programme.moved', { last: dayText(to.language, windowOf(programme).last) })
      return drawProgramme(scope, id, { tone: 'good', text })
    },
    no: (no, programme) =>
      lastDayCard(reader(scope, programme), {
        programme,
        lastDay: isCalendarDate(lastDay) ? lastDay : '',
        alert: attention(scope, programme, no),
      }),
  })
}

/** Asks first, and says what it means for everybody. */
export function closeProgramme(
  scope: TurnContext,
  { programme: id, sure }: ActionData<'closeProgramme'>,
): Promise<Outcome> {
  if (sure === id)
    return become(scope, id, 'programme.nowClosed', programme => ({ programme: close(programme, scope.now) }))
  return withCoachedProgramme(scope, id, programme => {
    const to = reader(scope, programme)
    const card = noteCard(to, {
      tone: 'attention',
      text: say(to.language, 'programme.askClose', { programme: oneLine(programme.name) }),
      buttons: [
        { title: say(to.language, 'programme.yesClose'), verb: 'closeProgramme', data: { programme: id, sure: id } },
        { title: say(to.language, 'programme.notNow'), verb: 'manage', data: { programme: id } },
      ],
    })
    return showCard(card)
  })
}

export function reopenProgramme(scope: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return become(scope, id, 'programme.nowOpen', programme => ({ programme: reopen(programme) }))
}

export function archiveProgramme(scope: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return become(scope, id, 'programme.nowArchived', programme => archive(programme, scope.now))
}

export function unarchiveProgramme(scope: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return become(scope, id, 'programme.nowBack', programme => ({ programme: unarchive(programme) }))
}

/** One step in a programme's life, and its place again. */
function become(
  scope: TurnContext,
  id: ProgrammeId,
  said: TextKey,
  decide: (programme: Programme) => Decided<{ programme: Programme }>,
): Promise<Outcome> {
  return changeProgramme(scope, id, decide, {
    card: programme => drawProgramme(scope, id, good(scope, programme, said)),
    no: (no, programme) => drawProgramme(scope, id, attention(scope, programme, no)),
  })
}

/** Loads the participants only when the change shortens a round or lowers the number of sessions. */
async function journeysIfShortened(
  scope: TurnContext,
  before: Programme,
  decided: Decided<{ programme: Programme }>,
): Promise<readonly Journey[]> {
  if (decided.refused || !takesAway(before, decided.programme)) return []
  return (await loadProgrammeAs(scope, before.programme, 'coach'))?.journeys ?? []
}

function editCard(
  scope: TurnContext,
  programme: Programme,
  wanted: ProgrammeForm,
  more: { alert?: Alert; conflict?: { field: keyof ProgrammeForm; sent: ProgrammeForm } } = {},
): RenderedCard {
  const card = { programme, shown: marked(formOf(programme)), values: inFields(wanted), zones: offeredZones, ...more }
  return editProgrammeCard(reader(scope, programme), card)
}

function good(scope: TurnContext, programme: Programme, key: TextKey): Alert {
  return { tone: 'good', text: say(reader(scope, programme).language, key) }
}

function attention(scope: TurnContext, programme: Programme, no: Refused): Alert {
  return { tone: 'attention', text: refusalText(reader(scope, programme).language, no.refused, no.detail) }
}
