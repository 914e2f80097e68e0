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

export async function manage(context: TurnContext, id: ProgrammeId | undefined, alert?: Alert): Promise<Outcome> {
  const card = id === undefined ? undefined : await place(context, id, alert)
  return card ? showCard(card) : denied(context)
}

/** The programme card after a coach's change. A person who is not its coach any more gets a card that leads home. */
export async function drawProgramme(context: TurnContext, id: ProgrammeId, alert: Alert): Promise<RenderedCard> {
  const to = reader(context)
  return (await place(context, id, alert)) ?? noteCard(to, { ...alert, buttons: homeButton(to) })
}

async function place(context: TurnContext, id: ProgrammeId, alert?: Alert): Promise<RenderedCard | undefined> {
  const found = await loadProgrammeAs(context, id, 'coach')
  if (!found) return undefined
  const { programme, journeys } = found
  const counts = programmeCounts(programme, journeys, context.now)
  const mayCreate = mayFoundPlainly(context)
  return programmeCard(reader(context, programme), { programme, counts, now: context.now, mayCreate, alert })
}

export function editForm(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return withCoachedProgramme(context, id, programme => showCard(editCard(context, programme, formOf(programme))))
}

/** Only what this coach touched is changed; the form comes back with the refusal and all that they sent. */
export function editProgramme(context: TurnContext, data: ActionData<'edit'>): Promise<Outcome> {
  const { programme: id } = data
  const filledIn = (programme: Programme) => {
    const [current, sent] = [formOf(programme), formIn(data, programme)]
    return { current, sent, shown: unmarked(data.shown, sent, current) }
  }
  const decided = (programme: Programme, journeys: readonly Journey[] = []) => {
    const { shown, sent } = filledIn(programme)
    return edit(programme, shown, sent, journeys, context.now)
  }
  return changeKnowing(context, id, programme => journeysIfShortened(context, programme, decided(programme)), decided, {
    card: programme => drawProgramme(context, programme.programme, good(context, programme, 'programme.changed')),
    no: (no, programme) => {
      const { current, shown, sent } = filledIn(programme)
      const field = formFields.find(each => each === no.detail?.field)
      const conflict = no.refused === 'changedMeanwhile' && field ? { conflict: { field, sent } } : {}
      const wanted = stillWanted(current, shown, sent)
      return editCard(context, programme, wanted, { alert: attention(context, programme, no), ...conflict })
    },
  })
}

export function extendForm(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return withCoachedProgramme(context, id, programme =>
    showCard(lastDayCard(reader(context, programme), { programme, lastDay: windowOf(programme).last })),
  )
}

/** The last day for everybody. */
export function extendProgramme(
  context: TurnContext,
  { programme: id, lastDay }: ActionData<'extend'>,
): Promise<Outcome> {
  const decided = (programme: Programme, journeys: readonly Journey[] = []) =>
    extend(programme, lastDay, journeys, context.now)
  return changeKnowing(context, id, programme => journeysIfShortened(context, programme, decided(programme)), decided, {
    card: programme => {
      const to = reader(context, programme)
      const text = say(to.language, 'programme.moved', { last: dayText(to.language, windowOf(programme).last) })
      return drawProgramme(context, id, { tone: 'good', text })
    },
    no: (no, programme) =>
      lastDayCard(reader(context, programme), {
        programme,
        lastDay: isCalendarDate(lastDay) ? lastDay : '',
        alert: attention(context, programme, no),
      }),
  })
}

/** Asks first, and says what it means for everybody. */
export function closeProgramme(
  context: TurnContext,
  { programme: id, sure }: ActionData<'closeProgramme'>,
): Promise<Outcome> {
  if (sure === id)
    return become(context, id, 'programme.nowClosed', programme => ({ programme: close(programme, context.now) }))
  return withCoachedProgramme(context, id, programme => {
    const to = reader(context, programme)
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

export function reopenProgramme(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return become(context, id, 'programme.nowOpen', programme => ({ programme: reopen(programme) }))
}

export function archiveProgramme(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return become(context, id, 'programme.nowArchived', programme => archive(programme, context.now))
}

export function unarchiveProgramme(context: TurnContext, id: ProgrammeId): Promise<Outcome> {
  return become(context, id, 'programme.nowBack', programme => ({ programme: unarchive(programme) }))
}

/** One step in a programme's life, and its place again. */
function become(
  context: TurnContext,
  id: ProgrammeId,
  said: TextKey,
  decide: (programme: Programme) => Decided<{ programme: Programme }>,
): Promise<Outcome> {
  return changeProgramme(context, id, decide, {
    card: programme => drawProgramme(context, id, good(context, programme, said)),
    no: (no, programme) => drawProgramme(context, id, attention(context, programme, no)),
  })
}

/** Loads the participants only when the change shortens a round or lowers the number of sessions. */
async function journeysIfShortened(
  context: TurnContext,
  before: Programme,
  decided: Decided<{ programme: Programme }>,
): Promise<readonly Journey[]> {
  if (decided.refused || !takesAway(before, decided.programme)) return []
  return (await loadProgrammeAs(context, before.programme, 'coach'))?.journeys ?? []
}

function editCard(
  context: TurnContext,
  programme: Programme,
  wanted: ProgrammeForm,
  more: { alert?: Alert; conflict?: { field: keyof ProgrammeForm; sent: ProgrammeForm } } = {},
): RenderedCard {
  const card = { programme, shown: marked(formOf(programme)), values: inFields(wanted), zones: offeredZones, ...more }
  return editProgrammeCard(reader(context, programme), card)
}

function good(context: TurnContext, programme: Programme, key: TextKey): Alert {
  return { tone: 'good', text: say(reader(context, programme).language, key) }
}

function attention(context: TurnContext, programme: Programme, no: Refused): Alert {
  return { tone: 'attention', text: refusalText(reader(context, programme).language, no.refused, no.detail) }
}
