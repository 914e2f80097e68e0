/**
 * Keeping what was decided: state, notices and the activity's marker in one atomic batch. When somebody else was quicker
 * the state is loaded and decided anew, which is safe because deciding is pure.
 */
import type { RenderedCard } from '../../cards/render.ts'
import { say } from '../../cards/texts.ts'
import { noteCard } from '../../cards/views/general.ts'
import type { Promised } from '../../domain/readiness.ts'
import type { Task } from '../../domain/tasks.ts'
import { type Instant, type ProgrammeId, plusSeconds } from '../../domain/values.ts'
import { type Document, document, keys, programmePartition } from '../../store/documents.ts'
import { StoreUnavailable } from '../../store/errors.ts'
import type { Stored, Write } from '../../store/store.ts'
import { digest, homeButton, type Outcome, reader, showCard, type TurnContext } from './turn-context.ts'

/** Teams repeats what was not answered within seconds; a day is ample. */
const markerSeconds = 86_400
const attempts = 8

/** What a decision wants written, and the card to show once it is durable. */
export type UnitOfWork = {
  readonly writes: readonly Write[]
  readonly promised?: readonly Promised[]
  /** What the change means for others, to be done after it. */
  readonly tasks?: readonly Task[]
  readonly card: (docs: readonly (Stored<Document> | undefined)[]) => RenderedCard | Promise<RenderedCard>
  /** Called when a named condition did not hold: says why. */
  readonly otherwise?: () => Promise<Outcome>
}

/** A decision either wants something written, or has its outcome already (a refusal, or nothing to change). */
export type Decision = UnitOfWork | Outcome

/** How far a unit of work has come: whether a batch was sent whose outcome is not known, and what was written. */
type Progress = { unknown: boolean; written: UnitOfWork | undefined }

/**
 * Writes what `decide` wants, in one batch of one programme; `decide` only reads, since it may be asked again. A redelivery
 * of the same activity finds its marker there and writes nothing: it is shown how things stand.
 */
export function commitDecision(
  context: TurnContext,
  programme: ProgrammeId,
  decide: () => Promise<Decision>,
): Promise<Outcome> {
  return attempted(context, programme, decide, { unknown: false, written: undefined })
}

async function attempted(
  context: TurnContext,
  programme: ProgrammeId,
  decide: () => Promise<Decision>,
  progress: Progress,
): Promise<Outcome> {
  const marker = keys.marker(programme, context.person, deliveryOf(context))
  /** Promises of which one of the same name was there: left over from before somebody left and came back. */
  const overwriteIds = new Set<string>()
  for (let attempt = 0; attempt < attempts; attempt++) {
    const intent = await decide()
    if ('reply' in intent) return intent
    const promises = [
      ...(intent.promised ?? []).map(notice => leasedNotice(notice, context.now, context.leaseSeconds)),
      ...(intent.tasks ?? []).map(task => leasedTask(task, context.now, context.leaseSeconds)),
    ]
    progress.unknown = true
    const committed = await context.store.commit(programmePartition(programme), [
      ...intent.writes,
      ...promises.map(doc => ({ op: overwriteIds.has(doc.id) ? 'put' : 'create', doc }) as const),
      { op: 'create', doc: document(marker, { at: context.now }), ttl: markerSeconds },
    ])
    progress.unknown = false
    if (committed.ok) {
      progress.written = intent
      context.people.written(committed.docs)
      return shown(context, intent, committed.docs)
    }
    const markerFailed = committed.failed === intent.writes.length + promises.length
    // The effect is there already, and deciding anew has just found something to do: how things stand is all there is to show.
    if (markerFailed) return { ...(await context.homeReply(programme)), outcome: 'repeated' }
    // The state was as it was decided upon, or its own write would have failed first: the promise is meant.
    const promise = promises[committed.failed - intent.writes.length]
    if (promise) overwriteIds.add(promise.id)
    // A conditional patch that did not hold, or found nothing to hold for, has a reason in the state as it is.
    if (intent.writes[committed.failed]?.op === 'patch' && intent.otherwise) return intent.otherwise()
  }
  throw new StoreUnavailable('Others kept writing to the same state; nothing was saved.')
}

/** What was saved is said to be saved, also when the card that should follow cannot be drawn. */
async function shown(
  context: TurnContext,
  { card, promised = [], tasks = [] }: UnitOfWork,
  docs: Parameters<UnitOfWork['card']>[0],
): Promise<Outcome> {
  try {
    return { ...showCard(await card(docs), promised), tasks }
  } catch (error) {
    const to = reader(context)
    const note = noteCard(to, { tone: 'good', text: say(to.language, 'general.noted'), buttons: homeButton(to) })
    return { ...showCard(note, promised), tasks, trouble: error instanceof Error ? error.name : 'unknown' }
  }
}

/**
 * Names this delivery of an activity, together with its person. Microsoft's reference calls an activity's id unique on the
 * channel, but in Teams a message id is the time in milliseconds, unique in its chat only.
 */
function deliveryOf({ incoming: { chat, activity } }: TurnContext): string {
  return digest(`${chat.conversation} ${activity}`)
}

/**
 * Called once in the end: with what was written, or with undefined when nothing was. It takes the unused part off the count.
 * Not called where nobody knows whether the batch was written.
 */
export type GiveBack = (written: UnitOfWork | undefined) => Promise<void>

/**
 * `commitDecision` for a change that counts against a limit. The caller counts first, once; `decide` may run several times.
 *
 * @param giveBack absent: nothing was counted.
 */
export async function commitCounted(
  context: TurnContext,
  programme: ProgrammeId,
  decide: () => Promise<Decision>,
  giveBack?: GiveBack,
): Promise<Outcome> {
  const progress: Progress = { unknown: false, written: undefined }
  let outcome: Outcome
  try {
    outcome = await attempted(context, programme, decide, progress)
  } catch (error) {
    // What broke is what is told, also when the count cannot be corrected.
    if (!progress.unknown) await giveBack?.(undefined).catch(() => {})
    throw error
  }
  try {
    await giveBack?.(progress.written)
    return outcome
  } catch (error) {
    // What was saved stays saved, and what was refused refused: only the count is too high.
    return { trouble: error instanceof Error ? error.name : 'unknown', ...outcome }
  }
}

/** A notice is promised already leased to this process, which sends it right after the commit. */
export function leasedNotice(notice: Promised, now: Instant, leaseSeconds: number) {
  return document(keys.notice(notice), {
    ...notice,
    state: 'promised',
    runAt: plusSeconds(now, leaseSeconds),
    unknownSends: 0,
    attempts: 0,
    promisedAt: now,
  })
}

/** So is work for many; with no time to its lease it is anybody's. */
export function leasedTask(task: Task, now: Instant, leaseSeconds: number) {
  return document(keys.task(task), { ...task, runAt: plusSeconds(now, leaseSeconds), tries: 0, promisedAt: now })
}
