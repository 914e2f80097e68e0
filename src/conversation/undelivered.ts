/**
 * What could not be delivered in a programme, as tasks for its coach: send it again, or be done with it. Kinds, names and
 * dates, never a word. An operator is told of the same in the log.
 */
import type { ActionData } from '../cards/actions.ts'
import type { Alert } from '../cards/reader.ts'
import { say } from '../cards/texts.ts'
import { undeliveredCard } from '../cards/views/undelivered.ts'
import { document, keys, type Notice } from '../store/documents.ts'
import { keep } from './keep.ts'
import { installLink } from './links.ts'
import { type Everybody, everybodyIn } from './overview.ts'
import { done, neutral, type Outcome, reader, type Scope } from './scope.ts'

export async function undelivered(scope: Scope, { programme, page }: ActionData<'undelivered'>): Promise<Outcome> {
  const found = await everybodyIn(scope, programme, 'coach')
  return found ? done(draw(scope, found, page)) : neutral(scope)
}

/** Somebody will send it: whoever looks next for what is due. Whether it is still true is asked then. */
export function sendAgain(scope: Scope, { programme, notice }: ActionData<'sendAgain'>): Promise<Outcome> {
  return keep(scope, programme, async () => {
    const found = await everybodyIn(scope, programme, 'coach')
    if (!found) return neutral(scope)
    const failed = failedIn(found).find(({ doc }) => doc.id === notice)
    if (!failed) return done(draw(scope, found, 1, said(scope, found, 'gone')))
    const doc = document(keys.notice(failed.doc), tryAgain(failed.doc, scope.now))
    return {
      writes: [{ op: 'put', doc, etag: failed.etag }],
      card: () => draw(scope, without(found, notice), 1, said(scope, found, 'again')),
    }
  })
}

/** Nobody is told any more; what it was about stays as it is. */
export async function letGo(scope: Scope, { programme, notice }: ActionData<'letGo'>): Promise<Outcome> {
  const found = await everybodyIn(scope, programme, 'coach')
  if (!found) return neutral(scope)
  const failed = failedIn(found).find(({ doc }) => doc.id === notice)
  const removed = failed && (await scope.store.removeIf(keys.notice(failed.doc), failed.etag))
  return done(draw(scope, without(found, notice), 1, said(scope, found, removed ? 'done' : 'gone')))
}

/** As one that was never tried, but for what nobody knows: whether a send arrived. */
function tryAgain({ lastError: _error, since: _since, ...notice }: Notice, now: string): Notice {
  return { ...notice, state: 'later', runAt: now, attempts: 0, unknownSends: Math.min(1, notice.unknownSends) }
}

function failedIn({ notices }: Everybody) {
  return notices.filter(({ doc }) => doc.state === 'failed')
}

function without(found: Everybody, notice: string): Everybody {
  return { ...found, notices: found.notices.filter(({ doc }) => doc.id !== notice) }
}

function draw(scope: Scope, found: Everybody, page: number, alert?: Alert) {
  const { programme, journeys } = found
  const people = [...programme.coaches, ...programme.leaders, ...journeys]
  const notices = failedIn(found).map(({ doc }) => ({
    ...{ notice: doc.id, kind: doc.kind, since: doc.since ?? doc.promisedAt, mayHaveArrived: doc.unknownSends > 0 },
    name: people.find(({ person }) => person === doc.to)?.name ?? '',
  }))
  const install = installLink(scope.links)
  return undeliveredCard(reader(scope, programme), { programme, notices, page, install, alert })
}

function said(scope: Scope, { programme }: Everybody, how: 'again' | 'done' | 'gone'): Alert {
  const text = say(reader(scope, programme).language, `undelivered.${how}`)
  return { tone: how === 'gone' ? 'attention' : 'good', text }
}
