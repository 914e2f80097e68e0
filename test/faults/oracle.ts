/**
 * Decides whether the promises were kept, from what was acknowledged, what lies in the store and what the connector was
 * sent. It shares no code with the bot: everything is text and JSON.
 */

export type Evidence = {
  /** The answer Anna typed. */
  readonly text: string
  /** What her presses were answered with, in order. */
  readonly saved: readonly string[]
  readonly submitted: readonly string[]
  /** Log, journey and snapshot as they lie in the store. */
  readonly documents: readonly string[]
  /** What was sent to the coach's chat. */
  readonly toCoach: readonly string[]
}

/** How often each promise was broken, and which for a person to read. */
export type Verdict = {
  readonly lost: number
  readonly notTold: number
  readonly unlabelled: number
  readonly falseSaved: number
  readonly errors: number
  readonly why: string
}

export function oracle({ text, saved, submitted, documents, toCoach }: Evidence): Verdict {
  const [log = '', journey = '', snapshot = ''] = documents
  const stored = (document: string) => document.includes(JSON.stringify(text).slice(1, -1))
  const acknowledged = saved.some(answer => answer.includes('vnd.microsoft.card.adaptive'))
  const ready =
    /"readyNo":1\b/.test(journey) && submitted.some(answer => answer.includes('vnd.microsoft.card.adaptive'))
  const told = toCoach.filter(card => card.includes('is ready'))
  const unlabelled = told.filter(card => !card.includes('may have had this message already')).length
  const errors = [...saved, ...submitted].filter(answer => /not saved/i.test(answer)).length
  const verdict = {
    lost: acknowledged && !(stored(log) && stored(snapshot)) ? 1 : 0,
    notTold: ready && told.length === 0 ? 1 : 0,
    unlabelled: Math.max(0, unlabelled - 1),
    falseSaved: submitted.some(answer => answer.includes('Everything is in')) && !snapshot ? 1 : 0,
    // Once the process that was killed is replaced, a repeat has to go through.
    errors: ready ? errors : errors + 1,
  }
  return { ...verdict, why: `told ${told.length}, unlabelled ${unlabelled}, errors ${errors}, ready ${ready}` }
}
