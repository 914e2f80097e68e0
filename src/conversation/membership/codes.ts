/**
 * The coach's join codes: one for participants, one for team leaders. The first is made when its card is first opened. A
 * card says which code it was drawn with, so that a press that comes twice, or after another coach's, changes nothing.
 */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { refusalText, say } from '../../cards/texts.ts'
import { codeCard } from '../../cards/views/membership/codes.ts'
import type { Journey } from '../../domain/journey.ts'
import { codeLetters, writeCode } from '../../domain/membership/codes.ts'
import { type CodeKind, codeKinds, giveCode, takeBackCode } from '../../domain/membership/joining.ts'
import type { JoinCode, Programme } from '../../domain/programme.ts'
import { belongs } from '../../domain/standing.ts'
import { changeProgramme } from '../turn/changing.ts'
import { chatLink, installLink } from '../turn/links.ts'
import { loadProgrammeAs } from '../turn/programme-people.ts'
import { denied, type Outcome, reader, type TurnContext } from '../turn/turn-context.ts'

/** Of a code until the coach says otherwise. */
const firstPlaces: Readonly<Record<CodeKind, number>> = { participant: 100, leader: 20 }
/** For eight letters of a code. */
const secretBytes = 16

/** The card of a code. */
export async function invitePeople(
  context: TurnContext,
  { programme: id, code: kind }: ActionData<'invitePeople'>,
): Promise<Outcome> {
  const secret = newSecret(context)
  return onCard(context, id, kind, undefined, before =>
    before[codeKinds[kind]] || before.closedAt
      ? { programme: before }
      : giveCode(before, kind, secret, firstPlaces[kind], context.now),
  )
}

/** Another code, after which the one before lets nobody in; or, `same`, the same one for another number of people. */
export async function newCode(context: TurnContext, data: ActionData<'newCode'>): Promise<Outcome> {
  const { programme: id, code: kind, of, same } = data
  const secret = newSecret(context)
  return onCard(context, id, kind, same ? 'codes.placesSaved' : 'codes.renewed', before => {
    const now = before[codeKinds[kind]]
    if (now?.since !== of) return { programme: before }
    const typed = data.places.normalize('NFKC').trim()
    const places = typed === '' ? (now?.places ?? firstPlaces[kind]) : /^\d{1,6}$/.test(typed) ? Number(typed) : 0
    if (!same || !now) return giveCode(before, kind, secret, places, context.now)
    return places === now.places ? { programme: before } : giveCode(before, kind, now.secret, places, context.now)
  })
}

/** People who have joined by it stay. */
export async function takeBack(context: TurnContext, data: ActionData<'takeBackCode'>): Promise<Outcome> {
  const { programme: id, code: kind, of } = data
  return onCard(context, id, kind, 'codes.takenBack', before => {
    const now = before[codeKinds[kind]]
    return { programme: now && now.since === of ? takeBackCode(before, kind) : before }
  })
}

type Decide = Parameters<typeof changeProgramme>[2]

/** Changes the programme, and shows the code's card as it is then; `said` only when something was changed. */
async function onCard(
  context: TurnContext,
  id: string,
  kind: CodeKind,
  said: 'codes.renewed' | 'codes.placesSaved' | 'codes.takenBack' | undefined,
  decide: Decide,
): Promise<Outcome> {
  const found = await loadProgrammeAs(context, id, 'coach')
  if (!found) return denied(context)
  const { language } = reader(context, found.programme)
  const before = found.programme[codeKinds[kind]]
  const changed = (now: Programme) => now[codeKinds[kind]]?.since !== before?.since || said === 'codes.placesSaved'
  return changeProgramme(context, id, decide, {
    card: now => {
      const alert = said && changed(now) && ({ tone: 'good', text: say(language, said) } as const)
      return draw(context, now, found.journeys, kind, alert || undefined)
    },
    no: (no, now) => {
      const text = refusalText(language, no.refused, no.detail)
      return draw(context, now, found.journeys, kind, { tone: 'attention', text })
    },
  })
}

function draw(
  context: TurnContext,
  programme: Programme,
  journeys: readonly Journey[],
  kind: CodeKind,
  alert?: Alert,
): RenderedCard {
  const to = reader(context, programme)
  const code = programme[codeKinds[kind]]
  const taken = kind === 'participant' ? journeys.filter(belongs).length : programme.leaders.length
  return codeCard(to, {
    programme,
    kind,
    code: code && { ...code, ...written(context, programme, code) },
    taken,
    install: installLink(context.links),
    places: code?.places ?? firstPlaces[kind],
    alert,
  })
}

function written({ incoming, links }: TurnContext, programme: Programme, { secret }: JoinCode) {
  const text = writeCode(programme.programme, secret)
  const message = say(programme.language, 'codes.join', { code: text })
  return { text, message, link: chatLink(links, incoming.chat.bot, message) }
}

function newSecret({ random }: TurnContext): string {
  return codeLetters(random(secretBytes))
}
