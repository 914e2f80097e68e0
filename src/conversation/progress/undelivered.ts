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

export function undelivered(scope: TurnContext, { programme: id, page }: ActionData<'undelivered'>): Promise<Outcome> {
  return withCoachedProgramme(scope, id, async programme =>
    showCard(await draw(scope, programme, await failedIn(scope, id), page)),
  )
}

/** Somebody will send it: the next look for what is due finds it. Whether it is still true is asked then. */
export function sendAgain(scope: TurnContext, { programme: id, notice }: ActionData<'sendAgain'>): Promise<Outcome> {
  return commitDecision(scope, id, async () => {
    const programme = await coachedProgramme(scope, id)
    if (!programme) return denied(scope)
    const all = await failedIn(scope, id)
    const failed = all.find(({ doc }) => doc.id === notice)
    if (!failed) return showCard(await draw(scope, programme, all, 1, said(scope, programme, 'gone')))
    const doc = document(keys.notice(failed.doc), tryAgain(failed.doc, scope.now))
    return {
      writes: [{ op: 'put', doc, etag: failed.etag }],
      card: () => draw(scope, programme, without(all, notice), 1, said(scope, programme, 'again')),
    }
  })
}

/** Nobody is told any more; what it was about stays as it is. */
export function dismissNotice(scope: TurnContext, { programme: id, notice }: ActionData<'letGo'>): Promise<Outcome> {
  return withCoachedProgramme(scope, id, async programme => {
    const all = await failedIn(scope, id)
    const failed = all.find(({ doc }) => doc.id === notice)
    const removed = failed && (await scope.store.removeIf(keys.notice(failed.doc), failed.etag))
    const alert = said(scope, programme, removed ? 'done' : 'gone')
    return showCard(await draw(scope, programme, without(all, notice), 1, alert))
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
  scope: TurnContext,
  programme: Programme,
  all: Failed,
  page: number,
  alert?: Alert,
): Promise<RenderedCard> {
  const staff = [...programme.coaches, ...programme.leaders]
  const nameOf = (person: string) => staff.find(each => each.person === person)?.name
  const others = new Set(all.map(({ doc }) => doc.to).filter(to => nameOf(to) === undefined))
  const journeys = await journeysOf(scope, programme.programme, [...others])
  const notices = all.map(({ doc }) => ({
    ...{ notice: doc.id, kind: doc.kind, since: doc.since ?? doc.promisedAt, mayHaveArrived: doc.unknownSends > 0 },
    name: nameOf(doc.to) ?? journeys.get(doc.to)?.name ?? '',
  }))
  const install = installLink(scope.links)
  return undeliveredCard(reader(scope, programme), { programme, notices, page, install, alert })
}

function said(scope: TurnContext, programme: Programme, how: 'again' | 'done' | 'gone'): Alert {
  const text = say(reader(scope, programme).language, `undelivered.${how}`)
  return { tone: how === 'gone' ? 'attention' : 'good', text }
}
