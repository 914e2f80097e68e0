/**
 * What could not be delivered in a programme, as tasks for its coach: send it again, or be done with it. Kinds, names and
 * dates, never a word. An operator is told of the same in the log.
 */
import type { ActionData } from '../../cards/actions.ts'
import type { Alert } from '../../cards/reader.ts'
import type { RenderedCard } from '../../cards/render.ts'
import { say } from '../../cards/texts.ts'
import { undeliveredCard } from '../../cards/views/progress/undelivered.ts'
import type { Programme } from '../../domain/programme.ts'
import { type DocumentOf, document, keys, type Notice } from '../../store/documents.ts'
import type { Stored } from '../../store/store.ts'
import { coachedProgramme, journeysOf, withCoachedProgramme } from '../turn/coached.ts'
import { commitDecision } from '../turn/commit-decision.ts'
import { installLink } from '../turn/links.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'

type Failed = readonly Stored<DocumentOf<'notice'>>[]

export function undelivered(
  context: TurnContext,
  { programme: id, page }: ActionData<'undelivered'>,
): Promise<Outcome> {
  return withCoachedProgramme(context, id, async programme =>
    showCard(await draw(context, programme, await failedIn(context, id), page)),
  )
}

/** Somebody will send it: the next look for what is due finds it. Whether it is still true is asked then. */
export function sendAgain(context: TurnContext, { programme: id, notice }: ActionData<'sendAgain'>): Promise<Outcome> {
  return commitDecision(context, id, async () => {
    const programme = await coachedProgramme(context, id)
    if (!programme) return denied(context)
    const all = await failedIn(context, id)
    const failed = all.find(({ doc }) => doc.id === notice)
    if (!failed) return showCard(await draw(context, programme, all, 1, said(context, programme, 'gone')))
    const doc = document(keys.notice(failed.doc), tryAgain(failed.doc, context.now))
    return {
      writes: [{ op: 'put', doc, etag: failed.etag }],
      card: () => draw(context, programme, without(all, notice), 1, said(context, programme, 'again')),
    }
  })
}

/** Nobody is told any more; what it was about stays as it is. */
export function dismissNotice(context: TurnContext, { programme: id, notice }: ActionData<'letGo'>): Promise<Outcome> {
  return withCoachedProgramme(context, id, async programme => {
    const all = await failedIn(context, id)
    const failed = all.find(({ doc }) => doc.id === notice)
    const removed = failed && (await context.store.removeIf(keys.notice(failed.doc), failed.etag))
    const alert = said(context, programme, removed ? 'done' : 'gone')
    return showCard(await draw(context, programme, without(all, notice), 1, alert))
  })
}

/** As one that was never tried, but for what nobody knows: whether a send arrived. */
function tryAgain({ lastError: _error, since: _since, ...notice }: Notice, now: string): Notice {
  return { ...notice, state: 'later', runAt: now, attempts: 0, unknownSends: Math.min(1, notice.unknownSends) }
}

function failedIn({ store }: TurnContext, programme: string): Promise<Failed> {
  return store.query('failedNoticesOf', { programme })
}

function without(all: Failed, notice: string): Failed {
  return all.filter(({ doc }) => doc.id !== notice)
}

async function draw(
  context: TurnContext,
  programme: Programme,
  all: Failed,
  page: number,
  alert?: Alert,
): Promise<RenderedCard> {
  const staff = [...programme.coaches, ...programme.leaders]
  const nameOf = (person: string) => staff.find(each => each.person === person)?.name
  const others = new Set(all.map(({ doc }) => doc.to).filter(to => nameOf(to) === undefined))
  const journeys = await journeysOf(context, programme.programme, [...others])
  const notices = all.map(({ doc }) => ({
    ...{ notice: doc.id, kind: doc.kind, since: doc.since ?? doc.promisedAt, mayHaveArrived: doc.unknownSends > 0 },
    name: nameOf(doc.to) ?? journeys.get(doc.to)?.name ?? '',
  }))
  const install = installLink(context.links)
  return undeliveredCard(reader(context, programme), { programme, notices, page, install, alert })
}

function said(context: TurnContext, programme: Programme, how: 'again' | 'done' | 'gone'): Alert {
  const text = say(reader(context, programme).language, `undelivered.${how}`)
  return { tone: how === 'gone' ? 'attention' : 'good', text }
}
