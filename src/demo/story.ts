/** What Anna writes when the demo plays by itself: three sessions, and an answer to each of the sixteen questions, twice. */

export type Told = {
  readonly coachee: string
  readonly topic: string
  readonly goal: string
  /** The day it is planned for and held on. */
  readonly day: string
  readonly rating: 1 | 2 | 3 | 4 | 5
  readonly line: string
}

export const sessions = [
  {
    coachee: 'J.',
    topic: 'Running the Monday meeting',
    goal: 'J. decides how the meeting begins and ends',
    day: '2026-11-05',
    rating: 2,
    line: 'After five minutes I was giving advice.',
  },
  {
    coachee: 'M.L.',
    topic: 'Handing over the budget',
    goal: 'M.L. leaves with a first step of her own',
    day: '2026-11-12',
    rating: 4,
    line: 'She found the answer before I did.',
  },
  {
    coachee: 'T.K.',
    topic: 'First weeks as team lead',
    goal: 'T.K. knows whom to ask for what',
    day: '2026-11-17',
    rating: 3,
    line: 'Good questions, no plan yet.',
  },
] as const satisfies readonly Told[]

/** About M.L. and the budget. */
export const best: readonly string[] = [
  'I asked M.L. to take over the budget round. For ten minutes I said nothing and only asked what she would try.',
  'Nervous at first, then relieved. It was odd to leave the silence alone, and good when she filled it.',
  'I wanted us to agree a date for her next step. We ran out of time and I let it go.',
  'I should have asked earlier what worried her. It only came out at the door.',
  'Well. She left with her own plan, not with mine.',
  'One question and then silence does more than three good suggestions.',
  'Stop answering my own questions. Start writing down what I hear. Continue to meet away from my desk.',
  'I will put three open questions on a card and look at it before I speak.',
  'The budget round closed two days earlier than last year, without me in the room.',
  'I handed over a whole task, not just the dull half of it.',
  'I like to be needed. It makes me answer too soon.',
  'GROW: we stayed with Reality for much longer than I usually can.',
  'Listening without preparing my reply is the skill. Every session is an hour of practice.',
  'I will decide before the quarter begins who takes over what, and coach them into it.',
  'I will sit in on a colleague’s coaching session, and ask for one in return.',
  'Please ask me why silence is hard for me. I would like to understand it.',
]

/** About J. and the Monday meeting. */
export const mostChallenging: readonly string[] = [
  'J. was to take over the Monday meeting. We had an hour, and after five minutes I was giving advice.',
  'Impatient, then a little ashamed. I could hear myself talking.',
  'I planned to ask for J.’s own ideas first. I presented mine.',
  'I should have said at the start that the meeting is J.’s now, mistakes included.',
  'Badly. J. nodded a lot and wrote nothing down.',
  'Advice that nobody asked for closes a conversation.',
  'Stop rescuing. Start asking “what else?”. Continue to meet every week.',
  'When I want to give advice, I will ask one more question first, and keep count.',
  'Not much yet. The meeting still runs over by twenty minutes.',
  'I noticed it while it was happening, which I did not a year ago.',
  'Under time pressure I fall back to telling.',
  'Levels of listening: I was at level one, waiting for my turn.',
  'Patience in the first ten minutes. That is where it was decided.',
  'I will book ninety minutes for a difficult topic, or choose a smaller one.',
  'I will record one session, if J. agrees, and count my questions.',
  'Could we rehearse the first five minutes of my next session with J.?',
]
