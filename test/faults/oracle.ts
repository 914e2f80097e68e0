/**
 * Decides whether the promises were kept, from what people were answered, what lies in the store and what the connector
 * was sent. It shares no code with the bot: everything is text and JSON, and the words it knows are written out here.
 */

export const figures = ['lost', 'notTold', 'unlabelled', 'falseSaved', 'errors', 'late'] as const
export type Figure = (typeof figures)[number]

/** How one press was answered once: status 0 when the connection broke, and then its code as body. */
export type Try = {
  readonly status: number
  readonly body: string
  readonly ms: number
  /** The document the press is about, as it lay in the store right after the answer. */
  readonly stored: string
}

export type Press = {
  readonly verb: 'answer' | 'submit' | 'withdraw' | 'read'
  readonly session: number
  readonly question?: number
  /** What was typed; for `read` a text of that log. */
  readonly text?: string
  /** In order; the person presses until one is done. */
  readonly tries: readonly Try[]
  /** Processes are killed: a connection that breaks is not the bot's answer. */
  readonly mayBreak?: boolean
  /** The store stays away for longer than a turn may wait: an honest "not saved" is right. */
  readonly mayFail?: boolean
  /** An answer after so many milliseconds is late. */
  readonly limitMs?: number
}

/** All about one participant. Documents as text, empty where there is none. */
export type Evidence = {
  readonly name: string
  /** In the order they were made. */
  readonly presses: readonly Press[]
  readonly journey: string
  /** By session. */
  readonly logs: Readonly<Record<number, string>>
  /** Of each session the last one. */
  readonly snapshots: Readonly<Record<number, string>>
  /** What may have been seen in the coach's chat. */
  readonly toCoach: readonly string[]
  /** The notice of the last entry into ready. */
  readonly notice: string
}

export type Verdict = {
  /** How often each promise was broken. */
  readonly broken: Readonly<Record<Figure, number>>
  /** Copies that said they might be some. */
  readonly repeats: number
}

type Answers = { readonly [question: string]: { readonly text: string } }
type Facts = { readonly snapshot: number; readonly submittedAt?: string; readonly openedAt?: string }
type Round = { readonly readyNo: number; readonly logs: { readonly [session: string]: Facts } }

/** What a person understands from an answer. */
export function said({ verb, session, question = 0, text }: Press, { status, body }: Try) {
  if (status === 0) return 'broken'
  if (status !== 200) return 'other'
  // The second is what the program before this one says (suite `versions`).
  if (/isn’t saved yet|could not save this just now|was not saved/.test(body)) return 'unsaved'
  const marks = {
    answer: [`✓ Question ${question} saved`, question < 16 ? `Question ${question + 1} of 16` : 'Your log: '],
    submit: ['One of two is in', 'Everything is in'],
    withdraw: body.includes('Submitted on') ? [] : ['Your log: '],
    read: [text ?? `Session ${session}`],
  }
  if (marks[verb].some(mark => body.includes(mark))) return 'done'
  return body.includes('Your learning log: where you are and what comes next.') ? 'home' : 'other'
}

export function judge(evidence: Evidence): Verdict {
  const { name, presses, toCoach, notice } = evidence
  const round = roundIn(evidence.journey)
  const submitted = [1, 2].filter(session => round?.logs[session]?.submittedAt)
  const told = toCoach.filter(card => card.includes(`${name} is ready`))
  const first = told.filter(card => !card.includes(`${name} is ready again`))
  const again = told.filter(card => card.includes(`${name} is ready again`))
  const readyNo = round?.readyNo ?? 0
  const latest = readyNo > 1 ? again : first
  // What nobody can deliver has to have become somebody's task.
  const known = latest.length > 0 || notice.includes('"state":"failed"')
  return {
    broken: {
      lost: lost(evidence, submitted),
      notTold: submitted.length === 2 && presses.some(({ verb }) => verb === 'submit') && !known ? 1 : 0,
      unlabelled:
        tooMany(unlabelled(first), Math.min(1, readyNo)) + tooMany(unlabelled(again), Math.max(0, readyNo - 1)),
      falseSaved: sum(presses, press =>
        press.tries.filter(each => said(press, each) === 'done' && !isTrue(press, each)),
      ),
      errors: sum(presses, errors),
      late: sum(presses, ({ tries, limitMs = Number.POSITIVE_INFINITY }) => tries.filter(({ ms }) => ms > limitMs)),
    },
    repeats: told.length - unlabelled(told),
  }
}

/**
 * Answers that were acknowledged and are not there, in the log or in what was submitted of it. Whoever sees home after an
 * answer, and no word of why, takes it for saved as well.
 */
function lost({ presses, logs, snapshots }: Evidence, submitted: readonly number[]): number {
  const last = new Map<string, Press>()
  for (const press of presses) {
    if (press.verb !== 'answer' || !press.tries.some(each => seemsSaved(press, each))) continue
    last.set(`${press.session}:${press.question}`, press)
  }
  return sum([...last.values()], ({ session, question = 0, text }) => {
    const places = [logs[session], ...(submitted.includes(session) ? [snapshots[session]] : [])]
    return places.some(place => answersIn(place)[question]?.text !== text) ? [question] : []
  })
}

const seemsSaved = (press: Press, one: Try) => ['done', 'home'].includes(said(press, one))

/** Whether what a person was just told was so in the store. */
function isTrue({ verb, session, question = 0, text }: Press, { stored }: Try): boolean {
  if (verb === 'answer') return answersIn(stored)[question]?.text === text
  const facts = roundIn(stored)?.logs[session]
  if (verb === 'read') return facts?.openedAt !== undefined
  return (facts?.submittedAt !== undefined) === (verb === 'submit')
}

/** Whatever a person saw that was neither done nor, where that was right, an honest "not saved"; and never an answer. */
function errors(press: Press): unknown[] {
  const { tries, mayBreak = false, mayFail = false } = press
  const all = tries.map(each => said(press, each))
  const wrong = all.filter(
    each => each === 'other' || each === 'home' || (each === 'broken' && !mayBreak) || (each === 'unsaved' && !mayFail),
  )
  return all.includes('done') || mayFail ? wrong : [...wrong, 'never answered']
}

function roundIn(journey: string): Round | undefined {
  return journey ? (JSON.parse(journey) as { rounds: Round[] }).rounds[0] : undefined
}

function answersIn(log: string | undefined): Answers {
  return log ? (JSON.parse(log) as { answers: Answers }).answers : {}
}

const unlabelled = (cards: readonly string[]) =>
  cards.filter(card => !card.includes('You may have had this message already')).length
const tooMany = (count: number, allowed: number) => Math.max(0, count - allowed)
const sum = <T>(all: readonly T[], found: (one: T) => readonly unknown[]) =>
  all.reduce((count, one) => count + found(one).length, 0)
