/** Guards whose absence makes no difference that a person or an operator could see, each with the reason. */
type Known = {
  readonly file: string
  /** How the line begins on which it stands. */
  readonly on: string
  readonly what: string
  readonly why: string
}

const found = 'whoever calls it has found the round before; the compiler cannot know'

export const known: readonly Known[] = [
  {
    file: 'conversation/keep.ts',
    on: "if (intent.writes[committed.failed]?.op === 'patch'",
    what: 'intent.otherwise',
    why: 'every intent with a patch says why it may not hold',
  },
  { file: 'domain/log-states.ts', on: 'if (!round) throw', what: '!round', why: found },
  { file: 'domain/ready.ts', on: 'if (!round || isReady(round) ===', what: '!round', why: found },
]
